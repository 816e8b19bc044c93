internal import Flux
internal import Manifests
internal import Policy

/// The repository that Helm charts come from, be it changed itself or in what a release names.
enum ChartSource {
  /// What is said where the charts, or the chart of a release, come from another owner; Git and OCI sources are told as
  /// such.
  static func violation(_ change: ObjectChange, _ step: Change) -> Violation? {
    guard let (before, after) = change.kept else { return nil }
    switch after.object.groupKind {
    case FluxKind.helmRepository: return repository(change, before.object, after.object)
    case FluxKind.helmRelease: return release(change, before, after, step)
    default: return nil
    }
  }

  private static func repository(_ change: ObjectChange, _ before: KubernetesObject, _ after: KubernetesObject)
    -> Violation?
  {
    let (old, new) = (before["spec", "url"], after["spec", "url"])
    guard !GitURL.isSame(old?.text, new?.text), new?.isUnknown != true, old?.isUnknown != true else { return nil }
    let isSame = SourceOwner.isSame(before, after)
    let end = isSame ? "" : " of another owner: what they install runs with the rights that it asks for"
    return change.violation(
      "\(change.title) fetches charts from another repository\(end).", at: "spec.url",
      severity: .low, remediation: remediation, sameEdit: SourceOwner.move(from: before, to: after))
  }

  /// A release that keeps its chart's name and takes it from another owner; another chart is a program of its own.
  private static func release(
    _ change: ObjectChange, _ before: AppliedObject, _ after: AppliedObject, _ step: Change
  ) -> Violation? {
    guard let old = Reference(before), let new = Reference(after), old.name != new.name || old.kind != new.kind,
      let from = old.source(in: step.before)
    else { return nil }
    if new.isAbsent(in: step.after), !old.isAbsent(in: step.after) {
      return change.violation(
        "\(change.title) takes its chart from \(new.kind) \(new.name), which is not in the repository.", at: new.field,
        severity: .medium, remediation: remediation, sameEdit: "absent \(new.kind)")
    }
    guard let to = new.source(in: step.after), old.chart(from) == new.chart(to), !SourceOwner.isSame(from, to) else {
      return nil
    }
    return change.violation(
      "\(change.title) takes its chart \(new.chart(to)) from another owner, through \(to.identity.title).",
      at: new.field, severity: .low, remediation: remediation)
  }

  private static let remediation = """
    Compare the chart of the new owner with the one so far, pin its version, and say in the pull request who publishes it.
    """

  /// What a release takes its chart from.
  private struct Reference {
    let kind: String
    let name: String
    let field: FieldPath
    private let namespace: String
    private let written: String?

    init?(_ release: AppliedObject) {
      let object = release.object
      let isChart = object["spec", "chart", "spec", "sourceRef"] != nil
      guard let node = isChart ? object["spec", "chart", "spec", "sourceRef"] : object["spec", "chartRef"],
        let kind = node["kind"]?.text, let name = node["name"]?.text, !node.hasUnknown
      else { return nil }
      (self.kind, self.name) = (kind, name)
      field = isChart ? "spec.chart.spec.sourceRef.name" : "spec.chartRef.name"
      namespace = node["namespace"]?.text ?? object.identity.namespace
      written = object["spec", "chart", "spec", "chart"]?.text
    }

    /// The only source of that name, or the one in the same namespace.
    func source(in view: any StateView) -> KubernetesObject? {
      let found = view.objects(of: GroupKind(group: FluxKind.sourceGroup, kind: kind)).map(\.object)
        .filter { $0.identity.name == name }
      return found.count == 1 ? found[0] : found.first { $0.identity.namespace == namespace && !namespace.isEmpty }
    }

    /// Whether no source of that name is in the repository.
    func isAbsent(in view: any StateView) -> Bool {
      !view.objects(of: GroupKind(group: FluxKind.sourceGroup, kind: kind)).contains { $0.object.identity.name == name }
    }

    /// The chart's name, which an OCI source has at the end of its address.
    func chart(_ source: KubernetesObject) -> String {
      written ?? (source["spec", "url"]?.text).map { Path.name($0) } ?? ""
    }
  }
}
