/// The files at which two trees differ, found by descending only where identities differ.
package enum TreeDifference {
  /// The paths, in no particular order; `nil` where a folder can't be read or the trees differ in too many places.
  ///
  /// - Parameter limit: how many paths are worth knowing.
  package static func paths(_ old: any FileTree, _ new: any FileTree, limit: Int = 5000) -> [String]? {
    var found: [String] = []
    var open = [""]
    while let folder = open.popLast() {
      guard let before = try? old.children(of: folder), let after = try? new.children(of: folder) else { return nil }
      let known = Dictionary(before.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      var names = Set(known.keys)
      for entry in after {
        names.remove(entry.name)
        if let twin = known[entry.name], twin == entry { continue }
        note(known[entry.name], entry, folder, &open, &found)
      }
      for name in names { note(known[name], nil, folder, &open, &found) }
      if found.count + open.count > limit { return nil }
    }
    return found
  }

  private static func note(
    _ old: FileEntry?, _ new: FileEntry?, _ folder: String, _ open: inout [String], _ found: inout [String]
  ) {
    let name = new?.name ?? old?.name ?? ""
    let path = folder.isEmpty ? name : "\(folder)/\(name)"
    if old?.kind == .folder || new?.kind == .folder { open.append(path) }
    if old.map({ $0.kind != .folder }) ?? false || new.map({ $0.kind != .folder }) ?? false { found.append(path) }
  }
}
