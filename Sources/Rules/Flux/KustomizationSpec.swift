internal import Flux
internal import Manifests
internal import Policy

/// One side of a Flux `Kustomization`, with its defaults.
struct KustomizationSpec {
  let applied: AppliedObject
  private let spec: Node?

  init(_ applied: AppliedObject) {
    self.applied = applied
    spec = applied.object.root.entry("spec")?.value
  }

  private var object: KubernetesObject { applied.object }

  /// `Flux Kustomization flux-system/apps`.
  var title: String { "Flux \(object.identity.title)" }

  /// A value of `spec`.
  subscript(_ keys: String...) -> Node? { spec?[keys] }

  /// `spec.path`, normalised: no `./`, no trailing slash, empty for the whole repository.
  var path: String { Path.joined(self["path"]?.text ?? "") }

  /// Whether it deletes what leaves its build. The API server asks for the key, so a file without it is completed by
  /// somebody's patch; that, as a value that is no boolean, is taken for `true`.
  var prunes: Bool { self["prune"]?.bool ?? true }

  var isSuspended: Bool { self["suspend"]?.bool ?? false }

  /// `spec.deletionPolicy`, `MirrorPrune` where absent.
  var deletionPolicy: String { self["deletionPolicy"]?.text ?? "MirrorPrune" }

  /// Whether the deletion of this object deletes all that it applied.
  var deletesOnRemoval: Bool {
    guard !isSuspended else { return false }
    switch deletionPolicy {
    case "Orphan": return false
    case "MirrorPrune": return prunes
    default: return true
    }
  }

  /// Whether this is the Kustomization that Flux was bootstrapped with: it applies the others, and itself.
  var isSyncRoot: Bool {
    let identity = object.identity
    if applied.path.hasSuffix("gotk-sync.yaml") || identity.name == "flux-system" { return true }
    return identity.name == identity.namespace && identity.name.contains("flux")
  }

  /// Whether nothing says what it applies, because it is a patch for one that does.
  var isFragment: Bool { applied.owner == nil && self["sourceRef"] == nil && self["path"] == nil }

  /// Whether no kustomization file around it lists it although its folder has one, so that Flux may never have seen it.
  func isLeftOut(on side: Side, in step: Change) -> Bool {
    guard applied.owner == nil, !isSyncRoot else { return false }
    return KustomizationsAround(applied.path, in: side == .before ? step.before : step.after).isLeftOut
  }

}

extension KustomizationSpec {
  /// What Flux makes of it on one side of a change; `nil` where files are judged as written.
  func applied(on side: Side, in step: Change) -> AppliedKustomization? {
    let state = side == .before ? step.applied?.before : step.applied?.after
    let all = (state?.roots ?? []).lazy.flatMap(\.kustomizations)
    let same = all.filter {
      $0.settings.file == self.applied.path && $0.owner.identity.key == self.applied.object.identity.key
    }
    // Objects of a root whose path changed name the old one, which the state after the change does not know.
    return same.first { applied.owner == nil || applied.owner?.root == $0.owner.root }
      ?? same.first { kustomization in step.applied?.before?.root(kustomization.owner.root) == nil }
  }

  /// The objects that it applies: as built where that is known, else those written beneath `spec.path`; `nil` where the
  /// path is not in this repository.
  func seenObjects(on side: Side, in step: Change) -> [AppliedObject]? {
    if let known = applied(on: side, in: step), known.outcome == .applied { return known.objects }
    return writtenHere(on: side, in: step).map { $0.view.objects(under: $0.folder) }
  }

  /// The first of some choices of kinds to which one of ``seenObjects(on:in:)`` belongs; none where the path is not in
  /// this repository.
  func firstSeen(of choices: [KindChoice], on side: Side, in step: Change) -> Int? {
    if let known = applied(on: side, in: step), known.outcome == .applied {
      let kinds = Set(known.objects.map(\.object.groupKind))
      return choices.firstIndex { kinds.contains(where: $0.contains) }
    }
    guard let (view, folder) = writtenHere(on: side, in: step) else { return nil }
    return choices.firstIndex { view.holds($0, under: folder) }
  }

  /// Those of ``seenObjects(on:in:)`` that are of one kind.
  func seenObjects(of kind: GroupKind, on side: Side, in step: Change) -> [AppliedObject] {
    if let known = applied(on: side, in: step), known.outcome == .applied {
      return known.objects.filter { $0.object.groupKind == kind }
    }
    return writtenHere(on: side, in: step).map { $0.view.objects(of: kind, under: $0.folder) } ?? []
  }

  /// The side of a change on which its folder is written, with the folder; `nil` where the folder is not there, or not
  /// known to be the one that Flux builds.
  private func writtenHere(on side: Side, in step: Change) -> (view: any StateView, folder: String)? {
    let view = side == .before ? step.before : step.after
    let own = isOwn(on: side, in: step)
    if view.exists(path) { return own == true ? (view, path) : nil }
    return own == nil ? artifactFolder(in: view).map { (view, $0) } : nil
  }

  /// Its folder where the source is an artifact made of part of this repository, as
  /// `flux push artifact --path=./kubernetes/infra` does, so that `spec.path` counts from there: a folder around its own
  /// file, or one beside these; `nil` for none, or several.
  private func artifactFolder(in view: any StateView) -> String? {
    guard !path.isEmpty, !path.contains("${") else { return nil }
    var around = applied.path
    repeat {
      around = Path.parent(around)
      let found = ([around] + view.folders(in: around)).map { Path.join($0, path) }.filter(view.exists)
      if !found.isEmpty { return found.count == 1 ? found[0] : nil }
    } while !around.isEmpty
    return nil
  }

  /// Whether its folder is one of this repository and does not exist.
  ///
  /// - Parameter known: whether the source is this repository, where the caller knows.
  func isPathMissing(on side: Side, in step: Change, isOwn known: Bool?) -> Bool {
    let view = side == .before ? step.before : step.after
    return !path.contains("${") && !view.exists(path) && (known ?? isOwn(on: side, in: step)) == true
      && (isOwn(on: side, in: step) == true || artifactFolder(in: view) == nil)
  }

  /// Whether the source is another repository.
  func isForeign(on side: Side, in step: Change) -> Bool { isOwn(on: side, in: step) == false }

  /// Whether nothing says that the source is this repository, which does not have the folder either.
  func isNowhere(on side: Side, in step: Change) -> Bool {
    let view = side == .before ? step.before : step.after
    return !path.isEmpty && !path.contains("${") && !view.exists(path) && isOwn(on: side, in: step) == nil
      && artifactFolder(in: view) == nil
  }

  /// Whether the source is this repository: as Flux finds it where that is known, else where the folder is here and the
  /// source is not known as another one, or it is the source of a Kustomization that applies its own file; `nil` where
  /// nothing tells.
  func isOwn(on side: Side, in step: Change) -> Bool? {
    if let known = applied(on: side, in: step) { return known.outcome != .foreign }
    let view = side == .before ? step.before : step.after
    if isSyncRoot { return true }
    if !path.isEmpty, view.exists(path) { return !readsOther(in: view) }
    var isTold: Bool?
    for other in view.objects(of: FluxKind.kustomization).lazy.map({ KustomizationSpec($0) })
    where other.isSyncRoot || other.holdsItself {
      if shares(other) { return true }
      isTold = false
    }
    return isTold
  }

  /// Whether its own file lies in its folder.
  private var holdsItself: Bool { !path.isEmpty && applied.path.isUnder(path) }

  /// Whether it builds what is fetched from elsewhere, so that not all it applies is seen.
  func fetches(on side: Side, in step: Change) -> Bool {
    if let known = applied(on: side, in: step), known.outcome == .applied {
      return known.problems.contains(where: \.feedsBuild)
    }
    let view = side == .before ? step.before : step.after
    guard let file = view.kustomization(in: path) else { return false }
    return KustomizationFileView.listing.contains { key in
      (file.root[key]?.items ?? []).contains { $0.text.flatMap { RemoteAddress($0) } != nil }
    }
  }

  private func shares(_ other: KustomizationSpec) -> Bool {
    ["kind", "name"].allSatisfy { other["sourceRef", $0]?.text == self["sourceRef", $0]?.text }
  }
}
