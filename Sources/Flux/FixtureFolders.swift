/// Folders by whose name people say that what is in them is made for tests and never applied: Go's tool ignores
/// `testdata`, Jest's convention is `__fixtures__`, and `node_modules` belongs to others.
///
/// Manifests in them count only where a Flux Kustomization outside of them reaches them.
package enum FixtureFolders {
  package static let names: Set<Substring> = ["testdata", "fixtures", "__fixtures__", "node_modules"]

  /// Whether a folder has such a name.
  package static func isNamed(_ name: String) -> Bool { names.contains(Substring(name)) }

  /// Whether a file lies in such a folder.
  package static func hold(_ path: String) -> Bool {
    let bytes = path.utf8
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) {
      if names.contains(path[start..<end]) { return true }
      start = bytes.index(after: end)
    }
    return false
  }
}
