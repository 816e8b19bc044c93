internal import Manifests

/// Results of folder builds, kept while what they looked at stays the same; bounded.
final class FolderBuilds {
  /// What the builds are made of.
  let parts = BuildMemo()
  /// What Flux makes of built objects.
  let postBuild = PostBuild()
  private struct Place: Hashable {
    var folder: String
    var ignoreRules: String
  }

  private struct Known {
    var settings: Node
    /// The identity of the folder's content.
    var content: ContentID?
    /// What was looked at outside the folder.
    var outside: [Dependency]
    var result: BuildResult
  }

  private var builds: [Place: [Known]] = [:]
  private var count = 0

  /// A kept result that still holds in a tree.
  ///
  /// - Parameter content: the identity of the folder's content: where it is the same, only what was looked at elsewhere
  ///   can have changed.
  func result(
    for folder: String, _ content: ContentID?, _ settings: Node, in reader: FolderReader
  ) -> BuildResult? {
    builds[Place(folder: folder, ignoreRules: reader.ignoreRules)]?.last { known in
      let isSameFolder = content != nil && known.content == content
      return known.settings.isSame(as: settings)
        && (isSameFolder ? known.outside : known.result.dependencies).allSatisfy { reader.holds($0) }
    }?.result
  }

  /// Keeps a result.
  func keep(
    _ result: BuildResult, for folder: String, _ content: ContentID?, _ settings: Node, ignoreRules: String
  ) {
    let place = Place(folder: folder, ignoreRules: ignoreRules)
    if count > 4000 {
      builds.removeAll()
      count = 0
    }
    count += 1
    let outside = result.dependencies.filter { !Path.isIn($0.path, folder: folder) }
    builds[place, default: []].append(Known(settings: settings, content: content, outside: outside, result: result))
    if builds[place]?.count ?? 0 > 6 { builds[place]?.removeFirst() }
  }
}
