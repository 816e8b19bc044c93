/// Folders by whose name people say that what is in them is made for tests, or belongs to others, and is never applied:
/// Go's tool ignores `testdata`, Jest's conventions are `__fixtures__` and `__mocks__`, HashiCorp's is `test-fixtures`,
/// and `node_modules` is what npm puts there. What is put aside goes to `.archive`: moved there, an application is as good
/// as deleted.
///
/// Manifests in them count only where a Flux Kustomization outside of them reaches them, credentials in what is made for
/// tests only where they cannot have been typed.
package enum FixtureFolders {
  package static let names = made + [".archive", ".archived", "_archive", "_archived"]

  /// Those of what is made for tests, or belongs to others.
  private static let made = [
    "testdata", "fixtures", "__fixtures__", "test-fixtures", "__mocks__", "node_modules",
  ]

  /// Whether a folder has such a name.
  package static func isNamed(_ name: String) -> Bool { names.contains(name) }

  private static let allBytes = names.map { Array($0.utf8) }
  private static let madeBytes = made.map { Array($0.utf8) }

  /// Whether a file lies in such a folder.
  package static func hold(_ path: String) -> Bool { isIn(allBytes, path) }

  /// Whether a file is made for tests, or belongs to others.
  package static func holdMade(_ path: String) -> Bool { isIn(madeBytes, path) }

  private static func isIn(_ names: [[UInt8]], _ path: String) -> Bool {
    path.utf8.withContiguousStorageIfAvailable { isIn(names, $0) }
      ?? Array(path.utf8).withUnsafeBufferPointer { isIn(names, $0) }
  }

  private static func isIn(_ names: [[UInt8]], _ path: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    for end in path.indices where path[end] == UInt8(ascii: "/") {
      let name = path[start..<end]
      if names.contains(where: { $0.count == name.count && $0.elementsEqual(name) }) { return true }
      start = end + 1
    }
    return false
  }
}
