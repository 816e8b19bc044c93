internal import Flux
internal import Manifests

/// Tells from changed files alone whether what Flux builds can differ in more than the objects that are written in them.
///
/// It errs on the side of looking: only edits pass that are known to change nothing but the objects themselves, or to
/// add, or to take away what the same commit deletes.
struct BuildScreen {
  let before: any FileTree
  let after: any FileTree
  let files: [FileChange]
  let inputs: BuildInputs
  let differing: DifferingManifests
  /// Whether objects that come with, or go from, a file that is edited pass.
  let passesAdditions: Bool

  /// Whether the applied state has to be worked out for a change of files as they are written.
  func isNeeded(_ written: Change) -> Bool {
    let kustomizations = written.kustomizations
    return written.touchesBuild || written.objects.contains(where: decidesWhatIsBuilt)
      || !kustomizations.allSatisfy(isPlain) || written.odd.contains { mayStopBuild($0, kustomizations) }
      || files.contains { isIgnoreFile($0) || isLink($0) || isMissed($0, kustomizations) || mayFeedBuild($0) }
  }

  /// Whether a file decides what Flux's artifact holds.
  private func isIgnoreFile(_ file: FileChange) -> Bool { Path.name(file.path) == SourceIgnore.fileName }

  /// Whether it is a symbolic link on a side, which Flux's artifact leaves out.
  private func isLink(_ file: FileChange) -> Bool { [file.old, file.new].contains { $0?.kind == .link } }

  /// Whether a file may be what others are built from: the values of variables and replacements, a patch, a transformer,
  /// or a generator's input.
  private func mayFeedBuild(_ file: FileChange) -> Bool {
    guard !KustomizationFileView.isNamed(file.path) else { return false }
    var kinds: Set<String> = []
    var texts: [[UInt8]] = []
    var variables: Set<String> = []
    for (entry, tree) in [(file.old, before), (file.new, after)] {
      guard let entry, entry.kind == .file else { continue }
      guard let bytes = try? tree.contents(of: entry, at: file.path) else { return true }
      texts.append(bytes)
      guard ChangeBuilder.isManifest(file.path) else { continue }
      let used = VariableUses(bytes).names
      variables = entry == file.new ? used.subtracting(variables) : used
      let heads = ObjectHeads.kinds(of: bytes)
      guard let heads else { return true }
      if heads.isEmpty, FluxFacts.mayHoldSync(ofValues: bytes) { return true }
      if !heads.isDisjoint(with: BuildInputs.variableKinds), inputs.holdsVariables(entry, at: file.path, in: tree) {
        return true
      }
      // Whether it is a manifest at all may be what changes.
      if texts.count == 2, heads.isEmpty != kinds.isEmpty { return true }
      kinds.formUnion(heads)
    }
    if file.new != nil, !variables.isEmpty, lacksValue(variables) { return true }
    if let old = file.old, let new = file.new, texts.count == 2,
      outgrowsFile((old, texts[0]), (new, texts[1]), kinds)
    {
      return true
    }
    switch inputs.use(of: file.path, kinds: kinds, in: after) {
    case .none: return !ChangeBuilder.isManifest(file.path) && texts.count < 2 && isListed(file, in: after)
    case .content:
      // A variable in it may have no value.
      guard texts.count == 2 else { return true }
      let middle = DifferingLines.middle(texts[0], texts[1])
      return (middle.old + middle.new).contains(UInt8(ascii: "$"))
    case .decisive: return true
    }
  }

  /// Whether more may become of an edit than the file shows: its objects are called, or marked, otherwise, by which
  /// patches find them, or patches are about their fields, or rules judge a field as it is built. In a history it is else
  /// enough that a field goes on which a JSON patch or a replacement may count, so that the build fails.
  private func outgrowsFile(
    _ old: (entry: FileEntry, text: [UInt8]), _ new: (entry: FileEntry, text: [UInt8]), _ kinds: Set<String>
  ) -> Bool {
    let isPatched = kinds.contains { inputs.edit($0, in: after) }
    let isJudged = kinds.contains { inputs.builtFields(of: $0) != nil }
    if passesAdditions ? !isPatched && !isJudged : kinds.isEmpty { return false }
    if !passesAdditions, isPatched { return true }
    let (left, right) = differing.manifests(old, new)
    let twins = Dictionary(right.objects.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    if !passesAdditions, left.objects.count != right.objects.count { return true }
    return left.objects.contains { object in
      guard let twin = twins[object.identity] else { return !passesAdditions }
      let edits = FieldChange.between(object.root, twin.root, group: object.identity.group)
      let judged = inputs.builtFields(of: object.identity.kind)?[object.groupKind] ?? []
      return edits.contains { edit in
        let path = edit.path.schemaPath
        if judged.contains(where: { path.hasPrefix($0) || $0.hasPrefix(path) }) { return true }
        return passesAdditions ? isPatched && edit.after == nil : path.hasPrefix("metadata")
      }
    }
  }

  /// Whether variables that a file comes to use may have no value, so that Flux refuses the build. In a history it is
  /// enough that something in the tree defines them.
  private func lacksValue(_ names: Set<String>) -> Bool {
    passesAdditions ? !inputs.define(names, in: after) : inputs.replaceVariables(in: after)
  }

  /// Whether a build may stop, or go on again, because of a file in which something else than objects stands on one side.
  private func mayStopBuild(_ file: FileChange, _ kustomizations: [KustomizationChange]) -> Bool {
    guard passesAdditions else { return true }
    let tree = file.new == nil ? before : after
    if isListed(file, in: tree) { return true }
    let isNamed = kustomizations.flatMap { [$0.before, $0.after] }.contains { view in
      view?.root["resources"]?.items.contains { target($0.text ?? "", view?.folder ?? "") == file.path } ?? false
    }
    if isNamed { return true }
    let folder = Path.parent(file.path)
    return !KustomizationFileView.names.contains { exists(Path.join(folder, $0), in: tree) }
      && inputs.mayGather(folder, in: tree)
  }

  /// Whether a kustomization in the file's folder, or above it, names the file.
  private func isListed(_ file: FileChange, in tree: any FileTree) -> Bool {
    var folder = file.path
    let name = Array(Path.name(file.path).utf8)
    while !folder.isEmpty {
      folder = Path.parent(folder)
      for kustomization in KustomizationFileView.names {
        let path = Path.join(folder, kustomization)
        guard let entry = (try? tree.entry(at: path)) ?? nil, entry.kind == .file,
          let bytes = try? tree.contents(of: entry, at: path)
        else { continue }
        if bytes.withUnsafeBytes({ $0.holds(name) }) { return true }
      }
    }
    return false
  }

  private func decidesWhatIsBuilt(_ change: ObjectChange) -> Bool {
    guard let identity = change.identity else { return true }
    if !passesAdditions, change.before == nil || change.after == nil { return true }
    let group = identity.group
    if group == EKSAnywhere.group || group == "fluxcd.controlplane.io" { return true }
    if let object = (change.after ?? change.before)?.object, object["spec", "values", "instance"] != nil { return true }
    let isSource = group == "source.toolkit.fluxcd.io"
    let isRepository = isSource && identity.kind == "GitRepository"
    guard isSource || group == FluxKustomization.group else { return false }
    guard let old = change.before?.object, let new = change.after?.object else {
      return isRepository || !isSource && (change.after == nil || !findsFolder(change.after))
    }
    return FieldChange.between(old.root, new.root, group: group).contains { edit in
      let path = edit.path.schemaPath
      if mayBeRefused(edit, path) { return true }
      if isSource, !isRepository { return false }
      // Whether a repository is this one is told from its address and reference, what of it counts from its ignore rules.
      if isRepository { return BuildScreen.ofRepositories.contains { path.hasPrefix($0) || $0.hasPrefix("\(path).") } }
      // What waits for what decides whether it is applied: in a history it is enough to look where it matters anyway.
      if path.hasPrefix("spec.dependsOn") { return !passesAdditions }
      return !BuildScreen.ofTime.contains { path == $0 || path.hasPrefix("\($0).") || path.hasPrefix("\($0)[") }
    }
  }

  /// Whether the API server may refuse an object of Flux after an edit: only what is built tells whether a patch adds
  /// what the file lacks. In a history it is enough that a field goes or gets a value of another type.
  private func mayBeRefused(_ edit: FieldChange, _ path: String) -> Bool {
    if path.hasPrefix("metadata") || path.hasPrefix("spec.ref.") { return false }
    guard passesAdditions else { return true }
    return edit.after.map { after in edit.before.map { $0.meaning != after.meaning } ?? false } ?? true
  }

  /// Whether a Flux Kustomization finds the folder that it is about.
  private func findsFolder(_ object: AppliedObject?) -> Bool {
    let path = object.flatMap { FluxKustomization($0.object, file: $0.path)?.path }
    return path.map { exists($0, in: after) } ?? false
  }

  /// The fields of a repository that decide what is built from it.
  private static let ofRepositories = ["spec.url", "spec.ref", "spec.ignore", "spec.sparseCheckout"]

  /// The fields of a Flux Kustomization that decide when it is applied, not what.
  private static let ofTime = [
    "spec.interval", "spec.retryInterval", "spec.timeout", "spec.wait", "spec.healthChecks", "spec.healthCheckExprs",
  ]

  /// Whether a kustomization only gains what comes with it, or loses what is deleted with it.
  private func isPlain(_ change: KustomizationChange) -> Bool {
    guard let new = change.after else { return false }
    guard let old = change.before else {
      return isKustomization(new) && !exists(new.folder, in: before)
        && isPlainList(nil, new.root.entry("resources")?.value, folder: new.folder)
    }
    let fields = Set(old.root.entries.map(\.name)).union(new.root.entries.map(\.name))
    return fields.allSatisfy { field in
      let (left, right) = (old.root.entry(field)?.value, new.root.entry(field)?.value)
      if let left, let right, left.means(right) { return true }
      switch field {
      case "resources": return isPlainList(left, right, folder: new.folder)
      case "images": return BuildScreen.pins(left) == BuildScreen.pins(right)
      default: return false
      }
    }
  }

  /// Whether it is what kustomize reads under the name, and not something that Flux applies.
  private func isKustomization(_ view: KustomizationFileView) -> Bool {
    guard let version = view.root["apiVersion"] else { return true }
    return version.text?.hasPrefix("kustomize.config.k8s.io/") ?? false
  }

  /// What images are replaced by, apart from their tags.
  private static func pins(_ images: Node?) -> [[String?]] {
    (images?.items ?? []).map { image in ["name", "newName", "digest"].map { image[$0]?.text } }
  }

  private func isPlainList(_ old: Node?, _ new: Node?, folder: String) -> Bool {
    let left = Set(old?.items.map { $0.text ?? "" } ?? [])
    let right = Set(new?.items.map { $0.text ?? "" } ?? [])
    // What was there before and is listed only now comes without its files; what was never there kept the build from
    // being made.
    return comes(right.subtracting(left), folder, from: before, to: after)
      && comes(left.subtracting(right), folder, from: after, to: before)
  }

  /// Whether what is listed stands in one tree and not in the other.
  private func comes(
    _ resources: Set<String>, _ folder: String, from other: any FileTree, to tree: any FileTree
  ) -> Bool {
    resources.allSatisfy {
      target($0, folder).map { exists($0, in: tree) && !exists($0, in: other) } ?? false
    }
  }

  /// Whether a file goes that a kustomization beside or above it may list, which stays as it is.
  private func isMissed(_ file: FileChange, _ kustomizations: [KustomizationChange]) -> Bool {
    guard file.new == nil, !KustomizationFileView.isNamed(file.path) else { return false }
    let folder = Path.parent(file.path)
    let isOwnEdited = kustomizations.contains { ($0.after ?? $0.before)?.folder == folder }
    if !isOwnEdited, KustomizationFileView.names.contains(where: { exists(Path.join(folder, $0), in: after) }) {
      return true
    }
    return isListed(file, in: after)
  }

  /// The path of a listed resource from the root; `nil` for an address or a path that leaves the tree.
  private func target(_ resource: String, _ folder: String) -> String? {
    guard !resource.isEmpty, !resource.contains("://"), !resource.contains("?") else { return nil }
    return Path.resolve(resource, in: folder)
  }

  private func exists(_ path: String, in tree: any FileTree) -> Bool {
    path.isEmpty || ((try? tree.entry(at: path)) ?? nil) != nil
  }
}
