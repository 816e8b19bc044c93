/// Undoes the encodings, each with its own guess whether the bytes are what it would undo.
enum Unwrapping {
  /// What the first bytes of something decoded look like.
  enum Content {
    case text, gzip, utf16, binary
  }

  /// How many bytes at the start tell what something decoded is.
  static let headLength = 32

  /// Whether what base64 or hexadecimal `digits`, at least sixteen of them, stand for does not look like binary data,
  /// told by its start.
  static func holdsContent(_ digits: UnsafeRawBufferPointer, isHex: Bool) -> Bool {
    // Nine of ten names, paths and digests end at the first bytes.
    guard isHex || mayGoOn(Base64.firstBytes(of: digits)) else { return false }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: headLength) { head in
      let count = isHex ? decodeHex(headOf: digits, into: head) : Base64.decode(headOf: digits, into: head)
      return content(of: UnsafeBufferPointer(rebasing: head[..<count])) != .binary
    }
  }

  /// Whether something other than binary data can start with eight bytes, of which the first is the highest.
  private static func mayGoOn(_ start: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highest = ones << 7
    /// The highest bits of the bytes that are `byte`.
    func equal(_ byte: UInt64) -> UInt64 {
      let others = start ^ ones &* byte
      return ~((others & ~highest) &+ ~highest | others) & highest
    }
    if equal(0) != 0 || start >> 56 == 0x1F || start >> 56 >= 0xFE { return true }
    let controls = ~((start & ~highest) &+ ones &* 0x60 | start) & highest
    if controls & ~(equal(0x09) | equal(0x0A) | equal(0x0D)) | equal(0x7F) != 0 { return false }
    return start & highest == 0 || withUnsafeBytes(of: start.bigEndian) { isUTF8($0.bindMemory(to: UInt8.self)) }
  }

  /// Decodes the start of hexadecimal digits into `head`, until that is full; gives the number of bytes.
  private static func decodeHex(
    headOf digits: UnsafeRawBufferPointer, into head: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var written = 0
    while written < head.count, 2 * written + 1 < digits.count, let high = digits[2 * written].hexValue,
      let low = digits[2 * written + 1].hexValue
    {
      head[written] = high << 4 | low
      written += 1
    }
    return written
  }

  /// Judges decoded bytes by their start.
  static func content(of decoded: [UInt8]) -> Content {
    decoded.withUnsafeBufferPointer { content(of: UnsafeBufferPointer(rebasing: $0.prefix(headLength))) }
  }

  /// Judges decoded bytes by their start, of which at most ``headLength`` are given.
  static func content(of start: UnsafeBufferPointer<UInt8>) -> Content {
    guard start.count >= 4 else { return .binary }
    if start[0] == 0x1F, start[1] == 0x8B, start[2] == 8 { return .gzip }
    if isUTF16(UnsafeRawBufferPointer(start)) { return .utf16 }
    var high = 0
    for byte in start {
      if byte >= 0x80 { high += 1 } else if byte < 0x20 && !byte.isSpace || byte == 0x7F { return .binary }
    }
    return high * 4 <= start.count && (high == 0 || isUTF8(start)) ? .text : .binary
  }

  /// Whether `start` is UTF-8 as far as it goes; a sequence cut off at the end counts.
  private static func isUTF8(_ start: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < start.count {
      let byte = start[index]
      let length = byte < 0x80 ? 1 : byte &- 0xC2 < 0x1E ? 2 : byte & 0xF0 == 0xE0 ? 3 : byte &- 0xF0 < 5 ? 4 : 0
      guard length > 0 else { return false }
      for next in start[min(index + 1, start.count)..<min(index + length, start.count)] where next & 0xC0 != 0x80 {
        return false
      }
      index += length
    }
    return true
  }

  /// Whether a text is UTF-16 by its mark, or by a zero in every other of its first bytes.
  static func isUTF16(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count >= 8 else { return false }
    if text[0] == 0xFF && text[1] == 0xFE || text[0] == 0xFE && text[1] == 0xFF { return text[2] == 0 || text[3] == 0 }
    let pairs = min(text.count, 64) / 2
    var (even, odd) = (0, 0)
    for pair in 0..<pairs {
      if text[2 * pair] == 0 { even += 1 }
      if text[2 * pair + 1] == 0 { odd += 1 }
      if even > 0, odd > 0 { return false }
    }
    return even == 0 && odd * 8 >= pairs * 7 || odd == 0 && even * 8 >= pairs * 7
  }

  /// UTF-16 in either order as UTF-8; the byte order is the mark's, or that of the zeros. Lone surrogates become U+FFFD.
  static func utf8(fromUTF16 bytes: some RandomAccessCollection<UInt8>, limit: Int) -> [UInt8] {
    let start = bytes.startIndex
    let head = Array(bytes.prefix(2))
    guard head.count == 2 else { return [] }
    let isBig = head == [0xFE, 0xFF] || head != [0xFF, 0xFE] && head[0] == 0
    let unitCount = min(bytes.count / 2, limit)
    let units = (0..<unitCount).lazy.map { unit -> UInt16 in
      let place = bytes.index(start, offsetBy: 2 * unit)
      let first = UInt16(bytes[place])
      let second = UInt16(bytes[bytes.index(after: place)])
      return isBig ? first << 8 | second : second << 8 | first
    }
    var text: [UInt8] = []
    text.reserveCapacity(unitCount)
    _ = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false) { text.append($0) }
    return text
  }

  /// The bytes that hexadecimal digits stand for; a last odd digit is dropped.
  static func decodeHex(_ digits: some RandomAccessCollection<UInt8>, limit: Int) -> [UInt8] {
    var decoded: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = digit.hexValue, decoded.count < limit else { break }
      if let first = high {
        decoded.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return decoded
  }

  /// Undoes percent encoding; a `+` stays a `+`.
  static func decodePercent(_ text: some RandomAccessCollection<UInt8>, limit: Int) -> [UInt8] {
    var decoded: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex, decoded.count < limit {
      let byte = text[index]
      if byte == 0x25, let high = text.index(index, offsetBy: 1, limitedBy: text.endIndex), high < text.endIndex,
        let low = text.index(high, offsetBy: 1, limitedBy: text.endIndex), low < text.endIndex,
        let first = text[high].hexValue, let second = text[low].hexValue
      {
        decoded.append(first << 4 | second)
        index = text.index(after: low)
      } else {
        decoded.append(byte)
        index = text.index(after: index)
      }
    }
    return decoded
  }
}
