/// A place in a text file: lines and columns count from 1, columns in UTF-8 bytes, the end is exclusive.
package struct Span: Hashable, Sendable {
  package var startLine: UInt32
  package var startColumn: UInt32
  package var endLine: UInt32
  package var endColumn: UInt32

  package init(startLine: UInt32, startColumn: UInt32, endLine: UInt32, endColumn: UInt32) {
    self.startLine = startLine
    self.startColumn = startColumn
    self.endLine = endLine
    self.endColumn = endColumn
  }

  /// The place of something that stands in no file.
  package static let none = Span(startLine: 0, startColumn: 0, endLine: 0, endColumn: 0)

  /// The smallest span that holds both.
  package func union(_ other: Span) -> Span {
    if self == .none { return other }
    if other == .none { return self }
    var result = self
    if (other.startLine, other.startColumn) < (startLine, startColumn) {
      result.startLine = other.startLine
      result.startColumn = other.startColumn
    }
    if (other.endLine, other.endColumn) > (endLine, endColumn) {
      result.endLine = other.endLine
      result.endColumn = other.endColumn
    }
    return result
  }
}

extension Span {
  /// Whether the two share a line and column, or one is empty and lies in or beside the other.
  package func touches(_ other: Span) -> Bool {
    (startLine, startColumn) <= (other.endLine, other.endColumn)
      && (other.startLine, other.startColumn) <= (endLine, endColumn)
  }
}
