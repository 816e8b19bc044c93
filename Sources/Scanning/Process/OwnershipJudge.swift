internal import Flux
internal import Manifests
internal import Policy

/// Finds files that Flux applies and that nobody has to review.
struct OwnershipJudge {
  let infos: [String: RuleInfo]

  /// One finding for the files that a change leaves without an owner: those that it adds, and, where it edits
  /// `CODEOWNERS`, those that had one before. With nothing before, all files without an owner.
  ///
  /// A repository that has no `CODEOWNERS` and had none is told nothing.
  func findings(
    before: (any FileTree)?, after: any FileTree, files: [FileChange]
  ) throws(FileTreeError) -> [Finding] {
    guard let info = infos["codeowners-gap"] else { return [] }
    let old = try before.flatMap { tree throws(FileTreeError) in try CodeOwners(in: tree) }
    guard let owners = try CodeOwners(in: after) else {
      guard let old, let before else { return [] }
      return loss(of: old, AppliedStates(AppliedStateChain(), before: before, after: after, files: files), info)
    }
    let isWhole = before == nil || files.contains { CodeOwners.paths.contains($0.path) }
    let added = files.filter { $0.new != nil && $0.old == nil && !owners.owns($0.path) }.map(\.path)
    guard isWhole || !added.isEmpty else { return [] }
    guard let applied = AppliedStates(AppliedStateChain(), before: before, after: after, files: files)?.after else {
      return []
    }
    var gaps: [String] = []
    for path in isWhole ? OwnershipJudge.reached(applied) : added.filter(applied.reaches) where !owners.owns(path) {
      guard try after.entry(at: path)?.kind == .file else { continue }
      if let before, try before.entry(at: path) != nil, old?.owns(path) != true { continue }
      gaps.append(path)
    }
    return OwnershipJudge.finding(gaps, owners, info).map { [$0] } ?? []
  }

  /// One finding where the file goes that named owners of what Flux applies.
  private func loss(of owners: CodeOwners, _ applied: AppliedStates?, _ info: RuleInfo) -> [Finding] {
    let owned = applied.map { OwnershipJudge.reached($0.after).filter(owners.owns) } ?? []
    guard !owned.isEmpty else { return [] }
    let start = Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
    var finding = Finding(
      rule: info.id, severity: info.severity, category: info.category,
      message:
        "\(owners.path) is removed: nobody is asked to review \(Count.of(owned.count, "file")) that Flux applies.",
      location: Location(path: owners.path, side: .before, span: start), why: info.why, remediation: info.remediation,
      references: info.references)
    finding.fingerprint = Fingerprint.of([info.id, owners.path])
    return [finding]
  }

  private static func reached(_ state: AppliedState) -> [String] {
    Set(state.kustomizations.flatMap(\.lookedAt)).sorted()
  }

  private static func finding(_ gaps: [String], _ owners: CodeOwners, _ info: RuleInfo) -> Finding? {
    let start = Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
    let places = gaps.sorted().map { Location(path: $0, side: .after, span: start) }
    guard let first = places.first else { return nil }
    let more = places.count == 1 ? "" : " and \(places.count - 1) more file\(places.count == 2 ? "" : "s")"
    var finding = Finding(
      rule: info.id, severity: info.severity, category: info.category,
      message:
        "\(first.path)\(more), which Flux applies, \(places.count == 1 ? "has" : "have") no owner in \(owners.path): nobody is asked to review it.",
      location: first, related: Array(places.dropFirst().prefix(200)), why: info.why, remediation: info.remediation,
      references: info.references)
    finding.fingerprint = Fingerprint.of([info.id, first.path])
    return finding
  }
}
