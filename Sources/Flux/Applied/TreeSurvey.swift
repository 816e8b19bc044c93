internal import Manifests

/// What a tree holds that matters before anything is built: its YAML files, what they say of Flux, ignore files.
struct TreeSurvey {
  var files: [String: ContentID] = [:]
  var facts: [String: FluxFacts] = [:]
  var ignoreFiles: [String: ContentID] = [:]
  var problems: [BuildProblem] = []
  /// Everything in the tree by path, where the whole tree was walked.
  private(set) var entries: [String: FileEntry]?
  /// Whether the files that were looked at again say, or said, anything about Flux or hold ignore rules.
  private(set) var touchesFlux = false

  init() {}

  /// A survey that starts from an earlier state.
  init(_ state: AppliedState) {
    files = state.files
    facts = state.facts
    ignoreFiles = state.ignoreFiles
  }

  private static func isYAML(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

  /// Walks the whole tree.
  mutating func walk(_ tree: any FileTree, _ cache: SurveyCache) {
    var folders = [""]
    var known: [String: FileEntry] = [:]
    var isWhole = true
    defer { entries = problems.isEmpty && isWhole ? known : nil }
    while let folder = folders.popLast() {
      do {
        for entry in try tree.children(of: folder) {
          let path = Path.join(folder, entry.name)
          known[path] = entry
          if entry.kind == .folder {
            if FixtureFolders.isNamed(entry.name) { isWhole = false } else { folders.append(path) }
          } else if entry.kind == .file {
            note(path, entry, tree, cache)
          }
        }
      } catch {
        fail(error)
      }
    }
  }

  /// Looks again at paths that changed.
  mutating func update(_ paths: [String], _ tree: any FileTree, _ cache: SurveyCache) {
    for path in paths where !FixtureFolders.hold(path) {
      files[path] = nil
      if facts.removeValue(forKey: path) != nil { touchesFlux = true }
      if Path.name(path) == SourceIgnore.fileName {
        ignoreFiles[Path.parent(path)] = nil
        touchesFlux = true
      }
      do {
        guard let entry = try tree.entry(at: path), entry.kind == .file else { continue }
        note(path, entry, tree, cache)
      } catch {
        fail(error)
      }
    }
  }

  private mutating func fail(_ error: FileTreeError) {
    problems.append(BuildProblem(.unreadableTree, path: error.path, message: error.reason))
  }

  private mutating func note(_ path: String, _ entry: FileEntry, _ tree: any FileTree, _ cache: SurveyCache) {
    let name = Path.name(path)
    if name == SourceIgnore.fileName {
      ignoreFiles[Path.parent(path)] = entry.id
      return
    }
    guard TreeSurvey.isYAML(name) else { return }
    files[path] = entry.id
    do {
      if let found = try cache.facts(of: entry, at: path, in: tree) {
        facts[path] = found
        touchesFlux = true
      } else if name == "gotk-sync.yaml" {
        touchesFlux = true
      }
    } catch {
      fail(error)
    }
  }
}

/// What file contents say about Flux, kept by content; bounded.
final class SurveyCache {
  private var empty: Set<ContentID> = []
  let parses: ParseCache

  init(parses: ParseCache) { self.parses = parses }

  /// What a file says about Flux; `nil` for nothing, which is remembered.
  func facts(of entry: FileEntry, at path: String, in tree: any FileTree) throws(FileTreeError) -> FluxFacts? {
    if empty.contains(entry.id) { return nil }
    let parsed: ParsedFile
    if let known = parses[entry.id] {
      parsed = known
    } else {
      let bytes = try tree.contents(of: entry, at: path)
      guard FluxFacts.mayHold(bytes) else {
        remember(entry.id)
        return nil
      }
      parsed = ParsedFile(bytes)
      parses[entry.id] = parsed
    }
    let facts = FluxFacts(parsed, path: path)
    if facts.isEmpty {
      remember(entry.id)
      return nil
    }
    return facts
  }

  private func remember(_ id: ContentID) {
    if empty.count > 500_000 { empty.removeAll() }
    empty.insert(id)
  }
}
