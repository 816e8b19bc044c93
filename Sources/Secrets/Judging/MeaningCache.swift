#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What names promise, for the names seen last: the same few thousand come again and again.
struct MeaningCache {
  private struct Slot {
    var name: [UInt8]
    var meaning: NameMeaning
  }

  private static let size = 4096
  private var slots = [Slot?](repeating: nil, count: size)

  /// The meaning of `name`, worked out now if another name took its place.
  mutating func meaning(of name: UnsafeRawBufferPointer, _ catalogue: Catalogue) -> NameMeaning {
    // FNV-1a: names are short, and nothing is lost where two of them share a slot.
    let hash = name.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let index = Int(truncatingIfNeeded: (hash ^ hash >> 32) % UInt64(Self.size))
    if let slot = slots[index], Self.isEqual(slot.name, name) { return slot.meaning }
    let meaning = NameMeaning(name, catalogue: catalogue)
    slots[index] = Slot(name: Array(name), meaning: meaning)
    return meaning
  }

  private static func isEqual(_ known: [UInt8], _ name: UnsafeRawBufferPointer) -> Bool {
    guard known.count == name.count else { return false }
    return known.withUnsafeBytes { known in
      guard let known = known.baseAddress, let other = name.baseAddress else { return true }
      return memcmp(known, other, name.count) == 0
    }
  }
}
