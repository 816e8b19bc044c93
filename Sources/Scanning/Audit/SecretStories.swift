internal import Flux
internal import Git
internal import Policy

/// Follows each credential through a history: who brought it in, where it stood, who took it out, where it still is.
struct SecretStories {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let scanner: Scanner
  let repository: Repository
  /// What could not be looked up.
  var diagnostics: [Diagnostic] = []

  private struct Story {
    var finding: Finding
    var introduced: Int
    var removed: Int?
    var blobs: Set<ObjectID> = []
  }

  init(plan: AuditPlan, logs: [ChangeLog], facts: BlobFacts, scanner: Scanner) throws(ScanError) {
    self.plan = plan
    self.logs = logs
    self.facts = facts
    self.scanner = scanner
    repository = try scanner.openRepository()
  }

  /// One finding for each credential.
  mutating func findings() throws(ScanError) -> [Finding] {
    var stories: [String: Story] = [:]
    for log in logs {
      for record in log.records { follow(record, path: log.paths[Int(record.path)], &stories) }
      for (commit, secret) in log.messages where plan.selected[commit] {
        guard let finding = scanner.secretFindings.finding(secret, path: nil, source: .message) else { continue }
        if stories[finding.fingerprint] == nil {
          stories[finding.fingerprint] = Story(finding: finding, introduced: commit)
        }
      }
    }
    let inTags = try tagSecrets().filter { stories[$0.fingerprint] == nil }
    var live = LiveBlobs(wanted: Set(facts.secrets.keys), folders: plan.isWhole ? folders() : nil)
    let holders = live.holders(plan.references, in: repository)
    diagnostics += live.failures.map { Diagnostic(.error, "\($0.message), so what is still live may be more") }
    var found: [Finding] = []
    for story in stories.values {
      do throws(GitError) {
        found.append(try finish(story, holders))
      } catch {
        found.append(story.finding)
        diagnostics.append(Diagnostic(error))
      }
    }
    return found + inTags + (try decrypted())
  }

  /// The folders in which files with credentials ever stood, and those around them.
  private func folders() -> Set<String> {
    var found: Set<String> = [""]
    for log in logs {
      for record in log.records where record.new.map({ facts.secrets[$0.id] != nil }) ?? false {
        var path = Substring(log.paths[Int(record.path)])
        while let slash = path.lastIndex(of: "/") {
          path = path[..<slash]
          guard found.insert(String(path)).inserted else { break }
        }
      }
    }
    return found
  }

  /// Credentials in the messages of annotated tags.
  private func tagSecrets() throws(ScanError) -> [Finding] {
    guard !plan.tags.isEmpty else { return [] }
    let pass = try scanner.openSecrets()
    return plan.tags.flatMap { tag in
      pass.read(text: tag.message).secrets.compactMap { secret in
        scanner.secretFindings.finding(secret, path: nil, source: .message).map { finding in
          var copy = finding
          copy.message += " The tag is \(tag.name)."
          return copy
        }
      }
    }
  }

  private func follow(_ record: ChangeLog.Record, path: String, _ stories: inout [String: Story]) {
    let commit = Int(record.commit)
    let isNote = plan.notes.contains(plan.history.commits[commit].id)
    let new = placed(record.new, path, isNote: isNote)
    let old = placed(record.old, path, isNote: isNote)
    let kept = Set(new.map(\.fingerprint))
    for finding in old where !kept.contains(finding.fingerprint) { stories[finding.fingerprint]?.removed = commit }
    guard plan.selected[commit] else { return }
    for finding in new {
      if stories[finding.fingerprint] == nil {
        stories[finding.fingerprint] = Story(finding: finding, introduced: commit)
      } else if stories[finding.fingerprint]?.introduced == commit {
        stories[finding.fingerprint]?.finding.join(finding)
      } else if let place = finding.location, let first = stories[finding.fingerprint]?.finding,
        place.path != first.location?.path, !first.related.contains(where: { $0.path == place.path })
      {
        stories[finding.fingerprint]?.finding.related.append(place)
      }
      if let id = record.new?.id { stories[finding.fingerprint]?.blobs.insert(id) }
    }
  }

  private func placed(_ item: TreeItem?, _ path: String, isNote: Bool) -> [Finding] {
    guard let item, let secrets = facts.secrets[item.id] else { return [] }
    let source: Finding.Source = isNote ? .note : item.kind == .link ? .linkTarget : .file
    return secrets.compactMap { scanner.secretFindings.finding($0, path: path, source: source) }
  }

  /// Adds who did it and how long it was, or is, there.
  private func finish(_ story: Story, _ holders: [ObjectID: [String]]) throws(GitError) -> Finding {
    var finding = story.finding
    let commits = plan.history.commits
    let refs = Set(story.blobs.flatMap { holders[$0] ?? [] }).sorted()
    let removed = refs.isEmpty && finding.source != .message ? story.removed : nil
    let introduced = try repository.commit(commits[story.introduced].id)
    let info = Finding.CommitInfo(introduced)
    finding.commit = info
    let remover = try removed.map { number throws(GitError) in try repository.commit(commits[number].id) }
    let end = remover?.committer.seconds ?? commits.map(\.seconds).max() ?? introduced.committer.seconds
    let days = max(0, (end - introduced.committer.seconds) / 86_400)
    finding.exposure = Finding.Exposure(
      introduced: info.id, introducedAt: info.date, removed: remover?.id.hex,
      removedAt: remover.map { Finding.CommitInfo($0).date }, days: Int(days),
      isLive: !refs.isEmpty || finding.source == .message, refs: refs)
    return finding
  }
}
