internal import Manifests

/// Results of folder builds, kept while what they looked at stays the same; bounded.
final class FolderBuilds {
  /// What the builds are made of.
  let parts = BuildMemo()
  /// What Flux makes of built objects.
  let postBuild = PostBuild()
  /// The variables of Kustomizations.
  let variables = VariableSets()
  private struct Place: Hashable {
    var folder: String
    var ignoreRules: String
  }

  /// What of a Kustomization decides what its folder is built to.
  struct Settings {
    private let file: String
    private let title: String
    private let fields: [Node?]
    private static let names = [
      "targetNamespace", "namePrefix", "nameSuffix", "patches", "components", "ignoreMissingComponents", "images",
    ]

    init(_ kustomization: FluxKustomization) {
      let spec = kustomization.root["spec"]
      fields = Settings.names.map { spec?.entry($0)?.value }
      // Values that a field sets name the Kustomization as their origin.
      let isPlain = fields.allSatisfy { $0 == nil }
      file = isPlain ? "" : kustomization.file
      title = isPlain ? "" : kustomization.identity.title
    }

    func isSame(as other: Settings) -> Bool {
      file == other.file && title == other.title
        && zip(fields, other.fields).allSatisfy { left, right in
          if let left, let right { return left.isSame(as: right) }
          return left == nil && right == nil
        }
    }
  }

  private struct Known {
    var settings: Settings
    /// The identity of the folder's content.
    var content: ContentID?
    /// What was looked at outside the folder.
    var outside: [Dependency]
    var result: BuildResult
  }

  private var builds = Recent<Place, [Known]>(limit: 30_000)

  /// A kept result that still holds in a tree.
  ///
  /// - Parameter content: the identity of the folder's content, which must be the same where there is one: then only
  ///   what was looked at elsewhere can have changed.
  func result(
    for folder: String, _ content: ContentID?, _ settings: Settings, in reader: FolderReader
  ) -> BuildResult? {
    builds[Place(folder: folder, ignoreRules: reader.ignoreRules)]?.last { known in
      known.content == content && known.settings.isSame(as: settings)
        && (content == nil ? known.result.dependencies : known.outside).allSatisfy { reader.holds($0) }
    }?.result
  }

  /// Keeps a result.
  func keep(
    _ result: BuildResult, for folder: String, _ content: ContentID?, _ settings: Settings, ignoreRules: String
  ) {
    let place = Place(folder: folder, ignoreRules: ignoreRules)
    let outside = result.dependencies.filter { !Path.isIn($0.path, folder: folder) }
    let build = Known(settings: settings, content: content, outside: outside, result: result)
    let kept = (builds[place] ?? []).suffix(5) + [build]
    builds.keep(Array(kept), under: place, cost: result.dependencies.count + 3 * result.objects.count)
  }
}
