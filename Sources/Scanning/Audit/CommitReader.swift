internal import Git

/// What one thread needs to compare commits and read their messages.
final class CommitReader {
  let repository: Repository
  private let secrets: SecretPass

  init(_ scanner: Scanner, thread: Int) throws(ScanError) {
    repository = try scanner.openRepository(thread: thread)
    secrets = try scanner.openSecrets()
  }

  /// The credentials in a commit's message.
  func messageSecrets(of id: ObjectID) throws(GitError) -> [PlacedSecret] {
    secrets.read(text: try repository.commit(id).message).secrets
  }
}
