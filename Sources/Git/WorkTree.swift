#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension Repository {
  /// Visits every path at which the work tree differs from the index, sorted by path.
  ///
  /// `old` is what is staged, `new` what is on disk, with the id that Git would give the content as it stands (no
  /// filters run): nothing staged means untracked and not ignored, nothing on disk means deleted. Links are never
  /// followed; submodules and other repositories inside are left alone. Gives back what could not be read.
  package func workTreeChanges(_ index: Index, visit: (TreeChange) -> Void) throws(GitError) -> [GitError] {
    guard let root = location.workTree else {
      throw GitError(
        .notARepository(path: location.gitDirectory),
        "\(location.gitDirectory) is a bare repository without a work tree: run this inside a work tree")
    }
    var walk = WorkTreeWalk(root: root, index: index, ignores: try IgnoreRules(location), location: location)
    walk.run()
    for change in walk.changes.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) { visit(change) }
    return walk.unreadable + index.ambiguous.map { GitError.ambiguous($0) }
  }

  /// The content of a file of the work tree, or the target of a symbolic link, by its path from the root.
  ///
  /// No link is followed on the way, so nothing outside the work tree is ever read. Throws `.io` where the file is
  /// absent, larger than `limit` bytes, or no file.
  package func workTreeContents(_ path: String, limit: Int = 1 << 31) throws(GitError) -> [UInt8] {
    guard let root = location.workTree else {
      throw GitError(.io(path: path), "can't read \(path): a bare repository has no work tree")
    }
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last, !parts.contains("..") else {
      throw GitError(.outsideRepository(path: path), "\(path) is outside the repository: name a path inside it")
    }
    var folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if folder >= 0 { close(folder) } }
    for part in parts.dropLast() where folder >= 0 {
      let next = DiskFolder(descriptor: folder).open(part, O_DIRECTORY)
      close(folder)
      folder = next
    }
    guard folder >= 0 else { throw .io(path, doing: "read", code: errno) }
    return try DiskFolder(descriptor: folder).contents(name, path: path, limit: limit)
  }
}

/// A walk over the files on disk beside the entries of the index.
private struct WorkTreeWalk {
  private(set) var changes: [TreeChange] = []
  private(set) var unreadable: [GitError] = []

  private let root: String
  private let location: RepositoryLocation
  private let writtenAt: FileStatus?
  /// The staged files not yet met on disk.
  private var staged: [String: IndexEntry] = [:]
  private var stagedFolders: Set<Substring> = []
  private var pending: [Folder]

  /// A folder still to be listed.
  private struct Folder {
    /// The path, with a slash at its end.
    let path: String
    /// The path's bytes as the operating system spells them.
    let spelling: [UInt8]
    /// What is ignored in it; `nil` where it is ignored itself and listed only for the staged files in it.
    var rules: IgnoreRules?
  }

  init(root: String, index: Index, ignores: IgnoreRules, location: RepositoryLocation) {
    self.root = root
    pending = [Folder(path: "", spelling: [], rules: ignores)]
    self.location = location
    writtenAt = index.writtenAt
    for entry in index.entries where entry.stage == 0 || entry.stage == 2 {
      staged[entry.path] = entry
      var folder = entry.path[...]
      while let slash = folder.lastIndex(of: "/") {
        folder = folder[..<slash]
        guard stagedFolders.insert(folder).inserted else { break }
      }
    }
  }

  mutating func run() {
    while let folder = pending.popLast() {
      do throws(GitError) {
        try visit(folder)
      } catch {
        unreadable.append(error)
      }
    }
    for entry in staged.values where !entry.isSkippedInWorkTree && !entry.isIntentToAdd {
      let isOnDisk = entry.item.kind != .submodule && entry.item.kind != .folder
      if isOnDisk { changes.append(TreeChange(path: entry.path, old: entry.item, new: nil)) }
    }
  }

  private mutating func visit(_ place: Folder) throws(GitError) {
    let path = place.path
    let opened = (Array((root + "/").utf8) + place.spelling + [0]).withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { name in
        name.baseAddress.map { open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) } ?? -1
      }
    }
    guard opened >= 0 else { throw .io(root + "/" + path, doing: "list", code: errno) }
    defer { close(opened) }
    let folder = DiskFolder(descriptor: opened)
    let names = try folder.names(path: root + "/" + path)
    // Another repository inside this one is its own business.
    if !path.isEmpty, !stagedFolders.contains(path.dropLast()), names.contains(Array(".git".utf8)) { return }
    var rules = place.rules
    if names.contains(Array(".gitignore".utf8)) { try rules?.add(root + "/" + path + ".gitignore", below: path) }
    for name in names where name != Array(".git".utf8) {
      let inner = path + String(decoding: name, as: UTF8.self)
      guard let status = folder.status(name) else { continue }
      switch FileSystem.kind(of: status) {
      case .folder:
        guard staged[inner]?.item.kind != .submodule else { continue }
        let isIgnored = rules?.ignores(inner, isFolder: true) ?? true
        guard !isIgnored || stagedFolders.contains(inner[...]) else { continue }
        let spelling = place.spelling + name + [UInt8(ascii: "/")]
        pending.append(Folder(path: inner + "/", spelling: spelling, rules: isIgnored ? nil : rules))
      case .file, .link:
        do throws(GitError) {
          try compare(inner, name, status, in: folder, rules)
        } catch {
          unreadable.append(error)
        }
      case .other:
        continue
      }
    }
  }

  private mutating func compare(
    _ path: String, _ name: [UInt8], _ status: stat, in folder: DiskFolder, _ rules: IgnoreRules?
  ) throws(GitError) {
    let entry = staged[path]
    if entry == nil, rules?.ignores(path, isFolder: false) ?? true { return }
    staged[path] = nil
    let before = entry.flatMap { $0.isIntentToAdd ? nil : $0.item }
    let kind = kind(of: status, staged: before?.kind)
    if let entry, before?.kind == kind, isUntouched(entry.status, status) { return }
    let bytes = try folder.contents(String(decoding: name, as: UTF8.self), spelling: name, path: path, limit: 1 << 31)
    let item = TreeItem(kind: kind, id: Repository.id(ofBlob: bytes))
    if item != before { changes.append(TreeChange(path: path, old: before, new: item)) }
  }

  private func kind(of status: stat, staged: EntryKind?) -> EntryKind {
    guard FileSystem.kind(of: status) == .file else { return .link }
    if staged == .link, !location.hasSymbolicLinks { return .link }
    if let staged, staged != .link, !location.hasExecutableBits { return staged }
    return status.st_mode & 0o100 != 0 ? .executable : .file
  }

  /// Whether a file is the one that was staged, by its status alone. One changed in the same moment as the index was
  /// written could have changed again unseen.
  private func isUntouched(_ staged: FileStatus, _ status: stat) -> Bool {
    let now = FileStatus(status)
    guard let writtenAt, staged == now, now.seconds != 0 else { return false }
    return (now.seconds, now.nanoseconds) < (writtenAt.seconds, writtenAt.nanoseconds)
  }
}
