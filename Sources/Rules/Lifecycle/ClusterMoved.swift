internal import Flux
internal import Manifests
internal import Policy

/// A `Cluster` that goes while the same one comes under another name or in another namespace.
struct ClusterMoved: ChangeRule {
  let info: RuleInfo
  /// The part of the identity that this rule is about.
  let part: ClusterMove.Part

  var kinds: KindSelection { .kinds([EKSAnywhere.cluster]) }

  func judge(_ step: Change) -> [Violation] {
    ClusterMove.all(in: step).filter { $0.part == part }.map { move in
      let old = move.old.identity
      let new = move.new.object.identity
      let machines = ClusterSpec(move.oldObject).totalMachines
      let loss = machines > 0 ? "with its \(Count.of(machines, "machine"))" : "with its machines"
      let text =
        switch part {
        case .name:
          "\(old.title) is renamed to \(new.name): the old cluster is deleted \(loss) and an empty one is created"
        case .namespace:
          "\(old.title) moves to namespace \(new.namespace.isEmpty ? "(none)" : new.namespace): both objects stand for one "
            + "Cluster API cluster, and pruning the old one deletes it \(loss)"
        }
      let delay = move.delay.map { ", but \($0)" } ?? ""
      let field: FieldPath = part == .name ? "metadata.name" : "metadata.namespace"
      let place = FieldPlace(field, in: move.new.object.root).mark
      return Violation(
        text + delay + ".", object: move.oldObject, field: field, before: part == .name ? old.name : old.namespace,
        after: part == .name ? new.name : new.namespace, location: move.new.location(of: place, side: .after),
        related: [move.oldObject.nameLocation(side: .before)], verdict: move.verdict)
    }
  }

  static let renamed = ClusterMoved(
    info: RuleInfo(
      "cluster-renamed", .critical, .lifecycle,
      summary: "A Cluster object gets another name.",
      why: """
        The name is the identity: Flux prunes the old object, EKS Anywhere deletes that cluster with all its machines \
        and builds a new, empty one, which may fail because the control plane address is still in use.
        """,
      remediation:
        "Restore the name. To replace a cluster, create the new one beside it, move the workloads, then delete.",
      references: [References.bestPractices, References.fluxPrune],
      supersedes: ["workload-cluster-removed", "mgmt-cluster-removed"],
      examples: [
        Example("the name changes", before: Samples.cluster(), after: Samples.cluster(name: "⟦production⟧")),
        Example(
          "a second cluster is added", before: ["a.yaml": Samples.cluster()],
          after: ["a.yaml": Samples.cluster(), "b.yaml": Samples.cluster(name: "test")]),
      ]),
    part: .name)

  static let namespaceChanged = ClusterMoved(
    info: RuleInfo(
      "cluster-namespace-changed", .critical, .lifecycle,
      summary: "A Cluster object moves to another namespace.",
      why: """
        EKS Anywhere looks its Cluster API cluster up by name alone. The new object adopts it, Flux prunes the old \
        object, and that deletes every machine of the cluster.
        """,
      remediation: "Restore the namespace; the namespace of a cluster cannot be changed through Git.",
      references: [References.bestPractices, References.fluxPrune],
      supersedes: ["workload-cluster-removed", "mgmt-cluster-removed"],
      examples: [
        Example("the namespace changes", before: Samples.cluster(), after: Samples.cluster(namespace: "⟦eksa-system⟧")),
        Example("the default is written out", before: Samples.cluster(namespace: "~"), after: Samples.cluster()),
      ]),
    part: .namespace)
}

/// Two identities of what is one cluster.
struct ClusterMove {
  /// What differs.
  enum Part {
    case name, namespace
  }

  let oldObject: AppliedObject
  let new: AppliedObject
  let verdict: Verdict?
  /// Why that does not happen yet, where the Kustomization applies nothing for now.
  var delay: String?

  var old: KubernetesObject { oldObject.object }

  /// A name weighs more than a namespace.
  var part: Part { old.identity.name == new.object.identity.name ? .namespace : .name }

  /// Pairs of a removed and an added `Cluster`: of the same name, with the same endpoint, with the same spec, or the
  /// only two of one file; each object is in one pair at most.
  static func all(in step: Change) -> [ClusterMove] {
    let clusters = step.objects.filter { $0.identity.map { GroupKind($0) == EKSAnywhere.cluster } ?? false }
    var gone = clusters.filter { $0.after == nil }
    var come = clusters.compactMap { $0.before == nil ? $0.after : nil }
    guard !gone.isEmpty, !come.isEmpty else { return [] }
    var moves: [ClusterMove] = []
    for isSame in [sameName, sameEndpoint, sameSpec] {
      gone.removeAll { change in
        guard let old = change.before, let index = come.firstIndex(where: { isSame(old, $0) }) else { return false }
        moves.append(
          ClusterMove(oldObject: old, new: come.remove(at: index), verdict: change.known, delay: delay(change)))
        return true
      }
    }
    for change in gone {
      guard let old = change.before else { continue }
      let here = come.filter { $0.path == old.path }
      guard here.count == 1, gone.filter({ $0.before?.path == old.path }).count == 1 else { continue }
      moves.append(ClusterMove(oldObject: old, new: here[0], verdict: change.known, delay: delay(change)))
    }
    // The same object in a file that no Kustomization reaches any more has moved nowhere.
    return moves.filter { $0.old.identity.key != $0.new.object.identity.key }
  }

  private static func delay(_ change: ObjectChange) -> String? {
    guard change.verdict == .stalled || change.verdict == .pathMissing else { return nil }
    return change.verdictReason.map { "not yet: \($0)" }
  }

  private static func sameName(_ old: AppliedObject, _ new: AppliedObject) -> Bool {
    old.object.identity.name == new.object.identity.name
  }

  private static func sameEndpoint(_ old: AppliedObject, _ new: AppliedObject) -> Bool {
    guard let host = ClusterSpec(old).endpoint, !host.isEmpty else { return false }
    return ClusterSpec(new).endpoint == host
  }

  private static func sameSpec(_ old: AppliedObject, _ new: AppliedObject) -> Bool {
    guard let left = old.object["spec"], let right = new.object["spec"] else { return false }
    if left.means(right) { return true }
    guard ClusterSpec(old).isSelfManaged, ClusterSpec(new).isSelfManaged else { return false }
    func rest(_ spec: Node) -> Node { Node(.mapping(spec.entries.filter { $0.name != "managementCluster" })) }
    return rest(left).means(rest(right))
  }
}

extension ObjectChange {
  /// The verdict, where there is one.
  var known: Verdict? { verdict == .unknown ? nil : verdict }

  /// When Flux deletes what leaves Git under a Kustomization that applies nothing for now.
  var whenDeleted: String { whenDeleted("it") }

  /// The same of what a pronoun stands for.
  func whenDeleted(_ pronoun: String) -> String {
    if verdict == .pathMissing { return "Flux deletes \(pronoun) as soon as the path is back without \(pronoun)" }
    let isOfBuild = verdictReason?.hasPrefix("the build of") ?? true
    return "Flux deletes \(pronoun) as soon as \(isOfBuild ? "the build works again" : "that ends")"
  }
}

extension GroupKind {
  /// The kind of an object.
  init(_ identity: ObjectIdentity) { self.init(group: identity.group, kind: identity.kind) }
}
