#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What stands under a name of a folder.
package enum EntryKind: Sendable, Hashable {
  case file
  /// A file that may be run.
  case executable
  /// A symbolic link; its blob is the target's path.
  case link
  case folder
  /// A submodule: a commit of another repository.
  case submodule

  /// The kind that a raw mode means, read as Git reads it.
  init(mode: UInt32) {
    switch mode & 0o170000 {
    case 0o100000: self = mode & 0o100 != 0 ? .executable : .file
    case 0o120000: self = .link
    case 0o040000: self = .folder
    default: self = .submodule
    }
  }

  /// Whether the entry's id names a blob of this repository.
  package var isBlob: Bool { self == .file || self == .executable || self == .link }
}

/// A kind and an id: what a tree says about a path, its name aside.
package struct TreeItem: Sendable, Hashable {
  // In this order it takes 24 bytes, in the other 28: histories have millions.
  /// The content: a blob, a tree, or a submodule's commit.
  package let id: ObjectID
  /// What stands there.
  package let kind: EntryKind

  /// An item from its parts.
  package init(kind: EntryKind, id: ObjectID) {
    self.kind = kind
    self.id = id
  }
}

/// One name in a folder.
package struct TreeEntry: Sendable, Hashable {
  /// The name; bytes that are not UTF-8 are replaced by U+FFFD, and `Tree.entry(named:)` finds it by that form too.
  package let name: String
  /// What stands under it.
  package let item: TreeItem

  /// What stands under the name.
  package var kind: EntryKind { item.kind }
  /// The content's id.
  package var id: ObjectID { item.id }
}

/// A folder of a repository: the bytes of a tree object, read entry by entry. A plain value.
package struct Tree: Sendable {
  /// The tree's id.
  package let id: ObjectID
  /// The object's bytes: `MODE NAME\0ID` for each entry, in Git's order.
  let bytes: [UInt8]

  /// The entries, in Git's order (a folder sorts as if its name ended with a slash).
  package var entries: [TreeEntry] {
    var entries: [TreeEntry] = []
    bytes.withUnsafeBytes { bytes in
      var cursor = TreeCursor()
      while cursor.parse(bytes) {
        entries.append(TreeEntry(name: String(decoding: cursor.name(bytes), as: UTF8.self), item: cursor.item(bytes)))
        cursor.advance()
      }
    }
    return entries
  }

  /// Lends the bytes of each name, with what stands under it, in Git's order.
  package func forEach(_ body: (UnsafeRawBufferPointer, TreeItem) -> Void) {
    bytes.withUnsafeBytes { bytes in
      var cursor = TreeCursor()
      while cursor.parse(bytes) {
        body(cursor.name(bytes), cursor.item(bytes))
        cursor.advance()
      }
    }
  }

  /// What stands under a name; `nil` where nothing does.
  package func entry(named name: String) -> TreeEntry? {
    var name = name
    let found = name.withUTF8 { wanted in
      bytes.withUnsafeBytes { bytes in
        var cursor = TreeCursor()
        while cursor.parse(bytes) {
          if cursor.isNamed(UnsafeRawBufferPointer(wanted), bytes) { return cursor.item(bytes) as TreeItem? }
          cursor.advance()
        }
        return nil
      }
    }
    if let found { return TreeEntry(name: name, item: found) }
    guard name.unicodeScalars.contains("\u{fffd}") else { return nil }
    return entries.first { $0.name == name }
  }
}

/// A place among the entries of a raw tree.
struct TreeCursor {
  /// Where the entry starts.
  private(set) var offset = 0
  /// The entry's raw mode.
  private(set) var mode: UInt32 = 0
  /// Where its name starts, and ends.
  private(set) var nameStart = 0
  private(set) var nameEnd = 0
  /// Whether the tree's bytes do not follow the format from here on.
  private(set) var isMalformed = false

  /// Reads the entry at the cursor; `false` at the end, or where the bytes are malformed.
  @inline(__always)
  mutating func parse(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var position = offset
    let count = bytes.count
    guard position < count else { return false }
    var mode: UInt32 = 0
    while position < count, bytes[position] != 0x20 {
      let digit = bytes[position] &- 0x30
      guard digit < 8, position - offset < 8 else {
        isMalformed = true
        return false
      }
      mode = mode << 3 | UInt32(digit)
      position += 1
    }
    nameStart = position + 1
    position = nameStart
    while position < count, bytes[position] != 0 { position += 1 }
    guard position + 21 <= count, position > nameStart, nameStart - offset > 1 else {
      isMalformed = true
      return false
    }
    nameEnd = position
    self.mode = mode
    return true
  }

  /// Steps over the entry just read.
  @inline(__always)
  mutating func advance() { offset = nameEnd + 21 }

  /// The name's bytes.
  @inline(__always)
  func name(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[nameStart..<nameEnd])
  }

  /// Whether the entry has a name.
  @inline(__always)
  func isNamed(_ wanted: UnsafeRawBufferPointer, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard nameEnd - nameStart == wanted.count, let own = bytes.baseAddress, let other = wanted.baseAddress else {
      return false
    }
    return memcmp(own + nameStart, other, wanted.count) == 0
  }

  /// The entry's id.
  @inline(__always)
  func id(_ bytes: UnsafeRawBufferPointer) -> ObjectID {
    bytes.baseAddress.map { ObjectID(at: $0 + nameEnd + 1) } ?? .zero
  }

  /// The entry's kind and id.
  @inline(__always)
  func item(_ bytes: UnsafeRawBufferPointer) -> TreeItem { TreeItem(kind: EntryKind(mode: mode), id: id(bytes)) }

  /// Whether the entry is a folder.
  @inline(__always)
  var isFolder: Bool { mode & 0o170000 == 0o040000 }
}

extension Repository {
  /// A folder by its tree's id. Throws `.missingObject`, `.corruptObject` or `.unexpectedKind`.
  package func tree(_ id: ObjectID) throws(GitError) -> Tree { Tree(id: id, bytes: try treeBytes(id)) }

  /// What stands at a path below a tree (no leading or trailing slash; the empty path is the tree itself); `nil` where
  /// nothing does.
  package func entry(at path: String, in tree: ObjectID) throws(GitError) -> TreeEntry? {
    var entry = TreeEntry(name: "", item: TreeItem(kind: .folder, id: tree))
    for part in path.split(separator: "/") {
      guard entry.kind == .folder else { return nil }
      guard let next = try self.tree(entry.id).entry(named: String(part)) else { return nil }
      entry = next
    }
    return entry
  }

  /// The bytes of a tree that follows the format.
  func treeBytes(_ id: ObjectID) throws(GitError) -> [UInt8] {
    if let bytes = trees.find(id) { return bytes }
    let bytes = try withObject(id, expecting: .tree) { (bytes) throws(GitError) in
      var cursor = TreeCursor()
      while cursor.parse(bytes) { cursor.advance() }
      guard !cursor.isMalformed else { throw .corrupt(id, "its entries do not follow Git's format") }
      return [UInt8](bytes)
    }
    trees.insert(id, bytes)
    return bytes
  }
}
