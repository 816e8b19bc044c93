/// The places already given to a match. Matches out of one wrapping share a place; there only equal secrets, or secrets
/// that hold one another, are the same.
struct TakenRanges {
  private var starts: [Int: [ScanRun.Candidate]] = [:]
  private static let block = 256

  /// Takes the place of a match; false where another has it.
  mutating func take(_ candidate: ScanRun.Candidate) -> Bool {
    let blocks =
      candidate.range.lowerBound / Self.block...max(candidate.range.lowerBound, candidate.range.upperBound - 1)
      / Self.block
    for block in blocks {
      for other in starts[block] ?? [] where overlap(other, candidate) { return false }
    }
    for block in blocks { starts[block, default: []].append(candidate) }
    return true
  }

  private func overlap(_ taken: ScanRun.Candidate, _ candidate: ScanRun.Candidate) -> Bool {
    guard taken.range.overlaps(candidate.range) else { return false }
    if taken.encodings.isEmpty || candidate.encodings.isEmpty || taken.range != candidate.range { return true }
    return taken.secret.withBytes { taken in
      candidate.secret.withBytes { candidate in
        let (long, short) = taken.count >= candidate.count ? (taken, candidate) : (candidate, taken)
        if short.isEmpty || long.firstExactPlace(of: short) != nil { return true }
        // The user and password of an image registry and the base64 of both, a key and the base64 of it.
        return Base64.decode(long).withUnsafeBytes { $0.firstExactPlace(of: short) != nil }
      }
    }
  }
}
