internal import Git
internal import Policy

extension Audit {
  /// Shows the lines around each finding, from the commit that made it.
  func addExcerpts(to report: inout Report, _ repository: Repository) throws(ScanError) {
    let writer = ExcerptWriter(try scanner.openSecrets(), wantsDiffs: scanner.options.wantsDiffs)
    var wanted: [String: [Int]] = [:]
    for (index, finding) in report.findings.enumerated() {
      if let commit = finding.commit?.id { wanted[commit, default: []].append(index) }
    }
    var trees: [String: (before: ObjectID?, after: ObjectID)] = [:]
    for log in logs {
      for (offset, parent) in log.parentTrees.enumerated() {
        let node = plan.history.commits[log.firstCommit + offset]
        if wanted[node.id.hex] != nil { trees[node.id.hex] = (parent, node.tree) }
      }
    }
    for (commit, indices) in wanted {
      guard let sides = trees[commit] else { continue }
      let before = sides.before.map { GitTree($0, in: repository) }
      var findings = indices.map { report.findings[$0] }
      writer.add(to: &findings, before: before, after: GitTree(sides.after, in: repository))
      for (index, finding) in zip(indices, findings) { report.findings[index] = finding }
    }
  }
}
