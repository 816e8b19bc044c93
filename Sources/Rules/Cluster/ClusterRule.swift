internal import Flux
internal import Manifests
internal import Policy

/// A rule about one EKS Anywhere `Cluster`, before and after.
protocol ClusterRule: ObjectRule {
  func judge(_ edit: ClusterEdit) -> [Violation]
}

extension ClusterRule {
  var kinds: KindSelection { .kinds([EKSAnywhere.cluster]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    judge(ClusterEdit(change, in: step))
  }
}

/// A change of one `Cluster`, ready for rules to ask.
struct ClusterEdit {
  let before: ClusterSpec?
  let after: ClusterSpec?
  let change: ObjectChange
  let step: Change
  /// The same change, to be asked by field.
  let object: ObjectEdit

  init(_ change: ObjectChange, in step: Change) {
    before = change.before.map { ClusterSpec($0) }
    after = change.after.map { ClusterSpec($0) }
    self.change = change
    self.step = step
    object = ObjectEdit(change, in: step)
  }

  /// Both sides of a cluster that stays.
  var kept: (before: ClusterSpec, after: ClusterSpec)? {
    guard let before, let after else { return nil }
    return (before, after)
  }
}

extension ClusterSpec {
  /// A violation at a value of this cluster, or at the value that holds where it should be.
  func violation(
    _ message: String, side: Side, at field: FieldPath, node: Node?, holder: Node? = nil, before: Node? = nil,
    after: Node? = nil, severity: Severity? = nil, remediation: String? = nil
  ) -> Violation {
    let place = node ?? holder.map(firstLine) ?? applied.object["metadata", "name"] ?? applied.object.root
    return Violation(
      message, object: applied, field: field, before: before?.text, after: after?.text,
      location: applied.location(of: place, side: side), severity: severity, remediation: remediation)
  }

  /// The first key of a mapping: a place that is one line.
  private func firstLine(_ node: Node) -> Node { node.entries.first?.value ?? node }
}
