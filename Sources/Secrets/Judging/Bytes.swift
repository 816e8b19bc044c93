/// Classes of ASCII bytes and searches over raw bytes that every reader here needs.
extension UInt8 {
  @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isUpper: Bool { self &- 0x41 < 26 }
  @inline(__always) var isLower: Bool { self &- 0x61 < 26 }
  @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isAlphanumeric: Bool { isLetter || isDigit }
  @inline(__always) var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }
  @inline(__always) var isNewline: Bool { self == 0x0A || self == 0x0D }
  @inline(__always) var isSpace: Bool { isBlank || isNewline }
  @inline(__always) var isPrintable: Bool { self &- 0x20 < 0x5F }
  /// The byte in lower case where it is a letter.
  @inline(__always) var lowered: UInt8 { isUpper ? self | 0x20 : self }
  /// The value of a hexadecimal digit.
  var hexValue: UInt8? {
    if isDigit { return self - 0x30 }
    let low = self | 0x20
    return low &- 0x61 < 6 ? low - 0x61 + 10 : nil
  }
}

extension Collection where Element == UInt8, Index == Int {
  /// Whether the bytes start with `text`, without regard to case.
  func startsCaseless(_ text: StaticString) -> Bool { holds(text, at: startIndex) }

  /// Whether `text` stands at `index`, without regard to case; `text` is lower case.
  func holds(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index >= startIndex, endIndex - index >= length else { return false }
    for offset in 0..<length where self[index + offset].lowered != text.utf8Start[offset] { return false }
    return true
  }

  /// Where `text`, given in lower case, first stands, without regard to case.
  func firstPlace(of text: some Collection<UInt8>) -> Int? {
    guard let first = text.first, count >= text.count else { return nil }
    var index = startIndex
    while index <= endIndex - text.count {
      if self[index].lowered == first {
        var place = index
        if text.allSatisfy({ byte in
          defer { place += 1 }; return self[place].lowered == byte
        }) {
          return index
        }
      }
      index += 1
    }
    return nil
  }

  /// Whether `text`, given in lower case, stands anywhere, without regard to case.
  func contains(caseless text: String) -> Bool { firstPlace(of: text.utf8) != nil }
}
