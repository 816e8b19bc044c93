/// Base64 in both alphabets.
package enum Base64 {
  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let safe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  /// The value of each byte: 0...63, 64 for `=`, 255 for what is in neither alphabet.
  static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, byte) in standard.enumerated() { values[Int(byte)] = UInt8(value) }
    for (value, byte) in safe.enumerated() { values[Int(byte)] = UInt8(value) }
    values[0x3D] = 64
    return values
  }()

  /// Whether a byte is in either alphabet, padding aside.
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool {
    byte.isAlphanumeric || byte == 0x2B || byte == 0x2F || byte == 0x2D || byte == 0x5F
  }

  /// The first eight bytes that `digits`, at least eleven and all in the alphabets, stand for; the first is the highest.
  static func firstBytes(of digits: UnsafeRawBufferPointer) -> UInt64 {
    let table = table
    var bits: UInt64 = 0
    for place in 0..<10 { bits = bits &<< 6 | UInt64(table[Int(digits[place])]) }
    return bits << 4 | UInt64(table[Int(digits[10])]) >> 2
  }

  /// Decodes the start of a text into `head`, until that is full, the text ends or a byte outside the alphabets comes;
  /// gives the number of bytes. Nothing is allocated.
  static func decode(headOf text: UnsafeRawBufferPointer, into head: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let table = table
    var bits: UInt32 = 0
    var held = 0
    var written = 0
    for byte in text {
      let value = table[Int(byte)]
      guard value < 64 else { break }
      bits = bits << 6 | UInt32(value)
      held += 6
      guard held >= 8 else { continue }
      held -= 8
      head[written] = UInt8(truncatingIfNeeded: bits >> UInt32(held))
      written += 1
      if written == head.count { break }
    }
    return written
  }

  /// ``values`` where a loop must not pay for reading a global array; it lives as long as the process.
  nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    table.initialize(from: values, count: 256)
    return UnsafePointer(table)
  }()

  /// Encodes `bytes`, without padding in the alphabet for URLs.
  package static func encode(_ bytes: [UInt8], url: Bool = false) -> [UInt8] {
    let alphabet = url ? safe : standard
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
      let bits = group[0] << 16 | group[1] << 8 | group[2]
      let digits = min(4, bytes.count - start + 1)
      for place in 0..<digits { text.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]) }
      if !url { text.append(contentsOf: repeatElement(0x3D, count: 4 - digits)) }
    }
    return text
  }

  /// Decodes at most `limit` bytes from `text`, skipping white space and, within the text, nothing else: the first byte
  /// outside the alphabets ends it. Trailing bits that make no byte are dropped.
  package static func decode(_ text: some Collection<UInt8>, limit: Int = .max) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(min(limit, text.count / 4 * 3 + 3))
    var bits: UInt32 = 0
    var held = 0
    let values = values
    for byte in text {
      let value = values[Int(byte)]
      if value < 64 {
        bits = bits << 6 | UInt32(value)
        held += 6
        if held >= 8 {
          held -= 8
          decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
          if decoded.count >= limit { break }
        }
      } else if !byte.isSpace {
        break
      }
    }
    return decoded
  }
}
