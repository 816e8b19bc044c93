/// Why something could not be read from a repository, as one sentence that names the thing and the remedy.
package struct GitError: Error, Sendable, Hashable {
  /// What went wrong, for code that decides how to go on.
  package enum Kind: Sendable, Hashable {
    /// No repository at or above a folder.
    case notARepository(path: String)
    /// A repository of a kind that cannot be read: another hash, another reference format.
    case unsupportedRepository
    /// An object that the repository refers to and does not contain.
    case missingObject(ObjectID)
    /// An object whose bytes are damaged or do not follow Git's format.
    case corruptObject(ObjectID)
    /// An object of another kind than the one asked for.
    case unexpectedKind(ObjectID, ObjectKind)
    /// Something that is larger or deeper than a limit of ours, which protects against hostile repositories.
    case overLimit(ObjectID)
    /// A revision expression that names nothing.
    case badRevision(String)
    /// A reference whose value cannot be understood.
    case badReference(String)
    /// A path that is not inside the repository.
    case outsideRepository(path: String)
    /// An index that cannot be understood.
    case badIndex(path: String)
    /// A file or folder that the operating system would not let us read.
    case io(path: String)
  }

  /// What went wrong.
  package let kind: Kind
  /// The sentence for people; control characters in it are escaped.
  package let message: String

  /// An error with its sentence, which may quote names from the repository: they are escaped here.
  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message.escapingControlCharacters
  }

  /// The object that could not be read, where the error is about one.
  package var object: ObjectID? {
    switch kind {
    case .missingObject(let id), .corruptObject(let id), .unexpectedKind(let id, _), .overLimit(let id): id
    default: nil
    }
  }
}

extension GitError: CustomStringConvertible {
  /// The sentence for people.
  package var description: String { message }
}

extension GitError {
  /// An error about a file, with the operating system's words for `errno`.
  static func io(_ path: String, doing action: String, code: Int32) -> GitError {
    GitError(.io(path: path), "can't \(action) \(path): \(FileSystem.reason(code))")
  }

  /// An error about files whose names are different bytes and the same text.
  static func ambiguous(_ path: String) -> GitError {
    GitError(
      .io(path: path),
      "several staged files have this name in bytes that are not UTF-8, and only one was read: rename them")
  }

  /// An error about folders nested too deep.
  package static func tooDeep(_ id: ObjectID) -> GitError {
    GitError(.overLimit(id), "tree \(id.hex) is nested deeper than \(TreeLimits.depth) folders: flatten them")
  }

  /// An error about trees that hold too many paths.
  static func tooManyPaths(_ id: ObjectID, _ limit: Int) -> GitError {
    GitError(
      .overLimit(id), "more than \(limit) paths differ, the rest from tree \(id.hex) on is not read: split the commit")
  }

  /// An error about an object of another kind than expected.
  static func unexpected(_ id: ObjectID, _ kind: ObjectKind, expected: ObjectKind) -> GitError {
    GitError(
      .unexpectedKind(id, kind), "object \(id.hex) is a \(kind.rawValue), not a \(expected.rawValue): name another")
  }

  /// An error about an object whose bytes do not follow Git's format.
  static func corrupt(_ id: ObjectID, _ what: String) -> GitError {
    GitError(
      .corruptObject(id), "object \(id.hex) is damaged (\(what)): run `git fsck` and restore it from another clone")
  }
}

extension String {
  /// The text with control characters, and characters that change the direction of text, written as `\u{…}`.
  package var escapingControlCharacters: String {
    guard unicodeScalars.contains(where: \.needsEscape) else { return self }
    var escaped = ""
    for scalar in unicodeScalars {
      if scalar.needsEscape {
        escaped += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension Unicode.Scalar {
  /// Whether a terminal could be misled by the character.
  fileprivate var needsEscape: Bool {
    switch value {
    case 0..<32, 127..<160, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
