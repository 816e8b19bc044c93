internal import Git

/// As what each item of a history is to be read: what its paths ask of it, the first of those that ask most.
struct ItemUses {
  /// How one item is to be read.
  struct Use: Sendable {
    /// The path's number; -1 for none.
    var path: Int32 = -1
    var isUsed = false
    var isManifest = false
    var isFixture = false
    var weight = 0
  }

  private let places: [Use]
  /// For each item.
  private(set) var uses: [Use]

  /// - Parameters:
  ///   - paths: what each path asks of what stands there.
  ///   - count: how many items there are.
  init(_ paths: [HistoryCache.PathMarks], count: Int) {
    uses = Array(repeating: Use(), count: count)
    places = paths.enumerated().map { number, marks in
      Use(
        path: Int32(number), isUsed: true, isManifest: marks.isManifest, isFixture: marks.isFixture,
        weight: marks.weight)
    }
  }

  /// Takes in that a commit brings an item to a path, or takes it away.
  mutating func add(_ record: HistoryCache.Record) {
    if record.new >= 0, record.newKind.isBlob { uses[Int(record.new)].join(places[Int(record.path)]) }
    // What a shallow boundary or a date filter cuts off appears as an old side only.
    if record.old >= 0, record.oldKind.isBlob, !uses[Int(record.old)].isUsed {
      uses[Int(record.old)] = places[Int(record.path)]
    }
  }
}

extension ItemUses.Use {
  /// Takes in that the item stands at another path as well.
  mutating func join(_ other: ItemUses.Use) {
    guard isUsed else {
      self = other
      return
    }
    if other.weight > weight { (path, weight) = (other.path, other.weight) }
    guard other.isManifest else { return }
    isManifest = true
    if !other.isFixture { isFixture = false }
  }
}
