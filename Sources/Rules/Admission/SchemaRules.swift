internal import Flux
internal import Manifests
internal import Policy

/// Compares objects of EKS Anywhere with their definitions.
struct SchemaRule: ObjectRule {
  let info: RuleInfo
  /// Whether the rule is about a problem.
  let covers: @Sendable (SchemaProblem.Reason) -> Bool

  var kinds: KindSelection { .groups([EKSAnywhere.group]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let known = change.before.map { SchemaRule.problems(of: $0) } ?? []
    return SchemaRule.problems(of: after).filter { problem in
      covers(problem.reason) && !known.contains { $0.isSame(as: problem) }
    }.map { violation($0, after) }
  }

  private static func problems(of applied: AppliedObject) -> [SchemaProblem] {
    guard let schema = Schemas.of(applied.object.groupKind) else { return [] }
    return SchemaCheck(applied.object.root, against: schema, variablesAreOpen: applied.owner == nil).problems
  }

  private func violation(_ problem: SchemaProblem, _ applied: AppliedObject) -> Violation {
    let title = applied.object.identity.title
    let field = problem.path.description
    let end = "the API server refuses that and everything under the sync root stalls."
    let text =
      switch problem.reason {
      case .unknownField(let suggestion):
        "\(title) has a field \(field) that its definition does not know\(suggestion.map { " (\($0) may be meant)" } ?? ""); \(end)"
      case .wrongType(let expected, let found):
        "\(title) has \(found) at \(field) where \(expected) is expected; \(end)"
      case .notAllowed(let allowed): "\(title) has a value at \(field) that is not allowed (\(allowed)); \(end)"
      case .missing: "\(title) lacks \(field); \(end)"
      }
    let place = problem.key ?? (problem.reason == .missing ? applied.place(holding: problem.path) : problem.node)
    var violation = Violation(
      text, object: applied, field: problem.path, after: problem.reason == .missing ? nil : problem.node.text,
      location: applied.location(of: place.span == .none ? problem.node : place, side: .after))
    if case .unknownField = problem.reason { violation.after = nil }
    return violation
  }
}

extension SchemaProblem {
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
      "wrong-scalar-type", .medium, .version,
      summary: "A value of an EKS Anywhere object has another type than its definition says.",
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
      ]),
    covers: { if case .wrongType = $0 { true } else { false } })
}
