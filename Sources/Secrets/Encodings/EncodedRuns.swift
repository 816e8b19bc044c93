/// Finds the parts of a text that are long enough runs of an encoding's alphabet to hold something.
struct EncodedRuns {
  /// Shorter runs are left alone: 24 characters hold 18 bytes.
  static let minimumLength = 24

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next run of characters of either base64 alphabet, hexadecimal runs among them, without padding.
  ///
  /// Of every sixteen bytes eight are looked at, two times eight at once: a run that is long enough holds one of these
  /// words whole. Where it does, the run's ends are looked for from there.
  mutating func next() -> Range<Int>? {
    guard let base = bytes.baseAddress else { return nil }
    let count = bytes.count
    var floor = position
    while position + 8 <= count {
      let next = position + 16
      let outside = Self.outside(
        (base + position).loadUnaligned(as: UInt64.self),
        next + 8 <= count ? (base + next).loadUnaligned(as: UInt64.self) : 0)
      if outside[0] != 0, outside[1] != 0 {
        position += 32
        continue
      }
      let word = position + (outside[0] == 0 ? 0 : 16)
      let run = start(of: word, floor: floor)..<end(of: word + 8)
      position = run.upperBound + 1
      floor = position
      if run.count >= Self.minimumLength { return run }
    }
    return nil
  }

  /// Where the run that goes on at `place` starts, nowhere before `floor`.
  private func start(of place: Int, floor: Int) -> Int {
    var start = place
    while start - 16 >= floor, let base = bytes.baseAddress {
      let outside = Self.outside(
        (base + start - 16).loadUnaligned(as: UInt64.self), (base + start - 8).loadUnaligned(as: UInt64.self))
      if outside[1] != 0 { return start - UInt64(littleEndian: outside[1]).leadingZeroBitCount / 8 }
      if outside[0] != 0 { return start - 8 - UInt64(littleEndian: outside[0]).leadingZeroBitCount / 8 }
      start -= 16
    }
    while start > floor, Base64.isDigit(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// Where the run that goes on at `place` ends.
  private func end(of place: Int) -> Int {
    var end = place
    while end + 16 <= bytes.count, let base = bytes.baseAddress {
      let outside = Self.outside(
        (base + end).loadUnaligned(as: UInt64.self), (base + end + 8).loadUnaligned(as: UInt64.self))
      if outside[0] != 0 { return end + UInt64(littleEndian: outside[0]).trailingZeroBitCount / 8 }
      if outside[1] != 0 { return end + 8 + UInt64(littleEndian: outside[1]).trailingZeroBitCount / 8 }
      end += 16
    }
    while end < bytes.count, Base64.isDigit(bytes[end]) { end += 1 }
    return end
  }

  /// For each of two words the highest bits of the bytes in it that are in neither alphabet.
  ///
  /// A byte below 0x80 plus `0x80 - n` has its highest bit set where the byte is at least `n`. Comparisons of vectors
  /// would say the same and are compiled into loops.
  @inline(__always)
  private static func outside(_ first: UInt64, _ second: UInt64) -> SIMD2<UInt64> {
    let text = unsafeBitCast(SIMD2(first, second), to: SIMD16<UInt8>.self)
    let low = text & 0x7F
    let letter = low | 0x20
    let letters = (letter &+ (0x80 - 0x61)) & ~(letter &+ (0x80 - 0x7B))
    // From `-` to `9` without the dot.
    let digits = (low &+ (0x80 - 0x2D)) & ~(low &+ (0x80 - 0x3A)) & ((low ^ 0x2E) &+ 0x7F)
    let signs = ~(((low ^ 0x2B) &+ 0x7F) & ((low ^ 0x5F) &+ 0x7F))
    return unsafeBitCast((~(letters | digits | signs) | text) & 0x80, to: SIMD2<UInt64>.self)
  }

  /// Goes on behind `end`.
  mutating func skip(to end: Int) { position = max(position, end) }

  /// Where the text that starts with `run` ends when base64 was folded over lines: as long as the next line, its
  /// indentation, comment mark and quotes aside, holds nothing but the alphabet.
  static func foldedEnd(of run: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Int {
    guard run.count >= 40 else { return run.upperBound }
    var end = run.upperBound
    while let line = nextLine(after: end, in: bytes) {
      end = line.upperBound
      if line.count < run.count { break }
    }
    return end
  }

  private static func nextLine(after end: Int, in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var index = end
    if index < bytes.count, bytes[index] == 0x0D { index += 1 }
    guard index < bytes.count, bytes[index] == 0x0A else { return nil }
    index += 1
    let lineStart = index
    while index < bytes.count, bytes[index].isBlank, index - lineStart < 64 { index += 1 }
    let start = index
    while index < bytes.count, index - start <= 4096, bytes[index] == 0x3D || Base64.isDigit(bytes[index]) {
      index += 1
    }
    guard index > start, index == bytes.count || bytes[index].isNewline else { return nil }
    return start..<index
  }
}
