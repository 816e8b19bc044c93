internal import Git
internal import Policy

extension Repository {
  /// What is to be said where `HEAD` has no commit: in a new repository there is nothing to look at, in one with other
  /// branches the wrong one would be called clean.
  func headWithoutCommit() throws(GitError) -> Diagnostic {
    let branches = try references().references.filter {
      $0.name.hasPrefix("refs/heads/") || $0.name.hasPrefix("refs/remotes/")
    }
    guard let first = branches.first, case .unborn(let name) = try head() else {
      return Diagnostic(.warning, "HEAD has no commit yet: there is nothing to look at")
    }
    return Diagnostic(
      .error,
      "HEAD names \(name), which does not exist, although there are other branches: name one, such as \(first.name), or "
        + "all, or point HEAD at it with `git symbolic-ref HEAD \(first.name)`")
  }
}
