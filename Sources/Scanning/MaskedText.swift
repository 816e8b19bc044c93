/// A text whose secrets read as stars.
struct MaskedText {
  private let raw: [UInt8]
  private let bytes: [UInt8]
  private let index: LineIndex

  /// Masks a text.
  ///
  /// - Parameter hidden: what must not be shown.
  init(bytes: [UInt8], hidden: [Range<Int>]) {
    index = bytes.withUnsafeBytes { LineIndex($0) }
    var masked = bytes
    for range in hidden {
      for offset in range.clamped(to: 0..<masked.count) where masked[offset] != 0x0A && masked[offset] != 0x20 {
        masked[offset] = UInt8(ascii: "*")
      }
    }
    self.bytes = masked
    raw = bytes
  }

  /// The lines as they are, only to be compared.
  var rawLines: [ArraySlice<UInt8>] {
    var lines = raw.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// A line as it may be shown, cut after a number of bytes; `nil` beyond the end.
  func line(_ number: Int, limit: Int) -> String? {
    guard !bytes.isEmpty, let range = index.line(number) else { return nil }
    let text = String(decoding: bytes[range.prefix(limit)], as: UTF8.self)
    return range.count > limit ? text + "…" : text
  }
}
