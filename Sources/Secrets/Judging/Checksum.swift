/// The checksum at the end of tokens: CRC-32 of the body as six base 62 digits.
enum Checksum {
  private static let alphabets = [
    Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8),
    Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8),
  ]

  /// Judges `token`, whose prefix has `prefixLength` bytes. GitHub documents that the last six characters are a CRC-32
  /// in base 62, but not over what and in which order of digits; any documented reading that agrees makes it valid.
  static func base62(_ token: some RandomAccessCollection<UInt8>, prefixLength: Int) -> ChecksumState {
    let bytes = Array(token)
    guard bytes.count > prefixLength + 6 else { return .invalid }
    let given = bytes.suffix(6)
    for body in [bytes[prefixLength..<bytes.count - 6], bytes[0..<bytes.count - 6]] {
      let sum = crc32(body)
      if alphabets.contains(where: { digits(of: sum, in: $0).elementsEqual(given) }) { return .valid }
    }
    return .invalid
  }

  /// The six base 62 digits of the CRC-32 of `body`.
  static func base62Digits(of body: some Sequence<UInt8>) -> [UInt8] { digits(of: crc32(body), in: alphabets[0]) }

  private static func digits(of value: UInt32, in alphabet: [UInt8]) -> [UInt8] {
    var rest = value
    var digits = [UInt8](repeating: alphabet[0], count: 6)
    for place in (0..<6).reversed() {
      digits[place] = alphabet[Int(rest % 62)]
      rest /= 62
    }
    return digits
  }

  /// The CRC-32 of gzip and PNG.
  static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ (sum >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
  }
}
