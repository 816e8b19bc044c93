internal import Manifests

/// Works out applied states, keeping by content what it has worked out before. One for each thread.
package final class AppliedStateBuilder {
  private let parses: ParseCache
  private let surveys: SurveyCache
  private let folders = FolderBuilds()
  private let roots: [String]
  private let filters = IgnoreFilters()
  private var states: [ContentID: AppliedState] = [:]
  private var stateOrder: [ContentID] = []
  private static let keptStates = 16

  /// - Parameters:
  ///   - cache: what files were read as; may be shared with other readers of the same thread.
  ///   - roots: the folders that Flux was started with; empty where the files tell.
  package init(cache: ParseCache = ParseCache(), roots: [String] = []) {
    self.roots = roots
    parses = cache
    surveys = SurveyCache(parses: cache)
  }

  /// The applied state of a tree.
  ///
  /// - Parameter previous: the state of a similar tree, from the same builder; saves looking at the whole tree.
  /// - Parameter changedPaths: the files that differ between that tree and this one; needed with `previous`.
  /// - Parameter live: the state that is live in the clusters. Where a parent's build fails now, its children stay as
  ///   they are live, and a root that Git no longer holds keeps running until Flux has deleted it.
  package func state(
    of tree: any FileTree, previous: AppliedState? = nil, changedPaths: [String]? = nil, live: AppliedState? = nil
  ) -> AppliedState {
    if live == nil, let known = known(tree) { return known }
    var survey: TreeSurvey
    if let previous, let changedPaths {
      survey = TreeSurvey(previous)
      survey.update(changedPaths, tree, surveys)
    } else {
      survey = TreeSurvey()
      survey.walk(tree, surveys)
    }
    var evaluation = Evaluation(
      tree: tree, survey: survey, parses: parses, folders: folders, live: live,
      changes: PathChanges(changedPaths, previous: previous, survey: survey), filters: filters,
      declared: roots)
    let roots = evaluation.roots()
    let state = AppliedState(
      roots: roots, survey: survey, repositories: evaluation.repositories,
      isOfTreeAlone: previous?.isOfTreeAlone != false && !evaluation.usesLive)
    if state.isOfTreeAlone, let id = tree.id { keep(state, id) }
    return state
  }

  /// The state of a tree that was worked out lately.
  func known(_ tree: any FileTree) -> AppliedState? { tree.id.flatMap { states[$0] } }

  private func keep(_ state: AppliedState, _ id: ContentID) {
    if stateOrder.count >= AppliedStateBuilder.keptStates { states[stateOrder.removeFirst()] = nil }
    states[id] = state
    stateOrder.append(id)
  }

  /// The objects of files as they are written, without an owner; files that cannot be read have none.
  package func writtenObjects(in paths: some Sequence<String>, of tree: any FileTree) -> [AppliedObject] {
    var objects: [AppliedObject] = []
    let reader = FolderReader(tree: tree, cache: parses)
    for path in paths {
      guard let entry = (try? tree.entry(at: path)) ?? nil, entry.kind == .file, !isPatch(path, in: tree),
        let parsed = try? reader.document(of: entry, at: path)
      else { continue }
      for document in parsed.documents { collect(document, path, into: &objects, depth: 0) }
    }
    return objects
  }

  /// Whether the kustomization beside a file, or in the folder above, lists it as a patch rather than as a resource.
  private func isPatch(_ path: String, in tree: any FileTree) -> Bool {
    let folder = Path.parent(path)
    for place in folder.isEmpty ? [""] : [folder, Path.parent(folder)] {
      let file = Path.join(place, "kustomization.yaml")
      guard let kustomization = (try? kustomization(at: file, in: tree)) ?? nil else { continue }
      let rules = kustomization.patches + kustomization.patchesJSON6902
      let texts = kustomization.patchesStrategicMerge + rules.compactMap(\.path) + kustomization.configurations
      if texts.contains(where: { Path.resolve($0.value, in: place) == path }) { return true }
    }
    return false
  }

  private func collect(_ node: Node, _ path: String, into objects: inout [AppliedObject], depth: Int) {
    if let kind = node["kind"]?.text, kind.hasSuffix("List"), depth < 10, let items = node.entry("items")?.value {
      for item in items.items { collect(item, path, into: &objects, depth: depth + 1) }
    } else if node["$patch"] == nil, let object = KubernetesObject(node),
      object.identity.group != "kustomize.config.k8s.io"
    {
      objects.append(AppliedObject(object: object, path: path))
    }
  }

  /// A kustomization file as kustomize reads it; `nil` where there is no such file.
  package func kustomization(
    at path: String, in tree: any FileTree
  ) throws(BuildProblem) -> KustomizationFile? {
    let reader = FolderReader(tree: tree, cache: parses)
    guard let entry = try reader.entry(at: path), entry.kind == .file else { return nil }
    let parsed = try reader.document(of: entry, at: path)
    if let problem = parsed.syntaxProblem {
      throw BuildProblem(.unreadableKustomization, path: path, span: problem.span, message: problem.reason)
    }
    return try KustomizationFile(parsed.documents.first, path: path)
  }

  /// All objects of a state: those that Flux applies, and as written those of files that no Flux Kustomization reaches.
  package func allObjects(_ state: AppliedState, in tree: any FileTree) -> [AppliedObject] {
    state.objects + writtenObjects(in: state.files.keys.filter { !state.reaches($0) }.sorted(), of: tree)
  }

  /// What becomes of every object that a change touches, with a verdict for each.
  ///
  /// - Parameters:
  ///   - changedPaths: the files that differ; worked out from the states where they are not given.
  ///   - judged: those of them whose objects are compared where nobody applies them; `nil` for all.
  package func changes(
    from before: AppliedState, in baseTree: any FileTree, to after: AppliedState, in headTree: any FileTree,
    changedPaths: [String]? = nil, judged: [String]? = nil
  ) -> [ObjectChange] {
    let paths = changedPaths ?? AppliedStateBuilder.differences(before.files, after.files)
    var comparison = StateComparison(before: before, after: after, changedPaths: Set(paths))
    let written: StateComparison.Written = (
      { self.writtenObjects(in: $0, of: baseTree) }, { self.writtenObjects(in: $0, of: headTree) }
    )
    comparison.compareRoots(written: written)
    let unowned = (judged ?? paths).filter(isManifest)
    comparison.compareUnowned(
      before: writtenObjects(in: unowned.filter { !before.reaches($0) }, of: baseTree),
      after: writtenObjects(in: unowned.filter { !after.reaches($0) }, of: headTree), written: written)
    return comparison.changes
  }

  private func isManifest(_ path: String) -> Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

  private static func differences(_ before: [String: ContentID], _ after: [String: ContentID]) -> [String] {
    var paths = after.filter { before[$0.key] != $0.value }.map(\.key)
    paths += before.keys.filter { after[$0] == nil }
    return paths.sorted()
  }
}
