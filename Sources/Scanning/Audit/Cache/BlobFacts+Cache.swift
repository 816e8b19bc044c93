internal import Git
internal import Policy

extension BlobFacts {
  /// Takes in what is known of a file that was silent.
  mutating func recall(_ item: HistoryCache.Item) {
    sizes[item.id] = item.size
    if let look = item.look {
      manifests[item.id] = Interest.Glance(look: Interest.Look(rawValue: look), names: NameSet(bits: item.names))
    }
    if item.marks.contains(.isEncrypted) { encrypted.insert(item.id) }
    if item.marks.contains(.isGenerator) { generators.insert(item.id) }
    if item.marks.contains(.isMapGenerator) { mapGenerators.insert(item.id) }
    if item.marks.contains(.holdsCluster) { clusters.insert(item.id) }
    if item.marks.contains(.namesFixtures) { fixtureNamers.insert(item.id) }
    if item.marks.contains(.isFlux) { fluxFiles.insert(item.id) }
  }

  /// What is to be kept of a file that was read.
  func item(_ item: HistoryCache.Item, _ use: ItemUses.Use) -> HistoryCache.Item {
    let id = item.id
    var found = HistoryCache.Item(id: id, marks: .isKnown)
    found.path = use.path
    found.size = sizes[id] ?? 0
    found.look = manifests[id]?.look.rawValue
    found.names = manifests[id]?.names.bits ?? 0
    let marks: [(HistoryCache.ItemMarks, Bool)] = [
      (.isManifest, use.isManifest), (.isFixture, use.isFixture), (.holdsSecrets, secrets[id] != nil),
      (.isUnread, failures[id] != nil || limits[id] != nil), (.isEncrypted, encrypted.contains(id)),
      (.isGenerator, generators.contains(id)), (.isMapGenerator, mapGenerators.contains(id)),
      (.holdsCluster, clusters.contains(id)),
      (.namesFixtures, fixtureNamers.contains(id)), (.isFlux, fluxFiles.contains(id)),
    ]
    for (mark, holds) in marks where holds { found.marks.insert(mark) }
    return found
  }
}
