/// The index file in its versions 2, 3 and 4, as `gitformat-index` documents it.
struct IndexFile {
  /// An entry as the file has it.
  struct RawEntry {
    /// The path's bytes; empty in a split index for a change to an entry of the shared part.
    var path: [UInt8]
    var entry: IndexEntry
  }

  /// The entries, in the file's order.
  var entries: [RawEntry] = []
  /// The trees that folders are known to equal.
  private(set) var cachedTrees: [String: ObjectID] = [:]
  /// The shared part of a split index.
  private(set) var link: IndexLink?

  private var reader: ByteReader

  /// Reads an index from its bytes. Throws `.badIndex`.
  init(_ bytes: [UInt8], path: String) throws(GitError) {
    reader = ByteReader(bytes, limit: bytes.count - 20)
    do throws(ByteReader.Failure) {
      try readAll()
    } catch {
      throw GitError(
        .badIndex(path: path),
        "the index at \(path) \(error.what): make it anew with `rm` and `git reset`")
    }
  }

  private mutating func readAll() throws(ByteReader.Failure) {
    guard try reader.word() == 0x4449_5243 else { throw ByteReader.Failure("does not start with DIRC") }
    let version = try reader.word()
    guard (2...4).contains(version) else { throw ByteReader.Failure("has the unknown version \(version)") }
    let count = try reader.word()
    var previous: [UInt8] = []
    for _ in 0..<count {
      let entry = try readEntry(version: version, after: previous)
      previous = entry.path
      entries.append(entry)
    }
    while reader.remaining >= 8 { try readExtension() }
  }

  private mutating func readEntry(
    version: UInt32, after previous: [UInt8]
  ) throws(ByteReader.Failure) -> RawEntry {
    let start = reader.position
    try reader.skip(8)
    let (seconds, nanoseconds) = (try reader.word(), try reader.word())
    try reader.skip(4)
    let inode = try reader.word()
    let mode = try reader.word()
    try reader.skip(8)
    let size = try reader.word()
    let id = try reader.id()
    let flags = try reader.half()
    let more = flags & 0x4000 != 0 ? try reader.half() : 0
    var path: [UInt8]
    if version == 4 {
      let cut = try reader.variableNumber()
      guard cut <= previous.count else { throw ByteReader.Failure("has a malformed path") }
      path = previous.dropLast(cut) + (try reader.untilZero())
    } else {
      path = try reader.untilZero()
      let length = reader.position - start
      try reader.skip((8 - length % 8) % 8)
    }
    let isFolder = mode & 0o170000 == 0o040000
    let name = isFolder && path.last == UInt8(ascii: "/") ? path.dropLast() : path[...]
    let entry = IndexEntry(
      path: String(decoding: name, as: UTF8.self), item: TreeItem(kind: EntryKind(mode: mode), id: id),
      stage: Int(flags >> 12 & 3), isIntentToAdd: more & 0x2000 != 0, isSkippedInWorkTree: more & 0x4000 != 0,
      status: FileStatus(seconds: seconds, nanoseconds: nanoseconds, size: size, inode: inode))
    return RawEntry(path: path, entry: entry)
  }

  private mutating func readExtension() throws(ByteReader.Failure) {
    let name = try reader.word()
    let length = Int(try reader.word())
    guard length <= reader.remaining else { throw ByteReader.Failure("ends too early") }
    let end = reader.position + length
    switch name {
    case 0x5452_4545: try readCachedTrees(until: end)  // TREE
    case 0x6c69_6e6b: link = try IndexLink(&reader, until: end)  // link
    case 0x7364_6972: break  // sdir: folders stand for what lies below them
    default:
      // An extension in lower case changes the meaning of the rest.
      guard (0x41...0x5a).contains(name >> 24) else { throw ByteReader.Failure("has an extension that is not known") }
    }
    reader.position = end
  }

  private mutating func readCachedTrees(until end: Int) throws(ByteReader.Failure) {
    // The folders whose children are still to come: path, and how many.
    var open: [(path: String, left: Int)] = []
    while reader.position < end {
      let name = String(decoding: try reader.untilZero(), as: UTF8.self)
      let count = try reader.decimal(until: 0x20)
      let children = try reader.decimal(until: 0x0a)
      while let last = open.last, last.left == 0 { open.removeLast() }
      var path = name
      if let parent = open.last {
        path = parent.path.isEmpty ? name : parent.path + "/" + name
        open[open.count - 1].left -= 1
      }
      if count >= 0 { cachedTrees[path] = try reader.id() }
      open.append((path, max(0, children)))
    }
  }
}

/// The part of a split index that says how it changes the shared one.
struct IndexLink {
  /// The name of the shared part; zeros where there is none.
  let base: ObjectID
  private var deleted: [Bool] = []
  private var replaced: [Bool] = []

  init(_ reader: inout ByteReader, until end: Int) throws(ByteReader.Failure) {
    base = try reader.id()
    if reader.position < end { deleted = try reader.compressedBits() }
    if reader.position < end { replaced = try reader.compressedBits() }
  }

  /// The shared entries with those deleted and replaced that the split index says, and its own additions.
  func merged(
    _ shared: [IndexFile.RawEntry], with own: [IndexFile.RawEntry], path: String
  ) throws(GitError) -> [IndexFile.RawEntry] {
    var own = own[...]
    var merged: [IndexFile.RawEntry] = []
    for (number, entry) in shared.enumerated() {
      var entry = entry
      if replaced.indices.contains(number), replaced[number] {
        guard var other = own.popFirst(), other.path.isEmpty else {
          throw GitError(.badIndex(path: path), "the split index at \(path) is damaged: run `git read-tree HEAD`")
        }
        other.entry.path = entry.entry.path
        other.path = entry.path
        entry = other
      }
      if deleted.indices.contains(number), deleted[number] { continue }
      merged.append(entry)
    }
    merged += own
    return merged.sorted {
      $0.path == $1.path ? $0.entry.stage < $1.entry.stage : $0.path.lexicographicallyPrecedes($1.path)
    }
  }
}
