internal import Flux
internal import Manifests
internal import Policy

/// A source that checks out some folders of a repository only, through `spec.sparseCheckout`: what lies elsewhere is
/// not in Flux's artifact.
struct SparseCheckout {
  private let source: AppliedObject
  private let list: Node
  private let folders: [String]
  private let earlier: [String]?
  private let state: AppliedState

  /// `nil` where the folders are the same, or no Flux Kustomization is known.
  init?(_ change: ObjectChange, in step: Change) {
    guard let (before, after) = change.kept, after.object.groupKind == FluxKind.gitRepository,
      let state = step.applied?.after, let list = after.object["spec", "sparseCheckout"], !list.hasUnknown
    else { return nil }
    let folders = SparseCheckout.folders(list)
    let earlier = before.object["spec", "sparseCheckout"].map(SparseCheckout.folders)
    guard !folders.isEmpty, folders != earlier else { return nil }
    self.source = after
    self.list = list
    self.folders = folders
    self.earlier = earlier
    self.state = state
  }

  private static func folders(_ list: Node) -> [String] { list.items.compactMap(\.text).map(Path.joined) }

  /// What the edit leaves out of what was applied; `nil` for nothing.
  func violation(_ severity: Severity) -> Violation? {
    var deleted: [ObjectChange] = []
    var stalled: [String] = []
    for kustomization in state.kustomizations where isUser(kustomization) {
      guard kustomization.lookedAt.contains(where: isLeftOut) else { continue }
      if isStopped(kustomization) {
        stalled.append(kustomization.owner.identity.title)
      } else {
        deleted += kustomization.objects.filter { isLeftOut($0.path) }.map {
          ObjectChange(before: $0, after: nil, verdict: kustomization.owner.prunes ? .pruned : .orphaned)
        }
      }
    }
    let loss = Loss(deleted)
    guard loss != nil || !stalled.isEmpty else { return nil }
    let title = source.object.identity.title
    let ends = [loss?.fate, SparseCheckout.halt(stalled)].compactMap { $0 }
    return Violation(
      "\(title) leaves out of its checkout what Flux applies: \(ends.joined(separator: "; ")).", object: source,
      field: "spec.sparseCheckout", location: source.location(of: list, side: .after), related: loss?.places ?? [],
      verdict: loss == nil ? .pathMissing : nil, severity: loss?.severity(severity) ?? severity.milder)
  }

  private static func halt(_ stalled: [String]) -> String? {
    guard let first = stalled.first else { return nil }
    let more = stalled.count > 1 ? " and \(Count.of(stalled.count - 1, "more Flux Kustomization"))" : ""
    let verbs = stalled.count > 1 ? ("find", "stall") : ("finds", "stalls")
    return "\(first)\(more) no longer \(verbs.0) all files and \(verbs.1)"
  }

  private func isUser(_ kustomization: AppliedKustomization) -> Bool {
    let (wanted, identity) = (kustomization.settings.source, source.object.identity)
    return kustomization.isLive && wanted.kind == identity.kind && wanted.name == identity.name
      && (identity.namespace.isEmpty || wanted.namespace == identity.namespace)
      && source.owner.map { $0.root == kustomization.owner.root } ?? true
  }

  /// Whether a file is there and no longer checked out. As Git's index does it, a folder is compared as the beginning of
  /// a path.
  private func isLeftOut(_ path: String) -> Bool {
    guard state.files[path] != nil, !folders.contains(where: path.hasPrefix) else { return false }
    return earlier.map { $0.contains(where: path.hasPrefix) } ?? true
  }

  /// Whether nothing is built any more: the folder is gone, or its kustomization file lists what is.
  private func isStopped(_ kustomization: AppliedKustomization) -> Bool {
    let folder = kustomization.settings.path ?? ""
    let isThere = state.files.keys.contains { $0.isUnder(folder) && folders.contains(where: $0.hasPrefix) }
    // Where the file itself is left out, Flux makes one up of what is there.
    let lists = KustomizationFileView.names.map { Path.join(folder, $0) }
      .contains { state.files[$0] != nil && !isLeftOut($0) }
    return !isThere || lists
  }
}
