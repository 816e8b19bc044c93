#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension UnsafeRawBufferPointer {
  /// Whether a literal stands somewhere in the bytes.
  package func holds(_ literal: [UInt8]) -> Bool {
    first(literal, rarest: literal.firstIndex(where: Self.isRare) ?? 0, from: 0) != nil
  }

  /// Whether the bytes are UTF-16, which YAML may be as well (as PowerShell writes it): no search for a word finds it.
  package var isUTF16: Bool { starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) }

  /// Whether a byte is rare in manifests.
  private static func isRare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "z"), UInt8(ascii: "q"), UInt8(ascii: "j"), UInt8(ascii: "x"), UInt8(ascii: "/"), 0x41...0x5B:
      true
    default: false
    }
  }

  /// Whether a text stands somewhere in the bytes. The search is for its rarest byte: a capital or a bracket, else `p`.
  package func holdsExactly(_ text: StaticString) -> Bool {
    let literal = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    let rarest =
      literal.firstIndex { $0 &- 0x41 < 26 || $0 == 0x5B } ?? literal.firstIndex(of: UInt8(ascii: "p")) ?? 0
    return first(literal, rarest: rarest, from: 0) != nil
  }

  /// The first place of a literal at or after a place.
  ///
  /// - Parameter rarest: which byte of the literal is looked for first; the search is as fast as that byte is rare.
  package func first(_ literal: [UInt8], rarest: Int, from start: Int) -> Int? {
    literal.withUnsafeBufferPointer { first($0, rarest: rarest, from: start) }
  }

  private func first(_ literal: UnsafeBufferPointer<UInt8>, rarest: Int, from start: Int) -> Int? {
    guard let base = baseAddress, let text = literal.baseAddress, !literal.isEmpty, start >= 0,
      count - start >= literal.count
    else { return nil }
    var here = base + start + rarest
    let last = base + (count - literal.count) + rarest
    while here <= last {
      guard let hit = memchr(here, Int32(literal[rarest]), last - here + 1) else { return nil }
      let begin = UnsafeRawPointer(hit) - rarest
      if memcmp(begin, text, literal.count) == 0 { return begin - base }
      here = UnsafeRawPointer(hit) + 1
    }
    return nil
  }
}
