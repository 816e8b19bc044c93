internal import Flux
internal import Git
internal import Policy

/// Follows each credential through a history: who brought it in, where it stood, who took it out, where it still is.
struct SecretStories {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let scanner: Scanner
  private let repository: Repository?

  private struct Story {
    var finding: Finding
    var introduced: Int
    var removed: Int?
    var blobs: Set<ObjectID> = []
  }

  init(plan: AuditPlan, logs: [ChangeLog], facts: BlobFacts, scanner: Scanner) {
    self.plan = plan
    self.logs = logs
    self.facts = facts
    self.scanner = scanner
    repository = try? Repository(scanner.location)
  }

  /// One finding for each credential.
  mutating func findings() -> [Finding] {
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
    let inTags = tagSecrets().filter { stories[$0.fingerprint] == nil }
    var live = LiveBlobs(wanted: Set(facts.secrets.keys))
    let holders = repository.map { live.holders(plan.references, in: $0) } ?? [:]
    return stories.values.map { finish($0, holders) } + inTags
  }

  /// Credentials in the messages of annotated tags.
  private func tagSecrets() -> [Finding] {
    guard !plan.tags.isEmpty, let pass = try? SecretPass(key: scanner.options.fingerprintKey) else { return [] }
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
  private func finish(_ story: Story, _ holders: [ObjectID: [String]]) -> Finding {
    var finding = story.finding
    let commits = plan.history.commits
    let refs = Set(story.blobs.flatMap { holders[$0] ?? [] }).sorted()
    let removed = refs.isEmpty && finding.source != .message ? story.removed : nil
    guard let introduced = try? repository?.commit(commits[story.introduced].id) else { return finding }
    let info = Finding.CommitInfo(introduced)
    finding.commit = info
    let remover = removed.flatMap { try? repository?.commit(commits[$0].id) }
    let end = remover?.committer.seconds ?? commits.map(\.seconds).max() ?? introduced.committer.seconds
    let days = max(0, (end - introduced.committer.seconds) / 86_400)
    finding.exposure = Finding.Exposure(
      introduced: info.id, introducedAt: info.date, removed: remover?.id.hex,
      removedAt: remover.map { Finding.CommitInfo($0).date }, days: Int(days),
      isLive: !refs.isEmpty || finding.source == .message, refs: refs)
    return finding
  }
}

/// Finds out which references still hold some of the wanted blobs.
struct LiveBlobs {
  let wanted: Set<ObjectID>
  private var known: [ObjectID: [ObjectID]] = [:]

  init(wanted: Set<ObjectID>) { self.wanted = wanted }

  /// For each wanted blob that some reference's tree holds, the names of those references.
  mutating func holders(_ references: [Reference], in repository: Repository) -> [ObjectID: [String]] {
    guard !wanted.isEmpty else { return [:] }
    var holders: [ObjectID: [String]] = [:]
    for reference in references {
      guard let end = try? repository.peeled(reference.target), end.kind == .commit,
        let tree = try? repository.commitNode(end.id).tree
      else { continue }
      for blob in Set(blobs(in: tree, repository, depth: 0)) { holders[blob, default: []].append(reference.name) }
    }
    return holders
  }

  private mutating func blobs(in tree: ObjectID, _ repository: Repository, depth: Int) -> [ObjectID] {
    if let blobs = known[tree] { return blobs }
    var found: [ObjectID] = []
    for entry in depth < 512 ? (try? repository.tree(tree).entries) ?? [] : [] {
      if entry.kind == .folder {
        found += blobs(in: entry.id, repository, depth: depth + 1)
      } else if wanted.contains(entry.id) {
        found.append(entry.id)
      }
    }
    known[tree] = found
    return found
  }
}
