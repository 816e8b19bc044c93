/// Folders by whose name people say that what is in them is made for tests, or belongs to others, and is never applied:
/// Go's tool ignores `testdata`, Jest's conventions are `__fixtures__` and `__mocks__`, HashiCorp's is `test-fixtures`,
/// and `node_modules` is what npm puts there.
///
/// Manifests in them count only where a Flux Kustomization outside of them reaches them, credentials only where they
/// cannot have been typed.
package enum FixtureFolders {
  package static let names = [
    "testdata", "fixtures", "__fixtures__", "test-fixtures", "__mocks__", "node_modules",
  ]

  /// Whether a folder has such a name.
  package static func isNamed(_ name: String) -> Bool { names.contains(name) }

  /// Whether a file lies in such a folder.
  package static func hold(_ path: String) -> Bool {
    let bytes = path.utf8
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) {
      if names.contains(where: { $0.utf8.elementsEqual(bytes[start..<end]) }) { return true }
      start = bytes.index(after: end)
    }
    return false
  }
}
