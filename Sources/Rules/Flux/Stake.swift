internal import Flux
internal import Manifests
internal import Policy

/// What would be lost with the objects that a Flux Kustomization applies. It scales severities, so that sixty small
/// applications do not cry as loudly as one fleet.
enum Stake: Int, Comparable {
  /// Nothing that keeps data or holds other objects.
  case plain
  /// Namespaces, custom resource definitions, volumes, databases.
  case state
  /// Another repository holds what is applied, or an artifact that is made of part of this one.
  case foreign
  /// The repository does not show what is applied.
  case unseen
  /// Other Flux Kustomizations, or Flux itself.
  case flux
  /// Whole clusters.
  case clusters

  static func < (left: Stake, right: Stake) -> Bool { left.rawValue < right.rawValue }

  /// The stake of what a Flux Kustomization applies.
  init(of kustomization: KustomizationSpec, on side: Side, in step: Change) {
    let largest = kustomization.firstSeen(of: Stake.choices.map(\.kinds), on: side, in: step)
      .map { Stake.choices[$0].stake }
    if largest == .clusters {
      self = .clusters
    } else if kustomization.isSyncRoot {
      self = .flux
    } else {
      let isElsewhere = {
        kustomization.isForeign(on: side, in: step) || kustomization.fetches(on: side, in: step)
          || kustomization.isNowhere(on: side, in: step)
      }
      self = largest ?? (isElsewhere() ? .foreign : .unseen)
    }
  }

  /// The stake of one object.
  init(of object: KubernetesObject) { self.init(of: object.groupKind) }

  /// The stake of an object of a kind.
  init(of kind: GroupKind) {
    self = Stake.choices.first { $0.kinds.contains(kind) }?.stake ?? .plain
  }

  /// The objects that stand for a stake, the largest first.
  private static let choices: [(kinds: KindChoice, stake: Stake)] = [
    (KindChoice(kinds: clusterKinds, groups: [EKSAnywhere.group]), .clusters),
    (KindChoice(kinds: [FluxKind.kustomization, FluxKind.instance]), .flux),
    (KindChoice(kinds: stateKinds, groups: stateGroups), .state),
    (.all, .plain),
  ]

  /// A severity for this stake: `base` where clusters, Flux or unseen objects hang on it, milder where less does.
  func severity(_ base: Severity) -> Severity {
    switch self {
    case .clusters, .flux, .unseen: base
    case .state, .foreign: base.milder
    case .plain: base.milder.milder
    }
  }

  /// Kinds that stand for a whole cluster in other systems than EKS Anywhere.
  static let clusterKinds: Set<GroupKind> = [
    ClusterAPI.cluster, ClusterAPI.deployment, GroupKind(group: "eksctl.io", kind: "ClusterConfig"),
    GroupKind(group: "eks.services.k8s.aws", kind: "Cluster"), GroupKind(group: "eks.aws.upbound.io", kind: "Cluster"),
    GroupKind(group: "eks.aws.m.upbound.io", kind: "Cluster"),
    GroupKind(group: "eks.aws.crossplane.io", kind: "Cluster"),
  ]

  private static let stateKinds: Set<GroupKind> = [
    CoreKind.namespace, CoreKind.resourceDefinition, CoreKind.volumeClaim, CoreKind.volume, CoreKind.statefulSet,
  ]

  /// Groups of operators whose objects are databases or storage.
  private static let stateGroups: Set<String> = [
    "postgresql.cnpg.io", "ceph.rook.io", "longhorn.io", "kafka.strimzi.io", "acid.zalan.do", "pxc.percona.com",
    "psmdb.percona.com", "k8s.mariadb.com", "minio.min.io", "elasticsearch.k8s.elastic.co",
  ]
}
