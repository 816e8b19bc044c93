extension KnownHistory {
  /// How many caches may be written before a commit that no audit met any more is forgotten: it was on another branch,
  /// or history was rewritten.
  private static let patience: UInt8 = 8
  /// What is new is worth a new file when it is at least this part of what is known; less is soon looked at again.
  private static let share = 256

  /// The cache to be kept; `nil` where it would save no more than it costs.
  var saved: HistoryCache? {
    guard isRepacked || news > 0 && news * KnownHistory.share >= cache.commits.count else { return nil }
    var met = [Bool](repeating: false, count: cache.commits.count)
    for row in rows { met[row] = true }
    var kept = HistoryCache()
    kept.commits.reserveCapacity(cache.commits.count)
    kept.records.reserveCapacity(cache.records.count)
    kept.items.reserveCapacity(cache.items.count)
    kept.holdsClusters = cache.holdsClusters
    kept.appliesFixtures = cache.appliesFixtures
    var paths = [Int32](repeating: -1, count: cache.paths.count)
    var items = [Int32](repeating: -1, count: cache.items.count)
    func path(_ old: Int32) -> Int32 {
      guard old >= 0 else { return -1 }
      if paths[Int(old)] < 0 {
        paths[Int(old)] = Int32(kept.paths.count)
        kept.paths.append(cache.paths[Int(old)])
        kept.traits.append(cache.traits[Int(old)])
      }
      return paths[Int(old)]
    }
    func item(_ old: Int32) -> Int32 {
      guard old >= 0 else { return -1 }
      if items[Int(old)] < 0 {
        items[Int(old)] = Int32(kept.items.count)
        var item = cache.items[Int(old)]
        item.path = path(item.path)
        kept.items.append(item)
      }
      return items[Int(old)]
    }
    kept.packs = packs
    for (row, commit) in cache.commits.enumerated() where !commit.marks.contains(.isIncomplete) {
      guard hiddenPaths.isEmpty || !cache.records[commit.records].contains(where: { hiddenPaths.contains($0.path) })
      else { continue }
      var copy = commit
      copy.age = met[row] ? 0 : commit.age + 1
      guard copy.age <= KnownHistory.patience else { continue }
      let first = kept.records.count
      for record in cache.records[commit.records] {
        var copy = record
        (copy.path, copy.old, copy.new) = (path(record.path), item(record.old), item(record.new))
        kept.records.append(copy)
      }
      copy.records = first..<kept.records.count
      kept.commits.append(copy)
    }
    return kept
  }
}
