/// How a secret was wrapped.
package enum Encoding: String, Sendable, Hashable, CaseIterable {
  /// Standard alphabet, padded or not, folded over lines or not.
  case base64
  /// The alphabet for URLs and file names, where it can be told from the standard one.
  case base64url
  /// Two hexadecimal digits a byte.
  case hex
  /// `%41`.
  case percent
  /// UTF-16, either byte order.
  case utf16 = "utf-16"
  /// A gzip member.
  case gzip
}

/// Whether a checksum that the format carries is right.
package enum ChecksumState: String, Sendable {
  case valid, invalid
}

/// A credential found in bytes.
package struct SecretMatch: Sendable {
  /// What it is.
  package let type: CredentialType
  /// Where it stands in the bytes given to the scanner; for a wrapped secret the place of the outermost wrapping.
  package let range: Range<Int>
  /// The wrappings, outermost first.
  package let encodings: [Encoding]
  /// `nil` where the format has no checksum.
  package let checksum: ChecksumState?
  /// The type's severity, or medium where the checksum is wrong.
  package let severity: CredentialSeverity
  /// The type's public prefix and four asterisks.
  package let redacted: String
  /// Whether the value is too random to be guessed, so that a hash of it may be stored.
  package let isHighEntropy: Bool
  /// The unwrapped value.
  package let secret: SecretBytes
}

/// What was not looked at, and why.
package enum ScanLimit: Sendable, Hashable {
  /// Wrapped more often than the scanner unwraps; the number is the depth that was reached.
  case nesting(depth: Int)
  /// Unwrapping stopped after so many bytes.
  case decodedBytes(limit: Int)
  /// A compressed member was read up to so many bytes only.
  case inflatedBytes(limit: Int)
  /// A type's pattern could not finish within its limits at some places.
  case pattern(id: String)
  /// Patterns were given no more bytes because the text holds too many places that start like a secret.
  case work
  /// More matches than are kept.
  case matches(limit: Int)

  /// One sentence for a diagnostic; it quotes nothing of the text.
  package var message: String {
    switch self {
    case .nesting(let depth): "encoded more than \(depth) levels deep: deeper levels were not searched for secrets"
    case .decodedBytes(let limit): "encoded parts beyond \(limit) decoded bytes were not searched for secrets"
    case .inflatedBytes(let limit):
      "compressed data was searched for secrets in its first \(limit) bytes only"
    case .pattern(let id): "the pattern of \(id) did not finish within its limits at some places"
    case .work: "too many places that begin like a secret: some were not searched"
    case .matches(let limit): "more than \(limit) secrets: the rest is not listed"
    }
  }
}

/// What a scan gives.
package struct ScanResult: Sendable {
  /// In order of place, none overlapping another.
  package var matches: [SecretMatch] = []
  /// What was not looked at, each limit once.
  package var limits: [ScanLimit] = []
  /// Whether a mark stands in the text without which it is no Secret of Kubernetes and not encrypted in part.
  package var mentionsSecrets = false

  /// An empty result.
  package init() {}
}
