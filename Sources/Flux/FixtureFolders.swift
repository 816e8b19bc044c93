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

  private static let bytes = names.map { Array($0.utf8) }

  /// Whether a file lies in such a folder.
  package static func hold(_ path: String) -> Bool {
    path.utf8.withContiguousStorageIfAvailable { hold($0) } ?? Array(path.utf8).withUnsafeBufferPointer { hold($0) }
  }

  private static func hold(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for end in path.indices where path[end] == UInt8(ascii: "/") {
      let name = path[start..<end]
      if bytes.contains(where: { $0.count == name.count && $0.elementsEqual(name) }) { return true }
      start = end + 1
    }
    return false
  }
}
