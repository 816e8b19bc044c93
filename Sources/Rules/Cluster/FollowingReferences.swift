internal import Flux
internal import Manifests
internal import Policy

/// A rule about configs that also judges a cluster which is handed another config than before.
///
/// The webhooks compare a config with itself only; a reference to another one changes the machines of a role all the same.
struct FollowingReferences: ObjectRule {
  let rule: any ObjectRule

  init(_ rule: any ObjectRule) { self.rule = rule }

  var info: RuleInfo { rule.info }

  var words: [GroupKind: [String]] { rule.words }

  var kinds: KindSelection {
    guard case .kinds(let own) = rule.kinds, !own.contains(EKSAnywhere.cluster) else { return rule.kinds }
    return .kinds(own + [EKSAnywhere.cluster])
  }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    let own = rule.kinds.includes(change.identity.map { GroupKind($0) } ?? EKSAnywhere.cluster)
    let found = own ? rule.judge(change, in: step) : []
    return found + change.switchedConfigs(in: step).flatMap { rule.judge($0, in: step) } + joined(change, in: step)
  }

  /// What there is to say of a config that was there, and that a cluster begins to use: once, at the reference.
  private func joined(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard rule.kinds.includes(Kinds.iam), let reference = change.joins("AWSIamConfig"), let cluster = change.after,
      ClusterSpec(cluster).target(of: reference, in: step.before) != nil,
      let config = ClusterSpec(cluster).target(of: reference, in: step.after)
    else { return [] }
    let found = rule.judge(
      ObjectChange(before: nil, after: config, verdict: change.verdict, verdictReason: change.verdictReason), in: step)
    guard var first = found.first else { return [] }
    let others = found.count > 1 ? ", and so it goes with \(found.count - 1) more" : ""
    first.message += " \(cluster.object.identity.title) begins to use it\(others)."
    first.related = found.compactMap(\.location)
    first.location = cluster.location(of: reference["name"] ?? reference, side: .after)
    return [first]
  }
}

extension ObjectChange {
  /// The reference of a kept cluster to a config of a kind of which it had none.
  func joins(_ kind: String) -> Node? {
    guard let before, let after, after.object.groupKind == EKSAnywhere.cluster,
      before.object["spec", "identityProviderRefs"]?.hasUnknown != true,
      ClusterSpec(before).identityProvider(kind) == nil
    else { return nil }
    return ClusterSpec(after).identityProvider(kind)
  }

  /// For each role of a kept cluster that refers to another machine config of the same kind than before, and for another
  /// AWSIamConfig: the old config and the new one, as if one had become the other.
  func switchedConfigs(in step: Change) -> [ObjectChange] {
    guard let before, let after, after.object.groupKind == EKSAnywhere.cluster else { return [] }
    let (old, new) = (ClusterSpec(before), ClusterSpec(after))
    var seen: Set<[String]> = []
    return new.configReferences.compactMap { role, reference in
      guard let kind = reference["kind"]?.text, let name = reference["name"]?.text,
        let was = old.configReferences[role], was["kind"]?.text == kind, let oldName = was["name"]?.text,
        oldName != name, seen.insert([kind, oldName, name]).inserted,
        let left = old.target(of: was, in: step.before), let right = new.target(of: reference, in: step.after)
      else { return nil }
      return ObjectChange(before: left, after: right, verdict: verdict, verdictReason: verdictReason)
    }
    .sorted { ($0.after?.object.identity.name ?? "") < ($1.after?.object.identity.name ?? "") }
  }
}

extension ClusterSpec {
  /// The references to machine configs and to an AWSIamConfig, by the role that they are for.
  fileprivate var configReferences: [String: Node] {
    var found: [String: Node] = [:]
    found["control plane"] = controlPlane?["machineGroupRef"]
    found["etcd"] = externalEtcd?["machineGroupRef"]
    for group in workers { found["worker group \(group.name)"] = group.node["machineGroupRef"] }
    found["users"] = identityProvider("AWSIamConfig")
    return found
  }
}
