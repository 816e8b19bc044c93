internal import Flux
internal import Manifests
internal import Policy

/// A key that may log in to the nodes of a role.
struct SSHKeyAdded: ObjectRule {
  let info = RuleInfo(
    "ssh-key-added", .high, .access,
    summary: "An SSH key gains access to the machines of a cluster.",
    why: """
      The owner of the key can log in with sudo on every machine that uses this config, on control plane and etcd \
      machines too, and so read every secret. On most providers the machines are rolled.
      """,
    remediation:
      "Compare the key with the list of known keys: `ssh-keygen -lf`; remove it where nobody vouches for it.",
    references: [References.bestPractices],
    groupsSameEdits: true,
    examples: [
      .spec(
        "a second key", "VSphereMachineConfig", "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA a]}]",
        "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA a, ⟦ssh-rsa BBBB b⟧]}]"),
      .spec(
        "the key's comment changes", "VSphereMachineConfig",
        "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA a]}]",
        "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA b]}]"),
    ])

  var kinds: KindSelection { .kinds(Kinds.machines) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let before = change.before, let after = change.after else { return [] }
    if before.object["spec", "users"]?.hasUnknown == true { return [] }
    let edit = ObjectEdit(change, in: step)
    let known = Set(SSHKeyAdded.keys(of: before).map(\.key))
    var found = SSHKeyAdded.keys(of: after).filter { !known.contains($0.key) && !$0.key.isEmpty }.map { key in
      let place = after.location(of: key.node, side: .after)
      return Violation(
        "A new SSH key may log in as \(key.user) to every machine of \(edit.title).", object: after, field: key.path,
        after: key.node.text, location: place)
    }
    let name: FieldPattern = "spec.sshKeyName"
    for field in edit.values(name) where FieldTest.addedOrReplaced.holds(field) && field.after?.isUnknown != true {
      let text = "The SSH key \(field.after?.text ?? "") may log in to every machine of \(edit.title)."
      if let violation = edit.violation(text, at: field.path) { found.append(violation) }
    }
    return found
  }

  private static func keys(of applied: AppliedObject) -> [(key: String, user: String, node: Node, path: FieldPath)] {
    let users = ListItem.all(in: applied.object["spec", "users"], named: "users")
    return users.flatMap { user in
      let path = FieldPath("spec.users").appending(user.step).key("sshAuthorizedKeys")
      return (user.node["sshAuthorizedKeys"]?.items ?? []).enumerated().compactMap {
        index, node -> (String, String, Node, FieldPath)? in
        guard let text = node.text else { return nil }
        return (Canonical.sshKey(text), user.node["name"]?.text ?? "a user", node, path.index(index))
      }
    }
  }
}

/// Who may log in to the nodes of a role.
struct SSHUserChanged: ObjectRule {
  let info = RuleInfo(
    "ssh-user-changed", .high, .access,
    summary: "A login user is added to the machines of a cluster, or gets another name.",
    why: "Every user of a machine config may log in with sudo on every machine that uses it.",
    remediation: "Keep the one user that the operating system needs: ec2-user, capv, capc or eksa.",
    references: [References.bestPractices],
    groupsSameEdits: true,
    examples: [
      .spec(
        "a second user", "VSphereMachineConfig", "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA]}]",
        "users: [{name: capv, sshAuthorizedKeys: [ssh-rsa AAAA]}, {name: ⟦guest⟧, sshAuthorizedKeys: [ssh-rsa AAAA]}]"),
      .spec(
        "a user goes", "VSphereMachineConfig", "users: [{name: capv}, {name: guest}]", "users: [{name: capv}]"),
    ])

  var kinds: KindSelection { .kinds(Kinds.machines) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let before = change.before, let after = change.after else { return [] }
    if before.object["spec", "users"]?.hasUnknown == true { return [] }
    let known = Set((before.object["spec", "users"]?.items ?? []).compactMap { $0["name"]?.text })
    guard !known.isEmpty, !hasOtherSystem(before, after) else { return [] }
    let edit = ObjectEdit(change, in: step)
    return ListItem.all(in: after.object["spec", "users"], named: "users").compactMap { item in
      guard let name = item.node["name"]?.text, !known.contains(name) else { return nil }
      return edit.violation(
        "User \(name) may log in with sudo to every machine of \(edit.title).",
        at: FieldPath("spec.users").appending(item.step).key("name"))
    }
  }

  /// Whether a cluster is handed a config of another operating system, which wants another user.
  private func hasOtherSystem(_ before: AppliedObject, _ after: AppliedObject) -> Bool {
    before.object.identity.name != after.object.identity.name
      && before.object["spec", "osFamily"]?.text != after.object["spec", "osFamily"]?.text
  }
}
