internal import Flux
internal import Manifests
internal import Policy

/// A cluster whose machines, and credentials, go to another datacenter.
struct DatacenterEndpointMoved: ChangeRule {
  let info = RuleInfo(
    "datacenter-endpoint-moved", .critical, .access,
    summary: "A cluster is pointed at another datacenter endpoint, and sends its credentials there.",
    why: """
      The endpoint of a datacenter object is immutable, but a new object, a pause or a forced recreation passes by that. \
      EKS Anywhere then logs in at the new address with the stored credentials and rebuilds machines there.
      """,
    remediation: "Restore the endpoint. To move to another datacenter, create a new cluster there.",
    references: [References.bestPractices],
    examples: [
      Example(
        "the reference moves to another object",
        before: [
          "a.yaml": Samples.cluster(),
          "dc.yaml": Samples.config("VSphereDatacenterConfig", "server: a.lan", name: "dc"),
        ],
        after: [
          "a.yaml": Samples.cluster().replacing("name: dc}", with: "name: ⟦dc2⟧}"),
          "dc.yaml": Samples.config("VSphereDatacenterConfig", "server: b.lan", name: "dc2"),
        ]),
      Example(
        "the endpoint of a paused object changes",
        before: Samples.config(
          "NutanixDatacenterConfig", "endpoint: a.lan", annotations: "anywhere.eks.amazonaws.com/paused: \"true\""),
        after: Samples.config(
          "NutanixDatacenterConfig", "endpoint: ⟦b.lan⟧", annotations: "anywhere.eks.amazonaws.com/paused: \"true\"")),
      Example(
        "a zone elsewhere gets the same credentials", before: zones("a", "https://a.lan/client/api"),
        after: zones("b", "⟦https://b.lan/client/api⟧")),
      Example(
        "another zone at the same endpoint", before: zones("a", "https://a.lan/client/api"),
        after: zones("b", "https://a.lan/client/api")),
      Example(
        "the object gets another name and keeps its endpoint",
        before: [
          "a.yaml": Samples.cluster(),
          "dc.yaml": Samples.config("VSphereDatacenterConfig", "server: a.lan", name: "dc"),
        ],
        after: [
          "a.yaml": Samples.cluster().replacing("name: dc}", with: "name: dc2}"),
          "dc.yaml": Samples.config("VSphereDatacenterConfig", "server: a.lan", name: "dc2"),
        ]),
    ])

  private static func zones(_ name: String, _ endpoint: String) -> String {
    Samples.config(
      "CloudStackDatacenterConfig",
      "availabilityZones: [{name: z, credentialsRef: global, managementApiEndpoint: \"https://a.lan/client/api\"}, "
        + "{name: \(name), credentialsRef: global, managementApiEndpoint: \(endpoint)}]")
  }

  var kinds: KindSelection { .kinds([EKSAnywhere.cluster] + Kinds.datacenters) }

  func judge(_ step: Change) -> [Violation] {
    step.objects.flatMap { change -> [Violation] in
      guard let before = change.before, let after = change.after else { return [] }
      if after.object.groupKind == EKSAnywhere.cluster { return repointed(before, after, step) }
      let edit = ObjectEdit(change, in: step)
      return edited(edit, before, after) + ForeignZone.all(in: edit).compactMap { $0.violation(edit) }
    }
  }

  private func repointed(_ before: AppliedObject, _ after: AppliedObject, _ step: Change) -> [Violation] {
    let old = before.object["spec", "datacenterRef"]
    let new = after.object["spec", "datacenterRef"]
    guard let was = old?["name"]?.text, let name = new?["name"]?.text,
      was != name || old?["kind"]?.text != new?["kind"]?.text,
      let from = Self.datacenter(of: before, in: step.before), let to = Self.datacenter(of: after, in: step.after),
      let source = Self.endpoint(of: from), let target = Self.endpoint(of: to), source != target
    else { return [] }
    return [
      Violation(
        "\(after.object.identity.title) is pointed at \(target) instead of \(source) and sends its credentials there.",
        object: after, field: "spec.datacenterRef.name", before: was, after: name,
        location: after.location(of: new?["name"] ?? after.object.root, side: .after))
    ]
  }

  private func edited(_ edit: ObjectEdit, _ before: AppliedObject, _ after: AppliedObject) -> [Violation] {
    let isForced = after.object.annotation("kustomize.toolkit.fluxcd.io/force")?.lowercased() == "enabled"
    guard before.isPaused || isForced else { return [] }
    let reason = before.isPaused ? "it is paused, so that passes" : "Flux is told to recreate it, so that passes"
    return Self.fields.flatMap { edit.values($0) }.compactMap { field in
      guard FieldTest.replaced.holds(field), field.after?.isUnknown != true, let new = field.after?.text else {
        return nil
      }
      return edit.violation(
        "\(edit.title) moves to \(new) and credentials are sent there; \(reason).", at: field.path)
    }
  }

  private static let fields: [FieldPattern] = [
    "spec.server", "spec.endpoint", "spec.tinkerbellIP", "spec.managementApiEndpoint",
    "spec.availabilityZones[].managementApiEndpoint",
  ]

  private static func datacenter(of cluster: AppliedObject, in state: any StateView) -> AppliedObject? {
    guard let ref = cluster.object["spec", "datacenterRef"], let kind = ref["kind"]?.text, let name = ref["name"]?.text
    else { return nil }
    return state.objects(of: Kinds.kind(kind)).first {
      $0.object.identity.name == name && $0.object.identity.key.namespace == cluster.object.identity.key.namespace
    }
  }

  private static func endpoint(of datacenter: AppliedObject) -> String? {
    fields.flatMap { $0.values(before: nil, after: datacenter.object.root) }.compactMap { $0.after?.text }.first
  }
}
