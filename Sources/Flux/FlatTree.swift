/// A tree made of a list of files, such as an index, a working tree or an example.
package final class FlatTree: FileTree {
  /// One file of the list.
  package struct File: Sendable {
    package var path: String
    package var kind: FileKind
    package var id: ContentID

    package init(path: String, kind: FileKind, id: ContentID) {
      self.path = path
      self.kind = kind
      self.id = id
    }
  }

  /// Gives the bytes of a file of the list.
  package typealias Reader = (File) throws(FileTreeError) -> [UInt8]

  private let files: [File]
  private let read: Reader
  private var folderIDs: [String: ContentID] = [:]

  /// - Parameter files: in any order; of two with one path the last counts.
  package init(_ files: [File], read: @escaping Reader) {
    let unique = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
    self.files = unique.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    self.read = read
  }

  package var id: ContentID? { folderID("") }

  package func entry(at path: String) -> FileEntry? {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let position = lowerBound(path)
    if position < files.count, files[position].path == path {
      return FileEntry(name: name, kind: files[position].kind, id: files[position].id)
    }
    return range(of: path).isEmpty && !path.isEmpty ? nil : FileEntry(name: name, kind: .folder, id: folderID(path))
  }

  package func children(of path: String) -> [FileEntry] {
    let prefix = path.isEmpty ? 0 : path.utf8.count + 1
    var found: [FileEntry] = []
    for file in files[range(of: path)] {
      let rest = file.path.utf8.dropFirst(prefix)
      let name = String(Substring(rest.prefix { $0 != UInt8(ascii: "/") }))
      if name.utf8.count == rest.count {
        found.append(FileEntry(name: name, kind: file.kind, id: file.id))
      } else if found.last?.name != name {
        let folder = path.isEmpty ? name : "\(path)/\(name)"
        found.append(FileEntry(name: name, kind: .folder, id: folderID(folder)))
      }
    }
    return found
  }

  package func contents(of entry: FileEntry, at path: String) throws(FileTreeError) -> [UInt8] {
    let position = lowerBound(path)
    guard position < files.count, files[position].path == path else {
      throw FileTreeError(path: path, reason: "there is no such file")
    }
    return try read(files[position])
  }

  /// The files below a folder: they stand together, because paths are sorted by their bytes.
  private func range(of folder: String) -> Range<Int> {
    guard !folder.isEmpty else { return files.indices }
    return lowerBound(folder + "/")..<lowerBound(folder + "0")
  }

  private func lowerBound(_ path: String) -> Int {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path.utf8.lexicographicallyPrecedes(path.utf8) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func folderID(_ path: String) -> ContentID {
    if let known = folderIDs[path] { return known }
    var hash = ContentHash()
    for file in files[range(of: path)] {
      hash.add(file.path.utf8.dropFirst(path.utf8.count))
      hash.add(file.id)
    }
    folderIDs[path] = hash.id
    return hash.id
  }
}

/// Three FNV-1a hashes side by side: enough to tell the folders of one tree apart.
struct ContentHash {
  private var high: UInt64 = 0xCBF2_9CE4_8422_2325
  private var middle: UInt64 = 0x9E37_79B9_7F4A_7C15
  private var low: UInt64 = 0xD6E8_FEB8_6659_FD93

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(UInt64(byte)) }
    add(UInt64(0x100))
  }

  mutating func add(_ id: ContentID) {
    add(id.high)
    add(id.middle)
    add(UInt64(id.low))
  }

  private mutating func add(_ value: UInt64) {
    high = (high ^ value) &* 0x100_0000_01B3
    middle = (middle ^ value) &* 0x100_0000_01B3
    low = (low ^ value) &* 0x100_0000_01B3
  }

  var id: ContentID { ContentID(high: high, middle: middle, low: UInt32(truncatingIfNeeded: low >> 16)) }
}
