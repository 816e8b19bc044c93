internal import Flux
internal import Manifests
internal import Policy

/// A HelmRelease that becomes another release, so that the old one is uninstalled.
struct HelmReleaseRetargeted: ChangeRule {
  let info = RuleInfo(
    "helm-release-retargeted", .medium, .lifecycle,
    summary: "A HelmRelease gets another release name, namespace or chart, or is renamed: it is uninstalled first.",
    why: """
      helm-controller uninstalls the old release and installs a new one: what it runs is down in between, and what Helm \
      deletes with it is gone: volumes of the chart, custom resource definitions with all objects of theirs. For charts \
      that are known to hold data, and for those of definitions, this is high.
      """,
    remediation: """
      Keep the name of the release: set `spec.releaseName`, `spec.targetNamespace` and `spec.storageNamespace` to what \
      they were. Where it has to move, back its data up first, and say in the pull request that it is installed anew.
      """,
    references: [References.helmReleases], groupsSameEdits: true,
    examples: [
      .file(
        "the release gets another name", "apps/web.yaml",
        before: Samples.release("web", chart: "web", "releaseName: web"),
        after: Samples.release("web", chart: "web", "releaseName: ⟦shop⟧")),
      .file(
        "the release goes to another namespace", "apps/db.yaml", before: Samples.release("db", chart: "postgresql"),
        after: Samples.release("db", chart: "postgresql", "targetNamespace: ⟦data⟧")),
      .file(
        "another chart is installed under the same name", "apps/web.yaml",
        before: Samples.release("web", chart: "web"), after: Samples.release("web", chart: "⟦shop⟧")),
      .file(
        "the object gets another name", "apps/web.yaml", before: Samples.release("web", chart: "web"),
        after: Samples.release("⟦shop⟧", chart: "web")),
      .file(
        "what is the default is written out", "apps/web.yaml", before: Samples.release("web", chart: "web"),
        after: Samples.release("web", chart: "web", "{releaseName: web, targetNamespace: apps}")
          .replacing("  {releaseName: web, targetNamespace: apps}", with: "  releaseName: web\n  targetNamespace: apps")
      ),
      .file(
        "the next version of the chart", "apps/web.yaml", before: Samples.release("web", chart: "web"),
        after: Samples.release("web", chart: "web").replacing("1.0.0", with: "2.0.0")),
    ])

  let kinds = KindSelection.kinds([FluxKind.helmRelease])

  // Names of its own stand on lines of their own, or in braces; those of variables and volumes begin an item.
  let words = [
    FluxKind.helmRelease: ["releaseName", "Namespace:", "chart:", "chartRef", "  name:", "  namespace:", "metadata:"]
  ]

  func judge(_ step: Change) -> [Violation] {
    step.objects.compactMap { change -> Violation? in
      guard (change.before ?? change.after)?.object.groupKind == FluxKind.helmRelease else { return nil }
      return change.kept.flatMap { edited($0, $1, change, step) } ?? renamed(change, step)
    }
  }

  private func edited(_ before: AppliedObject, _ after: AppliedObject, _ change: ObjectChange, _ step: Change)
    -> Violation?
  {
    guard ReleaseTarget.mayDiffer(before.object, after.object),
      let old = ReleaseTarget(before, in: step.before), let new = ReleaseTarget(after, in: step.after)
    else {
      return nil
    }
    let changes = old.changes(to: new)
    // A release is called after its namespace too, where it has no name of its own.
    let isWritten = { (part: ReleaseTarget.Part) in after.object.root.value(at: part.field) != nil }
    guard let first = changes.first(where: { isWritten($0.new) }) ?? changes.first else { return nil }
    let parts = changes.map { "\($0.old.words) \($0.old.value) becomes \($0.new.value)" }.joined(separator: ", ")
    var violation = change.violation(
      "\(change.title) is uninstalled and installed anew\(after.object.isSuspended ? " once it is resumed" : ""): \(parts).",
      at: first.new.field,
      severity: severity(before, old, doubted: after.object.isSuspended || change.verdict == .stalled, step),
      sameEdit: changes.map(\.old.words).joined(separator: ", "))
    violation.verdict = change.known
    return violation
  }

  private func renamed(_ change: ObjectChange, _ step: Change) -> Violation? {
    guard let removal = Removal(change, in: step), let new = HelmReleaseRetargeted.successor(of: change, in: step),
      !removal.object.object.isSuspended, let target = ReleaseTarget(removal.object, in: step.before),
      [.pruned, .unknown].contains(change.verdict), removal.object.writtenVerdict == nil
    else { return nil }
    let (old, now) = (removal.object.object.identity, new.object.identity)
    let isMove = old.name == now.name
    var violation = Violation(
      "\(old.title) becomes \(now.qualifiedName): Helm uninstalls release \(target.name), and installs it anew.",
      object: new, location: new.nameLocation(side: .after),
      severity: severity(removal.object, target, doubted: false, step),
      sameEdit: isMove ? "\(old.namespace) \(now.namespace)" : "name")
    violation.verdict = change.known
    return violation
  }

  private func severity(_ release: AppliedObject, _ target: ReleaseTarget, doubted isDoubted: Bool, _ step: Change)
    -> Severity
  {
    let chart = target.chart ?? ""
    let isGrave = StatefulChart.isHeld(by: release.object, chart: chart) || chart.hasSuffix("crds")
    let severity: Severity = isGrave ? .high : .medium
    return isDoubted || Unapplied(release, in: step)?.isLikely == true ? severity.milder : severity
  }

  /// What a HelmRelease that leaves is called from now on: one that comes in the same change with the same chart, in the
  /// same file, under the same name in another namespace, or with all the same settings.
  static func successor(of change: ObjectChange, in step: Change) -> AppliedObject? {
    guard change.after == nil, let old = change.before, old.object.groupKind == FluxKind.helmRelease,
      let target = ReleaseTarget(old, in: step.before)
    else { return nil }
    return step.objects.lazy.compactMap { other -> AppliedObject? in
      guard other.before == nil, let new = other.after, new.object.groupKind == FluxKind.helmRelease,
        new.owner?.root == old.owner?.root,
        new.object.identity.namespace.isEmpty == old.object.identity.namespace.isEmpty,
        let now = ReleaseTarget(new, in: step.after), now.chart == target.chart
      else { return nil }
      let isSame =
        new.path == old.path || new.object.identity.name == old.object.identity.name
        || old.object["spec"].flatMap { spec in new.object["spec"].map { $0.means(spec) } } == true
      return isSame ? new : nil
    }.first
  }
}

extension References {
  static let helmReleases = "https://fluxcd.io/flux/components/helm/helmreleases/"
}
