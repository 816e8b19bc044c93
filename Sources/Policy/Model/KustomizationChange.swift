internal import Flux
package import Manifests

/// A kustomization file (`kustomize.config.k8s.io`) as written.
package struct KustomizationFileView: Sendable {
  /// Relative to the root of the tree.
  package var path: String
  /// The whole document; an empty mapping where the file is empty.
  package var root: Node

  /// A key that the file has twice, of which kustomize takes the last.
  package var repeatedKey: Span?

  package init(path: String, root: Node, repeatedKey: Span? = nil) {
    self.path = path
    self.root = root
    self.repeatedKey = repeatedKey
  }

  /// The names under which kustomize looks for the file.
  package static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// Whether kustomize takes a file at this path for a kustomization file.
  package static func isNamed(_ path: String) -> Bool {
    names.contains { name in
      let rest = path.utf8.count - name.utf8.count
      guard rest >= 0, path.utf8.suffix(name.utf8.count).elementsEqual(name.utf8) else { return false }
      return rest == 0 || path.utf8.dropLast(name.utf8.count).last == UInt8(ascii: "/")
    }
  }

  /// The folder that holds the file, empty for the root of the tree.
  package var folder: String { Path.parent(path) }

}

/// A kustomization file before and after a change; at least one side is there.
package struct KustomizationChange: Sendable {
  package var before: KustomizationFileView?
  package var after: KustomizationFileView?

  /// The file, relative to the root of the tree.
  package var path: String { (after ?? before)?.path ?? "" }

  package init(before: KustomizationFileView?, after: KustomizationFileView?) {
    self.before = before
    self.after = after
  }
}
