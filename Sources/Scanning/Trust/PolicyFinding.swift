internal import Manifests
internal import Policy

/// Makes findings about the policy itself.
enum PolicyFinding {
  /// The finding of a rule, unless the rule is off.
  static func make(
    _ rule: String, _ message: String, _ path: String, _ span: Span, side: Side = .after, extra: String,
    _ infos: [String: RuleInfo]
  ) -> [Finding] {
    guard let info = infos[rule] else { return [] }
    let place = span == .none ? Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1) : span
    let violation = Violation(
      message, location: Location(path: path, side: side, span: place), fingerprintExtra: "\(path) \(extra)")
    return [Finding(violation, info)]
  }
}
