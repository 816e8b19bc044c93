/// Writes lists of numbers one after another.
struct ColumnWriter {
  private(set) var bytes: [UInt8] = []

  /// - Parameter capacity: how many bytes will be about enough.
  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Adds the length of a list and its numbers, the lowest byte first.
  mutating func add<Number: FixedWidthInteger>(_ column: [Number]) {
    add(UInt64(column.count))
    column.withUnsafeBytes { bytes.append(contentsOf: $0) }
    while bytes.count % 8 != 0 { bytes.append(0) }
  }

  /// Adds the hash of all that was added.
  mutating func seal(_ hash: some Sequence<UInt8>) { bytes.append(contentsOf: hash) }

  private mutating func add(_ count: UInt64) {
    withUnsafeBytes(of: count.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

/// Reads lists of numbers that may be anything.
struct ColumnReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether nothing is left.
  var isAtEnd: Bool { position == bytes.count }

  /// The next list; `nil` where the bytes end before it does, or it has another length than is wanted.
  mutating func next<Number: FixedWidthInteger>(_: Number.Type, count wanted: Int? = nil) -> [Number]? {
    guard bytes.count - position >= 8 else { return nil }
    let stated = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    let width = MemoryLayout<Number>.size
    guard stated <= UInt64((bytes.count - position - 8) / width) else { return nil }
    let count = Int(stated)
    guard wanted == nil || wanted == count else { return nil }
    let start = position + 8
    let end = start + (count * width + 7) / 8 * 8
    guard end <= bytes.count else { return nil }
    position = end
    return [Number](unsafeUninitializedCapacity: count) { buffer, written in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count * width]))
      written = count
    }
  }
}
