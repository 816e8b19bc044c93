internal import Flux
internal import Manifests
internal import Policy

/// Objects of Flux that Flux applies under a group, a version or a kind that no cluster serves: `no matches for kind` is
/// the answer to the dry-run, and nothing beside them is applied or deleted.
enum FluxVersions {
  /// Judged as built: what nobody applies stops nothing. What one Kustomization applies is told once.
  static func judge(_ step: Change) -> [Violation] {
    guard let applied = step.applied else { return [] }
    var stops: [Violation] = []
    for change in applied.changes {
      guard change.verdict == .applied, !change.isTakenOver, let after = change.after, let owner = after.owner,
        change.before?.object.apiVersion != after.object.apiVersion, Guard.freezing(after.object) == nil,
        let fault = fault(in: after.object, under: owner.root, applied.after)
      else { continue }
      let text = "\(after.object.identity.title) has \(fault.text); the API server refuses that\(Violation.partStalls)."
      var violation = change.violation(text, at: fault.field).unreadable
      violation.verdict = .rejected
      let twin = stops.firstIndex {
        $0.object?.owner?.identity == owner.identity && $0.object?.owner?.root == owner.root
      }
      if let twin { stops[twin].related += [violation.location].compactMap { $0 } } else { stops.append(violation) }
    }
    return stops.map { stop in
      var copy = stop
      if !stop.related.isEmpty { copy.message += " The same goes for \(Count.of(stop.related.count, "more object"))." }
      return copy
    }
  }

  private struct Fault {
    let field: FieldPath
    let text: String
  }

  /// The versions of Flux's kinds that any release served (the definitions of Flux 0.25 to 2.9.4).
  private static let kinds: [String: [String: [String]]] = [
    FluxKind.kustomizeGroup: ["Kustomization": ["v1beta1", "v1beta2", "v1"]],
    FluxKind.sourceGroup: [
      "GitRepository": ["v1beta1", "v1beta2", "v1"], "OCIRepository": ["v1beta2", "v1"],
      "Bucket": ["v1beta1", "v1beta2", "v1"], "HelmRepository": ["v1beta1", "v1beta2", "v1"],
      "HelmChart": ["v1beta1", "v1beta2", "v1"], "ExternalArtifact": ["v1"],
    ],
    "helm.toolkit.fluxcd.io": ["HelmRelease": ["v2beta1", "v2beta2", "v2"]],
    "notification.toolkit.fluxcd.io": [
      "Alert": ["v1beta1", "v1beta2", "v1beta3"], "Provider": ["v1beta1", "v1beta2", "v1beta3"],
      "Receiver": ["v1beta1", "v1beta2", "v1beta3", "v1"],
    ],
    "image.toolkit.fluxcd.io": [
      "ImageRepository": images, "ImagePolicy": images, "ImageUpdateAutomation": images,
    ],
  ]

  private static let images = ["v1alpha1", "v1alpha2", "v1beta1", "v1beta2", "v1"]

  private static func fault(in object: KubernetesObject, under root: String, _ state: AppliedState) -> Fault? {
    let identity = object.identity
    let version = object.apiVersion.split(separator: "/").last.map(String.init) ?? ""
    guard let known = kinds[identity.group] else {
      guard let meant = kinds.first(where: { $0.value[identity.kind] != nil && isNear(identity.group, $0.key) }) else {
        return nil
      }
      return Fault(
        field: "apiVersion", text: "the group \(identity.group), which Flux does not have (\(meant.key) may be meant)")
    }
    guard let versions = known[identity.kind] else {
      // A kind that is near to none may be one of a newer version than is known here.
      return Spelling.nearest(to: identity.kind, among: known.keys.sorted()).map {
        Fault(field: "kind", text: "the kind \(identity.kind), which Flux does not have (\($0) may be meant)")
      }
    }
    let served = self.served(identity, under: root, state) ?? versions
    guard !served.contains(version), let newest = served.last else { return nil }
    let end = versions.contains(version) ? "which the installed Flux does not serve" : "which Flux does not serve"
    return Fault(field: "apiVersion", text: "the version \(version), \(end) (\(newest) may be meant)")
  }

  /// Whether a group is misspelt: of the same domain, or a letter or two away.
  private static func isNear(_ group: String, _ known: String) -> Bool {
    group != known && (group.hasSuffix(".fluxcd.io") || Spelling.nearest(to: group, among: [known]) != nil)
  }

  /// The versions of a kind that the definitions under the same root say are served; `nil` where they are not there.
  private static func served(_ identity: ObjectIdentity, under root: String, _ state: AppliedState) -> [String]? {
    let definitions = state.root(root)?.kustomizations.lazy.flatMap(\.objects).filter { definition in
      definition.object.groupKind == CoreKind.resourceDefinition
        && definition.object["spec", "group"]?.text == identity.group
        && definition.object["spec", "names", "kind"]?.text == identity.kind
    }
    guard let versions = definitions?.first?.object["spec", "versions"]?.items, !versions.isEmpty else { return nil }
    return versions.filter { $0["served"]?.bool == true }.compactMap { $0["name"]?.text }
  }
}
