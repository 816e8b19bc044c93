/// What may stand at a place of `.fluxwarden.yaml`. The check, the JSON Schema and the editors' completion come from it.
package indirect enum Shape: Sendable {
  case text(TextKind)
  case boolean
  /// One of some words.
  case choice([String])
  case list(Shape)
  /// A mapping with known keys.
  case record([Field])
  /// A mapping whose keys are rule ids.
  case rules(Shape)
}

/// What a text must look like.
package enum TextKind: Sendable, CaseIterable {
  /// Anything but nothing.
  case any
  /// A day: `2027-01-31`.
  case day
  /// The id of a rule or credential type.
  case rule
  /// An id of one's own: lower case, digits and hyphens.
  case newID
  /// A path or pattern of paths, relative to the root of the repository.
  case path
  /// A host with an optional port and path.
  case host
  /// An AWS account: twelve digits.
  case account
  /// A finding's fingerprint: 32 hexadecimal digits.
  case fingerprint
  /// A regular expression of PCRE2.
  case pattern
}

/// A key of a mapping.
package struct Field: Sendable {
  /// The key.
  package var name: String
  package var shape: Shape
  /// Whether it must be there.
  package var isRequired: Bool
  /// One sentence for editors and the schema.
  package var summary: String

  package init(_ name: String, _ shape: Shape, required: Bool = false, _ summary: String) {
    self.name = name
    self.shape = shape
    isRequired = required
    self.summary = summary
  }
}

extension TextKind {
  /// The regular expression of the JSON Schema.
  var pattern: String {
    switch self {
    case .any, .pattern: "\\S"
    case .day: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    case .rule, .newID: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
    case .path: "^[^/]"
    case .host: "^[^\\s/:]+(:[0-9]+)?(/\\S*)?$"
    case .account: "^[0-9]{12}$"
    case .fingerprint: "^[0-9a-f]{32}$"
    }
  }

  /// What is expected, as part of a sentence.
  var expectation: String {
    switch self {
    case .any: "a text"
    case .day: "a day such as 2027-01-31"
    case .rule: "the id of a rule"
    case .newID: "an id of lower-case words joined by hyphens"
    case .path: "a path or pattern from the root of the repository, without a leading slash"
    case .host: "a host such as registry.example.com, without https://"
    case .account: "an AWS account of twelve digits; put it in quotes"
    case .fingerprint: "a fingerprint of 32 hexadecimal digits, as --format json prints it"
    case .pattern: "a regular expression"
    }
  }

  /// Whether a text is of this kind.
  func admits(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    switch self {
    case .any, .pattern: return text.contains { !$0.isWhitespace }
    case .day: return Day(text) != nil
    case .rule, .newID:
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      return bytes.first.map { (97...122).contains($0) } == true
        && parts.allSatisfy { part in
          !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
        }
    case .path: return !bytes.isEmpty && bytes[0] != UInt8(ascii: "/") && text != ".." && !text.hasPrefix("../")
    case .host:
      return !bytes.isEmpty && !text.contains("://") && !text.contains(where: \.isWhitespace) && !text.hasPrefix("/")
    case .account: return bytes.count == 12 && bytes.allSatisfy { (48...57).contains($0) }
    case .fingerprint:
      return bytes.count == 32 && bytes.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
  }
}
