internal import Flux
internal import Manifests
internal import Policy

/// A reference from one EKS Anywhere object to another.
struct ObjectReference {
  let kind: GroupKind
  let name: String
  let node: Node
  let path: FieldPath
  let holder: AppliedObject

  /// The fields that hold references, by kind, with the kind that is meant where none is written.
  private static let fields: [GroupKind: [(field: FieldPattern, kind: String?)]] = [
    EKSAnywhere.cluster: [
      ("spec.datacenterRef", nil), ("spec.controlPlaneConfiguration.machineGroupRef", nil),
      ("spec.externalEtcdConfiguration.machineGroupRef", nil),
      ("spec.workerNodeGroupConfigurations[].machineGroupRef", nil),
      ("spec.identityProviderRefs[]", nil), ("spec.gitOpsRef", nil),
    ],
    Kinds.tinkerbellMachine: [("spec.templateRef", "TinkerbellTemplateConfig")],
    Kinds.snowMachine: [("spec.network.directNetworkInterfaces[].ipPoolRef", "SnowIPPool")],
  ]

  /// The kinds that hold references.
  static let holders = Array(fields.keys)

  /// The kinds that are referred to.
  static let targets =
    Kinds.datacenters + Kinds.machines + [
      Kinds.iam, Kinds.oidc, Kinds.fluxConfig, Kinds.gitOpsConfig, Kinds.tinkerbellTemplate, Kinds.snowPool,
    ]

  /// Every reference of an object whose kind and name can be known.
  static func all(in holder: AppliedObject) -> [ObjectReference] {
    (fields[holder.object.groupKind] ?? []).flatMap { row in
      row.field.values(before: nil, after: holder.object.root).compactMap { field in
        guard let node = field.after?["name"], let name = node.text, !name.isEmpty, !name.contains("${"),
          let kind = field.after?["kind"]?.text ?? row.kind
        else { return nil }
        return ObjectReference(
          kind: Kinds.kind(kind), name: name, node: node, path: field.path.key("name"), holder: holder)
      }
    }
  }

  /// Whether the reference means an object: the same kind and name in the same namespace.
  func means(_ object: KubernetesObject) -> Bool {
    object.groupKind == kind && object.identity.name == name
      && object.identity.key.namespace == holder.object.identity.key.namespace
  }

  /// Whether a state has the object.
  func isResolved(in state: any StateView) -> Bool { state.objects(of: kind).contains { means($0.object) } }
}

/// A reference that leads nowhere.
struct DanglingReference: ChangeRule {
  let info = RuleInfo(
    "dangling-ref", .high, .lifecycle,
    summary:
      "An EKS Anywhere object refers to a config, or a Flux object depends on one, that is not in the repository.",
    why: """
      The controller looks for it in the same namespace and, not finding it, stops reconciling the cluster: no scaling, \
      no upgrade, no health checks. Flux waits for what a Kustomization or HelmRelease depends on, and where that is \
      missing, or depends on it in turn, it waits for ever.
      """,
    remediation: "Add the missing object in the same namespace, or mend kind and name of the reference.",
    references: [References.gitOps],
    examples: [
      Example(
        "a name is misspelt", before: sample("dc"), after: sample("⟦cd⟧")),
      Example(
        "a failure domain that the datacenter does not have", before: placed("a"), after: placed("⟦b⟧")),
      .fleet(
        "the name of a dependency is misspelt",
        before: ["a.yaml": Samples.flux("db", path: "./db"), "/db/a.yaml": Samples.object("v1", "ConfigMap", "a")],
        after: [
          "a.yaml": Samples.flux("db", path: "./db", spec: "dependsOn: [{name: ⟦core⟧}]"),
          "/db/a.yaml": Samples.object("v1", "ConfigMap", "a"),
        ]),
      Example("both move", before: sample("dc"), after: sample("dc2").replacing("name: dc\n", with: "name: dc2\n")),
    ])

  var kinds: KindSelection {
    .kinds(ObjectReference.holders + ObjectReference.targets + FluxReference.holders)
  }

  let words = [FluxKind.helmRelease: ["dependsOn", "name:"]]

  func judge(_ step: Change) -> [Violation] {
    objects(step) + FluxDependencies(step).violations
      + FailureDomainReference.newlyDangling(in: step).map { reference in
        Violation(
          "\(reference.holder.object.identity.title) refers to \(reference.what), so the controller stops reconciling \(reference.cluster).",
          object: reference.holder, field: reference.path, after: reference.name,
          location: reference.holder.location(of: reference.node, side: .after))
      }
  }

  private func objects(_ step: Change) -> [Violation] {
    let removed = step.objects.filter { $0.after == nil }.compactMap { $0.before?.object }
    return step.objects.flatMap { change -> [Violation] in
      guard let after = change.after, ObjectReference.holders.contains(after.object.groupKind) else { return [] }
      let known = change.before.map { ObjectReference.all(in: $0) } ?? []
      // A renamed or moved object takes its old references along.
      let elsewhere = step.objects.filter { $0.after == nil }.compactMap(\.before).flatMap {
        ObjectReference.all(in: $0)
      }
      .filter { !$0.isResolved(in: step.before) }
      let dangling = ObjectReference.all(in: after).filter { reference in
        if !ObjectReference.targets.contains(reference.kind), Schemas.of(reference.kind) != nil { return false }
        // What goes in the same change is told by `config-removed-still-referenced`.
        if removed.contains(where: reference.means) { return false }
        if (known + elsewhere).contains(where: { $0.kind == reference.kind && $0.name == reference.name }) {
          return false
        }
        return !reference.isResolved(in: step.after) && step.knowsNeighbours(of: after)
          && !step.after.objects(under: String(after.folder)).contains {
            $0.path == after.path && reference.means($0.object)
          }
      }
      return [violation(dangling, of: after)].compactMap { $0 }
    }
  }

  /// All that an object refers to in vain is one edit.
  private func violation(_ dangling: [ObjectReference], of object: AppliedObject) -> Violation? {
    guard let first = dangling.first else { return nil }
    var names: [String] = []
    for name in dangling.map({ "\($0.kind.kind) \($0.name)" }) where !names.contains(name) { names.append(name) }
    let more = names.count > 4 ? ["\(Count.of(names.count - 3, "more object"))"] : []
    let shown = (more.isEmpty ? names : Array(names.prefix(3))) + more
    let list = shown.count > 1 ? shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "") : shown[0]
    return Violation(
      "\(object.object.identity.title) refers to \(list), which \(Count.are(names.count)) not in the repository.",
      object: object, field: first.path, after: first.name, location: object.location(of: first.node, side: .after),
      related: dangling.dropFirst().map { object.location(of: $0.node, side: .after) })
  }

  private static func placed(_ domain: String) -> String {
    Samples.cluster(workers: "{name: md-0, count: 3, failureDomains: [\(domain)]}") + "---\n"
      + Samples.config("VSphereDatacenterConfig", "failureDomains: [{name: a}, {name: c}]", name: "dc")
  }

  private static func sample(_ name: String) -> String {
    Samples.cluster().replacing("name: dc}", with: "name: \(name)}") + "---\n"
      + Samples.config("VSphereDatacenterConfig", "server: a", name: "dc")
  }
}

extension Change {
  /// Whether all that Flux applies beside an object after the change is known: no build of its root fails, or needs
  /// what is not in the repository.
  fileprivate func knowsNeighbours(of object: AppliedObject) -> Bool {
    guard let applied else { return true }
    return !applied.after.kustomizations.contains { kustomization in
      let isNear = object.owner.map { $0.root == kustomization.owner.root } ?? kustomization.covers(object.path)
      return isNear && (kustomization.isFailed || kustomization.problems.contains(where: \.feedsBuild))
    }
  }
}

extension AppliedKustomization {
  fileprivate var isFailed: Bool { if case .failed = outcome { true } else { false } }

  /// Whether a file is one that it reads, or would read if its build did not fail.
  fileprivate func covers(_ path: String) -> Bool { lookedAt.contains(path) || path.isUnder(owner.path) }
}

/// A config that goes while something still needs it.
struct ConfigRemovedStillReferenced: ChangeRule {
  let info = RuleInfo(
    "config-removed-still-referenced", .high, .lifecycle,
    summary: "A config object is removed that a cluster, or a Flux object, still refers to.",
    why: """
      Nothing stops Flux from deleting it. The controller then stops reconciling the cluster: its nodes keep running, \
      but scaling, upgrades and health checks end. A Flux Kustomization or HelmRelease that depends on it, or takes its \
      chart, values or keys from it, is reconciled no more.
      """,
    remediation: "Restore the object, or change the reference in the same commit.",
    references: [References.gitOps],
    supersedes: ["dangling-ref"], groupsSameEdits: true,
    examples: [
      Example(
        "the datacenter config is cut out",
        before: Samples.cluster() + "---\n" + Samples.config("VSphereDatacenterConfig", "server: a", name: "⟦dc⟧"),
        after: Samples.cluster()),
      .fleet(
        "the repository of a chart is removed while a release takes its chart from it",
        before: ["charts.yaml": charts.replacing("name: charts", with: "name: ⟦charts⟧"), "web.yaml": release],
        after: ["web.yaml": release]),
      .fleet(
        "a Kustomization is removed that another depends on",
        before: [
          "core.yaml": Samples.flux("⟦core⟧", path: "./core"), "db.yaml": dependent,
          "/core/a.yaml": Samples.object("v1", "ConfigMap", "a"), "/db/b.yaml": Samples.object("v1", "ConfigMap", "b"),
        ],
        after: ["db.yaml": dependent, "/db/b.yaml": Samples.object("v1", "ConfigMap", "b")]),
      Example(
        "a config that nobody needs is cut out",
        before: Samples.cluster() + "---\n" + Samples.config("VSphereMachineConfig", "folder: a", name: "old"),
        after: Samples.cluster()),
    ])

  var kinds: KindSelection {
    .kinds(
      ObjectReference.holders + ObjectReference.targets + FluxReference.holders + FluxKind.sources
        + SecretMaker.kinds + [CoreKind.configMap, CoreKind.secret])
  }

  /// Only what goes is looked at, and of that which is all there is in most commits, what goes by its name.
  let words = [
    FluxKind.helmRelease: ["name:"], CoreKind.configMap: ["kind: ConfigMap", "name:"],
    CoreKind.secret: ["kind: Secret", "name:"],
  ]

  private static let charts = Samples.object(
    "source.toolkit.fluxcd.io/v1", "HelmRepository", "charts", namespace: "apps", "spec: {url: \"https://example.com\"}"
  )
  private static let release = Samples.release("web", chart: "web")
  private static let dependent = Samples.flux("db", path: "./db", spec: "dependsOn: [{name: core}]")

  func judge(_ step: Change) -> [Violation] { configs(step) + FluxReference.lost(in: step) }

  private func configs(_ step: Change) -> [Violation] {
    let removed = step.objects.filter { change in
      change.after == nil && change.before.map { ObjectReference.targets.contains($0.object.groupKind) } ?? false
    }
    guard !removed.isEmpty else { return [] }
    let references = ObjectReference.holders.flatMap { step.after.objects(of: $0) }.flatMap {
      ObjectReference.all(in: $0)
    }
    return removed.compactMap { change in
      guard let old = change.before else { return nil }
      let users = references.filter { $0.means(old.object) }
      guard let first = users.first, !first.isResolved(in: step.after) else { return nil }
      let holders = Set(users.map(\.holder.object.identity.title)).sorted().joined(separator: ", ")
      return Violation(
        "\(old.object.identity.title) is removed, but \(holders) still refers to it and is reconciled no more.",
        object: old,
        location: old.nameLocation(side: .before), related: users.map { $0.holder.location(of: $0.node, side: .after) },
        verdict: change.known, sameEdit: holders)
    }
  }
}
