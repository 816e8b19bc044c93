#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One file of the index.
package struct IndexEntry: Sendable, Hashable {
  /// The path from the root; bytes that are not UTF-8 are replaced by U+FFFD.
  package var path: String
  /// What is staged.
  package var item: TreeItem
  /// 0 as a rule; in a conflict 1 is the common ancestor's version, 2 ours, 3 theirs.
  package var stage: Int
  /// Whether the file is announced (`git add --intent-to-add`) but nothing of it is staged yet.
  package var isIntentToAdd: Bool
  /// Whether a sparse checkout leaves the file out of the work tree.
  package var isSkippedInWorkTree: Bool
  /// What the file looked like on disk when it was staged.
  package var status: FileStatus
}

/// What Git remembers of a file on disk to see cheaply whether it was changed.
package struct FileStatus: Sendable, Hashable {
  /// When the content was changed: seconds since 1970 and nanoseconds.
  package var seconds: UInt32
  package var nanoseconds: UInt32
  /// The size in bytes, cut to 32 bits.
  package var size: UInt32
  /// The file's number on its disk, cut to 32 bits.
  package var inode: UInt32
}

extension FileStatus {
  /// What Git would remember of a file's status.
  init(_ status: stat) {
    let time = status.modified
    seconds = UInt32(truncatingIfNeeded: time.tv_sec)
    nanoseconds = UInt32(truncatingIfNeeded: time.tv_nsec)
    size = UInt32(truncatingIfNeeded: status.st_size)
    inode = UInt32(truncatingIfNeeded: status.st_ino)
  }
}

/// The staged state of a repository.
package struct Index: Sendable {
  /// The files, sorted by the bytes of their paths, then by stage.
  package let entries: [IndexEntry]
  /// The tree object that each folder's entries equal, by the folder's path (`""` is the root); only where known.
  package let cachedTrees: [String: ObjectID]
  /// When the file was written, as its own status says; `nil` where there is no file.
  let writtenAt: FileStatus?

  /// Whether there is no such file: nothing was ever staged.
  package var isAbsent: Bool { writtenAt == nil }

  /// The paths under which several files are staged: names that are not UTF-8 and look alike once they are.
  package var ambiguous: [String] {
    var seen: Set<String> = []
    let replaced = entries.filter { $0.stage == 0 && $0.path.unicodeScalars.contains("\u{FFFD}") }
    return replaced.filter { !seen.insert($0.path).inserted }.map(\.path)
  }

  /// The paths in conflict, sorted.
  package var conflicts: [String] {
    var paths: [String] = []
    for entry in entries where entry.stage > 0 && paths.last != entry.path { paths.append(entry.path) }
    return paths
  }
}

extension Repository {
  /// The index in force; empty where there is none yet. Split and sparse indexes are read like any other: instead of a
  /// folder that a sparse index names as a whole, the files in it are listed.
  ///
  /// Throws `.badIndex`, `.io`, or what keeps such a folder from being read.
  package func index() throws(GitError) -> Index {
    let path = location.indexPath
    // Taken before reading: a write in between can only make more files be looked at.
    let writtenAt = FileSystem.status(path)
    guard let bytes = try FileSystem.contents(path) else { return Index(entries: [], cachedTrees: [:], writtenAt: nil) }
    var file = try IndexFile(bytes, path: path)
    if let link = file.link {
      let shared = FileSystem.parent(path) + "/sharedindex." + link.base.hex
      let paths = [shared, location.gitDirectory + "/sharedindex." + link.base.hex]
      var base: [UInt8]?
      for path in paths where base == nil { base = try FileSystem.contents(path) }
      guard let base else {
        throw GitError(
          .badIndex(path: path),
          "the index at \(path) is split and its shared part is missing: run `git read-tree HEAD`")
      }
      file.entries = try link.merged(IndexFile(base, path: shared).entries, with: file.entries, path: path)
    }
    var entries: [IndexEntry] = []
    entries.reserveCapacity(file.entries.count)
    for raw in file.entries {
      if raw.entry.item.kind == .folder { entries += try files(below: raw.entry) } else { entries.append(raw.entry) }
    }
    return Index(entries: entries, cachedTrees: file.cachedTrees, writtenAt: writtenAt)
  }

  /// The files below a folder that a sparse index names as a whole, which are not checked out.
  private func files(below folder: IndexEntry) throws(GitError) -> [IndexEntry] {
    var found: [IndexEntry] = []
    let unreadable = files(in: folder.item.id) { change in
      guard let item = change.new else { return }
      var entry = folder
      entry.path = folder.path + "/" + change.path
      entry.item = item
      entry.isSkippedInWorkTree = true
      found.append(entry)
    }
    if let first = unreadable.first { throw first.error }
    return found
  }

  /// Visits every path at which the index differs from a tree (`nil` is the empty tree), sorted as the index is.
  ///
  /// Files in conflict appear with our version (stage 2), or as deleted where we have none; `Index.conflicts` lists
  /// them. Announced files appear as absent. Gives back the folders of the tree that could not be read.
  package func compareIndex(
    _ index: Index, with tree: ObjectID?, visit: (TreeChange) -> Void
  ) -> [UnreadableFolder] {
    var unreadable = index.ambiguous.map { UnreadableFolder(path: $0, error: .ambiguous($0)) }
    var (old, equal) = files(in: tree, unlike: index, &unreadable)
    var changes: [TreeChange] = []
    for entry in index.entries where !entry.isIntentToAdd && (entry.stage == 0 || entry.stage == 2) {
      if equal.contains(entry.path) { continue }
      let before = old.removeValue(forKey: entry.path)
      if before != entry.item { changes.append(TreeChange(path: entry.path, old: before, new: entry.item)) }
    }
    changes += old.map { TreeChange(path: $0.key, old: $0.value, new: nil) }
    changes.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for change in changes { visit(change) }
    return unreadable
  }

  /// The files of a tree by their paths, those left out that lie in folders which the index is known to equal.
  private func files(
    in tree: ObjectID?, unlike index: Index, _ unreadable: inout [UnreadableFolder]
  ) -> (files: [String: TreeItem], equal: FolderSet) {
    var files: [String: TreeItem] = [:]
    var equal = FolderSet()
    var visited = 0
    var pending = tree.map { [(path: "", id: $0, depth: 0)] } ?? []
    while let (path, id, depth) = pending.popLast() {
      if index.cachedTrees[path] == id {
        equal.insert(path)
        continue
      }
      visited += 1
      guard visited + files.count <= pathLimit else {
        unreadable.append(UnreadableFolder(path: path, error: .tooManyPaths(id, pathLimit)))
        break
      }
      do throws(GitError) {
        guard depth < TreeLimits.depth else { throw .tooDeep(id) }
        for entry in try self.tree(id).entries {
          let inner = path.isEmpty ? entry.name : path + "/" + entry.name
          if entry.kind == .folder {
            pending.append((inner, entry.id, depth + 1))
          } else {
            files[inner] = entry.item
          }
        }
      } catch {
        unreadable.append(UnreadableFolder(path: path, error: error))
      }
    }
    return (files, equal)
  }
}

/// Folders, asked of sorted paths one after the other.
private struct FolderSet {
  private var folders: Set<Substring> = []
  private var last: String?

  mutating func insert(_ folder: String) { folders.insert(folder[...]) }

  /// Whether a path lies in one of the folders.
  mutating func contains(_ path: String) -> Bool {
    if folders.isEmpty { return false }
    if let last, path.utf8.starts(with: last.utf8) { return true }
    var folder = path[...]
    repeat {
      folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
      if folders.contains(folder) {
        last = folder.isEmpty ? "" : folder + "/"
        return true
      }
    } while !folder.isEmpty
    return false
  }
}
