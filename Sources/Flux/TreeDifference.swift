/// The files at which two trees differ, found by descending only where identities differ.
package struct TreeDifference {
  /// A folder that differs; `nil` on a side where there is none.
  private struct Folder {
    var path: String
    var old: FileEntry?
    var new: FileEntry?
  }

  private var open: [Folder]
  private var found: [String] = []

  /// The paths, in no particular order; `nil` where a folder can't be read or the trees differ in too many places.
  ///
  /// - Parameter limit: how many paths are worth knowing.
  package static func paths(_ old: any FileTree, _ new: any FileTree, limit: Int = 5000) -> [String]? {
    guard let before = try? old.entry(at: ""), let after = try? new.entry(at: "") else { return nil }
    if before == after { return [] }
    var difference = TreeDifference(open: [Folder(path: "", old: before, new: after)])
    while let folder = difference.open.popLast() {
      guard let left = children(folder.old, folder.path, old), let right = children(folder.new, folder.path, new)
      else { return nil }
      difference.compare(left, right, folder.path)
      if difference.found.count + difference.open.count > limit { return nil }
    }
    return difference.found
  }

  private static func children(_ folder: FileEntry?, _ path: String, _ tree: any FileTree) -> [FileEntry]? {
    guard let folder else { return [] }
    return try? tree.children(of: folder, at: path)
  }

  /// Compares the entries of a folder, which stand in one order on both sides; a file that became a folder stands
  /// elsewhere, and counts as gone and come.
  private mutating func compare(_ left: [FileEntry], _ right: [FileEntry], _ folder: String) {
    var rest = left[...]
    for entry in right {
      while let next = rest.first, next.name < entry.name { note(rest.popFirst(), nil, folder) }
      guard let next = rest.first, next.name == entry.name else {
        note(nil, entry, folder)
        continue
      }
      rest.removeFirst()
      if next != entry { note(next, entry, folder) }
    }
    for entry in rest { note(entry, nil, folder) }
  }

  private mutating func note(_ old: FileEntry?, _ new: FileEntry?, _ folder: String) {
    let path = Path.join(folder, new?.name ?? old?.name ?? "")
    let folders = (old: old?.kind == .folder ? old : nil, new: new?.kind == .folder ? new : nil)
    if folders.old != nil || folders.new != nil { open.append(Folder(path: path, old: folders.old, new: folders.new)) }
    if old != folders.old || new != folders.new { found.append(path) }
  }
}
