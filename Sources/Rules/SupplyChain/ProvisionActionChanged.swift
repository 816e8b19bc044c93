internal import Flux
internal import Manifests
internal import Policy

/// Other containers on bare metal servers while they are provisioned.
struct ProvisionActionChanged: ObjectRule {
  var info: RuleInfo { Self.fields.info }

  var kinds: KindSelection { Self.fields.kinds }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    let found = Self.fields.judge(change, in: step).map { whole($0, change) }.oncePerField
    if !found.isEmpty, let same = same(change, in: step) {
      return same ? [] : [renamed(found[0], change)]
    }
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

  /// Whether the servers run what they ran before, under other names (`false`), or by a reference to another template
  /// that is the same (`true`); `nil` where they run something else, or that is not known.
  private func same(_ change: ObjectChange, in step: Change) -> Bool? {
    guard let before = change.before, let after = change.after else { return nil }
    let isTemplate = after.object.groupKind == Kinds.tinkerbellTemplate
    guard let old = isTemplate ? ProvisionTemplate(before) : ProvisionTemplate(of: before, in: step.before),
      let new = isTemplate ? ProvisionTemplate(after) : ProvisionTemplate(of: after, in: step.after),
      old.runsTheSame(as: new)
    else { return nil }
    return !isTemplate
  }

  /// An action that only gets another name: the rendered template differs, so that servers are imaged anew all the same.
  private func renamed(_ violation: Violation, _ change: ObjectChange) -> Violation {
    var milder = violation
    milder.severity = .low
    if let before = change.before, let after = change.after,
      let place = ProvisionTemplate(before).flatMap({ old in ProvisionTemplate(after)?.firstOtherName(than: old) })
    {
      milder.location = after.location(of: place, side: .after)
    }
    milder.message =
      "\(change.title) gives its actions other names: servers run the same as before, but are imaged anew."
    return milder
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
        Example(
          "the same actions in another template", before: referring(to: "a", and: "x"),
          after: referring(to: "b", and: "x")),
        Example(
          "other actions in another template", before: referring(to: "a", and: "x"),
          after: referring(to: "⟦b⟧", and: "y")),
        .spec(
          "an action gets another name", "TinkerbellTemplateConfig",
          "template: {name: t, tasks: [{name: a, actions: [{name: x, image: a}]}]}",
          "template: {name: t, tasks: [{name: a, actions: [{name: ⟦y⟧, image: a}]}]}"),
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

  /// Machines that refer to a template, and the template with one action of an image.
  private static func referring(to name: String, and image: String) -> String {
    let plain = name.filter { $0 != "⟦" && $0 != "⟧" }
    return Samples.config(
      "TinkerbellMachineConfig", "templateRef: {kind: TinkerbellTemplateConfig, name: \(name)}", name: "m")
      + "---\n"
      + Samples.config(
        "TinkerbellTemplateConfig",
        "template: {name: \(plain), tasks: [{name: \(plain), actions: [{name: x, image: \(image)}]}]}", name: plain)
  }

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
