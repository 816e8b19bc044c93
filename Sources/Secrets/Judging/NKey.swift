/// Seeds of NATS' keys: base 32 of two bytes that tell the kind, 32 drawn ones and their checksum.
enum NKey {
  /// Whether the checksum of `seed` is right.
  static func isSeed(_ seed: some Collection<UInt8>) -> Bool {
    let bytes = decode(seed)
    guard bytes.count == 36 else { return false }
    let sum = crc16(bytes[..<34])
    return bytes[34] == UInt8(truncatingIfNeeded: sum) && bytes[35] == UInt8(truncatingIfNeeded: sum >> 8)
  }

  /// The seed of a user's key made of 32 drawn bytes.
  static func userSeed(_ drawn: [UInt8]) -> [UInt8] {
    let bytes = [0x95, 0x00] + drawn
    let sum = crc16(bytes[...])
    return encode(bytes + [UInt8(truncatingIfNeeded: sum), UInt8(truncatingIfNeeded: sum >> 8)])
  }

  /// CRC-16 as XMODEM computes it.
  private static func crc16(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    bytes.reduce(0) { sum, byte in
      (0..<8).reduce(sum ^ UInt16(byte) << 8) { sum, _ in sum & 0x8000 == 0 ? sum << 1 : sum << 1 ^ 0x1021 }
    }
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  private static func decode(_ text: some Collection<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for letter in text {
      guard let value = alphabet.firstIndex(of: letter) else { return [] }
      bits = bits << 5 | UInt32(value)
      count += 5
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  private static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 5 {
        count -= 5
        text.append(alphabet[Int(bits >> UInt32(count) & 31)])
      }
    }
    return count == 0 ? text : text + [alphabet[Int(bits << UInt32(5 - count) & 31)]]
  }
}
