extension Unicode.Scalar {
  /// Whether a terminal, browser or editor would obey this scalar instead of showing it.
  ///
  /// Control characters (C0, C1, DEL), line and paragraph separators, and format characters: bidirectional overrides,
  /// zero-width spaces, tags. The joiner that holds emoji together is harmless and stays.
  package var isUnprintable: Bool {
    if value < 0x7F { return value < 0x20 }
    if value < 0xA0 { return true }
    if value == 0x200D { return false }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  /// The scalar spelled in ASCII: `\n`, `\x1b`, `\u202e`, `\U000e0001`.
  package var spelled: String {
    switch value {
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0D: "\\r"
    case 0..<0x100: "\\x" + hexadecimal(digits: 2)
    case 0..<0x10000: "\\u" + hexadecimal(digits: 4)
    default: "\\U" + hexadecimal(digits: 8)
    }
  }

  /// The scalar's number in lower-case hexadecimal, filled up with zeros to a number of digits.
  package func hexadecimal(digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension String {
  /// The text with every unprintable scalar spelled out, so that it stays on its line and steers nothing.
  package var printable: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    var text = ""
    text.reserveCapacity(utf8.count + 8)
    for scalar in unicodeScalars {
      if scalar.isUnprintable { text += scalar.spelled } else { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  /// At most a number of characters of the text, with `…` in place of the rest.
  package func shortened(to limit: Int) -> String {
    guard let end = index(startIndex, offsetBy: limit, limitedBy: endIndex), end != endIndex else { return self }
    return self[..<end] + "…"
  }
}
