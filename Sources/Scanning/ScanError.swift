internal import Git
internal import Policy
internal import Secrets

/// Why nothing can be looked at: the repository, or the search for credentials, does not open.
enum ScanError: Error {
  case git(GitError)
  case secrets(SecretsError)

  /// The same for people.
  var diagnostic: Diagnostic {
    switch self {
    case .git(let error): Diagnostic(error)
    case .secrets(let error): Diagnostic(.error, error.description)
    }
  }
}

extension Scanner {
  /// A handle of the repository for one thread.
  func openRepository(thread: Int = 0) throws(ScanError) -> Repository {
    do throws(GitError) { return try Repository(location, thread: thread) } catch { throw .git(error) }
  }

  /// A search for credentials for one thread.
  func openSecrets() throws(ScanError) -> SecretPass {
    do throws(SecretsError) { return try SecretPass(options) } catch { throw .secrets(error) }
  }
}
