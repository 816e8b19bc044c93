internal import Flux
internal import Manifests
internal import Policy

/// An edit of a field that may not change: refused, or let pass because the object is paused.
struct ImmutableEdit: ObjectRule, ChangeRule {
  let info: RuleInfo
  /// Whether the rule is about edits that a pause lets pass.
  let isUnderPause: Bool

  var kinds: KindSelection { .kinds(Array(Set(ImmutableField.all.map(\.kind)))) }

  var builtFields: [GroupKind: [String]] {
    isUnderPause ? [:] : CoreImmutableField.all.mapValues { $0.map(\.field.schemaPath) }
  }

  /// What Flux applies of Kubernetes' own kinds.
  func judge(_ step: Change) -> [Violation] { isUnderPause ? [] : CoreImmutableEdit.judge(step) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let before = change.before, let after = change.after else { return [] }
    let edit = ObjectEdit(change, in: step)
    let rows = ImmutableField.all.filter { $0.kind == after.object.groupKind && $0.holds(edit, before, after) }
    let found = rows.filter { ($0.pauseLifts && before.isPaused) == isUnderPause }.flatMap { row in
      row.changes(in: edit).map { (row, $0) }
    }
    let more = special(before, after)
    let passed = isUnderPause ? passing(rows, edit) : []
    return (found.map(\.1.path) + more).compactMap { violation($0, edit, fate) }
      + passed.compactMap { violation($0, edit, ImmutableEdit.dependingFate) }
  }

  /// The fields that the whole way changes and that one of its commits changes while the object is paused.
  private func passing(_ rows: [ImmutableField], _ edit: ObjectEdit) -> [FieldPath] {
    let pauses = edit.editsUnderPause
    guard !pauses.isEmpty else { return [] }
    return rows.filter(\.pauseLifts).flatMap { row in
      let under = pauses.flatMap { row.changes(in: $0) }.map(\.path)
      return row.changes(in: edit).map(\.path).filter(under.contains)
    }
  }

  /// What becomes of an edit, as the end of a sentence.
  private var fate: String {
    isUnderPause
      ? "it may not change, but the pause lets it pass: machines may be rebuilt against the new value"
      : "it may not change, so the API server refuses the edit\(Violation.rootStalls)"
  }

  /// The same where the pause is of the same branch.
  private static let dependingFate =
    "it may not change: the API server refuses it if all commits arrive at once, and lets it pass if Flux applies the "
    + "pause first; machines may then be rebuilt against the new value"

  private func violation(_ path: FieldPath, _ edit: ObjectEdit, _ fate: String) -> Violation? {
    let shows = !path.description.contains("proxy")
    let old = edit.before.flatMap { FieldPlace(path, in: $0.object.root).value }
    let new = edit.after.flatMap { FieldPlace(path, in: $0.object.root).value }
    let hidden = old == nil ? "is added" : new == nil ? "is removed" : "changes"
    let what = shows ? FieldWords.change(old, new) : hidden
    var violation = edit.violation("\(path) of \(edit.title) \(what); \(fate).", at: path, shows: shows)
    if shows {
      violation?.before = old.flatMap(FieldWords.short)
      violation?.after = new.flatMap(FieldWords.short)
    }
    violation?.isRefused = !isUnderPause
    // What is not shown is not known to be the same edit as another object's.
    if violation?.before == nil, violation?.after == nil { violation?.sameEdit = edit.title }
    return violation
  }

  /// What the webhooks compare in ways of their own.
  private func special(_ before: AppliedObject, _ after: AppliedObject) -> [FieldPath] {
    switch after.object.groupKind {
    case Kinds.tinkerbellMachine where !isUnderPause: return ImmutableEdit.firstUser(before, after)
    case EKSAnywhere.cluster where before.isPaused == isUnderPause: return ImmutableEdit.iamName(before, after)
    case Kinds.cloudStackDatacenter where before.isPaused == isUnderPause:
      return ImmutableEdit.sharesZone(before, after) ? [] : ["spec.availabilityZones"]
    default: return []
    }
  }

  /// On Tinkerbell the number of users, the first user's name and number of keys, and its first key.
  private static func firstUser(_ before: AppliedObject, _ after: AppliedObject) -> [FieldPath] {
    let path: FieldPath = "spec.users"
    let users = (before.object["spec", "users"], after.object["spec", "users"])
    if users.0?.hasUnknown == true || users.1?.hasUnknown == true { return [] }
    let (old, new) = (users.0?.items ?? [], users.1?.items ?? [])
    guard old.count == new.count else { return [path] }
    guard let first = old.first, let now = new.first else { return [] }
    let here = ListItem.all(in: users.1, named: "users").first.map { path.appending($0.step) } ?? path.index(0)
    if first["name"]?.text != now["name"]?.text { return [here.key("name")] }
    let keys = (first["sshAuthorizedKeys"]?.items ?? [], now["sshAuthorizedKeys"]?.items ?? [])
    if keys.0.count != keys.1.count { return [here.key("sshAuthorizedKeys")] }
    let isSame = Canonical.sshKey(keys.0.first?.text ?? "") == Canonical.sshKey(keys.1.first?.text ?? "")
    return isSame ? [] : [here.key("sshAuthorizedKeys").index(0)]
  }

  /// Whether an availability zone of a CloudStack datacenter keeps its name, as one must, or all of them get the names
  /// that a newer Cluster API provider wants.
  private static func sharesZone(_ before: AppliedObject, _ after: AppliedObject) -> Bool {
    let sides = [before, after].map { $0.object["spec"] }
    if sides.contains(where: { $0?.hasUnknown == true }) { return true }
    let names = sides.map { spec -> [String] in
      let zones = spec?["availabilityZones"]?.items ?? []
      if !zones.isEmpty { return zones.map { $0["name"]?.text ?? "" } }
      // The webhook makes zones of the older form, named by their number.
      return (spec?["zones"]?.items ?? []).indices.map { "default-az-\($0)" }
    }
    if names[0].isEmpty || !Set(names[0]).isDisjoint(with: names[1]) { return true }
    return names[0].count == names[1].count && names[0].allSatisfy { $0.hasPrefix("default-az-") }
      && names[1].allSatisfy { $0.utf8.count == 36 && $0.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12] }
  }

  /// The name of the first reference to an AWSIamConfig, where both sides have one.
  private static func iamName(_ before: AppliedObject, _ after: AppliedObject) -> [FieldPath] {
    let names = [before, after].map { ClusterSpec($0).identityProvider("AWSIamConfig")?["name"]?.text }
    guard let old = names[0], let new = names[1], old != new else { return [] }
    return ["spec.identityProviderRefs"]
  }

  static let all: [any Rule] = [refused, underPause]

  private static let refused = ImmutableEdit(
    info: RuleInfo(
      "immutable-field-edit", .high, .admission,
      summary: "A field changes that EKS Anywhere, or Kubernetes itself, does not let change.",
      why: """
        The API server refuses the object. Flux then applies and prunes nothing of the same Flux Kustomization, so all of \
        it, every cluster under a sync root, stalls until the edit is undone. With `force: true` Flux deletes the object \
        instead: a cluster with its machines, a claim with its data.
        """,
      remediation:
        "Undo the edit. To have another value, create a new cluster or another object beside the old one.",
      references: [References.gitOps, References.fluxForce], groupsSameEdits: true, telling: .general,
      examples: [
        .spec(
          "another storage policy", "VSphereMachineConfig", "osFamily: ubuntu, storagePolicyName: a",
          "osFamily: ubuntu, storagePolicyName: ⟦b⟧"),
        .spec(
          "another pool", "SnowIPPool", "pools: [{ipStart: 10.0.0.1, ipEnd: 10.0.0.9}]",
          "pools: ⟦[{ipStart: 10.0.0.1, ipEnd: 10.0.0.8}]⟧"),
        .spec(
          "the network's full path is written out", "VSphereDatacenterConfig", "server: a, datacenter: DC, network: vm",
          "server: a, datacenter: DC, network: /DC/network/vm"),
        .clusterSpec(
          "the proxies to leave out change places",
          "proxyConfiguration: {httpProxy: \"a:1\", httpsProxy: \"a:1\", noProxy: [b, c]}",
          "proxyConfiguration: {httpProxy: \"a:1\", httpsProxy: \"a:1\", noProxy: [c, b]}"),
      ] + CoreImmutableEdit.examples),
    isUnderPause: false)

  private static let underPause = ImmutableEdit(
    info: RuleInfo(
      "immutable-edit-under-pause", .critical, .admission,
      summary: "A field that may not change is edited while its object is paused, which lets the edit pass.",
      why: """
        The webhook skips its checks for a paused object. When the pause ends, EKS Anywhere works with the new value: \
        machines may be rebuilt against another address, network or datacenter, and kubeconfigs no longer fit.
        """,
      remediation: "Undo the edit before the pause ends, unless AWS support guides a recovery.",
      references: [References.gitOps, References.bestPractices],
      supersedes: ["immutable-field-edit"], groupsSameEdits: true,
      examples: [
        Example(
          "the endpoint of a paused cluster",
          before: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"true\""),
          after: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"true\"")
            .replacing("10.0.0.10", with: "⟦10.0.0.99⟧")),
        Example(
          "pause and edit in one commit, which is refused", before: Samples.cluster(),
          after: Samples.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"true\"")
            .replacing("10.0.0.10", with: "10.0.0.99")),
      ]),
    isUnderPause: true)
}

extension ImmutableField {
  /// Whether the row speaks of this edit at all.
  fileprivate func holds(_ edit: ObjectEdit, _ before: AppliedObject, _ after: AppliedObject) -> Bool {
    switch condition {
    case .always, .removal, .replacement, .presence: return true
    case .workload: return !ClusterSpec(before).isSelfManaged
    case .tinkerbell: return ClusterSpec(after).datacenterKind == "TinkerbellDatacenterConfig"
    case .unlessManagedByCLI: return edit.annotation("managed-by-cli").after == nil
    case .unlessManaged: return (edit.annotation("managed-by").before ?? "").isEmpty
    case .roleMachine:
      let isRole = ["control-plane", "etcd"].contains { edit.annotation($0).before == "true" }
      return isRole && (edit.annotation("managed-by").before ?? "").isEmpty
    }
  }

  /// The fields that changed although they may not.
  fileprivate func changes(in edit: ObjectEdit) -> [FieldChange] {
    edit.values(field).filter { change in
      if change.before?.hasUnknown == true || change.after?.hasUnknown == true { return false }
      if change.path == "spec.managementCluster.name" { return differsAsManager(change, edit) }
      switch condition {
      case .removal: return change.before != nil && change.after == nil
      case .presence: return (change.before == nil) != (change.after == nil)
      case .replacement: return change.before != nil && change.after != nil && !change.isSame
      case .tinkerbell where isWholeItem(change, edit): return false
      default: break
      }
      if let canonical { return canonical(change.before?.text ?? "") != canonical(change.after?.text ?? "") }
      if isExact { return !isExactlySame(change) }
      return FieldTest.differs.holds(change)
    }
  }

  /// An empty management cluster is the cluster itself.
  private func differsAsManager(_ change: FieldChange, _ edit: ObjectEdit) -> Bool {
    let own = edit.subject?.object.identity.name ?? ""
    func name(_ node: Node?) -> String { node?.text.flatMap { $0.isEmpty ? nil : $0 } ?? own }
    return name(change.before) != name(change.after)
  }

  /// Whether a worker group is on one side only, so that its labels and taints are not compared.
  private func isWholeItem(_ change: FieldChange, _ edit: ObjectEdit) -> Bool {
    guard let index = change.path.steps.firstIndex(where: { if case .item = $0 { true } else { false } }) else {
      return false
    }
    let item = FieldPath(Array(change.path.steps[...index]))
    return [edit.before, edit.after].contains { side in
      side.map { FieldPlace(item, in: $0.object.root).value == nil } ?? true
    }
  }

  private func isExactlySame(_ change: FieldChange) -> Bool {
    switch (change.before, change.after) {
    case (nil, nil): true
    case (let old?, let new?): old.means(new)
    default: false
    }
  }
}
