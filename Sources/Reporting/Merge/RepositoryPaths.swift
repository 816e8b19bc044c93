internal import Policy

extension Report {
  /// The report with every path behind the label of its repository, `OWNER/NAME/clusters/…`, as it is when the
  /// repositories are cloned side by side: for forms that know one repository only. A report about one stays as it is.
  ///
  /// - Parameter isTold: whether the form tells the repository of a diagnostic besides.
  func withRepositoriesInPaths(isTold: Bool) -> Report {
    guard repositories.count > 1 else { return self }
    var copy = self
    for (index, finding) in findings.enumerated() {
      guard let label = finding.repository else { continue }
      copy.findings[index].location = finding.location?.inside(label)
      copy.findings[index].related = finding.related.map { $0.inside(label) }
    }
    for (index, diagnostic) in diagnostics.enumerated() {
      guard let label = diagnostic.repository, let path = diagnostic.path else { continue }
      copy.diagnostics[index].path = "\(label)/\(path)"
      if !isTold { copy.diagnostics[index].repository = nil }
    }
    for (index, life) in (record?.clusters ?? []).enumerated() {
      guard let label = life.repository else { continue }
      for (number, step) in life.steps.enumerated() {
        copy.record?.clusters[index].steps[number].state?.path = step.state.map { "\(label)/\($0.path)" } ?? ""
      }
    }
    return copy
  }
}

extension Location {
  fileprivate func inside(_ label: String) -> Location { Location(path: "\(label)/\(path)", side: side, span: span) }
}
