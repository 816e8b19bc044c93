/// Finds the parts of a text that are long enough runs of an encoding's alphabet to hold something.
struct EncodedRuns {
  /// Shorter runs are left alone: 24 characters hold 18 bytes.
  static let minimumLength = 24

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next run of characters of either base64 alphabet, hexadecimal runs among them, without padding.
  ///
  /// Looks at every 24th byte and walks back only where that byte could lie within a run, so ordinary text costs a few
  /// looks a line.
  mutating func next() -> Range<Int>? {
    let count = bytes.count
    let values = Base64.values
    return values.withUnsafeBufferPointer { values in
      while position + Self.minimumLength <= count {
        var probe = position + Self.minimumLength - 1
        while probe >= position, values[Int(bytes[probe])] < 64 { probe -= 1 }
        guard probe < position else {
          position = probe + 1
          continue
        }
        let start = position
        var end = start + Self.minimumLength
        while end < count, values[Int(bytes[end])] < 64 { end += 1 }
        position = end + 1
        return start..<end
      }
      return nil
    }
  }

  /// Goes on behind `end`.
  mutating func skip(to end: Int) { position = max(position, end) }

  /// Where the text that starts with `run` ends when base64 was folded over lines: as long as the next line, its
  /// indentation, comment mark and quotes aside, holds nothing but the alphabet.
  static func foldedEnd(of run: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Int {
    guard run.count >= 40 else { return run.upperBound }
    var end = run.upperBound
    while let line = nextLine(after: end, in: bytes) {
      end = line.upperBound
      if line.count < run.count { break }
    }
    return end
  }

  private static func nextLine(after end: Int, in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var index = end
    if index < bytes.count, bytes[index] == 0x0D { index += 1 }
    guard index < bytes.count, bytes[index] == 0x0A else { return nil }
    index += 1
    let lineStart = index
    while index < bytes.count, bytes[index].isBlank, index - lineStart < 64 { index += 1 }
    let start = index
    while index < bytes.count, Base64.values[Int(bytes[index])] <= 64, index - start <= 4096 { index += 1 }
    guard index > start, index == bytes.count || bytes[index].isNewline else { return nil }
    return start..<index
  }
}
