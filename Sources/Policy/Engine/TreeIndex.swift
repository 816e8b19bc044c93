package import Flux
package import Manifests

/// Finds the objects of whole trees, and remembers them folder by folder under the folder's identity: between
/// neighbouring commits nearly all folders are the same.
package final class TreeIndex {
  /// A folder at a path, and the kind that was looked for in it.
  private struct Key: Hashable {
    var path: String
    var folder: Folder

    // One folder stands at few paths.
    func hash(into hasher: inout Hasher) { folder.hash(into: &hasher) }
  }

  private struct Folder: Hashable {
    var id: ContentID
    /// The number of the kind; negative for every kind.
    var kind: Int
  }

  /// A kind that is looked for.
  private struct Wanted {
    /// `nil` for every kind.
    var kind: GroupKind?
    var number: Int
    var names = NameSet()
  }

  private let cache: ManifestCache
  private var numbers: [GroupKind: Int] = [:]
  private var listings = Recent<ContentID, [FileEntry]>(limit: 15_000)
  private var heads: HeadIndex
  private var folders = Recent<Key, [AppliedObject]>(limit: 9000)
  /// Folders that hold no object of a kind, wherever they stand.
  private var barren: Set<Folder> = []
  private var choices: [KindChoice: Int] = [:]
  /// Whether an object of a choice stands beneath a folder.
  private var held: [Folder: Bool] = [:]
  private var failures: [FileTreeError] = []
  private let folderNames: FolderNames?

  /// - Parameters:
  ///   - names: the names of groups and kinds in a file, where they are known without reading it.
  ///   - folderNames: those in all files that ever stood beneath a folder, where all of them are known.
  package init(
    _ cache: ManifestCache, names: @escaping @Sendable (ContentID) -> NameSet? = { _ in nil },
    folderNames: FolderNames? = nil
  ) {
    self.cache = cache
    self.folderNames = folderNames
    heads = HeadIndex(known: names)
  }

  /// What could not be read since this was last asked.
  package func takeFailures() -> [FileTreeError] {
    defer { failures = [] }
    return failures
  }

  /// The objects of a kind in the files beneath a folder; of every kind where none is given. What can't be read is among the failures.
  package func objects(of kind: GroupKind?, under folder: String = "", in tree: any FileTree) -> [AppliedObject] {
    forgetMuch()
    guard let entry = folderEntry(folder, tree) else { return [] }
    return collect(folder, entry.id, wanted(kind), tree, depth: 0)
  }

  /// Those of them that are written in the folder's own files.
  func objects(of kind: GroupKind, in folder: String, _ tree: any FileTree) -> [AppliedObject] {
    guard let entry = folderEntry(folder, tree) else { return [] }
    let wanted = wanted(kind)
    if barren.contains(Folder(id: entry.id, kind: wanted.number)) { return [] }
    return children(of: entry.id, folder, tree).filter { $0.kind == .file && ChangeBuilder.isManifest($0.name) }
      .flatMap { objects(of: wanted, in: $0, below: folder, tree) }
  }

  private func wanted(_ kind: GroupKind?) -> Wanted {
    guard let kind else { return Wanted(kind: nil, number: -1) }
    let number = numbers[kind] ?? numbers.count
    numbers[kind] = number
    return Wanted(kind: kind, number: number, names: NameSet(kind))
  }

  /// What is made of the files of a tree, folder by folder: of what stands in the same folder at the same path it is made
  /// once. What can't be read is among the failures.
  ///
  /// - Parameter make: makes something of a file in a folder, or nothing.
  func made<Made>(
    of tree: any FileTree, _ memo: inout FolderMemo<Made>, by make: (String, FileEntry) -> Made?
  ) -> [Made] {
    folderEntry("", tree).map { collect("", $0.id, tree, &memo, make, depth: 0) } ?? []
  }

  private func collect<Made>(
    _ path: String, _ id: ContentID, _ tree: any FileTree, _ memo: inout FolderMemo<Made>,
    _ make: (String, FileEntry) -> Made?, depth: Int
  ) -> [Made] {
    if let known = memo.made(in: id, at: path) { return known }
    var found: [Made] = []
    for entry in children(of: id, path, tree) {
      if entry.kind == .folder, depth < 200 {
        found += collect(Path.join(path, entry.name), entry.id, tree, &memo, make, depth: depth + 1)
      } else if entry.kind == .file {
        found += [make(path, entry)].compactMap { $0 }
      }
    }
    memo.keep(found, in: id, at: path)
    return found
  }

  /// The text of a file that may hold an object of a kind; `nil` where there is none in it.
  func text(of entry: FileEntry, at path: String, in tree: any FileTree, mayHold kind: GroupKind) -> [UInt8]? {
    let names = wanted(kind).names
    guard !heads.lacks(names, entry.id), let bytes = contents(of: entry, at: path, tree) else { return nil }
    bytes.withUnsafeBytes { heads.note(entry.id, $0) }
    return heads.lacks(names, entry.id) ? nil : bytes
  }

  /// Whether the files beneath a folder hold an object that is among the chosen.
  package func holds(_ choice: KindChoice, under folder: String, in tree: any FileTree) -> Bool {
    forgetMuch()
    guard let entry = folderEntry(folder, tree) else { return false }
    let number = choices[choice] ?? choices.count
    choices[choice] = number
    return holds(choice, folder, Folder(id: entry.id, kind: number), tree, depth: 0)
  }

  private func forgetMuch() {
    if held.count > 1 << 16 { held.removeAll() }
    if barren.count > 1 << 16 { barren.removeAll() }
  }

  private func collect(
    _ path: String, _ id: ContentID, _ wanted: Wanted, _ tree: any FileTree, depth: Int
  ) -> [AppliedObject] {
    let folder = Folder(id: id, kind: wanted.number)
    if barren.contains(folder) { return [] }
    let key = Key(path: path, folder: folder)
    if let known = folders[key] { return known }
    if folderNames?.lacks(wanted.names, beneath: path) == true {
      barren.insert(folder)
      return []
    }
    var found: [AppliedObject] = []
    var below: [FileEntry] = []
    for entry in children(of: id, path, tree) {
      if entry.kind == .folder, depth < 200, !FixtureFolders.isNamed(entry.name) {
        if !barren.contains(Folder(id: entry.id, kind: wanted.number)) { below.append(entry) }
      } else if entry.kind == .file, ChangeBuilder.isManifest(entry.name) {
        found += objects(of: wanted, in: entry, below: path, tree)
      }
    }
    for entry in below {
      found += collect(Path.join(path, entry.name), entry.id, wanted, tree, depth: depth + 1)
    }
    if found.isEmpty {
      barren.insert(folder)
    } else {
      folders.keep(found, under: key, cost: found.count)
    }
    return found
  }

  private func objects(
    of wanted: Wanted, in entry: FileEntry, below folder: String, _ tree: any FileTree
  ) -> [AppliedObject] {
    if wanted.kind != nil, heads.lacks(wanted.names, entry.id) { return [] }
    let path = Path.join(folder, entry.name)
    guard let bytes = contents(of: entry, at: path, tree) else { return [] }
    guard let kind = wanted.kind else { return applied(cache.manifest(entry, bytes: bytes).objects, path) }
    bytes.withUnsafeBytes { heads.note(entry.id, $0) }
    if heads.lacks(wanted.names, entry.id) { return [] }
    return applied(cache.manifest(entry, bytes: bytes).objects.filter { $0.groupKind == kind }, path)
  }

  private func holds(
    _ choice: KindChoice, _ path: String, _ folder: Folder, _ tree: any FileTree, depth: Int
  ) -> Bool {
    if let known = held[folder] { return known }
    if let folderNames, choice.names.allSatisfy({ folderNames.lacks($0, beneath: path) }) {
      held[folder] = false
      return false
    }
    let entries = children(of: folder.id, path, tree)
    let isHeld =
      entries.contains { $0.kind == .file && ChangeBuilder.isManifest($0.name) && holds(choice, in: $0, path, tree) }
      || entries.contains { entry in
        entry.kind == .folder && depth < 200 && !FixtureFolders.isNamed(entry.name)
          && holds(
            choice, Path.join(path, entry.name), Folder(id: entry.id, kind: folder.kind), tree, depth: depth + 1)
      }
    held[folder] = isHeld
    return isHeld
  }

  private func holds(_ choice: KindChoice, in file: FileEntry, _ folder: String, _ tree: any FileTree) -> Bool {
    func isLacking() -> Bool { choice.names.allSatisfy { heads.lacks($0, file.id) } }
    let path = Path.join(folder, file.name)
    guard !isLacking(), let bytes = contents(of: file, at: path, tree) else { return false }
    bytes.withUnsafeBytes { heads.note(file.id, $0) }
    return !isLacking() && cache.manifest(file, bytes: bytes).objects.contains { choice.contains($0.groupKind) }
  }

  private func applied(_ objects: [KubernetesObject], _ path: String) -> [AppliedObject] {
    objects.map { AppliedObject(object: $0, path: path) }
  }

  private func folderEntry(_ path: String, _ tree: any FileTree) -> FileEntry? {
    reading { () throws(FileTreeError) in try tree.entry(at: path) }.flatMap { $0 }.flatMap {
      $0.kind == .folder ? $0 : nil
    }
  }

  private func children(of folder: ContentID, _ path: String, _ tree: any FileTree) -> [FileEntry] {
    if let known = listings[folder] { return known }
    let entry = FileEntry(name: "", kind: .folder, id: folder)
    let found = reading { () throws(FileTreeError) in try tree.children(of: entry, at: path) }
    if let found { listings.keep(found, under: folder, cost: found.count + 1) }
    return found ?? []
  }

  private func contents(of entry: FileEntry, at path: String, _ tree: any FileTree) -> [UInt8]? {
    reading { () throws(FileTreeError) in try tree.contents(of: entry, at: path) }
  }

  private func reading<Value>(_ body: () throws(FileTreeError) -> Value) -> Value? {
    do throws(FileTreeError) {
      return try body()
    } catch {
      if failures.count < 1000 { failures.append(error) }
      return nil
    }
  }
}
