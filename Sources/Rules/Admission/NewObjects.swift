internal import Flux
internal import Manifests
internal import Policy

/// Machines that nobody could log in to, which EKS Anywhere refuses.
struct SSHKeyEmpty: ObjectRule {
  let info = RuleInfo(
    "ssh-key-empty", .medium, .admission,
    summary: "A user of a machine config has no SSH key.",
    why: """
      Only the CLI makes keys where none are written. On the way through Git the API server refuses the object, and \
      everything under the sync root stalls.
      """,
    remediation: "Write at least one public key under sshAuthorizedKeys.",
    references: [References.vSphere, References.bareMetal],
    examples: [
      .spec(
        "the list is emptied", "VSphereMachineConfig", "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA]}]",
        "users: [{name: capv, sshAuthorizedKeys: ⟦[]⟧}]"),
      .spec("an empty text", "TinkerbellMachineConfig", nil, "users: [{name: ec2-user, sshAuthorizedKeys: ⟦[\"\"]⟧}]"),
      .spec("a key", "VSphereMachineConfig", nil, "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA]}]"),
    ])

  var kinds: KindSelection {
    .kinds([Kinds.vSphereMachine, Kinds.tinkerbellMachine, Kinds.nutanixMachine, Kinds.cloudStackMachine])
  }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard change.after != nil else { return [] }
    let edit = ObjectEdit(change, in: step)
    return edit.values("spec.users[]").compactMap { user in
      guard let node = user.after, !node.hasUnknown, Self.hasNoKey(node) else { return nil }
      if let old = user.before, old.hasUnknown || Self.hasNoKey(old) { return nil }
      let first = edit.after?.object["spec", "users"]?.items.first
      let isFirst = first?["name"]?.text == node["name"]?.text
      let fate = isFirst ? "which the API server refuses" : "so nobody can log in as it"
      let violation = edit.violation(
        "A user of \(edit.title) has no SSH key, \(fate).", at: user.path.key("sshAuthorizedKeys"))
      return isFirst ? violation?.refused : violation
    }
  }

  private static func hasNoKey(_ user: Node) -> Bool {
    (user["sshAuthorizedKeys"]?.items ?? []).allSatisfy { ($0.text ?? "").isEmpty }
  }
}

/// Encryption of etcd in a cluster that does not exist yet.
struct EtcdEncryptionOnCreate: ClusterRule {
  let info = RuleInfo(
    "etcd-encryption-on-create", .medium, .admission,
    summary: "A new cluster asks for etcd encryption.",
    why: "EKS Anywhere only accepts etcdEncryption once the cluster runs and its key provider is deployed.",
    remediation: "Create the cluster first, deploy the KMS plugin on its control plane, then add etcdEncryption.",
    references: [References.etcdEncryption],
    examples: [
      .clusterSpec(
        "in a new cluster", nil,
        "etcdEncryption: ⟦[{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]⟧"),
      .clusterSpec(
        "in a cluster that runs", "",
        "etcdEncryption: [{providers: [{kms: {name: a, socketListenAddress: \"unix:///a\"}}], resources: [secrets]}]"),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after, edit.before == nil, edit.step.mode == .edit, !after.applied.isPaused,
      let node = after.applied.object["spec", "etcdEncryption"], !node.items.isEmpty
    else { return [] }
    return [
      edit.object.violation(
        "\(after.title) is new and asks for etcd encryption, which is refused.", at: "spec.etcdEncryption")?.refused
    ].compactMap { $0 }
  }
}
