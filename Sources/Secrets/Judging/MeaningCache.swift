#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What names promise, for the names seen last: the same few thousand come again and again.
struct MeaningCache {
  private static let size = 4096
  /// The names, each at the place its hash gives it; empty where there is none yet.
  private var names = [[UInt8]](repeating: [], count: size)
  private var meanings = [NameMeaning?](repeating: nil, count: size)

  /// The meaning of `name`, worked out now if another name took its place.
  mutating func meaning(of name: UnsafeRawBufferPointer, _ catalogue: Catalogue) -> NameMeaning {
    // FNV-1a: names are short, and nothing is lost where two of them share a place.
    let hash = name.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    let index = Int(truncatingIfNeeded: (hash ^ hash >> 32) % UInt64(Self.size))
    if isKnown(name, at: index), let meaning = meanings[index] { return meaning }
    let meaning = NameMeaning(name, catalogue: catalogue)
    names[index] = Array(name)
    meanings[index] = meaning
    return meaning
  }

  private func isKnown(_ name: UnsafeRawBufferPointer, at index: Int) -> Bool {
    guard names[index].count == name.count else { return false }
    return names[index].withUnsafeBytes { known in
      guard let known = known.baseAddress, let other = name.baseAddress else { return true }
      return memcmp(known, other, name.count) == 0
    }
  }
}
