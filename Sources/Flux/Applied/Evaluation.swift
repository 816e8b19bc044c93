internal import Manifests

/// Works out which objects each Flux Kustomization of a tree applies.
struct Evaluation {
  private let tree: any FileTree
  private let survey: TreeSurvey
  private let parses: ParseCache
  private let folders: FolderBuilds
  private let live: AppliedState?
  private let changes: PathChanges
  private let filters: IgnoreFilters
  /// The folders that Flux was started with, where a person named them.
  private let declared: [String]
  /// Whether the result owes anything to what is live now, so that it is no function of the tree alone.
  private(set) var usesLive = false
  let repositories: RepositoryTable
  /// More Kustomizations than any cluster runs from one repository.
  private static let limit = 5000

  init(
    tree: any FileTree, survey: TreeSurvey, parses: ParseCache, folders: FolderBuilds, live: AppliedState?,
    changes: PathChanges, filters: IgnoreFilters, declared: [String] = []
  ) {
    self.declared = declared
    self.tree = tree
    self.survey = survey
    self.parses = parses
    self.folders = folders
    self.live = live
    self.changes = changes
    self.filters = filters
    if let previous = changes.previous, !survey.touchesFlux {
      repositories = previous.repositories
    } else {
      repositories = RepositoryTable(survey.facts)
    }
  }

  /// What a Kustomization's source leaves out of its artifact.
  private func filter(of settings: FluxKustomization) -> SourceIgnore {
    let own = repositories.repository(settings.source, near: settings.file)?.ignore
    return filters.filter(survey.ignoreFiles, specIgnore: own) { folder in
      let path = Path.join(folder, SourceIgnore.fileName)
      guard let entry = (try? tree.entry(at: path)) ?? nil else { return nil }
      return (try? tree.contents(of: entry, at: path)).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// All roots with everything they lead to.
  mutating func roots() -> [SyncRoot] {
    if let quick = quickRoots() { return quick }
    let starts = FluxRoots(survey.facts, repositories, declared: declared).starts
    var result = starts.map { evaluate($0, root: $0.path ?? "") }
    if declared.isEmpty, result.contains(where: \.appliesItself) { result.removeAll(where: \.isStray) }
    for root in live?.roots ?? [] { follow(root, starts, in: &result) }
    return result
  }

  /// Puts what becomes of a live root in the place of what the files alone say.
  ///
  /// Clusters run what they were started with, and look for its folder, until its own build holds it with another path.
  /// So a root whose folder moved is not found, whatever its file says in the new place.
  /// What the Flux Operator made follows its instance at once.
  private mutating func follow(_ root: SyncRoot, _ starts: [FluxKustomization], in result: inout [SyncRoot]) {
    guard let live, let start = root.start?.settings else { return }
    if let place = result.firstIndex(where: { $0.path == root.path }) {
      guard result[place].isEnd(of: root) else { return }
      usesLive = true
      result[place].isEnded = true
      return
    }
    // Clusters that are made alike have starts of one name: those that are live already are no others' continuation.
    let isNew = { (other: SyncRoot) in live.root(other.path) == nil }
    if result.contains(where: { isNew($0) && $0.leads(to: root) }) { return }
    usesLive = true
    let made = starts.first { $0.maker != nil && $0.maker == start.maker }
    var carried = evaluate(made ?? start, root: root.path)
    result.removeAll { isNew($0) && carried.includes($0) }
    carried.isEnded = made == nil && stands(start.maker, in: start.file) || carried.isEnd(of: root)
    // Without its file, nothing says any more where it would go.
    if !carried.isEnded || carried.start?.settings.path != start.path { result.append(carried) }
  }

  /// Whether an instance whose sync is gone still stands in its file: then the operator deletes what it made of the sync.
  private func stands(_ maker: ObjectIdentity?, in file: String) -> Bool {
    guard let maker, let entry = (try? tree.entry(at: file)) ?? nil, entry.kind == .file,
      let parsed = try? FolderReader(tree: tree, cache: parses).document(of: entry, at: file)
    else { return false }
    return parsed.documents.contains { FluxKustomization.maker(in: $0) == maker }
  }

  /// The roots of the earlier state with only those Kustomizations built again that look at a changed path; `nil`
  /// where the change reaches further: to Flux's own objects, ignore rules or variables.
  private mutating func quickRoots() -> [SyncRoot]? {
    guard let previous = changes.previous, !survey.touchesFlux else { return nil }
    var roots = previous.roots
    for index in roots.indices {
      // What a folder holds that only leads to the path of another one is not among what the root looked at.
      guard let start = roots[index].start?.settings, start.path == roots[index].path else { return nil }
      let sources = roots[index].sources
      for place in roots[index].kustomizations.indices {
        let old = roots[index].kustomizations[place]
        guard changes.touches(old) || old.isUnreadable else {
          if old.isStopped, !isStanding(old, in: roots[index], as: previous) { return nil }
          continue
        }
        let new = apply(old.settings, root: roots[index].path, start: start, sources, nil)
        guard new.outcome == .applied, old.outcome == .applied, new.children.count == old.children.count,
          zip(new.children, old.children).allSatisfy({ $0.root.isSame(as: $1.root) && $0.file == $1.file }),
          !sources.areApplied(by: old), !sources.areApplied(by: new)
        else { return nil }
        roots[index].kustomizations[place] = new
      }
    }
    return roots
  }

  /// Whether what clusters still have of a stopped Kustomization, and of those that it applied, is what an earlier state
  /// says.
  private func isStanding(_ stopped: AppliedKustomization, in root: SyncRoot, as previous: AppliedState) -> Bool {
    guard let live else { return previous.isOfTreeAlone }
    return live.kustomization(of: stopped.owner) === stopped
  }

  /// Builds a root, then what it leads to; again where a variable's source turned up only later.
  ///
  /// - Parameter root: the name of the root: the path that Flux was started with.
  private mutating func evaluate(_ start: FluxKustomization, root name: String) -> SyncRoot {
    // The sources are nearly always what they were before. Where they may hang on variables themselves, only what
    // begins with none of them is what the tree comes to.
    if let known = changes.previous?.root(name)?.sources, !known.found.isEmpty {
      let root = evaluate(start, root: name, from: known)
      if root.sources.areIndependent(in: root) { return root }
    }
    return evaluate(start, root: name, from: VariableSources())
  }

  private mutating func evaluate(
    _ start: FluxKustomization, root name: String, from known: VariableSources
  ) -> SyncRoot {
    var sources = known
    var root = SyncRoot(path: name, kustomizations: [], parents: [:])
    for _ in 0..<4 {
      root = descend(from: start, root: name, sources)
      root.sources = VariableSources(in: root, live: live?.root(name))
      if root.sources.areSame(as: sources) { break }
      sources = root.sources
    }
    if root.sources.areStanding { usesLive = true }
    return root
  }

  private mutating func descend(
    from start: FluxKustomization, root name: String, _ sources: VariableSources
  ) -> SyncRoot {
    let earlier = changes.cursor()
    let first = self.first(start, root: name, sources, earlier)
    var root = SyncRoot(path: name, kustomizations: [], parents: [:])
    var queue = [start]
    var seen: Set<ObjectIdentity> = [start.identity.key]
    var next = 0
    while next < queue.count, next < Evaluation.limit {
      let settings = queue[next]
      let applied = next == 0 ? first : apply(settings, root: name, start: start, sources, earlier)
      next += 1
      root.kustomizations.append(applied)
      for child in children(of: applied, root: name) where seen.insert(child.identity.key).inserted {
        root.parents[child.identity] = settings.identity
        queue.append(child)
      }
    }
    return root
  }

  /// The Kustomization that Flux was started with. What the cluster runs is what its own build makes of it, not what the
  /// file has, so that a patch may lead it to another folder.
  private mutating func first(
    _ start: FluxKustomization, root: String, _ sources: VariableSources, _ earlier: EarlierResults?
  ) -> AppliedKustomization {
    let written = apply(start, root: root, start: start, sources, earlier)
    if written.isStopped, let known = live?.root(root)?.start?.settings, known.identity == start.identity,
      known.path == start.path, !known.root.means(start.root)
    {
      usesLive = true
      return apply(known, root: root, start: start, sources, earlier)
    }
    var applied = written
    var folders: Set<String> = [start.path ?? ""]
    while let own = applied.children.first(where: { $0.identity.key == start.identity.key }),
      !own.root.means(applied.settings.root), let path = own.path
    {
      let isSame = path == applied.settings.path
      // Two folders that lead to each other are applied in turn for ever.
      if !isSame, !folders.insert(path).inserted { return written }
      applied = apply(own, root: root, start: start, sources, earlier)
      if isSame { break }
    }
    return applied
  }

  /// The Kustomizations that one applies; where nothing is applied now, those that are live.
  private mutating func children(of applied: AppliedKustomization, root: String) -> [FluxKustomization] {
    guard let live else { return applied.children }
    guard applied.outcome != .applied else { return applied.children.map { carriedOut($0, root: root, live) } }
    let known = live.root(root)?.kustomization(applied.settings.identity)?.children ?? []
    if !known.isEmpty { usesLive = true }
    return known
  }

  /// What the cluster has of a Kustomization: that which Flux leaves alone stays as it is live, whatever its file says.
  private mutating func carriedOut(
    _ child: FluxKustomization, root: String, _ live: AppliedState
  ) -> FluxKustomization {
    guard child.isFrozen, let known = live.root(root)?.kustomization(child.identity)?.settings,
      !known.root.means(child.root)
    else { return child }
    usesLive = true
    return known
  }

  private mutating func apply(
    _ settings: FluxKustomization, root: String, start: FluxKustomization, _ sources: VariableSources,
    _ earlier: EarlierResults?
  ) -> AppliedKustomization {
    let owner = settings.owner(root: root)
    guard isOwnSource(settings, start: start) else {
      return AppliedKustomization(settings: settings, owner: owner, outcome: .foreign)
    }
    let variables = folders.variables.of(settings, sources)
    let filter = filter(of: settings)
    if let known = earlier?.result(for: settings, root: root), known.variables == variables,
      known.ignoreRules == filter.fingerprint
    {
      return known
    }
    guard let written = settings.path else {
      return AppliedKustomization(settings: settings, owner: owner, outcome: .unknown)
    }
    let reader = FolderReader(
      tree: tree, cache: parses, filter: filter, known: survey.entries, memo: folders.parts)
    let isCut = settings.source == start.source || settings.source.kind == "ExternalArtifact"
    let path = isCut ? Path.join(artifactFolder(of: start, reader), written) : written
    switch folder(path, reader) {
    case .success(true): break
    case .success(false):
      let isForeign = settings.source != start.source && settings.identity != start.identity
      return AppliedKustomization(
        settings: settings, owner: owner, outcome: isForeign ? .foreign : .pathMissing, build: reader.nothing,
        variables: variables, ignoreRules: filter.fingerprint)
    case .failure(let problem):
      return AppliedKustomization(settings: settings, owner: owner, outcome: .failed(problem), problems: [problem])
    }
    return finish(settings, owner, build(settings, path, reader), variables, filter.fingerprint)
  }

  /// The folder that the artifact of a root's source is made of, as `flux push artifact --path=./kubernetes` does, so that
  /// paths count from there; the root of the tree where the path is found from that, or nothing tells.
  private func artifactFolder(of start: FluxKustomization, _ reader: FolderReader) -> String {
    guard start.source.kind != "GitRepository", let path = start.path, !path.isEmpty else { return "" }
    func holdsPath(_ folder: String) -> Bool {
      ((try? reader.entry(at: Path.join(folder, path))) ?? nil)?.kind == .folder
    }
    var found = ""
    var around = start.file
    while !around.isEmpty, !holdsPath(found) {
      around = Path.parent(around)
      found = around
    }
    return found
  }

  /// Whether a folder is there.
  private func folder(_ path: String, _ reader: FolderReader) -> Result<Bool, BuildProblem> {
    if path.isEmpty { return .success(true) }
    do {
      return .success(try reader.entry(at: path)?.kind == .folder)
    } catch {
      return .failure(error)
    }
  }

  private func build(_ settings: FluxKustomization, _ path: String, _ reader: FolderReader) -> BuildResult {
    let key = FolderBuilds.Settings(settings)
    let content = path.isEmpty ? tree.id : ((try? reader.standing(at: path)) ?? nil)?.id
    if let known = folders.result(for: path, content, key, in: reader) { return known }
    let kustomize = Kustomize(reader: reader, options: .flux)
    let result = kustomize.build(path) { file in
      settings.apply(to: &file) { ((try? reader.entry(at: $0)) ?? nil) != nil }
    }
    if result.failure?.kind != .unreadableTree {
      folders.keep(result, for: path, content, key, ignoreRules: reader.ignoreRules)
    }
    return result
  }

  /// What Flux makes of a build, and whether it fails.
  private func finish(
    _ settings: FluxKustomization, _ owner: Owner, _ build: BuildResult, _ variables: Variables,
    _ ignoreRules: String
  ) -> AppliedKustomization {
    let finished = folders.postBuild.finish(build, settings, variables)
    if let failure = finished.problems.first(where: \.isFailure) {
      return AppliedKustomization(
        settings: settings, owner: owner, outcome: .failed(failure), problems: finished.problems, build: build,
        variables: variables, ignoreRules: ignoreRules)
    }
    let applied = finished.objects.map { AppliedObject(object: $0.object, path: $0.path, owner: owner) }
    return AppliedKustomization(
      settings: settings, owner: owner, outcome: .applied, objects: applied, problems: finished.problems, build: build,
      children: finished.children, variables: variables, ignoreRules: ignoreRules)
  }

  /// Whether a Kustomization reads this repository.
  private mutating func isOwnSource(_ settings: FluxKustomization, start: FluxKustomization) -> Bool {
    let source = settings.source
    if source == start.source || settings.identity == start.identity { return true }
    // An artifact that an ArtifactGenerator copies out of this repository, nearly always folder by folder.
    if source.kind == "ExternalArtifact" { return settings.path?.isEmpty == false }
    guard source.kind == "GitRepository" else { return false }
    guard let repository = repository(source, near: settings.file),
      let own = self.repository(start.source, near: start.file)
    else {
      // Nobody applies all of a repository with another name for it: that is the root of a repository elsewhere.
      return settings.path?.isEmpty != true
    }
    if let branch = repository.branch, let ours = own.branch, branch != ours { return false }
    return repository.address == own.address
  }

  /// The repository that a reference means. A Kustomization that was carried over may have lost its source object with
  /// the file, and that which is live is none of the tree.
  private mutating func repository(
    _ reference: FluxKustomization.Reference, near file: String
  ) -> FluxFacts.Repository? {
    if let known = repositories.repository(reference, near: file) { return known }
    guard let carried = live?.repositories.repository(reference, near: file) else { return nil }
    usesLive = true
    return carried
  }
}
