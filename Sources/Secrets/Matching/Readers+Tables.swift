/// Columns of tables that are headed by a credential's name.
extension Readers {
  private static let rowLimit = 200

  /// Reads the column below `name`, where that is a cell in the head of a table in Markdown, or of the first line of a
  /// file whose values commas, semicolons or tabs part.
  func column(under name: Range<Int>, into run: inout ScanRun) {
    guard run.context.place != .code, layerIsPlain else { return }
    var head = name.lowerBound
    while head > 0, name.lowerBound - head < 2048, bytes[head - 1] != 0x0A { head -= 1 }
    let behind = bytes[name.upperBound..<min(bytes.count, name.upperBound + 8)].first { !isDecoration($0) } ?? 0x0A
    let before = bytes[head..<name.lowerBound].last { !isDecoration($0) && !$0.isAlphanumeric }
    if behind == 0x7C || before == 0x7C {
      if row(of: name, to: lineEnd(head), into: &run) { return }
      rows(below: head, Head(column: name, separator: 0x7C, isRuled: true), into: &run)
    } else if head == 0 || head == 3 && bytes[0] == 0xEF {
      guard let separator = [behind, before ?? 0].first(where: { ",;\t".utf8.contains($0) }),
        behind == separator || behind.isNewline, !bytes[head..<name.lowerBound].contains(caseless: "bmc_")
      else { return }
      rows(below: head, Head(column: name, separator: separator, isRuled: false), into: &run)
    }
  }

  /// Reads the cells behind `name` on a line of a table in Markdown, where the name is its first cell; false where none of
  /// them is a credential.
  private func row(of name: Range<Int>, to end: Int, into run: inout ScanRun) -> Bool {
    guard
      bytes[max(0, name.lowerBound - 4)..<name.lowerBound].allSatisfy({ isDecoration($0) || $0 == 0x7C || $0 == 0x0A })
    else { return false }
    let cells = cells(of: name.upperBound..<end, 0x7C).filter { !$0.isEmpty }
    let kept = run.candidates.count
    for range in cells where range.lowerBound > name.upperBound {
      cell(range, AssignmentName.kind(of: bytes[name]), under: name, into: &run)
    }
    return run.candidates.count > kept
  }

  /// What is known of a table by its head.
  private struct Head {
    /// The name in the head.
    var column: Range<Int>
    /// What stands between two cells.
    var separator: UInt8
    /// Whether a line of hyphens parts the head from the rows.
    var isRuled: Bool
  }

  private func rows(below head: Int, _ table: Head, into run: inout ScanRun) {
    var line = head..<lineEnd(head)
    let cells = cells(of: line, table.separator)
    guard cells.count > 1, let column = cells.firstIndex(where: { $0.overlaps(table.column) }),
      case let kind = AssignmentName.kind(of: bytes[cells[column]]), kind.isCredential, cells[column].count <= 40
    else { return }
    for row in 0..<Self.rowLimit {
      guard line.upperBound < bytes.count else { return }
      line = line.upperBound + 1..<lineEnd(line.upperBound + 1)
      guard !line.isEmpty, run.spend(line.count * 2) else { return }
      if table.isRuled, row == 0 {
        guard line.count >= 3, bytes[line].allSatisfy({ "|:- \r".utf8.contains($0) }), bytes[line].contains(0x2D) else {
          return
        }
        continue
      }
      let parts = self.cells(of: line, table.separator)
      guard parts.count == cells.count || parts.count > 1 && table.isRuled else { return }
      if column < parts.count { cell(parts[column], kind, under: cells[column], into: &run) }
    }
  }

  /// Judges a cell: what words a person would write in it, about the credential or instead of it, are more than elsewhere.
  private func cell(_ range: Range<Int>, _ kind: NameKind, under name: Range<Int>, into run: inout ScanRun) {
    let value = Array(bytes[range])
    guard value.count >= 6, value.count <= 512, !value.contains(where: \.isSpace), run.spend(value.count * 32),
      ValueForms.reason(to: value) == nil
    else { return }
    let isRandom = ValueJudge.isRandom(value, minimum: kind == .password ? 14 : 20)
    guard
      isRandom
        || kind == .password && value.count >= 8 && ValueJudge.classCount(value) >= 3
          && value.contains(where: \.isDigit) && value.contains(where: ValueJudge.isPasswordSign)
    else { return }
    let meaning = place.scanner.meaning(of: UnsafeRawBufferPointer(rebasing: bytes[name]))
    let context = bytes[name.lowerBound..<name.lowerBound]
    if let index = assignedType(meaning, context: context, value: value, into: &run),
      place.add(index, range, into: &run)
    {
      return
    }
    keep(meaning.genericType, range, isRandom ? .random : .typed, into: &run)
  }

  /// The cells of a line without the blanks, quotes and marks around them; a separator within quotes is a part of one.
  private func cells(of line: Range<Int>, _ separator: UInt8) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = line.lowerBound
    var isQuoted = false
    for index in line.lowerBound...line.upperBound where cells.count < 64 {
      if index < line.upperBound, bytes[index] == 0x22, separator != 0x7C { isQuoted.toggle() }
      guard index == line.upperBound || bytes[index] == separator && !isQuoted else { continue }
      // A table's line may start and end with the mark between cells.
      if separator != 0x7C || index > line.lowerBound && (index < line.upperBound || index > start) {
        cells.append(bare(start..<index))
      }
      start = index + 1
    }
    return cells
  }

  private func bare(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, isDecoration(bytes[first]) { range = first + 1..<range.upperBound }
    while let last = range.last, isDecoration(bytes[last]) { range = range.lowerBound..<last }
    return range
  }

  /// Whether a byte is a blank, a quote or a mark of code around a cell.
  private func isDecoration(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0D || byte == 0x22 || byte == 0x60 }

  private func lineEnd(_ start: Int) -> Int {
    bytes[start..<min(bytes.count, start + 4096)].firstIndex(of: 0x0A) ?? min(bytes.count, start + 4096)
  }
}
