internal import Manifests

/// Results of folder builds, kept while what they looked at stays the same; bounded.
final class FolderBuilds {
  private struct Place: Hashable {
    var folder: String
    var ignoreRules: String
  }

  private struct Known {
    var settings: Node
    var result: BuildResult
  }

  private var builds: [Place: [Known]] = [:]
  private var count = 0

  /// A kept result that still holds in a tree.
  func result(
    for folder: String, _ settings: Node, _ ignoreRules: String, in reader: FolderReader
  ) -> BuildResult? {
    builds[Place(folder: folder, ignoreRules: ignoreRules)]?.last { known in
      known.settings.isSame(as: settings)
        && known.result.dependencies.allSatisfy { dependency in
          if dependency.path.hasSuffix("/") {
            guard let entries = try? reader.tree.children(of: String(dependency.path.dropLast())) else { return false }
            return FolderReader.listing(entries) == dependency.id
          }
          guard let entry = try? reader.standing(at: dependency.path) else { return dependency.id == nil }
          return dependency.id == .anyFolder ? entry.kind == .folder : entry.id == dependency.id
        }
    }?.result
  }

  /// Keeps a result.
  func keep(_ result: BuildResult, for folder: String, _ settings: Node, _ ignoreRules: String) {
    let place = Place(folder: folder, ignoreRules: ignoreRules)
    if count > 4000 {
      builds.removeAll()
      count = 0
    }
    count += 1
    builds[place, default: []].append(Known(settings: settings, result: result))
    if builds[place]?.count ?? 0 > 6 { builds[place]?.removeFirst() }
  }
}
