internal import Flux
internal import Manifests
internal import Policy

/// What a Role or ClusterRole allows, as far as it opens the way to more.
struct RoleGrants {
  /// The powerful rights in it, in words.
  let powers: Set<String>
  /// Whether it only reads, and no Secrets.
  let isReadOnly: Bool

  init(_ object: KubernetesObject) { self.init(RoleGrants.rights(in: object), beside: []) }

  /// What a role allows that it did not allow before.
  init(added before: KubernetesObject, _ after: KubernetesObject) {
    let old = RoleGrants.rights(in: before)
    let new = RoleGrants.rights(in: after).flatMap { $0.parts.filter { part in !old.contains { $0.covers(part) } } }
    self.init(new, beside: old)
  }

  /// Whether nothing is allowed.
  let isEmpty: Bool
  /// Where the first of the rights is written.
  let place: Node?
  /// Wildcards over what Kubernetes itself serves, and power over clusters, in words.
  let wildcards: Set<String>

  private init(_ rights: [RoleRight], beside old: [RoleRight]) {
    var powers: Set<String> = []
    var isReadOnly = true
    for right in rights {
      let (verbs, resources) = (right.verbs, right.resources)
      if verbs.contains("*"), resources.contains("*") { powers.formUnion(RoleGrants.sweeps(right.groups)) }
      for verb in ["escalate", "bind", "impersonate"] where verbs.contains(verb) { powers.insert("the verb \(verb)") }
      let writes = !verbs.isDisjoint(with: ["*", "create", "update", "patch", "delete", "deletecollection"])
      let reads = writes || !verbs.isDisjoint(with: ["get", "list", "watch"])
      if reads,
        resources.contains("secrets") || resources.contains("*") && !right.groups.isDisjoint(with: ["*", ""])
      {
        powers.insert("Secrets")
      }
      for resource in ["pods/exec", "nodes/proxy", "serviceaccounts/token", "pods/ephemeralcontainers"]
      where resources.contains(resource) {
        powers.insert(resource)
      }
      if writes { isReadOnly = false }
    }
    self.powers = powers
    self.isReadOnly = isReadOnly && powers.isEmpty
    isEmpty = rights.isEmpty
    place = rights.first?.place(beside: old)
    wildcards = Set(rights.compactMap(RoleGrants.wildcard))
  }

  /// What every verb on every resource of some API groups is, in words; without a group a rule of resources is refused.
  private static func sweeps(_ groups: Set<String>) -> Set<String> {
    if groups.contains("*") { return ["everything"] }
    return Set(groups.map { $0.isEmpty ? "\(sweep)the core group" : sweep + $0 })
  }

  private static let sweep = "every verb on all of "

  /// Whether a power, in words, is over all of a group: an operator's over what is its own, unless Kubernetes itself or
  /// the machines of clusters are in it.
  static func isOverOwnGroup(_ power: String) -> Bool {
    guard power.hasPrefix(sweep) else { return false }
    let group = String(power.dropFirst(sweep.count))
    return group != "the core group" && !RoleKind.builtIn.contains(group) && !machineGroups.contains(group)
  }

  /// Whether a power, in words, is over all of a group.
  static func isOverGroup(_ power: String) -> Bool { power.hasPrefix(sweep) }

  /// The groups of the objects that stand for machines.
  private static let machineGroups: Set<String> = ["anywhere.eks.amazonaws.com", "cluster.x-k8s.io"]

  /// The power in a right that names not every single thing that it allows, or that reaches the objects which stand for
  /// machines; operators' wildcards over kinds of their own are none.
  private static func wildcard(_ right: RoleRight) -> String? {
    let machines = right.groups.intersection(machineGroups)
    let writes = !right.verbs.isDisjoint(with: ["*", "update", "patch", "delete", "deletecollection"])
    if let group = machines.min(), writes, !right.resources.isDisjoint(with: ["*", "clusters"]) {
      return "changing or deleting clusters (\(group))"
    }
    let isHarmless = !right.resources.isEmpty && right.resources.isSubset(of: ["leases", "events"])
    if isHarmless || right.groups.isDisjoint(with: RoleKind.builtIn) { return nil }
    if right.verbs.contains("*") { return "every verb on \(right.resources.sorted().joined(separator: ", "))" }
    return right.resources.contains("*") && writes ? "writing every kind of \(right.groups.sorted().joined())" : nil
  }

  /// How much a role weighs that only lets replicas choose a leader among them and tell events: on a lease, or, as
  /// controllers did before there were leases, on a ConfigMap. `nil` for any other role.
  static func electionWeight(of object: KubernetesObject) -> Severity? {
    let rights = rights(in: object)
    let resources = Set(rights.flatMap(\.resources))
    guard !rights.isEmpty, rights.allSatisfy({ !$0.resources.isEmpty && !$0.verbs.contains("*") }),
      resources.isSubset(of: ["leases", "events", "configmaps", "configmaps/status"])
    else { return nil }
    let maps = rights.filter { $0.resources.contains("configmaps") }
    if maps.isEmpty { return .low }
    let isNarrow = maps.allSatisfy { !$0.names.isEmpty || $0.verbs.isDisjoint(with: ["update", "patch", "delete"]) }
    let name = object.identity.name.lowercased()
    let isNamed = name.contains("leader") || name.contains("election")
    if isNarrow { return isNamed || resources.contains("leases") ? .low : nil }
    return isNamed ? .medium : nil
  }

  private static func rights(in object: KubernetesObject) -> [RoleRight] {
    (object["rules"]?.items ?? []).map { RoleRight($0) }
  }
}
