internal import Manifests

/// Reads a tree's files for one build and remembers everything that was looked at.
final class FolderReader {
  /// The names of a kustomization file, in the order kustomize looks for them.
  static let kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  let tree: any FileTree
  let cache: ParseCache
  /// Files that Flux never packs into its artifact although they are in the tree.
  let filter: (any PathFilter)?
  private(set) var dependencies: [String: ContentID?] = [:]
  /// Everything in the tree by path, where that is known.
  private let known: [String: FileEntry]?

  /// What earlier builds were made of, where that is kept.
  let memo: BuildMemo?

  init(
    tree: any FileTree, cache: ParseCache, filter: (any PathFilter)? = nil, known: [String: FileEntry]? = nil,
    memo: BuildMemo? = nil
  ) {
    self.tree = tree
    self.known = known
    self.cache = cache
    self.filter = filter
    self.memo = memo
  }

  /// A reader of the same tree that has looked at nothing yet.
  func beginning() -> FolderReader {
    FolderReader(tree: tree, cache: cache, filter: filter, known: known, memo: memo)
  }

  /// What a folder comes to that is not there.
  var nothing: BuildResult { BuildResult(objects: [], problems: [], dependencies: looks, kustomizations: []) }

  /// Everything that was looked at.
  var looks: [Dependency] { dependencies.map { Dependency(path: $0.key, id: $0.value) } }

  /// The rules that leave files out, as one text.
  var ignoreRules: String { filter?.fingerprint ?? "" }

  /// Remembers what another reader of the same tree looked at.
  func take(_ others: [String: ContentID?]) {
    // That a folder is there is all that is known of it, and less than what else may be.
    dependencies.merge(others) { own, other in own == .anyFolder ? other : own }
  }

  /// Whether what a build looked at stands in this tree too.
  func holds(_ dependency: Dependency) -> Bool {
    if dependency.path.hasSuffix("/") {
      guard let entries = try? tree.children(of: String(dependency.path.dropLast())) else { return false }
      return FolderReader.listing(entries) == dependency.id
    }
    guard let entry = try? standing(at: dependency.path) else { return dependency.id == nil }
    return dependency.id == .anyFolder ? entry.kind == .folder : entry.id == dependency.id
  }

  /// What stands at a path, `nil` where nothing does or where Flux's artifact leaves it out.
  func entry(at path: String) throws(BuildProblem) -> FileEntry? {
    let found = try standing(at: path)
    if found?.kind == .folder {
      if dependencies[path] == nil { dependencies.updateValue(.anyFolder, forKey: path) }
    } else {
      dependencies.updateValue(found?.id, forKey: path)
    }
    guard let found, !isLeftOut(path, found, depth: 0) else { return nil }
    return found
  }

  /// Whether Flux's artifact leaves out what stands at a path: of a folder, all that is in it.
  private func isLeftOut(_ path: String, _ entry: FileEntry, depth: Int) -> Bool {
    guard let filter, filter.excludes(path, isFolder: entry.kind == .folder) else { return false }
    guard entry.kind == .folder, filter.includesAgain, depth < 200 else { return true }
    guard let inner = try? tree.children(of: path) else { return true }
    dependencies.updateValue(FolderReader.listing(inner), forKey: path + "/")
    return inner.allSatisfy { isLeftOut(Path.join(path, $0.name), $0, depth: depth + 1) }
  }

  /// What stands at a path, whatever Flux makes of it; nothing is remembered.
  func standing(at path: String) throws(BuildProblem) -> FileEntry? {
    if let known, !path.isEmpty { return known[path] }
    do {
      return try tree.entry(at: path)
    } catch {
      throw BuildProblem(.unreadableTree, path: error.path, message: "the tree could not be read: \(error.reason)")
    }
  }

  /// A folder's entries, those left out that Flux's artifact leaves out.
  func children(of path: String) throws(BuildProblem) -> [FileEntry] {
    let found: [FileEntry]
    do {
      found = try tree.children(of: path)
    } catch {
      throw BuildProblem(.unreadableTree, path: error.path, message: "the tree could not be read: \(error.reason)")
    }
    dependencies.updateValue(FolderReader.listing(found), forKey: path + "/")
    if filter == nil { return found }
    return found.filter { !isLeftOut(Path.join(path, $0.name), $0, depth: 0) }
  }

  /// The identity of a folder's names and kinds, whatever the files hold.
  static func listing(_ entries: [FileEntry]) -> ContentID {
    var hash = ContentHash()
    for entry in entries {
      hash.add(entry.name.utf8)
      hash.add(entry.kind == .folder ? [1] : entry.kind == .file ? [2] : [3])
    }
    return hash.id
  }

  /// The bytes of a file that was found.
  func contents(of entry: FileEntry, at path: String) throws(BuildProblem) -> [UInt8] {
    do {
      return try tree.contents(of: entry, at: path)
    } catch {
      throw BuildProblem(.unreadableTree, path: error.path, message: "the file could not be read: \(error.reason)")
    }
  }

  /// A file read as YAML, once for each content.
  func document(of entry: FileEntry, at path: String) throws(BuildProblem) -> ParsedFile {
    if let known = cache[entry.id] { return known }
    let parsed = ParsedFile(try contents(of: entry, at: path))
    cache[entry.id] = parsed
    return parsed
  }

  /// The kustomization file of a folder.
  ///
  /// - Returns: `nil` where the folder has none.
  /// - Throws: `severalKustomizations` where it has two.
  func kustomizationFile(in folder: String) throws(BuildProblem) -> (path: String, entry: FileEntry)? {
    var found: (path: String, entry: FileEntry)?
    for name in FolderReader.kustomizationNames {
      let path = Path.join(folder, name)
      guard let entry = try entry(at: path), entry.kind == .file else { continue }
      if let found {
        throw BuildProblem(
          .severalKustomizations, path: path, subject: folder,
          message: "the folder has two kustomization files, \(found.path) and \(path)")
      }
      found = (path, entry)
    }
    return found
  }
}

extension ContentID {
  /// Stands for a folder of which only the existence matters.
  static let anyFolder = ContentID(high: .max, middle: .max, low: .max)
}

/// Tells which files of the tree Flux's artifact leaves out.
protocol PathFilter: AnyObject {
  /// All texts the rules come from: equal texts leave out equal files.
  var fingerprint: String { get }
  /// Whether a file may reach Flux although its folder does not.
  var includesAgain: Bool { get }
  /// Whether the path never reaches Flux.
  func excludes(_ path: String, isFolder: Bool) -> Bool
}

/// A file read as YAML, with what kustomize would refuse in it.
struct ParsedFile: Sendable {
  /// The documents that are not empty, in order.
  var documents: [Node]
  /// The first reason for which kustomize would refuse the file as manifests.
  var problem: YAMLProblem?
  /// The first reason for which it is no YAML at all; a repeated key is none, kustomization files may have one.
  var syntaxProblem: YAMLProblem?

  init(_ bytes: [UInt8]) {
    let stream = YAMLStream.parse(bytes)
    documents = stream.documents.compactMap(\.root)
    problem = stream.firstProblem
    if problem == nil, bytes.first == UInt8(ascii: "%") {
      // kustomize cuts a file at its `---` lines before it reads the parts, and a directive is no part of its own.
      let start = Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 2)
      problem = YAMLProblem(kind: .syntax, reason: "a directive stands before the first document", span: start)
    }
    syntaxProblem =
      stream.documents.lazy.flatMap(\.problems).first { $0.kind != .duplicateKey } ?? stream.problem
  }
}

/// What files of known content were read as; bounded, one per thread.
package final class ParseCache {
  private var files: [ContentID: ParsedFile] = [:]
  private var cost = 0
  private let limit: Int

  /// - Parameter limit: the number of YAML nodes kept, roughly; older results are dropped all at once beyond it.
  package init(limit: Int = 150_000) { self.limit = limit }

  subscript(id: ContentID) -> ParsedFile? {
    get { files[id] }
    set {
      guard let newValue else { return }
      let size = newValue.documents.reduce(1) { $0 + $1.nodeCount }
      if cost + size > limit {
        files.removeAll(keepingCapacity: true)
        cost = 0
      }
      cost += size
      files[id] = newValue
    }
  }
}
