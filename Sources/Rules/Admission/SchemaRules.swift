internal import Flux
internal import Manifests
internal import Policy

/// Compares objects of EKS Anywhere, and what Flux itself is told, with their definitions.
struct SchemaRule: ObjectRule, ChangeRule {
  let info: RuleInfo
  /// Whether the rule is about a problem.
  let covers: @Sendable (SchemaProblem.Reason) -> Bool
  /// What else it says of a change as a whole.
  var others: @Sendable (Change) -> [Violation] = { _ in [] }

  var kinds: KindSelection { .groups([EKSAnywhere.group] + FluxFields.groups) }

  func judge(_ step: Change) -> [Violation] { others(step) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let all = SchemaRule.problems(of: after, isNew: change.before == nil) + ImageURLTwice.problems(of: change, in: step)
    let covered = all.filter { covers($0.reason) }
    if covered.isEmpty { return [] }
    let known = change.before.map { SchemaRule.problems(of: $0, isNew: false) } ?? []
    return covered.filter { problem in !known.contains { $0.isSame(as: problem) } }.map { problem in
      var violation =
        problem.isLate || passes(problem, change) ? late(problem, after) : refused(problem, after)
      if !problem.isUnknownField, let before = change.before {
        violation.before = FieldPlace(problem.path, in: before.object.root).value?.text
      }
      return violation
    }
  }

  /// Whether the webhook looks away: from an OIDCConfig that had the annotation managed-by, whatever its fields say.
  private func passes(_ problem: SchemaProblem, _ change: ObjectChange) -> Bool {
    guard let before = change.before, before.object.groupKind == Kinds.oidc, case .notAllowed = problem.reason else {
      return false
    }
    return !(before.object.annotation(EKSAnywhere.annotation("managed-by")) ?? "").isEmpty
  }

  /// A problem for which the API server does not take the object. An unknown field, a wrong type and a kind without a
  /// definition keep it from being read at all.
  private func refused(_ problem: SchemaProblem, _ applied: AppliedObject) -> Violation {
    let violation = violation(problem, applied)
    switch problem.reason {
    case .unknownField, .wrongType: return violation.unreadable
    case .notAllowed where problem.path == "kind" || problem.path == "apiVersion": return violation.unreadable
    case .notAllowed, .missing: return violation.refused
    }
  }

  /// A problem that the API server does not see.
  private func late(_ problem: SchemaProblem, _ applied: AppliedObject) -> Violation {
    var copy = problem
    copy.isLate = true
    return violation(copy, applied)
  }

  /// What the definition refuses and, where a field has no such problem, what the webhook refuses.
  private static func problems(of applied: AppliedObject, isNew: Bool) -> [SchemaProblem] {
    if let schema = FluxFields.schema(of: applied.object.groupKind) {
      return fluxProblems(of: applied, schema, isNew: isNew)
    }
    guard let schema = Schemas.of(applied.object.groupKind) else {
      let kind = applied.object.groupKind
      guard kind.group == EKSAnywhere.group, !["Bundles", "EKSARelease"].contains(kind.kind) else { return [] }
      let node = applied.object["kind"] ?? applied.object.root
      return [SchemaProblem(path: "kind", reason: .notAllowed("a kind that EKS Anywhere defines"), node: node)]
    }
    if applied.object.apiVersion != EKSAnywhere.group + "/v1alpha1" {
      let node = applied.object["apiVersion"] ?? applied.object.root
      return [SchemaProblem(path: "apiVersion", reason: .notAllowed("v1alpha1"), node: node)]
    }
    let found = SchemaCheck(applied.object.root, against: schema, variablesAreOpen: applied.owner == nil).problems
    let further = Validation(of: applied, isNew: isNew).problems.filter { problem in
      !found.contains { $0.explains(problem) }
    }
    let all = (found + further).withoutEchoes
    let spec: FieldPath = "spec"
    guard applied.object["spec"] == nil, all.contains(where: { $0.reason == .missing && spec.holds($0.path) }) else {
      return all
    }
    let missing = SchemaProblem(path: spec, reason: .missing, node: applied.object.root)
    return [missing] + all.filter { !spec.holds($0.path) }
  }

  /// What the definitions of Flux refuse. Of an object as it is written nothing is said: what builds it may add what it
  /// lacks. A field that is near to no other may be one of a newer version than is known here. Of a new object it is not
  /// told what it lacks: Flux says so at once, and nothing that is live hangs on it.
  private static func fluxProblems(
    of applied: AppliedObject, _ schema: FieldSchema, isNew: Bool
  ) -> [SchemaProblem] {
    guard applied.owner != nil else { return [] }
    return SchemaCheck(applied.object.root, against: schema, variablesAreOpen: false).problems.filter {
      $0.reason != .unknownField(suggestion: nil) && !(isNew && $0.reason == .missing)
    }
  }

  private func violation(_ problem: SchemaProblem, _ applied: AppliedObject) -> Violation {
    let title = applied.object.identity.title
    let field = problem.path.description
    let end =
      problem.isLate
      ? "EKS Anywhere does not accept that, and what it is for stands still until it is mended."
      : applied.object.identity.group == EKSAnywhere.group
        ? "the API server refuses that\(Violation.rootStalls)."
        : "the API server refuses that\(Violation.partStalls)."
    let text =
      switch problem.reason {
      case .unknownField(let suggestion):
        "\(title) has a field \(field) that its definition does not know\(suggestion.map { " (\($0) may be meant)" } ?? ""); \(end)"
      case .wrongType(let expected, let found):
        "\(title) has \(found) at \(field) where \(expected) is expected; \(end)"
      case .notAllowed(let allowed) where problem.path == "kind":
        "\(applied.object.identity.kind) is not \(allowed); \(end)"
      case .notAllowed(let allowed): "\(title) has a value at \(field) that is not allowed (\(allowed)); \(end)"
      case .missing: "\(title) lacks \(field); \(end)"
      }
    let mark =
      problem.reason == .missing
      ? applied.place(holding: problem.path) : FieldPlace(problem.path, in: applied.object.root).mark
    let place = problem.key ?? mark
    var violation = Violation(
      text, object: applied, field: problem.path, after: problem.reason == .missing ? nil : problem.node.text,
      location: applied.location(of: place, side: .after))
    if problem.isUnknownField { violation.after = nil }
    violation.coversField = problem.reason == .missing
    return violation
  }
}

extension [SchemaProblem] {
  /// Without what is said of a field beneath one that is missing itself, and of a missing field twice.
  fileprivate var withoutEchoes: [SchemaProblem] {
    enumerated().filter { number, problem in
      !enumerated().contains { other, holder in
        holder.reason == .missing && problem.reason == .missing && other != number
          && (holder.path == problem.path ? other < number : holder.path.holds(problem.path))
      }
    }.map(\.element)
  }
}

extension SchemaProblem {
  /// Whether the key is what is wrong.
  fileprivate var isUnknownField: Bool { if case .unknownField = reason { true } else { false } }

  /// Whether another problem only says so again: the same field, or one beneath a field that is missing or has another
  /// name or type.
  fileprivate func explains(_ other: SchemaProblem) -> Bool {
    if path == other.path { return true }
    switch reason {
    case .missing, .wrongType: return path.holds(other.path)
    case .unknownField, .notAllowed: return false
    }
  }

  /// Whether it is the same problem as on the other side: the same field, with the same value.
  fileprivate func isSame(as other: SchemaProblem) -> Bool {
    guard path == other.path, reason == other.reason else { return false }
    return reason == .missing || node.means(other.node)
  }
}

extension AppliedObject {
  /// The place to show for a field that is missing: the key of what should hold it.
  func place(holding path: FieldPath) -> Node {
    FieldPlace(FieldPath(Array(path.steps.dropLast())), in: object.root).mark
  }
}

extension SchemaRule {
  /// A scalar of the wrong type, or a list where a mapping belongs.
  static let wrongType = SchemaRule(
    info: RuleInfo(
      "wrong-scalar-type", .medium, .admission,
      summary: "A value of an object of EKS Anywhere or Flux has another type than its definition says.",
      why: """
        The API server refuses the object, so that Flux applies and prunes nothing under the sync root. In YAML as Flux \
        reads it, yes, no, on and off are strings, and a quoted number is one too.
        """,
      remediation:
        "Write the type that the field has: 3 and true without quotes, ports of a registry mirror with them.",
      references: [References.gitOps],
      examples: [
        Example(
          "a quoted count", before: Samples.cluster(),
          after: Samples.cluster(workers: "{name: md-0, count: ⟦\"3\"⟧}")),
        Example(
          "a registry port without quotes",
          before: Samples.cluster(extra: "registryMirrorConfiguration: {endpoint: 10.1.1.1, port: \"5000\"}"),
          after: Samples.cluster(extra: "registryMirrorConfiguration: {endpoint: 10.1.1.1, port: ⟦5000⟧}")),
        Example(
          "yes is no boolean",
          before: Samples.cluster(extra: "packages: {disable: true}"),
          after: Samples.cluster(extra: "packages: {disable: ⟦yes⟧}")),
        Example(
          "other ways to write three", before: Samples.cluster(),
          after: Samples.cluster(workers: "{name: md-0, count: 0x3}")),
        .fluxSpec("a variable that is no text", "postBuild: {substitute: {replicas: ⟦3⟧}}"),
      ]),
    covers: { if case .wrongType = $0 { true } else { false } })

  /// A key that the definition does not have.
  static let unknownField = SchemaRule(
    info: RuleInfo(
      "unknown-field", .high, .admission,
      summary: "An object of EKS Anywhere or Flux has a field that its definition does not know.",
      why: """
        Flux applies on the server, which refuses an unknown field instead of dropping it; everything under the sync root \
        stalls until it is gone.
        """,
      remediation: "Correct the spelling, or remove the field; `kubectl explain cluster.spec` lists the known ones.",
      references: [References.gitOps],
      examples: [
        .worker("a misspelt key", "count: 3", "⟦cuont⟧: 3"),
        .clusterSpec("a field of another place", "", "⟦diskGiB⟧: 25"),
        .controlPlane(
          "a kubelet setting that there is not", "",
          "kubeletConfiguration: {kind: KubeletConfiguration, ⟦maxPodz⟧: 50}"),
        .clusterSpec(
          "free fields", "clusterNetwork: {cniConfig: {cilium: {}}}",
          "clusterNetwork: {cniConfig: {cilium: {helmValues: {anything: {goes: here}}}}}"),
        .fluxSpec("a misspelt field of Flux", "⟦timout⟧: 5m"),
        .fluxSpec("a field of Flux that no version here knows", "tomorrow: true"),
      ]),
    covers: { if case .unknownField = $0 { true } else { false } })

  /// A value that the definition or the webhook does not allow.
  static let outOfRange = SchemaRule(
    info: RuleInfo(
      "value-out-of-range", .high, .admission,
      summary: "A value of an object of EKS Anywhere or Flux is one that the API server refuses.",
      why: "The API server refuses the object; Flux then applies and prunes nothing under the sync root.",
      remediation: "Write one of the values that are allowed.",
      references: [References.gitOps], telling: .lastResort,
      examples: [
        .spec("no clone mode", "VSphereMachineConfig", "cloneMode: fullClone", "cloneMode: ⟦copy⟧"),
        .spec("too little memory", "NutanixMachineConfig", "memorySize: 8Gi", "memorySize: ⟦2Gi⟧"),
        .clusterSpec(
          "a network plugin of another provider", "clusterNetwork: {cniConfig: {cilium: {}}}",
          "clusterNetwork: {cniConfig: {kindnetd: ⟦{}⟧}}"),
        Example(
          "an image for all servers and another for some", before: ImageURLTwice.sample(""),
          after: ImageURLTwice.sample("osImageURL: ⟦\"https://a.example/v1.33.gz\"⟧")),
        .spec("the other clone mode", "VSphereMachineConfig", "cloneMode: fullClone", "cloneMode: linkedClone"),
        .fluxSpec("no duration", "timeout: ⟦5 minutes⟧"),
        .fluxVersion("a misspelt group of Flux", "⟦kustomize.toolkit.toolkit.fluxcd.io/v1⟧"),
        .fluxVersion("a version that Flux does not have", "⟦kustomize.toolkit.fluxcd.io/v2⟧"),
        .fluxVersion("an older version of Flux's API", "kustomize.toolkit.fluxcd.io/v1beta2"),
      ]),
    covers: { if case .notAllowed = $0 { true } else { false } }, others: FluxVersions.judge)

  /// A field without which the API server refuses the object.
  static let missing = SchemaRule(
    info: RuleInfo(
      "required-field-missing", .high, .admission,
      summary: "An object of EKS Anywhere or Flux lacks a field that it must have.",
      why: "The API server refuses the object; Flux then applies and prunes nothing under the sync root.",
      remediation: "Write the field; `kubectl explain` tells what it holds.",
      references: [References.gitOps], telling: .lastResort,
      examples: [
        .clusterSpec(
          "one of two proxies", "clusterNetwork: {}", "clusterNetwork: {}\n  proxyConfiguration: ⟦{httpProxy: \"a:1\"}⟧"
        ),
        .controlPlane(
          "a kubelet configuration that does not say what it is", "", "kubeletConfiguration: ⟦{maxPods: 50}⟧"),
        .worker("a group without a count", "count: 3", "count: 3, labels: {a: b}"),
        .fluxSpec("a check of no object", "healthChecks: [{kind: ⟦Deployment⟧}]"),
      ]),
    covers: { $0 == .missing })
}

extension Example {
  /// A Flux Kustomization whose `apiVersion` becomes another one.
  fileprivate static func fluxVersion(_ title: String, _ version: String) -> Example {
    let map = ["/apps/a.yaml": Samples.object("v1", "ConfigMap", "a")]
    let apps = Samples.flux("apps", path: "./apps")
    return .fleet(
      title, before: map.merging(["apps.yaml": apps]) { $1 },
      after: map.merging(["apps.yaml": apps.replacing("kustomize.toolkit.fluxcd.io/v1", with: version)]) { $1 })
  }

  /// A line that is added to the spec of a Flux Kustomization.
  fileprivate static func fluxSpec(_ title: String, _ line: String) -> Example {
    .fleet(
      title,
      before: [
        "apps.yaml": Samples.flux("apps", path: "./apps"), "/apps/a.yaml": Samples.object("v1", "ConfigMap", "a"),
      ],
      after: [
        "apps.yaml": Samples.flux("apps", path: "./apps", spec: line),
        "/apps/a.yaml": Samples.object("v1", "ConfigMap", "a"),
      ])
  }
}
