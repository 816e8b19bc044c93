internal import Flux
internal import Manifests
internal import Policy

/// A transformer of a kustomization that gives clusters another name or namespace.
struct IdentityTransform: ChangeRule {
  var kinds: KindSelection { .groups([EKSAnywhere.group]) }

  let info = RuleInfo(
    "kustomize-identity-transform", .critical, .flux,
    summary: "A kustomization gives EKS Anywhere objects another name or namespace.",
    why: """
      Every object beneath it becomes a new one and the old ones are deleted. References inside EKS Anywhere objects \
      are \
      not rewritten, so that the new clusters find neither machines nor datacenter.
      """,
    remediation: "Remove the namespace, namePrefix or nameSuffix; write names and namespaces into the manifests.",
    references: [References.kustomizeFields, References.gitOps],
    supersedes: ["cluster-renamed", "cluster-namespace-changed"],
    examples: [
      .fleet(
        "a prefix is added",
        before: ["prod/kustomization.yaml": "resources: [a.yaml]\n", "prod/a.yaml": Samples.cluster()],
        after: [
          "prod/kustomization.yaml": "namePrefix: ⟦eu-⟧\nresources: [a.yaml]\n", "prod/a.yaml": Samples.cluster(),
        ]),
      .fleet(
        "the namespace that is there is written out",
        before: ["prod/kustomization.yaml": "resources: [a.yaml]\n", "prod/a.yaml": Samples.cluster()],
        after: [
          "prod/kustomization.yaml": "namespace: default\nresources: [a.yaml]\n", "prod/a.yaml": Samples.cluster(),
        ]),
    ])

  private static let causes = ["namespace", "namePrefix", "nameSuffix"]

  func judge(_ step: Change) -> [Violation] {
    let changes = (step.applied?.changes ?? []).filter { $0.identity?.group == EKSAnywhere.group }
    var came = changes.filter { $0.before == nil }.compactMap(\.after)
    var said: [Location: Violation] = [:]
    var order: [Location] = []
    for old in changes.filter({ $0.after == nil }).compactMap(\.before) {
      guard let index = came.firstIndex(where: { twin($0, of: old) }), let (place, field) = cause(came[index], old)
      else {
        continue
      }
      let new = came.remove(at: index)
      if said[place] != nil {
        said[place]?.related.append(old.nameLocation(side: .before))
        if old.object.groupKind == EKSAnywhere.cluster { said[place]?.object = old }
        continue
      }
      order.append(place)
      said[place] = Violation(
        """
        \(old.object.identity.title) becomes \(new.object.identity.title) through \(place.path): the old one is \
        deleted.
        """,
        object: old, field: field, before: value(old, field), after: value(new, field), location: place,
        fingerprintExtra: place.path)
    }
    return order.compactMap { said[$0] }
  }

  private func twin(_ new: AppliedObject, of old: AppliedObject) -> Bool {
    new.path == old.path && new.object.groupKind == old.object.groupKind && new.owner?.root == old.owner?.root
      && (new.object.identity.name == old.object.identity.name
        || new.object.identity.name.hasSuffix(old.object.identity.name)
        || new.object.identity.name.hasPrefix(old.object.identity.name)
        || old.object.identity.name.hasSuffix(new.object.identity.name)
        || old.object.identity.name.hasPrefix(new.object.identity.name))
  }

  /// The value of the transformer that makes the difference; on the side before where it was dropped.
  private func cause(_ new: AppliedObject, _ old: AppliedObject) -> (Location, FieldPath)? {
    for key in ["name", "namespace"] where old.object["metadata", key]?.text != new.object["metadata", key]?.text {
      for (object, side) in [(new, Side.after), (old, Side.before)] {
        guard let node = object.object["metadata", key], let origin = node.origin,
          IdentityTransform.causes.contains(origin.cause)
        else { continue }
        return (object.location(of: node, side: side), FieldPath("metadata").key(key))
      }
    }
    return nil
  }

  private func value(_ object: AppliedObject, _ field: FieldPath) -> String? {
    object.object.root.value(at: field)?.text
  }
}
