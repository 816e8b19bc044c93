/// Finds the passwords of management boards in a hardware inventory of EKS Anywhere: a CSV file whose header has the
/// columns `hostname`, `bmc_ip`, `bmc_username` and `bmc_password` in any order.
package enum HardwareInventory {
  /// A password in the inventory.
  package struct Password: Sendable {
    /// The place of the field's content, quotes aside.
    package let range: Range<Int>
    /// The host of the row, where the header has `hostname`.
    package let host: Range<Int>?
  }

  /// How many bytes the header may take.
  private static let headerLimit = 4096

  /// The non-empty `bmc_password` fields in `bytes`; nothing where the first line is no header of an inventory.
  package static func passwords(in bytes: UnsafeRawBufferPointer) -> [Password] {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, start < headerLimit, bytes[start].isSpace { start += 1 }
    let head = bytes[start..<min(bytes.count, start + headerLimit)]
    guard head.contains(caseless: "bmc_password") else { return [] }
    var line = start
    // EKS Anywhere reads commas; spreadsheets of some languages write semicolons.
    let end = head.firstIndex(where: \.isNewline) ?? head.endIndex
    let separator: UInt8 = head[..<end].contains(0x2C) ? 0x2C : head[..<end].contains(0x3B) ? 0x3B : 0x09
    guard let header = fields(in: bytes, from: &line, separator) else { return [] }
    let names = header.map { String(decoding: bytes[$0].map(\.lowered).filter { !$0.isSpace }, as: UTF8.self) }
    guard names.count >= 3, let column = names.firstIndex(of: "bmc_password"),
      names.contains("bmc_ip") || names.contains("hostname") || names.contains("mac")
    else { return [] }
    let host = names.firstIndex(of: "hostname")
    var found: [Password] = []
    while found.count < 10_000, let row = fields(in: bytes, from: &line, separator) {
      guard row.count > column, !row[column].isEmpty, !isComment(bytes[row[0]]) else { continue }
      let value = Array(bytes[row[column]])
      if ValueForms.isReference(value) || ValueForms.isEncrypted(value) { continue }
      found.append(Password(range: row[column], host: host.flatMap { $0 < row.count ? row[$0] : nil }))
    }
    return found
  }

  private static func isComment(_ field: Slice<UnsafeRawBufferPointer>) -> Bool { field.first == 0x23 }

  /// The fields of the line at `line`, blanks and quotes aside; moves `line` to the next.
  private static func fields(in bytes: UnsafeRawBufferPointer, from line: inout Int, _ separator: UInt8) -> [Range<
    Int
  >]? {
    while line < bytes.count, bytes[line].isNewline { line += 1 }
    guard line < bytes.count else { return nil }
    var fields: [Range<Int>] = []
    var start = line
    var index = line
    var isQuoted = false
    while true {
      let isEnd = index >= bytes.count || bytes[index].isNewline
      if isEnd || bytes[index] == separator && !isQuoted {
        fields.append(trimmed(bytes, start..<index))
        start = index + 1
        if isEnd || fields.count > 256 { break }
      } else if bytes[index] == 0x22 {
        isQuoted.toggle()
      }
      index += 1
    }
    while index < bytes.count, !bytes[index].isNewline { index += 1 }
    line = index
    return fields
  }

  private static func trimmed(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start].isSpace || bytes[start] == 0x22 { start += 1 }
    while end > start, bytes[end - 1].isSpace || bytes[end - 1] == 0x22 { end -= 1 }
    return start..<end
  }
}
