internal import CBytes

/// Finds the parts of a text that are long enough runs of an encoding's alphabet to hold something, sixty-four bytes at
/// once.
struct EncodedRuns {
  /// Shorter runs are left alone: 24 characters hold 18 bytes.
  static let minimumLength = 24

  private let bytes: UnsafeRawBufferPointer
  /// The block that is looked at: sixty-four bytes from here on.
  private var block = 0
  /// For each byte of the block whether it is in the alphabet and yet to be looked at, the first one lowest.
  private var digits: UInt64
  /// Where the run starts that goes on at the block's start; the block's start where none does.
  private var open = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    digits = Self.digits(in: bytes, at: 0)
  }

  /// The next run of characters of either base64 alphabet, hexadecimal runs among them, without padding.
  mutating func next() -> Range<Int>? {
    while block < bytes.count {
      let lead = (~digits).trailingZeroBitCount
      if open + Self.minimumLength <= block + lead, lead < 64 { return take(open, to: lead) }
      if lead < 64 {
        // Where at least so many bits in a row are set, the first of them.
        let two = digits & digits &>> 1
        let four = two & two &>> 2
        let eight = four & four &>> 4
        let runs = eight & eight &>> 8 & eight &>> 16
        let start = runs.trailingZeroBitCount
        if start < 64 {
          let end = start + (~(digits &>> UInt64(start))).trailingZeroBitCount
          if end < 64 { return take(block + start, to: end) }
        }
        open = block + 64 - (~digits).leadingZeroBitCount
      }
      block += 64
      digits = Self.digits(in: bytes, at: block)
    }
    guard open < bytes.count, bytes.count - open >= Self.minimumLength else { return nil }
    defer { open = bytes.count }
    return open..<bytes.count
  }

  /// Gives the run that ends within the block, and goes on behind it.
  private mutating func take(_ start: Int, to end: Int) -> Range<Int> {
    digits &= ~0 &<< UInt64(end)
    open = block
    return start..<block + end
  }

  /// Goes on behind `end`.
  mutating func skip(to end: Int) {
    guard end > block else { return }
    block = min(end, bytes.count)
    open = block
    digits = Self.digits(in: bytes, at: block)
  }

  /// For each of the sixty-four bytes from `start` on whether it is in the alphabet; what is behind the end is not.
  private static func digits(in bytes: UnsafeRawBufferPointer, at start: Int) -> UInt64 {
    guard start < bytes.count, let base = bytes.baseAddress else { return 0 }
    if bytes.count - start >= 64 { return fluxwarden_base64_digits(base + start) }
    var digits: UInt64 = 0
    for place in start..<bytes.count where Base64.isDigit(bytes[place]) { digits |= 1 << UInt64(place - start) }
    return digits
  }

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
