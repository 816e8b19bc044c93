/// The places already given to a match. Matches out of one wrapping share a place; there only equal secrets, or secrets
/// that hold one another, are the same.
struct TakenRanges {
  /// The places that reach into each block; none overlaps another.
  private var blocks: [Int: [Range<Int>]] = [:]
  /// What was found in each wrapping.
  private var wrapped: [Range<Int>: WrappedSecrets] = [:]
  private static let block = 256

  /// Takes the place of a match; false where another has it.
  mutating func take(_ candidate: ScanRun.Candidate) -> Bool {
    let range = candidate.range
    if !candidate.encodings.isEmpty, let known = wrapped[range]?.take(candidate.secret) { return known }
    let touched = range.lowerBound / Self.block...max(range.lowerBound, range.upperBound - 1) / Self.block
    for block in touched where blocks[block]?.contains(where: range.overlaps) == true { return false }
    for block in touched { blocks[block, default: []].append(range) }
    if !candidate.encodings.isEmpty { wrapped[range] = WrappedSecrets(candidate.secret) }
    return true
  }
}

/// The secrets of one wrapping.
private struct WrappedSecrets {
  private var all: Set<SecretBytes>
  /// The first of them, each with what it is the base64 of.
  private var compared: [(secret: SecretBytes, decoded: SecretBytes)]
  /// With how many a secret is compared byte by byte: with all of them a text of nothing but tokens takes minutes.
  private static let limit = 100

  init(_ first: SecretBytes) {
    all = [first]
    compared = [(first, WrappedSecrets.decoded(first))]
  }

  /// Takes a secret; false where it is one of them, or a part of one, or holds one.
  mutating func take(_ secret: SecretBytes) -> Bool {
    guard !all.contains(secret) else { return false }
    // The user and password of an image registry and the base64 of both, a key and the base64 of it.
    let decoded = WrappedSecrets.decoded(secret)
    for other in compared {
      let isHeld =
        secret.count > other.secret.count
        ? secret.holds(other.secret) || decoded.holds(other.secret)
        : other.secret.holds(secret) || other.decoded.holds(secret)
      if isHeld { return false }
    }
    all.insert(secret)
    if compared.count < WrappedSecrets.limit { compared.append((secret, decoded)) }
    return true
  }

  private static func decoded(_ secret: SecretBytes) -> SecretBytes {
    SecretBytes(secret.withBytes { Base64.decode($0) })
  }
}

extension SecretBytes {
  fileprivate func holds(_ part: SecretBytes) -> Bool {
    guard part.count <= count else { return false }
    return withBytes { own in part.withBytes { $0.isEmpty || own.firstExactPlace(of: $0) != nil } }
  }
}
