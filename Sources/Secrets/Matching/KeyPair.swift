/// A credential of two halves, of which one has a mark and the other stands near it.
struct KeyPair {
  /// The type of the half that has a mark.
  let id: String
  /// The type of the other half.
  let half: String
  /// How long the other half is.
  let length: Int
  /// Whether a byte may stand in it.
  let holds: @Sendable (UInt8) -> Bool

  /// An access key of AWS: the console's `accessKeys.csv` and whoever copies it write both halves side by side.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
  static let amazon = KeyPair(
    id: "aws-access-key", half: "aws-secret-key", length: 40,
    holds: { $0.isAlphanumeric || $0 == 0x2B || $0 == 0x2F })
}

extension PlaceReading {
  /// Keeps the other half of `pair` where it stands on the line of the one at `range` or on the two below.
  func addHalf(_ pair: KeyPair, beside range: Range<Int>, into run: inout ScanRun) {
    guard let index = scanner.catalogue.index[pair.half] else { return }
    var place = range.lowerBound
    while place > 0, range.lowerBound - place < 200, bytes[place - 1] != 0x0A { place -= 1 }
    var lines = 0
    let limit = min(bytes.count, range.upperBound + 400)
    while place < limit, lines < 3 {
      var end = place
      while end < bytes.count, end - place <= pair.length, pair.holds(bytes[end]) || bytes[end] == 0x3D && end > place {
        end += 1
      }
      if end - place == pair.length, place == 0 || !isOfWord(bytes[place - 1]), isDrawn(place..<end),
        end == bytes.count || !isOfWord(bytes[end])
      {
        add(index, place..<end, into: &run)
        return
      }
      while end < limit, pair.holds(bytes[end]) { end += 1 }
      if end < limit, bytes[end] == 0x0A { lines += 1 }
      place = end + 1
    }
  }

  /// Whether a byte beside a word makes it a longer one.
  private func isOfWord(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "+/-_.".utf8.contains(byte) }

  /// Whether the bytes were drawn from a large alphabet: no hash, no path.
  private func isDrawn(_ range: Range<Int>) -> Bool {
    let value = Array(bytes[range])
    return ValueJudge.classCount(value.filter(\.isAlphanumeric)) == 3 && value.count { $0 == 0x2F } <= 5
      && ValueJudge.isRandom(value, minimum: 40)
  }
}
