internal import Flux
internal import Manifests
internal import Policy

/// What helm-controller calls a release, where it installs it and where Helm keeps its record. Where one of these is
/// another, or the chart is called otherwise, it uninstalls the old release first and installs anew
/// (`ReleaseTargetChanged` in `internal/action/verify.go` of fluxcd/helm-controller).
struct ReleaseTarget {
  /// A part of the target: the fields that say it, what they make, and how that is called.
  struct Part {
    let field: FieldPath
    let value: String
    let words: String
  }

  /// The release's name, its namespace, the record's namespace, and the chart where it is known.
  let parts: [Part]

  /// The name of the release.
  var name: String { parts[0].value }
  /// The namespace that it is installed in.
  var namespace: String { parts[1].value }
  /// The name of the chart.
  var chart: String? { parts.count > 3 ? parts[3].value : nil }

  /// `nil` for other objects, for a part of one that a kustomization completes, and where a name is not known.
  init?(_ applied: AppliedObject, in view: any StateView) {
    let object = applied.object
    guard object.groupKind == FluxKind.helmRelease, let spec = object["spec"],
      spec["chart"] != nil || spec["chartRef"] != nil
    else { return nil }
    let own = object.identity
    let namespace = spec["targetNamespace"]?.text
    let name = spec["releaseName"]?.text ?? (namespace.map { "\($0)-" } ?? "") + own.name
    var found = [
      Part(field: "spec.releaseName", value: name, words: "the release"),
      Part(field: "spec.targetNamespace", value: namespace ?? own.namespace, words: "its namespace"),
      Part(
        field: "spec.storageNamespace", value: spec["storageNamespace"]?.text ?? own.namespace,
        words: "the namespace of its record"),
    ]
    let fields = ["targetNamespace", "releaseName", "storageNamespace"].compactMap { spec[$0] }
    guard !fields.contains(where: { $0.hasUnknown || $0.text == nil }) else { return nil }
    if let chart = ReleaseTarget.chart(spec, of: own, in: view) { found.append(chart) }
    guard !found.contains(where: { $0.value.contains("${") }) else { return nil }
    parts = found
  }

  private static let fields = [
    ["releaseName"], ["targetNamespace"], ["storageNamespace"], ["chartRef"], ["chart", "spec", "chart"],
    ["chart", "spec", "sourceRef"],
  ].map { ["spec"] + $0 }

  /// Whether a field that says something of the target differs between two versions of an object.
  static func mayDiffer(_ old: KubernetesObject, _ new: KubernetesObject) -> Bool {
    fields.contains { field in
      switch (old.root[field], new.root[field]) {
      case (nil, nil): false
      case (let left?, let right?): !left.means(right)
      default: true
      }
    }
  }

  /// The parts that are others in a later version of the same object; what only a kustomization says is not known.
  func changes(to new: ReleaseTarget) -> [(old: Part, new: Part)] {
    zip(parts, new.parts).filter { $0.value != $1.value && !$0.value.isEmpty && !$1.value.isEmpty }.map { ($0, $1) }
  }

  /// The chart's name: as a Helm repository lists it, or the last of the address that an OCI repository is fetched from.
  private static func chart(_ spec: Node, of release: ObjectIdentity, in view: any StateView) -> Part? {
    if let chart = spec["chart", "spec"] {
      guard chart["sourceRef", "kind"]?.text == FluxKind.helmRepository.kind, let name = chart["chart"]?.text,
        chart["chart"]?.hasUnknown == false
      else { return nil }
      return Part(field: "spec.chart.spec.chart", value: Path.name(name), words: "the chart")
    }
    guard let reference = spec["chartRef"], reference["kind"]?.text == FluxKind.ociRepository.kind,
      let name = reference["name"]?.text
    else { return nil }
    let namespace = reference["namespace"]?.text ?? release.namespace
    let sources = view.objects(of: FluxKind.ociRepository).filter {
      $0.object.identity.name == name && $0.object.identity.namespace == namespace
    }
    guard let url = sources.first?.object["spec", "url"]?.text,
      sources.allSatisfy({ $0.object["spec", "url"]?.text == url })
    else { return nil }
    return Part(field: "spec.chartRef.name", value: Path.name(url), words: "the chart")
  }
}

extension KubernetesObject {
  /// Whether helm-controller leaves a release alone, also when its object is deleted.
  var isSuspended: Bool { self["spec", "suspend"]?.isTrue ?? false }
}
