package import Manifests

/// What Flux will create, change and delete, cluster by cluster and Kustomization by Kustomization.
package struct Plan: Sendable {
  /// What a reader wants to know first: what is gained and lost, as differences.
  package struct Headline: Sendable, Hashable {
    /// EKS Anywhere clusters.
    package var clusters = 0
    /// Control plane, etcd and worker machines of EKS Anywhere clusters, by their counts.
    package var machines = 0
    package var namespaces = 0
    /// Claims that are deleted themselves or with their namespace count as lost.
    package var persistentVolumeClaims = 0

    package init() {}
  }

  /// What happens to an object.
  package enum Action: String, Sendable, Hashable, CaseIterable {
    case create, change, delete, move
    /// The object leaves Git and stays, or the repository does not tell.
    case unknown
  }

  /// A field that differs, its values as text; secrets are masked.
  package struct Field: Sendable {
    package var path: FieldPath
    package var before: String?
    package var after: String?
    /// The values with their places.
    package var change: FieldChange
  }

  /// One object that the change touches.
  package struct Change: Sendable {
    package var action: Action
    package var identity: ObjectIdentity
    package var apiVersion: String
    package var verdict: Verdict
    /// Why, as part of a sentence.
    package var reason: String?
    package var fields: [Field]
    /// The change it comes from.
    package var source: ObjectChange
  }

  /// A Flux Kustomization with the changes of its objects.
  package struct Kustomization: Sendable {
    package var identity: ObjectIdentity
    /// `applied`, or why nothing is applied.
    package var verdict: Verdict
    /// What stops it, if anything does.
    package var problem: BuildProblem?
    package var changes: [Change]
  }

  /// One cluster's part.
  package struct Root: Sendable {
    /// The last name of the root's path, which names the cluster in EKS Anywhere's layout.
    package var cluster: String
    package var path: String
    package var kustomizations: [Kustomization]
  }

  package var headline: Headline
  package var roots: [Root]
  /// Changes of files that no Flux Kustomization reaches.
  package var unreached: [Change]

  /// Whether Flux would do nothing at all.
  package var isEmpty: Bool { roots.isEmpty && unreached.isEmpty }

  /// - Parameter changes: what `AppliedStateBuilder.changes` found between the two states.
  package init(_ changes: [ObjectChange], before: AppliedState, after: AppliedState) {
    headline = Headline()
    unreached = []
    var byOwner: [Slot: [Change]] = [:]
    var order: [Slot] = []
    for change in changes {
      guard let made = Plan.change(change) else { continue }
      guard let owner = (change.after ?? change.before)?.owner else {
        unreached.append(made)
        continue
      }
      let slot = Slot(root: owner.root, identity: owner.identity)
      if byOwner[slot] == nil { order.append(slot) }
      byOwner[slot, default: []].append(made)
      headline.add(change)
    }
    headline.addClaims(lostWith: changes, in: before)
    roots = []
    for kustomization in after.kustomizations where kustomization.outcome.problemOrGap {
      let slot = Slot(root: kustomization.owner.root, identity: kustomization.owner.identity)
      let wasStopped = before.root(slot.root)?.kustomization(slot.identity)?.outcome == kustomization.outcome
      if byOwner[slot] == nil, !wasStopped { order.append(slot) }
    }
    for slot in order { add(slot, byOwner[slot] ?? [], before, after) }
  }

  private struct Slot: Hashable {
    var root: String
    var identity: ObjectIdentity
  }

  private mutating func add(_ slot: Slot, _ changes: [Change], _ before: AppliedState, _ after: AppliedState) {
    let later = after.root(slot.root)?.kustomization(slot.identity)
    let sorted = changes.sorted { ($0.action.rank, $0.identity) < ($1.action.rank, $1.identity) }
    let made = Kustomization(
      identity: slot.identity, verdict: later.map { Plan.verdict($0) } ?? .pruned, problem: later?.outcome.failure,
      changes: sorted)
    if let index = roots.firstIndex(where: { $0.path == slot.root }) {
      roots[index].kustomizations.append(made)
    } else {
      roots.append(Root(cluster: Path.name(slot.root), path: slot.root, kustomizations: [made]))
    }
  }

  private static func verdict(_ kustomization: AppliedKustomization) -> Verdict {
    switch kustomization.outcome {
    case .applied: kustomization.settings.isSuspended ? .stalled : .applied
    case .failed: .stalled
    case .pathMissing: .pathMissing
    case .foreign, .unknown: .unknown
    }
  }

  /// A change as the plan shows it; `nil` for one without sides.
  private static func change(_ source: ObjectChange) -> Change? {
    guard let object = (source.after ?? source.before)?.object else { return nil }
    var fields: [Field] = []
    if let before = source.before?.object, let after = source.after?.object {
      fields = FieldChange.between(before.root, after.root, group: object.identity.group).map {
        field($0, of: object.identity)
      }
    }
    return Change(
      action: action(source), identity: object.identity, apiVersion: object.apiVersion, verdict: source.verdict,
      reason: source.verdictReason, fields: fields, source: source)
  }

  private static func action(_ change: ObjectChange) -> Action {
    if change.verdict == .moved { return .move }
    if change.before == nil { return .create }
    if change.after != nil { return .change }
    return change.verdict == .orphaned || change.verdict == .unknown ? .unknown : .delete
  }

  private static func field(_ change: FieldChange, of identity: ObjectIdentity) -> Field {
    let isSecret = identity.group.isEmpty && identity.kind == "Secret" && change.path.holdsSecret
    func text(_ node: Node?) -> String? {
      guard let node else { return nil }
      if isSecret { return "****" }
      return node.isUnknown ? "unknown" : node.text ?? JSONText.of(node)
    }
    return Field(path: change.path, before: text(change.before), after: text(change.after), change: change)
  }
}

extension Plan.Action {
  /// Deletions first, then moves, changes and creations.
  fileprivate var rank: Int {
    switch self {
    case .delete: 0
    case .unknown: 1
    case .move: 2
    case .change: 3
    case .create: 4
    }
  }
}

extension FieldPath {
  /// Whether a Secret's values are below the path or at it.
  fileprivate var holdsSecret: Bool {
    guard case .key(let first)? = steps.first else { return true }
    return first == "data" || first == "stringData" || first == "metadata" && schemaPath.contains("last-applied")
  }
}

extension KustomizationOutcome {
  /// What made a build fail.
  package var failure: BuildProblem? {
    if case .failed(let problem) = self { return problem }
    return nil
  }

  fileprivate var problemOrGap: Bool {
    switch self {
    case .failed, .pathMissing: true
    default: false
    }
  }
}

extension Plan.Headline {
  /// Counts an object that Flux creates, deletes or changes; nothing that stays as it is in the cluster.
  fileprivate mutating func add(_ change: ObjectChange) {
    guard change.verdict == .applied || change.verdict == .pruned, let identity = change.identity else { return }
    let step = (change.after == nil ? 0 : 1) - (change.before == nil ? 0 : 1)
    switch (identity.group, identity.kind) {
    case (EKSAnywhere.group, "Cluster"):
      clusters += step
      machines += Self.machines(change.after?.object) - Self.machines(change.before?.object)
    case ("", "Namespace"): namespaces += step
    case ("", "PersistentVolumeClaim"): persistentVolumeClaims += step
    default: break
    }
  }

  /// Counts claims that go with their namespace although they are still in Git or were never pruned themselves.
  fileprivate mutating func addClaims(lostWith changes: [ObjectChange], in before: AppliedState) {
    var lost: [String: Set<String>] = [:]
    var counted: Set<ObjectIdentity> = []
    for change in changes where change.verdict == .pruned {
      guard let object = change.before, let owner = object.owner else { continue }
      if object.object.identity.kind == "PersistentVolumeClaim" { counted.insert(object.object.identity) }
      if object.object.groupKind == GroupKind(group: "", kind: "Namespace") {
        lost[owner.root, default: []].insert(object.object.identity.name)
      }
    }
    guard !lost.isEmpty else { return }
    for object in before.objects where object.object.groupKind == GroupKind(group: "", kind: "PersistentVolumeClaim") {
      let identity = object.object.identity
      guard let names = lost[object.owner?.root ?? ""], names.contains(identity.namespace) else { continue }
      if counted.insert(identity).inserted { persistentVolumeClaims -= 1 }
    }
  }

  /// The machines of a cluster: an absent worker count is `minCount` under autoscaling, else 1; an absent control plane
  /// count is none (section 9, case 8 of the domain notes).
  private static func machines(_ cluster: KubernetesObject?) -> Int {
    guard let cluster else { return 0 }
    var count = cluster["spec", "controlPlaneConfiguration", "count"]?.int ?? 0
    count += cluster["spec", "externalEtcdConfiguration", "count"]?.int ?? 0
    for group in cluster["spec", "workerNodeGroupConfigurations"]?.items ?? [] {
      count += group["count"]?.int ?? group["autoscalingConfiguration", "minCount"]?.int ?? 1
    }
    return count
  }
}
