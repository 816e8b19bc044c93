internal import Flux
internal import Manifests
internal import Policy

/// Other containers on bare metal servers while they are provisioned.
struct ProvisionActionChanged: ObjectRule {
  var info: RuleInfo { Self.fields.info }

  var kinds: KindSelection { Self.fields.kinds }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    let found = Self.fields.judge(change, in: step).map { whole($0, change) }.oncePerField
    guard !found.isEmpty, let upgrade = Upgrade(step) else { return found }
    return found.map { violation in
      guard let field = violation.field, let before = change.before, let after = change.after,
        let old = FieldPlace(field, in: before.object.root).value,
        let new = FieldPlace(field, in: after.object.root).value, upgrade.explains(old, new)
      else { return violation }
      var milder = violation
      milder.severity = .low
      milder.message = String(violation.message.dropLast()) + " together with the version of the cluster."
      return milder
    }
  }

  /// One violation for an action, or a task, that comes or goes with all that is in it.
  private func whole(_ violation: Violation, _ change: ObjectChange) -> Violation {
    guard let field = violation.field, let before = change.before, let after = change.after else { return violation }
    let steps = field.steps
    let ends = steps.indices.filter { if case .key = steps[$0] { false } else { true } }
    for end in ends {
      let path = FieldPath(Array(steps[...end]))
      let sides = [before, after].map { FieldPlace(path, in: $0.object.root).value != nil }
      guard sides[0] != sides[1] else { continue }
      var copy = violation
      let title = after.object.identity.title
      let isTask = steps.prefix(end).contains(.key("actions")) == false
      copy.message =
        "Servers provisioned by \(title) run something else as root: \(isTask ? "task" : "action") \(path) is \(sides[1] ? "added" : "removed")."
      copy.field = path
      return copy
    }
    return violation
  }

  private static let fields = FieldRule(
    RuleInfo(
      "provision-action-changed", .critical, .supplyChain,
      summary: "The actions that provision bare metal servers change.",
      why: """
        Each action is a container that runs as root on the server with its disks, and no admission check looks at it. \
        A changed template re-images the servers.
        """,
      remediation: "Let the CLI generate the template for the version, and compare every image with the bundle.",
      references: [References.bareMetal],
      examples: [
        .spec(
          "another image", "TinkerbellTemplateConfig",
          "template: {name: t, tasks: [{name: a, actions: [{name: x, image: a}]}]}",
          "template: {name: t, tasks: [{name: a, actions: [{name: x, image: ⟦b⟧}]}]}"),
        .spec(
          "another template", "TinkerbellMachineConfig", "templateRef: {kind: TinkerbellTemplateConfig, name: a}",
          "templateRef: {kind: TinkerbellTemplateConfig, name: ⟦b⟧}"),
        Example(
          "an upgrade takes another release of the same image along", before: upgraded("1.32", "a.example/x:1"),
          after: upgraded("1.33", "⟦a.example/x:2⟧")),
        .spec(
          "the timeout of the whole template", "TinkerbellTemplateConfig", "template: {global_timeout: 600}",
          "template: {global_timeout: 900}"),
      ]),
    FieldWatch(
      [Kinds.tinkerbellTemplate],
      [
        "spec.template.tasks[].actions[].image", "spec.template.tasks[].actions[].command",
        "spec.template.tasks[].actions[].environment", "spec.template.tasks[].actions[].volumes",
        "spec.template.tasks[].actions[].pid", "spec.template.tasks[].actions[].on-failure",
        "spec.template.tasks[].actions[].on-timeout", "spec.template.tasks[].environment",
        "spec.template.tasks[].volumes",
      ], .differs, "Servers provisioned by {object} run something else as root: {field} changes.", shows: false),
    FieldWatch(
      [Kinds.tinkerbellMachine], ["spec.templateRef.name"], .differs,
      "Servers of {object} are provisioned by the template {instead}.",
      whenRemoved: "Servers of {object} are provisioned by EKS Anywhere's own template instead of {before}."))

  private static func upgraded(_ version: String, _ image: String) -> String {
    Samples.cluster(version: "\"\(version)\"") + "---\n"
      + Samples.config(
        "TinkerbellTemplateConfig", "template: {name: t, tasks: [{name: a, actions: [{name: x, image: \(image)}]}]}")
  }

  /// What an upgrade of clusters by one minor version, or to another EKS Anywhere, lets an action change: the release of
  /// the same image, and the version within the same address.
  private struct Upgrade {
    private let versions: [VersionChange]

    init?(_ step: Change) {
      let edits = step.objects.filter { $0.identity.map { GroupKind($0) } == EKSAnywhere.cluster }.map {
        ClusterEdit($0, in: step)
      }
      versions = edits.flatMap(\.versionChanges).filter { $0.minors == 1 }
      let release: FieldPath = "spec.eksaVersion"
      let isOtherRelease = edits.contains { edit in
        guard let (before, after) = edit.kept else { return false }
        let values = [before, after].map { FieldPlace(release, in: $0.applied.object.root).value?.text }
        return values[0] != nil && values[1] != nil && values[0] != values[1]
      }
      if versions.isEmpty, !isOtherRelease { return nil }
    }

    func explains(_ old: Node, _ new: Node) -> Bool {
      if let left = old.text, let right = new.text { return isRelease(left, right) || isVersion(left, right) }
      guard old.isMapping, new.isMapping, old.entries.count == new.entries.count else { return false }
      return old.entries.allSatisfy { entry in
        guard let other = new[entry.name] else { return false }
        return entry.value.means(other) || isVersion(entry.value.text ?? "", other.text ?? "")
      }
    }

    private func isRelease(_ old: String, _ new: String) -> Bool {
      let (left, right) = (ImageName(old), ImageName(new))
      return left.repository == right.repository && left.repository.contains(".") && right.tag != nil
    }

    private func isVersion(_ old: String, _ new: String) -> Bool {
      let (was, now) = (MachineImage.versions(in: old), MachineImage.versions(in: new))
      return OSImageChanged.source(of: old) == OSImageChanged.source(of: new)
        && versions.contains { was.contains($0.old) && now.contains($0.new) }
    }
  }
}

extension [Violation] {
  /// The first of those about the same field.
  fileprivate var oncePerField: [Violation] {
    var seen: Set<FieldPath> = []
    return filter { violation in violation.field.map { seen.insert($0).inserted } ?? true }
  }
}
