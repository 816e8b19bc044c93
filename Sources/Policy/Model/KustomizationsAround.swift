internal import Flux
internal import Manifests

/// What the kustomization files in a file's folder and above make of it, for objects that are judged as written.
package struct KustomizationsAround {
  /// Whether one of them lists it.
  package let isListed: Bool
  /// Whether the file is applied as a patch and listed nowhere: then what stands in it is no object.
  package let isPatch: Bool
  /// Whether its folder has a kustomization file, and neither that nor one above lists it.
  package let isLeftOut: Bool
  /// The namespace that they give to the objects of the file; `nil` where none does.
  package let namespace: String?

  /// Looks from a file's folder up to the root of one side of a change.
  package init(_ file: String, in view: any StateView) {
    var reached: Set<String> = [file]
    var isListed = false
    var isNamed = false
    var isLeftOut = false
    var namespace: String?
    var folders = file.split(separator: "/").dropLast()
    let depth = folders.count
    while true {
      let folder = folders.joined(separator: "/")
      if let kustomization = view.kustomization(in: folder) {
        let listed = kustomization.paths(of: KustomizationFileView.listing)
        isListed = isListed || listed.contains(file)
        isLeftOut = isLeftOut || folders.count == depth && kustomization.path != file
        isNamed = isNamed || kustomization.paths(of: KustomizationFileView.patching).contains(file)
        if !reached.isDisjoint(with: listed) {
          reached.insert(folder)
          namespace = kustomization.root["namespace"]?.text ?? namespace
        }
      }
      if folders.isEmpty { break }
      folders.removeLast()
    }
    self.isListed = isListed
    isPatch = isNamed && !isListed
    self.isLeftOut = isLeftOut && !isListed && !isNamed
    self.namespace = namespace
  }
}

extension KustomizationFileView {
  /// The fields that list files and folders.
  package static let listing = ["resources", "components", "bases"]
  fileprivate static let patching = ["patches", "patchesStrategicMerge", "patchesJson6902"]

  /// The paths that some fields name, resolved against its folder.
  fileprivate func paths(of fields: [String]) -> Set<String> {
    let folder = folder
    var paths: Set<String> = []
    for field in fields {
      for item in root[field]?.items ?? [] {
        guard let text = item.text ?? item["path"]?.text else { continue }
        paths.insert(KustomizationFileView.resolve(text, in: folder))
      }
    }
    return paths
  }

  /// A path relative to a folder, without `.` and `..`, which does not lead out of the tree.
  package static func resolve(_ text: String, in folder: String) -> String {
    Path.resolve(text, in: folder) ?? Path.joined(Path.join(folder, text))
  }
}
