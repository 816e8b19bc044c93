internal import Flux

extension Violation {
  /// The same of an object that Flux applies and that bears a marker by which Flux skips it: nothing of the edit
  /// reaches the cluster before the marker goes. It is told all the same, for whoever lifts the marker lets it happen
  /// without another edit.
  func held(_ info: RuleInfo) -> Violation {
    guard Violation.held.contains(info.category), let object, object.owner != nil, verdict != .orphaned,
      verdict != .moved, let marker = Guard.freezing(object.object)
    else { return self }
    var copy = self
    copy.severity = min(severity ?? info.severity, .medium)
    copy.message += " Flux skips the object while it is marked \(marker): this happens when the marker goes."
    return copy
  }

  private static let held: Set<Category> = [
    .lifecycle, .scale, .version, .admission, .supplyChain, .access, .hardening,
  ]
}

extension ObjectChange {
  /// Whether Flux sends the object to the API server at all, which may then refuse it.
  var isSent: Bool { after.map { Guard.freezing($0.object) == nil } ?? true }
}
