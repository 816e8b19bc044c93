/// Turns libyaml's marks, which count characters and know YAML 1.1's line breaks, into lines and byte columns.
struct LineMap {
  private struct Line {
    var character: Int
    var byte: Int
  }

  /// Empty where characters are bytes and libyaml's lines are everyone's lines.
  private var lines: [Line] = []
  private let bytes: UnsafeRawBufferPointer

  /// The number of the text's first line.
  private let first: Int

  /// - Parameter firstLine: the lines before the text in its file.
  init(_ bytes: UnsafeRawBufferPointer, firstLine: Int) {
    self.bytes = bytes
    first = firstLine + 1
    guard !LineMap.isSimple(bytes) else { return }
    var byte = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var character = 0
    lines.append(Line(character: 0, byte: byte))
    while byte < bytes.count {
      let value = bytes[byte]
      byte += 1
      if value & 0xC0 != 0x80 { character += 1 }
      if value == 0x0A { lines.append(Line(character: character, byte: byte)) }
    }
  }

  /// Whether every character is one byte and every line break a line feed.
  private static func isSimple(_ bytes: UnsafeRawBufferPointer) -> Bool {
    !bytes.contains { $0 >= 0x80 || $0 == 0x0D }
  }

  /// The line and column, from 1, of a mark.
  func position(index: Int, line: Int, column: Int) -> (line: UInt32, column: UInt32) {
    guard !lines.isEmpty else { return (UInt32(clamping: line + first), UInt32(clamping: column + 1)) }
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].character <= index { low = middle } else { high = middle }
    }
    var byte = lines[low].byte
    var left = index - lines[low].character
    while left > 0, byte < bytes.count {
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      left -= 1
    }
    return (UInt32(clamping: low + first), UInt32(clamping: byte - lines[low].byte + 1))
  }
}
