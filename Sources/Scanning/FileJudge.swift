internal import Flux
internal import Git
internal import Manifests
internal import Policy
internal import Secrets

/// Judges changed files: their objects by the rules, their bytes for credentials. One per thread.
final class FileJudge {
  private let scanner: Scanner
  private let repository: Repository
  private let builder: ChangeBuilder
  private let secrets: SecretPass
  private(set) var diagnostics: [Diagnostic] = []
  /// Files and bytes that were looked at.
  private(set) var files = 0
  private(set) var bytes = 0
  /// What the change gains and loses as a whole.
  private(set) var headline = Plan.Headline()

  init(_ scanner: Scanner, _ repository: Repository, _ secrets: SecretPass) {
    self.scanner = scanner
    self.repository = repository
    builder = ChangeBuilder(scanner.engine)
    self.secrets = secrets
  }

  /// The findings of the rules about a change.
  func policy(before: (any FileTree)?, after: any FileTree, files: [FileChange]) -> [Finding] {
    let result =
      before.map { builder.screenedChange(before: $0, after: after, files: files) }
      ?? builder.change(before: nil, after: after, files: files)
    let findings = scanner.engine.judge(result.change)
    diagnostics += result.diagnostics
    if let before { noteEffect(of: result.change, before: before, after: after, files: files) }
    if let applied = result.change.applied {
      let problems = (applied.before?.problems ?? []) + applied.after.problems
      diagnostics += (problems + applied.after.gaps(since: applied.before)).map { Diagnostic($0) }
    }
    diagnostics += builder.takeFailures()
    return findings
  }

  /// Counts what comes and goes. A change that was judged as written, because no rule has a word about it, may still
  /// add a namespace or a claim.
  private func noteEffect(
    of change: Change, before: any FileTree, after: any FileTree, files: [FileChange]
  ) {
    var applied = change.applied
    let isCounted = change.objects.contains { object in
      (object.before == nil) != (object.after == nil)
        && (object.before ?? object.after).map { Plan.Headline.counts($0.object.groupKind) } ?? false
    }
    if applied == nil, isCounted { applied = builder.change(before: before, after: after, files: files).change.applied }
    if let applied { headline = Plan.Headline(applied.changes, before: applied.before) }
  }

  /// The credentials that files hold now and the files of the same change did not hold before.
  func credentials(
    in changes: [FileChange], before: (any FileTree)?, after: any FileTree
  ) -> [Finding] {
    var found: [Finding] = []
    for change in changes {
      guard let entry = change.new, entry.kind == .file || entry.kind == .link, entry.id != change.old?.id else {
        continue
      }
      files += 1
      found += findings(in: entry, path: change.path, tree: after)
    }
    for change in changes where change.old == nil {
      found += secrets.read(text: change.path).secrets.compactMap {
        scanner.secretFindings.finding($0, path: change.path, source: .fileName)
      }
    }
    guard !found.isEmpty, let before else { return found }
    var known: Set<String> = []
    for change in changes {
      guard let entry = change.old, entry.kind == .file || entry.kind == .link else { continue }
      known.formUnion(findings(in: entry, path: change.path, tree: before).map(\.fingerprint))
    }
    return found.filter { !known.contains($0.fingerprint) }
  }

  /// The credentials in a message.
  func credentials(inMessage text: String, source: Finding.Source) -> [Finding] {
    secrets.read(text: text).secrets.compactMap { scanner.secretFindings.finding($0, path: nil, source: source) }
  }

  private func findings(in entry: FileEntry, path: String, tree: any FileTree) -> [Finding] {
    do throws(FileTreeError) {
      let content = try tree.contents(of: entry, at: path)
      bytes += content.count
      let reading = content.withUnsafeBytes { secrets.read($0, path: path) }
      for limit in reading.limits { diagnostics.append(Diagnostic(.error, limit.message, path: path)) }
      return reading.secrets.compactMap {
        scanner.secretFindings.finding($0, path: path, source: entry.kind == .link ? .linkTarget : .file)
      }
    } catch {
      diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
      return []
    }
  }
}

extension [Finding] {
  /// The findings with each secret once: its first place, the others as related places.
  func joiningSecrets() -> [Finding] {
    var result: [Finding] = []
    var places: [String: Int] = [:]
    for finding in self {
      guard finding.secret != nil else {
        result.append(finding)
        continue
      }
      if let first = places[finding.fingerprint] {
        if let place = finding.location, place != result[first].location, !result[first].related.contains(place) {
          result[first].related.append(place)
        }
      } else {
        places[finding.fingerprint] = result.count
        result.append(finding)
      }
    }
    return result
  }
}
