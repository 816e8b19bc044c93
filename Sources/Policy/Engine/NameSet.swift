internal import Manifests

/// Which groups and kinds can be named in a manifest: a filter that never misses a name, and rarely takes one for there
/// that is not.
package struct NameSet: Sendable, Hashable {
  /// The set as a number, from which it can be made again.
  package private(set) var bits: UInt64 = 0

  /// No name.
  package init() {}

  /// Every name: for a text that only a parser can read.
  package static let all = NameSet(bits: .max)

  /// The names of a kind, both of which stand in a file that holds an object of it; the core group is not named.
  init(_ kind: GroupKind) {
    insert(kind.kind.utf8)
    if !kind.group.isEmpty { insert(kind.group.utf8) }
  }

  /// The name of a group.
  init(group: String) { insert(group.utf8) }

  /// The names of the objects in the text of a manifest.
  init(of text: UnsafeRawBufferPointer) {
    let heads = ObjectHeads(of: text)
    guard !heads.isUnclear else {
      self = .all
      return
    }
    for token in heads.groups + heads.kinds { insert(text[token]) }
  }

  /// The names of both sets.
  package func union(_ other: NameSet) -> NameSet { NameSet(bits: bits | other.bits) }

  /// The set that a number stands for.
  package init(bits: UInt64) { self.bits = bits }

  /// Adds a name, given as its bytes.
  mutating func insert(_ name: some Sequence<UInt8>) {
    // FNV-1a; its high bits are the well mixed ones.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    bits |= 1 << (hash >> 58)
  }

  /// Whether all names of another set may be here.
  func mayHold(_ other: NameSet) -> Bool { bits & other.bits == other.bits }
}
