/// A right in a role that opens the way to more.
enum Power: Hashable {
  /// Every verb on every resource of all API groups.
  case everything
  /// Every verb on every resource of one API group; the core group has no name.
  case group(String)
  /// A verb by which rights are had that the role does not name.
  case verb(String)
  /// Something that is more than it looks, as it is told: `Secrets`, `pods/exec`.
  case over(String)

  /// Whether its holder is ruler of the cluster.
  var isSovereign: Bool {
    switch self {
    case .everything, .verb: true
    case .group, .over: false
    }
  }

  /// Whether it is over all of one group.
  var isOverGroup: Bool { if case .group = self { true } else { false } }

  /// Whether it is over all of one group that is an operator's own: neither Kubernetes itself nor the machines of clusters
  /// are in it.
  var isOverOwnGroup: Bool {
    guard case .group(let name) = self else { return false }
    return !RoleKind.builtIn.contains(name) && !Power.machineGroups.contains(name)
  }

  /// Whether it is over all of one of Flux's own groups.
  var isOverFluxGroup: Bool {
    guard case .group(let name) = self else { return false }
    return name.hasSuffix(".fluxcd.io")
  }

  /// The groups of the objects that stand for machines.
  static let machineGroups: Set<String> = ["anywhere.eks.amazonaws.com", "cluster.x-k8s.io"]
}

extension Power: CustomStringConvertible {
  var description: String {
    switch self {
    case .everything: "everything"
    case .group(let name): "every verb on all of \(name.isEmpty ? "the core group" : name)"
    case .verb(let name): "the verb \(name)"
    case .over(let text): text
    }
  }
}
