internal import Git

/// What one thread needs to compare commits and read their messages.
final class CommitReader {
  let repository: Repository
  private let secrets: SecretPass

  init(_ scanner: Scanner, thread: Int) throws(ScanError) {
    repository = try scanner.openRepository(thread: thread)
    secrets = try scanner.openSecrets()
  }

  /// Whether an object is there and a commit.
  func isCommit(_ id: ObjectID) -> Bool { (try? repository.header(of: id))?.kind == .commit }

  /// The commits among some objects, with the credentials in their messages.
  func commits(_ ids: some Sequence<ObjectID>) -> [(node: CommitNode, secrets: [PlacedSecret])] {
    ids.filter(isCommit).compactMap { id in
      guard let commit = try? repository.commit(id) else { return nil }
      return (commit.node, secrets.read(text: commit.message).secrets)
    }
  }

  /// The credentials in a commit's message.
  func messageSecrets(of id: ObjectID) throws(GitError) -> [PlacedSecret] {
    secrets.read(text: try repository.commit(id).message).secrets
  }
}
