#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A stream of YAML documents cut into documents by their bytes, without parsing.
///
/// A line that starts with `---` ends a document wherever it stands (YAML 1.2, rule 203, `c-forbidden`), so the cut is
/// exact; a stream with directives is not cut.
package struct DocumentSlices {
  /// One document with the marker line before it.
  package struct Slice: Sendable {
    package var range: Range<Int>
    /// The lines before it in the file.
    package var line: Int
  }

  package let slices: [Slice]

  package init(_ bytes: [UInt8]) {
    slices = bytes.withUnsafeBytes { DocumentSlices.cut($0) }
  }

  private static func cut(_ bytes: UnsafeRawBufferPointer) -> [Slice] {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return [] }
    if bytes[0] == UInt8(ascii: "%") { return [Slice(range: 0..<bytes.count, line: 0)] }
    var slices: [Slice] = []
    var first = 0
    var firstLine = 0
    var line = 0
    var offset = 0
    while offset < bytes.count, let hit = memchr(start + offset, 0x0A, bytes.count - offset) {
      offset = UnsafeRawPointer(hit) - start + 1
      line += 1
      if offset < bytes.count, bytes[offset] == UInt8(ascii: "%") { return [Slice(range: 0..<bytes.count, line: 0)] }
      guard isMarker(bytes, offset) else { continue }
      slices.append(Slice(range: first..<offset, line: firstLine))
      first = offset
      firstLine = line
    }
    slices.append(Slice(range: first..<bytes.count, line: firstLine))
    return slices
  }

  private static func isMarker(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
    guard offset + 3 <= bytes.count, bytes[offset..<offset + 3].allSatisfy({ $0 == UInt8(ascii: "-") }) else {
      return false
    }
    guard offset + 3 < bytes.count else { return true }
    return [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset + 3])
  }

  /// The documents of two versions of a file that the other version does not hold to the letter.
  package static func differing(_ old: [UInt8], _ new: [UInt8]) -> (old: [Slice], new: [Slice]) {
    let before = DocumentSlices(old).slices
    let after = DocumentSlices(new).slices
    guard before.count > 1 || after.count > 1 else { return (before, after) }
    var waiting: [Content: Int] = [:]
    for slice in before { waiting[content(old, slice), default: 0] += 1 }
    let added = after.filter { slice in
      guard let count = waiting[content(new, slice)], count > 0 else { return true }
      waiting[content(new, slice)] = count - 1
      return false
    }
    let removed = before.reversed().filter { slice in
      guard let count = waiting[content(old, slice)], count > 0 else { return false }
      waiting[content(old, slice)] = count - 1
      return true
    }
    return (removed.reversed(), added)
  }

  /// A document's bytes without the marker line's dashes and the blank lines at its end, which mean nothing.
  private static func content(_ bytes: [UInt8], _ slice: Slice) -> Content {
    var range = slice.range
    while let last = range.last, bytes[last] == 0x0A || bytes[last] == 0x0D { range = range.dropLast() }
    if range.count >= 3, bytes[range].starts(with: [0x2D, 0x2D, 0x2D]) { range = range.dropFirst(3) }
    while let first = range.first, bytes[first] == 0x0A || bytes[first] == 0x0D { range = range.dropFirst() }
    return Content(bytes[range])
  }
}

/// A document's bytes with a hash of eight bytes at a time: `ArraySlice` hashes byte by byte, which cost an audit of
/// large manifests a tenth of its time. Equality is that of the bytes.
private struct Content: Hashable {
  private let bytes: ArraySlice<UInt8>
  private let digest: UInt64

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    digest = bytes.withUnsafeBytes { buffer in
      var value: UInt64 = 0xCBF2_9CE4_8422_2325
      var offset = 0
      while offset + 8 <= buffer.count {
        value = (value ^ buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        value ^= value >> 29
        offset += 8
      }
      for byte in buffer[offset...] { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return value
    }
  }

  static func == (left: Content, right: Content) -> Bool { left.digest == right.digest && left.bytes == right.bytes }

  func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

extension ManifestFile {
  /// Reads some documents of a file.
  package init(parsing slices: [DocumentSlices.Slice], of bytes: [UInt8]) {
    self.init(objects: [], others: [], problem: nil)
    bytes.withUnsafeBytes { bytes in
      for slice in slices {
        let text = UnsafeRawBufferPointer(rebasing: bytes[slice.range])
        add(YAMLStream.parse(text, firstLine: slice.line))
      }
    }
  }
}
