internal import Manifests

/// Finds lines and columns of byte offsets in a text.
struct LineIndex {
  /// The offset at which each line starts.
  private var starts: [Int] = [0]
  private let count: Int

  init(_ bytes: UnsafeRawBufferPointer) {
    count = bytes.count
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
  }

  /// The place of a range of bytes.
  func span(_ range: Range<Int>) -> Span {
    let start = position(range.lowerBound)
    let end = position(range.upperBound)
    return Span(startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column)
  }

  /// The bytes of a line, counted from 1, without its line feed; `nil` beyond the end.
  func line(_ number: Int) -> Range<Int>? {
    guard number >= 1, number <= starts.count else { return nil }
    let end = number < starts.count ? starts[number] - 1 : count
    return starts[number - 1]..<max(starts[number - 1], end)
  }

  private func position(_ offset: Int) -> (line: UInt32, column: UInt32) {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return (UInt32(clamping: low + 1), UInt32(clamping: offset - starts[low] + 1))
  }
}
