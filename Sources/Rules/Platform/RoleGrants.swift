internal import Flux
internal import Manifests
internal import Policy

/// What a Role or ClusterRole allows, as far as it opens the way to more.
struct RoleGrants {
  /// The powerful rights in it.
  let powers: Set<Power>
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
  /// Wildcards over what Kubernetes itself serves, and power over clusters.
  let wildcards: Set<Power>

  private init(_ rights: [RoleRight], beside old: [RoleRight]) {
    var powers: Set<Power> = []
    var isReadOnly = true
    for right in rights {
      let (verbs, resources) = (right.verbs, right.resources)
      if verbs.contains("*"), resources.contains("*") { powers.formUnion(RoleGrants.sweeps(right.groups)) }
      for verb in ["escalate", "bind", "impersonate"] where verbs.contains(verb) { powers.insert(.verb(verb)) }
      let writes = !verbs.isDisjoint(with: ["*", "create", "update", "patch", "delete", "deletecollection"])
      let reads = writes || !verbs.isDisjoint(with: ["get", "list", "watch"])
      if reads,
        resources.contains("secrets") || resources.contains("*") && !right.groups.isDisjoint(with: ["*", ""])
      {
        powers.insert(.over("Secrets"))
      }
      for resource in ["pods/exec", "nodes/proxy", "serviceaccounts/token", "pods/ephemeralcontainers"]
      where resources.contains(resource) {
        powers.insert(.over(resource))
      }
      if writes { isReadOnly = false }
    }
    self.powers = powers
    self.isReadOnly = isReadOnly && powers.isEmpty
    isEmpty = rights.isEmpty
    place = rights.first?.place(beside: old)
    wildcards = Set(rights.compactMap(RoleGrants.wildcard))
  }

  /// What every verb on every resource of some API groups is; without a group a rule of resources is refused.
  private static func sweeps(_ groups: Set<String>) -> Set<Power> {
    groups.contains("*") ? [.everything] : Set(groups.map(Power.group))
  }

  /// The power in a right that names not every single thing that it allows, or that reaches the objects which stand for
  /// machines; operators' wildcards over kinds of their own are none.
  private static func wildcard(_ right: RoleRight) -> Power? {
    let machines = right.groups.intersection(Power.machineGroups)
    let writes = !right.verbs.isDisjoint(with: ["*", "update", "patch", "delete", "deletecollection"])
    if let group = machines.min(), writes, !right.resources.isDisjoint(with: ["*", "clusters"]) {
      return .over("changing or deleting clusters (\(group))")
    }
    let isHarmless = !right.resources.isEmpty && right.resources.isSubset(of: ["leases", "events"])
    if isHarmless || right.groups.isDisjoint(with: RoleKind.builtIn) { return nil }
    if right.verbs.contains("*") { return .over("every verb on \(right.resources.sorted().joined(separator: ", "))") }
    return right.resources.contains("*") && writes
      ? .over("writing every kind of \(right.groups.sorted().joined())") : nil
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
