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
    let index = Int(truncatingIfNeeded: Self.hash(name) % UInt64(Self.size))
    if isKnown(name, at: index), let meaning = meanings[index] { return meaning }
    let meaning = NameMeaning(name, catalogue: catalogue)
    names[index] = Array(name)
    meanings[index] = meaning
    return meaning
  }

  /// A number that tells names apart well enough: nothing is lost where two of them share a place.
  private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(name.count)
    var place = 0
    while place + 8 <= name.count {
      hash = (hash ^ name.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      place += 8
    }
    while place < name.count {
      hash = (hash ^ UInt64(name[place])) &* 0x9E37_79B9_7F4A_7C15
      place += 1
    }
    return hash ^ hash >> 32
  }

  private func isKnown(_ name: UnsafeRawBufferPointer, at index: Int) -> Bool {
    guard names[index].count == name.count else { return false }
    return names[index].withUnsafeBytes { known in
      guard let known = known.baseAddress, let other = name.baseAddress else { return true }
      return memcmp(known, other, name.count) == 0
    }
  }
}
