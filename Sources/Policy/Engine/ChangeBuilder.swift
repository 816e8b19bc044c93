package import Flux
internal import Manifests

/// Turns changed files into changed objects. One per thread.
package final class ChangeBuilder {
  private let engine: Engine
  private let cache = ManifestCache()
  private let index: TreeIndex
  private let inputs: BuildInputs
  private let states: AppliedStateChain
  private let differing: DifferingManifests

  /// - Parameters:
  ///   - names: the names of groups and kinds in a file, where they are known without reading it.
  ///   - folderNames: those in all files that ever stood beneath a folder, where all of them are known.
  package init(
    _ engine: Engine, names: @escaping @Sendable (ContentID) -> NameSet? = { _ in nil },
    folderNames: FolderNames? = nil
  ) {
    self.engine = engine
    states = AppliedStateChain(roots: engine.syncRoots)
    index = TreeIndex(cache, names: names, folderNames: folderNames)
    differing = DifferingManifests(cache)
    inputs = BuildInputs(engine, cache, index)
  }

  /// What a rule could say something about in a change of files, and what could not be read.
  ///
  /// - Parameters:
  ///   - before: the tree before; `nil` judges the present state, with nothing before it.
  ///   - files: the files that differ; with nothing before, all files.
  ///   - looks: what both sides of each of the files promise, where that is known.
  ///   - past: the states before `before`.
  ///   - asWritten: judge the files by themselves, without working out what Flux applies: for a merge, where only
  ///     what differs from all parents counts.
  package func change(
    before: (any FileTree)?, after: any FileTree, files: [FileChange], looks known: [Interest.Look]? = nil,
    past: Past? = nil, asWritten: Bool = false
  ) -> (change: Change, diagnostics: [Diagnostic]) {
    var sides = Sides()
    let applied = asWritten ? nil : AppliedStates(states, before: before, after: after, files: files, past: past)
    sides.applied = applied
    var texts: [FileTexts] = []
    var looks: [Interest.Look] = []
    for (number, file) in files.enumerated()
    where ChangeBuilder.isManifest(file.path) || KustomizationFileView.isNamed(file.path) {
      if FixtureFolders.hold(file.path), applied?.reaches(file.path) != true { continue }
      do {
        if KustomizationFileView.isNamed(file.path) { try addKustomization(file, before, after, to: &sides) }
        let text = try FileTexts(file, before, after)
        texts.append(text)
        looks.append(known?[number] ?? text.look(by: engine.interest))
      } catch {
        sides.diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
      }
    }
    let views = (
      before: TreeView(before, cache, index, applied?.before), after: TreeView(after, cache, index, applied?.after)
    )
    let readsAll = looks.contains { $0.contains(.marked) }
    for (file, look) in zip(texts, looks) {
      let isRead = applied?.reaches(file.change.path) == true
      add(file, isParsed: readsAll || isRead || look.contains(.judged), views.after, to: &sides)
      if file.change.isLone, look.contains(.fragment), !KustomizationFileView.isNamed(file.change.path) {
        sides.odd.append(file.change)
      }
    }
    let all =
      applied?.changes.filter { isJudged($0) && !$0.isTakenOver }
      ?? sides.withoutParts(ObjectChange.pairing(sides.old, sides.new), views.before, views.after)
    let objects = all.filter { !$0.isTemplate }
    var change = Change(
      mode: before == nil ? .present : .edit, objects: objects, before: views.before, after: views.after,
      unreadable: sides.unreadable, kustomizations: sides.kustomizations, applied: applied)
    change.touchesBuild = sides.touchesBuild
    change.odd = sides.odd
    change.addsFiles = files.contains { $0.old == nil }
    return (change, sides.diagnostics)
  }

  /// What rules asked for and could not be read, since this was last asked.
  package func takeFailures() -> [Diagnostic] {
    index.takeFailures().map { Diagnostic(.error, $0.reason, path: $0.path) }
  }

  /// Whether a tree holds an EKS Anywhere cluster, as written.
  package func holdsClusters(_ tree: any FileTree) -> Bool {
    !index.objects(of: EKSAnywhere.cluster, under: "", in: tree).isEmpty
  }

  /// As ``change(before:after:files:looks:past:asWritten:)``, but what Flux applies is worked out only where it can matter: where
  /// the files themselves change no build and no rule has a word about them, the objects built from them change in
  /// nothing that a rule would speak of.
  ///
  /// - Parameter additions: pass files that only come, or only go, too: an object that is written twice is then not
  ///   seen unless a rule has a word about one of the files. For a history, where there are tens of thousands.
  package func screenedChange(
    before: any FileTree, after: any FileTree, files: [FileChange], past: Past? = nil, additions: Bool = false
  ) -> (change: Change, diagnostics: [Diagnostic]) {
    let comes = files.contains { $0.old == nil }
    let goes = files.contains { $0.new == nil }
    if additions ? comes && goes : comes || goes {
      return change(before: before, after: after, files: files, past: past)
    }
    let written = change(before: before, after: after, files: files, asWritten: true)
    guard inputs.mayApply(before) || inputs.mayApply(after) else { return written }
    let screen = BuildScreen(
      before: before, after: after, files: files, inputs: inputs, differing: differing, passesAdditions: additions)
    if !screen.isNeeded(written.change), engine.judge(written.change).isEmpty { return written }
    return change(before: before, after: after, files: files, past: past)
  }

  /// Whether Flux's generated kustomization, or a listed resource, could be a file of this name.
  package static func isManifest(_ path: String) -> Bool {
    path.hasSuffix(".yaml") || path.hasSuffix(".yml") || path.hasSuffix(".json")
  }

  private struct Sides {
    var old: [AppliedObject] = []
    var new: [AppliedObject] = []
    var unreadable: [UnreadableFile] = []
    var kustomizations: [KustomizationChange] = []
    var diagnostics: [Diagnostic] = []
    var applied: AppliedStates?
    var touchesBuild = false
    var odd: [FileChange] = []

    /// Changes of objects as written without those in which only a part of an object leaves: a patch, or one of two
    /// copies in a folder.
    mutating func withoutParts(_ changes: [ObjectChange], _ before: TreeView, _ after: TreeView) -> [ObjectChange] {
      var known: [String: Bool] = [:]
      return changes.filter { change in
        guard change.after == nil, let gone = change.before else { return true }
        let isPatch = known[gone.path] ?? KustomizationsAround(gone.path, in: before).isPatch
        known[gone.path] = isPatch
        guard isPatch || Sides.keeps(after, gone) else { return true }
        touchesBuild = true
        return false
      }
    }

    /// Whether Flux reads a file, as far as is known.
    func reaches(_ path: String, in view: TreeView) -> Bool {
      applied.map { $0.reaches(path) } ?? KustomizationsAround(path, in: view).isListed
    }

    /// Whether an object stands in another file of its folder, which is no patch and not left out.
    private static func keeps(_ view: TreeView, _ object: AppliedObject) -> Bool {
      let own = Path.parent(object.path)
      return view.objects(of: object.object.groupKind, in: own).contains { other in
        guard other.object.identity.key == object.object.identity.key else {
          return false
        }
        let around = KustomizationsAround(other.path, in: view)
        return !around.isPatch && !around.isLeftOut
      }
    }
  }

  private func isJudged(_ change: ObjectChange) -> Bool {
    (change.before ?? change.after).map { engine.judges($0.object.groupKind) } ?? false
  }

  private func add(_ file: FileTexts, isParsed: Bool, _ after: TreeView, to sides: inout Sides) {
    let (old, new) = isParsed ? manifests(file) : (nil, nil)
    let texts = file
    let file = file.change
    if old?.isOdd ?? false != new?.isOdd ?? false, !KustomizationFileView.isNamed(file.path) { sides.odd.append(file) }
    if let problem = new?.problem, !(problem.kind == .duplicateKey && KustomizationFileView.isNamed(file.path)) {
      let wasReadable = old.map { $0.problem == nil } ?? true
      if sides.reaches(file.path, in: after) || isRead(file, new, old) {
        if wasReadable {
          sides.unreadable.append(UnreadableFile(path: file.path, problem: problem, hasConflict: texts.hasConflict))
        }
      } else if wasReadable {
        let reason = "not read as a manifest: line \(problem.span.startLine): \(problem.reason)"
        sides.diagnostics.append(Diagnostic(.warning, reason, path: file.path))
      }
      return
    }
    guard sides.applied == nil else { return }
    sides.old += objects(old, file.path)
    sides.new += objects(new, file.path)
  }

  private func addKustomization(
    _ file: FileChange, _ before: (any FileTree)?, _ after: any FileTree, to sides: inout Sides
  ) throws(FileTreeError) {
    func view(_ entry: FileEntry?, _ tree: (any FileTree)?) throws(FileTreeError) -> KustomizationFileView? {
      guard let entry, entry.kind == .file, let tree else { return nil }
      return KustomizationFileView(
        path: file.path, manifest: try cache.manifest(entry, at: file.path, in: tree))
    }
    let change = KustomizationChange(before: try view(file.old, before), after: try view(file.new, after))
    if change.before != nil || change.after != nil { sides.kustomizations.append(change) }
  }

  /// Whether Flux or EKS Anywhere would read a file that does not parse.
  private func isRead(_ file: FileChange, _ new: ManifestFile?, _ old: ManifestFile?) -> Bool {
    let name = file.path.split(separator: "/").last ?? ""
    if name == "eksa-cluster.yaml" || name.hasPrefix("gotk-") { return true }
    let objects = (old?.objects ?? []) + (new?.objects ?? [])
    return objects.contains { $0.identity.group == EKSAnywhere.group }
  }

  /// The objects of a file as written; a patch that says what becomes of an object is none.
  private func objects(_ file: ManifestFile?, _ path: String) -> [AppliedObject] {
    (file?.objects ?? []).filter { engine.judges($0.groupKind) && $0["$patch"] == nil }
      .map { AppliedObject(object: $0, path: path) }
  }

  /// Both versions of a file; where there are two, only the documents in which they differ are read.
  private func manifests(_ file: FileTexts) -> (ManifestFile?, ManifestFile?) {
    guard let oldText = file.old, let newText = file.new, let old = file.change.old, let new = file.change.new else {
      return (manifest(file.change.old, file.old), manifest(file.change.new, file.new))
    }
    return differing.manifests((old, oldText), (new, newText))
  }

  private func manifest(_ entry: FileEntry?, _ bytes: [UInt8]?) -> ManifestFile? {
    guard let entry, let bytes else { return nil }
    return cache.manifest(entry, bytes: bytes)
  }
}

extension ObjectChange {
  /// Whether this is a template of some other tool, that Flux does not reach: no cluster ever sees it as it is written.
  fileprivate var isTemplate: Bool {
    guard before?.owner == nil, after?.owner == nil else { return false }
    return [before, after].contains { side in
      guard let identity = side?.object.identity else { return false }
      return [identity.kind, identity.namespace, identity.name].contains {
        $0.utf8.contains(UInt8(ascii: "{")) && $0.contains("{{")
      }
    }
  }
}

extension ManifestFile {
  /// Whether something stands in it that is no object, so that a build can't take it for a resource.
  fileprivate var isOdd: Bool { problem != nil || !others.isEmpty }
}

extension FileChange {
  /// Whether the file comes or goes.
  fileprivate var isLone: Bool { (old == nil) != (new == nil) }
}

/// A changed file with its text on both sides; `nil` where there is no file.
private struct FileTexts {
  let change: FileChange
  let old: [UInt8]?
  let new: [UInt8]?

  init(_ change: FileChange, _ before: (any FileTree)?, _ after: any FileTree) throws(FileTreeError) {
    func text(_ entry: FileEntry?, _ tree: any FileTree) throws(FileTreeError) -> [UInt8]? {
      guard let entry, entry.kind == .file else { return nil }
      return try tree.contents(of: entry, at: change.path)
    }
    self.change = change
    old = try before.flatMap { tree throws(FileTreeError) in try text(change.old, tree) }
    new = try text(change.new, after)
  }

  /// Whether the new text holds the marks of a merge that was not finished.
  var hasConflict: Bool {
    let starts = Set((new ?? []).split(separator: UInt8(ascii: "\n")).map { $0.prefix(8) })
    return starts.contains(Array("<<<<<<< ".utf8)[...]) && starts.contains(Array(">>>>>>> ".utf8)[...])
  }

  /// What the two texts promise.
  func look(by interest: Interest) -> Interest.Look {
    [old, new].reduce(into: []) { $0.formUnion($1?.withUnsafeBytes(interest.look(at:)) ?? []) }
  }
}
