internal import Git

/// What one thread needs to compare commits and read their messages.
final class CommitReader {
  let repository: Repository
  private let secrets: SecretPass

  init?(_ scanner: Scanner) {
    guard let repository = try? Repository(scanner.location),
      let secrets = try? SecretPass(key: scanner.options.fingerprintKey)
    else { return nil }
    self.repository = repository
    self.secrets = secrets
  }

  /// The credentials in a commit's message. A commit that can't be read was named by the walk.
  func messageSecrets(of id: ObjectID) -> [PlacedSecret] {
    guard let commit = try? repository.commit(id) else { return [] }
    return secrets.read(text: commit.message).secrets
  }
}
