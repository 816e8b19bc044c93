internal import Manifests

extension ObjectChange {
  /// Pairs the objects of two sides: first those in the same file and under the same root, then by identity alone, so
  /// that an object which only moved to another file is not taken for a deletion.
  ///
  /// Objects that mean the same on both sides and have the same owner are left out.
  package static func pairing(_ before: [AppliedObject], _ after: [AppliedObject]) -> [ObjectChange] {
    var pairing = Pairing(before, after)
    pairing.match { Place(slot: Slot($0), path: $0.path) }
    pairing.match { Slot($0) }
    let pairs = pairing.pairs.map { ObjectChange(before: before[$0], after: after[$1]) }
    let removed = pairing.old.map { ObjectChange(before: before[$0], after: nil) }
    let added = pairing.new.map { ObjectChange(before: nil, after: after[$0]) }
    return pairs.filter(\.changesMeaning) + removed + added
  }

  private var changesMeaning: Bool {
    guard let before, let after else { return true }
    if let old = before.owner, let new = after.owner, old.identity != new.identity { return true }
    return !before.object.means(after.object)
  }
}

/// An object's identity under a sync root; the same object may be applied to several clusters.
private struct Slot: Hashable {
  var identity: ObjectIdentity
  var root: String

  init(_ object: AppliedObject) {
    identity = object.object.identity.key
    root = object.owner?.root ?? ""
  }
}

private struct Place: Hashable {
  var slot: Slot
  var path: String
}

/// Two lists whose members find each other by one key after the other.
private struct Pairing {
  let before: [AppliedObject]
  let after: [AppliedObject]
  var pairs: [(Int, Int)] = []
  /// Members that have no partner yet, in their order.
  var old: [Int]
  var new: [Int]

  init(_ before: [AppliedObject], _ after: [AppliedObject]) {
    self.before = before
    self.after = after
    old = Array(before.indices)
    new = Array(after.indices)
  }

  mutating func match<Key: Hashable>(by key: (AppliedObject) -> Key) {
    var waiting: [Key: [Int]] = [:]
    for index in new.reversed() { waiting[key(after[index]), default: []].append(index) }
    var taken: Set<Int> = []
    var left: [Int] = []
    for index in old {
      if let twin = waiting[key(before[index])]?.popLast() {
        pairs.append((index, twin))
        taken.insert(twin)
      } else {
        left.append(index)
      }
    }
    old = left
    new.removeAll { taken.contains($0) }
  }
}
