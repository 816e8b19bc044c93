/// Reads big-endian numbers and the like from bytes that may be cut short or hostile.
struct ByteReader {
  /// Why the bytes can't be read, as the end of a sentence.
  struct Failure: Error {
    let what: String
    init(_ what: String) { self.what = what }
  }

  /// Where the next read starts.
  var position = 0
  private let bytes: [UInt8]
  private let limit: Int

  /// Reads bytes up to a limit.
  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = max(0, limit)
  }

  /// How many bytes are left.
  var remaining: Int { limit - position }

  /// Steps over some bytes.
  mutating func skip(_ count: Int) throws(Failure) {
    guard count <= remaining else { throw Failure("ends too early") }
    position += count
  }

  /// A number of two bytes.
  mutating func half() throws(Failure) -> UInt16 { UInt16(truncatingIfNeeded: try number(2)) }

  /// A number of four bytes.
  mutating func word() throws(Failure) -> UInt32 { UInt32(truncatingIfNeeded: try number(4)) }

  /// An object id.
  mutating func id() throws(Failure) -> ObjectID {
    ObjectID(high: try number(8), middle: try number(8), low: try word())
  }

  /// The bytes before the next zero, which is stepped over.
  mutating func untilZero() throws(Failure) -> [UInt8] { try until(0) }

  /// A decimal number before a byte, which is stepped over.
  mutating func decimal(until end: UInt8) throws(Failure) -> Int {
    guard let number = Int(String(decoding: try until(end), as: UTF8.self)) else {
      throw Failure("has a malformed number")
    }
    return number
  }

  /// A number of variable length, as packs write offsets.
  mutating func variableNumber() throws(Failure) -> Int {
    var byte = try number(1)
    var value = byte & 127
    while byte & 128 != 0 {
      guard value < 1 << 40 else { throw Failure("has a malformed number") }
      byte = try number(1)
      value = (value + 1) << 7 | byte & 127
    }
    return Int(value)
  }

  /// A bitmap in EWAH form (`bitmap-format` in Git's documentation).
  mutating func compressedBits() throws(Failure) -> [Bool] {
    let size = Int(try word())
    var words = Int(try word())
    guard words * 8 <= remaining, size <= 1 << 26 else { throw Failure("has a malformed bitmap") }
    var bits: [Bool] = []
    while words > 0 {
      let marker = try number(8)
      words -= 1
      let run = min(Int(marker >> 1 & 0xffff_ffff) * 64, max(0, size - bits.count))
      bits.append(contentsOf: repeatElement(marker & 1 == 1, count: run))
      for _ in 0..<min(Int(marker >> 33), words) {
        let literal = try number(8)
        words -= 1
        for bit in 0..<64 where bits.count < size { bits.append(literal >> UInt64(bit) & 1 == 1) }
      }
    }
    try skip(4)
    return bits
  }

  private mutating func until(_ end: UInt8) throws(Failure) -> [UInt8] {
    guard let stop = bytes[position..<limit].firstIndex(of: end) else { throw Failure("ends too early") }
    defer { position = stop + 1 }
    return Array(bytes[position..<stop])
  }

  private mutating func number(_ size: Int) throws(Failure) -> UInt64 {
    guard size <= remaining else { throw Failure("ends too early") }
    var value: UInt64 = 0
    for index in position..<(position + size) { value = value << 8 | UInt64(bytes[index]) }
    position += size
    return value
  }
}
