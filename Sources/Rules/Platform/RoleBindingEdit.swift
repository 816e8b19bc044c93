internal import Flux
internal import Manifests

/// Who a RoleBinding or ClusterRoleBinding lets in.
struct RoleSubject {
  /// `ServiceAccount team/ci`, `Group ops`: the same whichever way it is written. The API group is left out: Kubernetes
  /// fills it in by the kind.
  let title: String
  let name: String
  let node: Node

  /// The subjects of a binding.
  static func all(in binding: AppliedObject?) -> [RoleSubject] {
    (binding?.object["subjects"]?.items ?? []).map { node in
      let place = node["namespace"]?.text.map { "\($0)/" } ?? ""
      let name = node["name"]?.text ?? ""
      return RoleSubject(title: "\(node["kind"]?.text ?? "a subject") \(place)\(name)", name: name, node: node)
    }
  }

  /// Where it stands, on one line.
  var place: Node { node["name"] ?? node }
}

/// What an edit of a RoleBinding or ClusterRoleBinding grants.
struct RoleBindingEdit {
  let after: AppliedObject
  /// Whether another role is bound than before.
  let bindsOtherRole: Bool
  /// Those who get the role and did not have it.
  let gained: [RoleSubject]

  /// `nil` where no binding is left.
  init?(_ change: ObjectChange) {
    guard let after = change.after else { return nil }
    self.after = after
    let roles = [change.before, after].map { binding in
      ["kind", "name"].map { binding?.object["roleRef", $0]?.text ?? "" }
    }
    bindsOtherRole = roles[0] != roles[1]
    let old = bindsOtherRole ? [] : Set(RoleSubject.all(in: change.before).map(\.title))
    gained = RoleSubject.all(in: after).filter { !old.contains($0.title) }
  }

  /// The name of the role that is bound.
  var role: String { after.object["roleRef", "name"]?.text ?? "" }

  /// Where the grant is written: the other role, or the first of those who get it.
  var place: Node? { bindsOtherRole ? after.object["roleRef", "name"] : gained.first?.place }
}
