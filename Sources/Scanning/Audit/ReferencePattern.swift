internal import Git

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Names of references as people write them: `main`, `tags/v1`, `release-*`. A star stands for any text.
struct ReferencePattern {
  /// What may be left out in front of a name.
  private static let prefixes = ["", "refs/", "refs/heads/", "refs/tags/", "refs/remotes/"]

  private let text: String

  init(_ text: String) { self.text = text }

  /// The references whose names match. Throws `.badRevision` where there is none, since a history that
  /// nobody looked at is no clean one.
  func references(in references: [Reference]) throws(GitError) -> [Reference] {
    let found = references.filter { matches($0.name) }
    guard !found.isEmpty else {
      throw GitError(.badRevision(text), "no reference matches \(text): git for-each-ref lists them")
    }
    return found
  }

  /// Whether the pattern stands for a reference of a full name.
  func matches(_ name: String) -> Bool {
    ReferencePattern.prefixes.contains { prefix in
      name.hasPrefix(prefix) && fnmatch(text, String(name.dropFirst(prefix.count)), 0) == 0
    }
  }
}
