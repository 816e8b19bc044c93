/// The lines that only one of two texts has, wherever they stand.
enum DifferingLines {
  /// Those lines one after another, each with its line break.
  static func of(_ old: [UInt8], _ new: [UInt8]) -> [UInt8] {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for line in old.split(separator: 0x0A) { counts[line, default: 0] += 1 }
    for line in new.split(separator: 0x0A) { counts[line, default: 0] -= 1 }
    var bytes: [UInt8] = []
    for (line, count) in counts where count != 0 {
      bytes += line
      bytes.append(0x0A)
    }
    return bytes
  }
}
