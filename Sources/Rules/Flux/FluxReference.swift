internal import Flux
internal import Manifests
internal import Policy

/// A reference from a Flux Kustomization or HelmRelease to an object that it can not do without.
struct FluxReference {
  /// What is meant: kind, namespace and name.
  let kind: GroupKind
  let namespace: String
  let name: String
  /// The value that names it, and its field.
  let node: Node
  let path: FieldPath
  let holder: AppliedObject

  /// The kinds that hold references.
  static let holders = [FluxKind.kustomization, FluxKind.helmRelease]

  /// The fields that hold references, by kind, with the kind that is meant where none is written. What a Kustomization
  /// takes variables from, and its source, are told by other rules.
  private static let fields: [GroupKind: [(field: FieldQuery, kind: GroupKind?)]] = [
    FluxKind.kustomization: [
      ("spec.dependsOn[]", FluxKind.kustomization), ("spec.decryption.secretRef", CoreKind.secret),
      ("spec.kubeConfig.secretRef", CoreKind.secret),
    ],
    FluxKind.helmRelease: [
      ("spec.dependsOn[]", FluxKind.helmRelease), ("spec.chart.spec.sourceRef", nil), ("spec.chartRef", nil),
      ("spec.valuesFrom[]", nil), ("spec.kubeConfig.secretRef", CoreKind.secret),
    ],
  ]

  /// Every reference of an object whose kind and name can be known.
  static func all(in holder: AppliedObject) -> [FluxReference] {
    (fields[holder.object.groupKind] ?? []).flatMap { row in
      row.field.places(in: holder.object.root).compactMap { place in
        guard let value = place.node, value["optional"]?.isTrue != true, !value.hasUnknown, let node = value["name"],
          let name = node.text, !name.isEmpty, !name.contains("${"),
          let kind = row.kind ?? value["kind"]?.text.map(FluxReference.kind)
        else { return nil }
        return FluxReference(
          kind: kind, namespace: value["namespace"]?.text ?? holder.object.identity.namespace, name: name, node: node,
          path: place.path.key("name"), holder: holder)
      }
    }
  }

  /// Whether it says what is to be reconciled before.
  var isDependency: Bool { kind == holder.object.groupKind }

  /// Whether the reference means an object that is applied to the same cluster, or a Secret that is made of it.
  func means(_ other: AppliedObject) -> Bool {
    guard other.object.identity.namespace == namespace, other.owner?.root == holder.owner?.root else { return false }
    if other.object.groupKind == kind { return other.object.identity.name == name }
    return kind == CoreKind.secret && SecretMaker.secret(of: other.object) == name
  }

  /// Whether what is meant is there after a change: itself, or a new object that has, or makes something of, its name.
  private func isResolved(in step: Change) -> Bool {
    let kinds = [kind] + (kind == CoreKind.secret ? SecretMaker.kinds : [])
    return kinds.contains { step.after.objects(of: $0).contains(where: means) }
      || step.objects.contains { change in
        guard change.before == nil, let new = change.after?.object else { return false }
        return new.identity.namespace == namespace && new.identity.name == name && new.groupKind.group != kind.group
      }
  }

  private static func kind(_ name: String) -> GroupKind {
    ["ConfigMap", "Secret"].contains(name)
      ? GroupKind(group: "", kind: name) : GroupKind(group: FluxKind.sourceGroup, kind: name)
  }
}

extension FluxReference {
  /// What is said of objects that Flux deletes while others still refer to them.
  static func lost(in step: Change) -> [Violation] {
    guard let applied = step.applied else { return [] }
    let targets = Set([CoreKind.configMap, CoreKind.secret] + SecretMaker.kinds + FluxKind.sources + holders)
    let removed = applied.changes.filter { change in
      change.after == nil && change.verdict == .pruned
        && (change.before.map { targets.contains($0.object.groupKind) } ?? false)
    }
    guard !removed.isEmpty else { return [] }
    let references = holders.flatMap { step.after.objects(of: $0) }
      .filter { $0.owner != nil && !$0.object.isSuspended }.flatMap { all(in: $0) }
    return removed.compactMap { change -> Violation? in
      guard let old = change.before else { return nil }
      let users = references.filter { $0.means(old) }
      guard let first = users.first, !first.isResolved(in: step) else {
        return nil
      }
      let holders = Set(users.map(\.holder.object.identity.title)).sorted()
      let more = holders.count > 3 ? " and \(Count.of(holders.count - 2, "more object"))" : ""
      let names = (more.isEmpty ? holders : Array(holders.prefix(2))).joined(separator: ", ") + more
      let still = holders.count == 1 ? "still refers to it and is" : "still refer to it and are"
      return Violation(
        "\(old.object.identity.title) is removed, but \(names) \(still) reconciled no more.", object: old,
        location: old.nameLocation(side: .before), related: users.map { $0.holder.location(of: $0.node, side: .after) },
        verdict: change.known, sameEdit: holders.joined(separator: " "))
    }
  }
}
