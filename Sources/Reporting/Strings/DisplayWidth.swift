/// How many cells of a terminal a text takes, and how it is broken into lines of so many cells.
enum DisplayWidth {
  /// Scalars that take two cells (Unicode's East Asian Width W and F, and the emoji blocks), as closed ranges.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653,
    0x26A1...0x26A1, 0x26D4...0x26D4, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728, 0x274C...0x274C,
    0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2E80...0x303E,
    0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB, 0x1F900...0x1F9FF,
    0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]

  /// The cells of a printable scalar: 0, 1 or 2.
  static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    var low = 0
    var high = wide.count
    while low < high {
      let middle = (low + high) / 2
      if wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wide.count && wide[low].contains(value) ? 2 : 1
  }

  /// The cells of a text whose unprintable scalars are spelled out already.
  static func of(_ text: some StringProtocol) -> Int {
    text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// The text in lines of at most so many cells, broken at spaces.
  ///
  /// - Parameter breakingWords: whether a word that is longer than a line is cut; otherwise it sticks out, so that
  ///   paths and addresses can be copied.
  static func wrapped(_ text: String, width: Int, breakingWords: Bool = false) -> [String] {
    let width = max(8, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in text.split(separator: " ") {
      var rest = word
      var cells = of(rest)
      if used > 0, used + 1 + cells <= width {
        line += " " + rest
        used += 1 + cells
        continue
      }
      if used > 0 { lines.append(line) }
      while breakingWords, cells > width {
        let cut = prefix(of: rest, cells: width)
        lines.append(String(cut))
        rest = rest[cut.endIndex...]
        cells = of(rest)
      }
      line = String(rest)
      used = cells
    }
    if used > 0 { lines.append(line) }
    return lines
  }

  /// As much of a text as fits into so many cells; at least one scalar.
  static func prefix(of text: Substring, cells: Int) -> Substring {
    var end = text.startIndex
    var used = 0
    while end < text.endIndex {
      used += of(text.unicodeScalars[end])
      if used > cells, end > text.startIndex { break }
      end = text.unicodeScalars.index(after: end)
    }
    return text[..<end]
  }
}
