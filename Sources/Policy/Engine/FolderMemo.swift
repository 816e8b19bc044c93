internal import Flux
internal import Manifests

/// What was made of the files beneath folders; bounded.
struct FolderMemo<Made> {
  private struct Key: Hashable {
    var path: String
    var id: ContentID

    // One folder stands at few paths.
    func hash(into hasher: inout Hasher) { id.hash(into: &hasher) }
  }

  private var known: Recent<Key, [Made]>
  /// Folders of which nothing is made, wherever they stand.
  private var barren: Set<ContentID> = []

  /// - Parameter limit: how much is kept.
  init(limit: Int = 15_000) { known = Recent(limit: limit) }

  /// What was made of a folder at a path; `nil` where that is not known.
  mutating func made(in folder: ContentID, at path: String) -> [Made]? {
    barren.contains(folder) ? [] : known[Key(path: path, id: folder)]
  }

  /// Keeps what was made of a folder at a path.
  mutating func keep(_ made: [Made], in folder: ContentID, at path: String) {
    if !made.isEmpty {
      known.keep(made, under: Key(path: path, id: folder), cost: made.count)
      return
    }
    if barren.count > 1 << 16 { barren.removeAll() }
    barren.insert(folder)
  }
}
