internal import Flux
internal import Git
internal import Manifests
internal import Policy

/// Finds commits on the line of `HEAD` that change clusters and bear no sign of a review.
struct ReviewHistory {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let repository: Repository
  let infos: [String: RuleInfo]

  /// The commits on the first-parent line of `HEAD` that are no merges, touch an EKS Anywhere object and name neither a
  /// pull request nor a reviewer.
  func unreviewed() throws(GitError) -> [Finding] {
    guard let info = infos["unreviewed-change"], let head = try repository.head().commit else { return [] }
    let nodes = Dictionary(plan.history.commits.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var line: Set<ObjectID> = []
    var next: ObjectID? = head
    while let id = next, let node = nodes[id], line.insert(id).inserted { next = node.parents.first }
    var found: [Finding] = []
    for log in logs {
      var last: Int32?
      for record in log.records where record.commit != last {
        let node = plan.history.commits[Int(record.commit)]
        guard plan.selected[Int(record.commit)], line.contains(node.id), node.parents.count == 1,
          try touchesCluster(record)
        else { continue }
        last = record.commit
        let commit = try repository.commit(node.id)
        guard !ReviewHistory.isReviewed(commit.message) else { continue }
        let path = log.paths[Int(record.path)]
        var finding = Finding(
          rule: info.id, severity: info.severity, category: info.category,
          message: "The commit changes \(path) on the main line without a merge, a pull request or a reviewer.",
          location: Location(
            path: path, side: record.new == nil ? .before : .after,
            span: Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)),
          commit: Finding.CommitInfo(commit), why: info.why, remediation: info.remediation, references: info.references)
        finding.fingerprint = Fingerprint.of([info.id, path, commit.summary])
        found.append(finding)
      }
    }
    return found
  }

  private func touchesCluster(_ record: ChangeLog.Record) throws(GitError) -> Bool {
    for item in [record.old, record.new].compactMap({ $0 }) {
      guard facts.manifests[item.id]?.look.contains(.judged) == true else { continue }
      let bytes = try repository.blob(item.id)
      if bytes.withUnsafeBytes({ $0.holdsExactly("anywhere.eks.amazonaws.com") }) { return true }
    }
    return false
  }

  /// Whether a message names a pull or merge request, or who reviewed: `(#12)`, `Merge pull request #12`, `See merge
  /// request x!12`, `Reviewed-by: …`.
  static func isReviewed(_ message: String) -> Bool {
    let marks = ["Merge pull request", "See merge request", "Reviewed-by:", "Reviewed-on:", "PR-URL:", "Pull-Request:"]
    if marks.contains(where: message.contains) { return true }
    let bytes = Array(message.utf8)
    return bytes.indices.contains { index in
      index + 1 < bytes.count && (bytes[index] == 0x23 || bytes[index] == 0x21)
        && (0x30...0x39).contains(bytes[index + 1]) && (index == 0 || bytes[index - 1] != 0x26)
    }
  }
}
