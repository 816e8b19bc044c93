package import Manifests
package import Policy

/// The decision that a finding does not count: who took it, why, and until when.
package struct Waiver: Sendable, Hashable {
  package var rule: String
  /// `NAME`, `NAMESPACE/NAME`, `KIND/NAME` or `KIND/NAMESPACE/NAME`; `nil` for any object.
  package var object: String?
  /// The files in which it holds; `nil` for all.
  package var path: PathPattern?
  /// The one finding that is meant; `nil` for any.
  package var fingerprint: String?
  /// What tells the value of a guessable credential from another one; only in a baseline.
  package var check: String?
  /// Empty where none was given; such a waiver does not hold.
  package var reason: String
  package var owner: String?
  /// The last day on which it holds, as it was written.
  package var until: String?
  /// Where it is written, in its own file.
  package var span: Span

  package init(
    rule: String, object: String? = nil, path: PathPattern? = nil, fingerprint: String? = nil, reason: String,
    owner: String? = nil, until: String? = nil, span: Span = .none
  ) {
    self.rule = rule
    self.object = object
    self.path = path
    self.fingerprint = fingerprint
    self.reason = reason
    self.owner = owner
    self.until = until
    self.span = span
  }

  /// A waiver of the configuration or the baseline.
  init(_ node: Node) {
    self.init(
      rule: node["rule"]?.text ?? "", object: node["object"]?.text, path: node["path"]?.text.map(PathPattern.init),
      fingerprint: node["fingerprint"]?.text, reason: node["reason"]?.text ?? "", owner: node["owner"]?.text,
      until: node["until"]?.text, span: node.span)
    check = node["check"]?.text
  }

  /// Whether it no longer holds. A day that does not exist is over.
  package func isExpired(on today: Day) -> Bool {
    guard let until else { return false }
    return Day(until).map { $0 < today } ?? true
  }

  /// Whether it holds on a day: it has a reason and is not over.
  package func holds(on today: Day) -> Bool { !reason.isEmpty && !isExpired(on: today) }

  /// Whether two waivers allow the same, whatever their places.
  package func allowsTheSame(as other: Waiver) -> Bool {
    var copy = other
    copy.span = span
    return self == copy
  }

  /// Whether it is about a finding, leaving reason and date aside.
  ///
  /// A credential is only ever waived by its fingerprint, so that another one put in its place is found; and where the
  /// fingerprint does not depend on the value, by its check as well.
  package func isAbout(_ finding: Finding) -> Bool {
    guard finding.rule == rule else { return false }
    if finding.category == .secret {
      guard fingerprint != nil else { return false }
      if let identity = finding.secret?.identity, !identity.isInFingerprint, identity.check != check { return false }
    }
    if let fingerprint, finding.fingerprint != fingerprint { return false }
    if let object, !finding.isAbout(object: object) { return false }
    guard let path else { return true }
    return finding.location.map { path.matches($0.path) } ?? false
  }

  /// The suppression that it makes of a finding.
  package func suppression(_ kind: Finding.Suppression.Kind) -> Finding.Suppression {
    Finding.Suppression(kind: kind, reason: reason, owner: owner, until: until)
  }
}
