internal import Flux
internal import Manifests
internal import Policy

/// A `Namespace` that a Flux Kustomization with `targetNamespace` renames.
struct NamespaceUnderTarget: ChangeRule {
  var kinds: KindSelection { .kinds([CoreKind.namespace, FluxKind.kustomization]) }

  let info = RuleInfo(
    "namespace-under-target-namespace", .high, .flux,
    summary: "A Namespace lies within a Flux Kustomization that has a targetNamespace.",
    why: """
      `targetNamespace` renames Namespace objects too: this one becomes the target namespace itself, and when its \
      manifest is removed Flux deletes that namespace with everything in it; `flux-system` was lost this way.
      """,
    remediation: """
      Move the Namespace to a Flux Kustomization without `targetNamespace`, and guard the target namespace with \
      `kustomize.toolkit.fluxcd.io/prune: disabled`.
      """,
    references: [References.fluxKustomization], groupsSameEdits: true,
    examples: [
      .file(
        "a namespace is added", "apps/namespace.yaml", before: nil, after: Samples.object("v1", "Namespace", "⟦web⟧"),
        others: ["flux/apps.yaml": Samples.flux("apps", path: "./apps", spec: "targetNamespace: flux-system")]),
      .file(
        "the namespace is the target", "apps/namespace.yaml", before: nil,
        after: Samples.object("v1", "Namespace", "web"),
        others: ["flux/apps.yaml": Samples.flux("apps", path: "./apps", spec: "targetNamespace: web")]),
      Example(
        "a tenant's repository has a folder of the same name",
        before: ["clusters/mgmt/flux-system/gotk-sync.yaml": Samples.flux()],
        after: [
          "clusters/mgmt/flux-system/gotk-sync.yaml": Samples.flux(),
          "deploy/namespace.yaml": Samples.object("v1", "Namespace", "web"),
          "tenants/team.yaml": Samples.flux("team", namespace: "team", path: "./deploy", spec: "targetNamespace: team")
            .replacing("kind: GitRepository, name: flux-system", with: "kind: OCIRepository, name: team") + "---\n"
            + Samples.object(
              "source.toolkit.fluxcd.io/v1", "OCIRepository", "team", namespace: "team",
              "spec: {url: \"oci://ghcr.io/acme/team/deploy\"}"),
        ]),
    ])

  func judge(_ step: Change) -> [Violation] {
    let added = step.objects.filter { $0.before == nil && $0.after?.object.groupKind == CoreKind.namespace }
      .compactMap(\.after)
    let retargeted = step.objects.filter {
      $0.after?.object.groupKind == FluxKind.kustomization
        && $0.after?.object["spec", "targetNamespace"]?.text != $0.before?.object["spec", "targetNamespace"]?.text
        && $0.after?.object["spec", "targetNamespace"] != nil
    }.compactMap(\.after).map { KustomizationSpec($0) }
    guard !added.isEmpty || !retargeted.isEmpty else { return [] }
    let near = retargeted.map { ($0, $0.seenObjects(of: CoreKind.namespace, on: .after, in: step)) }
    guard !added.isEmpty || near.contains(where: { !$0.1.isEmpty }) else { return [] }
    let owners = FolderOwners(on: .after, in: step)
    let moved = near.flatMap { owner, namespaces in
      namespaces.filter { owners.owner(of: $0)?.path == owner.path }
    }
    var seen: Set<String> = []
    return (added + moved).compactMap { namespace in
      guard let written = step.written(namespace),
        seen.insert("\(written.path) \(written.object.identity.name)").inserted,
        let owner = owners.owner(of: namespace), let target = owner["targetNamespace"]?.text,
        target != written.object.identity.name
      else { return nil }
      return Violation(
        "\(written.object.identity.title) is renamed to \(target) by \(owner.title); its removal deletes \(target).",
        object: namespace, location: written.nameLocation(side: .after), sameEdit: "\(owner.title) \(target)")
    }
  }
}

/// An object that names no namespace and needs one.
struct NamespaceMissing: ObjectRule, ChangeRule {
  var kinds: KindSelection { .groups([EKSAnywhere.group]) }

  let info = RuleInfo(
    "namespace-missing", .high, .flux,
    summary: "An object of a namespaced kind that Flux applies has no namespace.",
    why: """
      Flux does not fill in `default`: its dry-run fails at an object of a namespaced kind without a namespace, and \
      everything under the same sync root stalls.
      """,
    remediation: "Write `metadata.namespace: default`, or the namespace that the other objects of the cluster have.",
    references: [References.gitOps], groupsSameEdits: true,
    examples: [
      Example(
        "the namespace is deleted", before: Samples.cluster(),
        after: Samples.cluster(name: "⟦prod⟧").replacing("  namespace: default\n", with: "")),
      Example(
        "the folder's kustomization sets the namespace",
        before: [path: Samples.cluster(), folder: "resources: [eksa-cluster.yaml]\nnamespace: default\n"],
        after: [path: bare, folder: "resources: [eksa-cluster.yaml]\nnamespace: default\n"]),
      Example("a sample that no Flux applies", before: [:], after: ["docs/sample.yaml": bare]),
      .fleet(
        "a map goes to a Kustomization that sets no namespace",
        before: twoOwners(["/a/map.yaml": Samples.object("v1", "ConfigMap", "map"), "/b/x.yaml": map, "/a/y.yaml": map]
        ),
        after: twoOwners([
          "/b/map.yaml": Samples.object("v1", "ConfigMap", "⟦map⟧"), "/b/x.yaml": map, "/a/y.yaml": map,
        ])
      ),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = NamespaceMissing.unplaced(change), change.before != nil || isApplied(after, step),
      !isSetAround(after.path, step)
    else { return [] }
    return [violation(change, after, stalls: "all clusters under its sync root stall").unreadable]
  }

  /// Objects of Kubernetes' and Flux's own kinds are judged as they are built: their files need not name a namespace.
  func judge(_ step: Change) -> [Violation] {
    (step.applied?.changes ?? []).compactMap { change in
      guard let after = NamespaceMissing.refused(change, in: step), let owner = after.owner else { return nil }
      var violation = violation(change, after, stalls: "all that \(owner.identity.title) applies stalls").unreadable
      violation.verdict = .rejected
      return violation
    }
  }

  /// The object after a change that Flux would apply and that leaves it without the namespace it needs.
  static func refused(_ change: ObjectChange, in step: Change) -> AppliedObject? {
    guard [.applied, .moved].contains(change.verdict), let after = unplaced(change), let owner = after.owner,
      after.object.lacksNamespace, isComplete(owner, step)
    else { return nil }
    return after
  }

  /// The object after a change that leaves it without a namespace.
  private static func unplaced(_ change: ObjectChange) -> AppliedObject? {
    guard let after = change.after, after.object.identity.namespace.isEmpty,
      after.object["metadata", "namespace"]?.isUnknown != true,
      change.before.map({ !$0.object.identity.namespace.isEmpty }) ?? true
    else { return nil }
    return after
  }

  private func violation(_ change: ObjectChange, _ after: AppliedObject, stalls: String) -> Violation {
    let title = after.object.identity.title
    var violation = change.violation("\(title) names no namespace: Flux's dry-run fails, and \(stalls).")
    violation.sameEdit = "metadata.namespace"
    return violation
  }

  /// Whether nothing that could set the namespace was left out of the build.
  private static func isComplete(_ owner: Owner, _ step: Change) -> Bool {
    !(step.applied?.after.kustomizations ?? []).contains {
      $0.owner.identity == owner.identity && $0.problems.contains(where: \.feedsBuild)
    }
  }

  private func isApplied(_ object: AppliedObject, _ step: Change) -> Bool {
    if object.owner != nil { return true }
    return step.after.objects(of: FluxKind.kustomization).map { KustomizationSpec($0) }
      .contains { !$0.path.isEmpty && object.path.hasPrefix($0.path + "/") && !$0.readsOther(in: step.after) }
  }

  /// Whether a kustomization file in the object's folder or above sets the namespace.
  private func isSetAround(_ path: String, _ step: Change) -> Bool {
    var parts = path.split(separator: "/").dropLast()
    while true {
      if step.after.kustomization(in: parts.joined(separator: "/"))?.root["namespace"] != nil { return true }
      if parts.isEmpty { return false }
      parts = parts.dropLast()
    }
  }

  private static let path = "clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"
  private static let folder = "clusters/mgmt/prod/eksa-system/kustomization.yaml"
  private static let map = Samples.object("v1", "ConfigMap", "x", namespace: "x")

  private static func twoOwners(_ files: [String: String]) -> [String: String] {
    let owners =
      Samples.flux("a", path: "./a", spec: "targetNamespace: media") + "---\n" + Samples.flux("b", path: "./b")
    return files.merging(["flux.yaml": owners], uniquingKeysWith: { own, _ in own })
  }

  private static let bare = Samples.cluster().replacing("  namespace: default\n", with: "")
}

extension KubernetesObject {
  /// Whether an object of a kind that is known to need a namespace has none, so that the API server refuses it.
  var lacksNamespace: Bool {
    identity.namespace.isEmpty && self["metadata", "namespace"]?.isUnknown != true
      && BuiltinKinds.isNamespaced(apiVersion: apiVersion, kind: identity.kind)
  }
}

extension Change {
  /// The object as its file has it after the change, where transformers gave it another name.
  fileprivate func written(_ object: AppliedObject) -> AppliedObject? {
    guard object.object["metadata", "name"]?.origin != nil else { return object }
    let same = after.objects(under: String(object.folder)).filter {
      $0.path == object.path && $0.object.groupKind == object.object.groupKind
    }
    return same.count == 1 ? same.first : nil
  }
}
