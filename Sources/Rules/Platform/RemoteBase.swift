internal import Flux
internal import Manifests
internal import Policy

/// Manifests that kustomize fetches from elsewhere.
struct RemoteBase: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "remote-base", .high, .supplyChain,
    summary: "A kustomization takes manifests or patches from an address outside the repository.",
    why: "What stands there is applied without review, and can change or vanish with no commit here.",
    remediation: "Copy the manifests into the repository, or pin the address to a commit (`?ref=` with 40 digits).",
    references: [References.kustomizeFields, References.fluxSecurity], groupsSameEdits: true,
    examples: [
      .file(
        "a branch is taken", "apps/kustomization.yaml", before: "resources: [app.yaml]\n",
        after: "resources: [app.yaml, ⟦\"https://github.com/acme/app//deploy?ref=main\"⟧]\n"),
      .file(
        "the same address moves to the next release", "apps/kustomization.yaml",
        before: "resources: [\"https://github.com/acme/app//deploy?ref=v1.0.0\"]\n",
        after: "resources: [\"https://github.com/acme/app//deploy?ref=v1.1.0\"]\n"),
      .file(
        "a patch is fetched", "apps/kustomization.yaml", before: "resources: [app.yaml]\n",
        after: "resources: [app.yaml]\npatches: [{path: ⟦\"https://raw.example.com/acme/app/main/patch.yaml\"⟧}]\n"),
      .sync(
        "a Flux Kustomization takes a component", before: Samples.flux(),
        after: Samples.flux(spec: "components: [⟦\"https://github.com/acme/app//deploy?ref=main\"⟧]")),
      .file(
        "a folder is taken", "apps/kustomization.yaml", before: "resources: [app.yaml]\n",
        after: "resources: [app.yaml, ../base]\n"),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.kustomizations.flatMap { change -> [Violation] in
      guard let after = change.after else { return [] }
      let old = (change.before.map { RemoteBase.addresses($0.root) } ?? []).map(\.address)
      let new = RemoteBase.addresses(after.root)
      return new.compactMap { address, node, field in
        guard let news = News(address, since: old, beside: new.map(\.address)) else { return nil }
        return Violation(
          "\(after.path) \(field == "patches" ? "patches with" : "applies") \(address.text) \(news.text).",
          field: FieldPath([.key(field)]), after: address.place,
          location: Location(path: after.path, side: .after, span: node.span), severity: news.severity,
          sameEdit: "\(SourceOwner.name(address.place) ?? address.place) \(news.text)", fingerprintExtra: after.path)
      }
    } + step.objects.flatMap { judge($0) }
  }

  /// The components of a Flux Kustomization.
  private func judge(_ change: ObjectChange) -> [Violation] {
    guard let after = change.after, after.object.groupKind == FluxKind.kustomization else { return [] }
    func addresses(_ object: KubernetesObject?) -> [(address: RemoteAddress, node: Node)] {
      (object?["spec", "components"]?.items ?? []).compactMap { node in
        node.text.flatMap(RemoteAddress.init).map { ($0, node) }
      }
    }
    let old = addresses(change.before?.object).map(\.address)
    let new = addresses(after.object)
    return new.compactMap { address, node in
      guard let news = News(address, since: old, beside: new.map(\.address)) else { return nil }
      var violation = change.violation(
        "\(change.title) applies \(address.text) \(news.text).", at: "spec.components", severity: news.severity)
      violation.location = after.location(of: node, side: .after)
      (violation.before, violation.after) = (nil, address.place)
      return violation
    }
  }

  private static func addresses(_ root: Node) -> [(address: RemoteAddress, node: Node, field: String)] {
    func found(_ nodes: [Node], _ field: String) -> [(address: RemoteAddress, node: Node, field: String)] {
      nodes.compactMap { node in node.text.flatMap(RemoteAddress.init).map { ($0, node, field) } }
    }
    let lists = ["resources", "bases", "components", "crds", "transformers", "generators"]
    let patches = ["patches", "patchesJson6902"].flatMap { root[$0]?.items ?? [] }.compactMap { $0["path"] }
    return lists.flatMap { found(root[$0]?.items ?? [], $0) }
      + found(patches + (root["patchesStrategicMerge"]?.items ?? []), "patches")
      + found([root["openapi", "path"]].compactMap { $0 }, "openapi")
  }
}

/// What is new about an address from which kustomize fetches.
private struct News {
  let text: String
  let severity: Severity

  /// `nil` where it was fetched before, in this version or another one.
  init?(_ address: RemoteAddress, since old: [RemoteAddress], beside new: [RemoteAddress]) {
    if old.contains(where: { $0.place == address.place && ($0.pin == .nothing) == (address.pin == .nothing) }) {
      return nil
    }
    // The same manifests from another account are a choice that nobody makes by the way.
    let twin = old.first { other in
      other.name == address.name && !SourceOwner.isSame(other.place, address.place)
        && !new.contains { $0.place == other.place }
    }
    if let owner = twin.flatMap({ SourceOwner.name($0.place) }), address.pin != .commit {
      text = "from outside the repository\(address.pin.text), of another owner than \(owner) so far"
      severity = .high
      return
    }
    text = "from outside the repository\(address.pin.text)"
    severity = address.pin.severity
  }
}
