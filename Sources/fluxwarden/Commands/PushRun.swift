internal import Configuration
internal import Git
internal import Policy
internal import Scanning

/// Judges the references of a push, each by the configuration that its old value has.
struct PushRun {
  /// Where the hook runs.
  enum Side {
    /// Before a push leaves; what the remote has is known by its tracking branches.
    case client(remote: String)
    /// Where a push arrives.
    case server
  }

  private let options: CommonOptions
  private let outputs: Outputs
  private let side: Side

  init(_ options: CommonOptions, _ outputs: Outputs, side: Side) {
    self.outputs = outputs
    self.options = options
    self.side = side
  }

  /// Looks at each update and prints one report about all.
  func report(_ updates: [RefUpdate]) throws {
    var whole = Report(command: "hook", repository: options.folder)
    var policy = TrustedPolicy()
    var thresholds: [Severity?] = []
    do throws(GitError) {
      let location = try options.location()
      let repository = try Repository(location)
      let branch = try defaultBranch(repository)
      for update in updates {
        let judged = try judge(update, branch, location, repository, &whole)
        add(judged.report, of: update, isOne: updates.count == 1, to: &whole)
        policy.settings.credentials += judged.policy.settings.credentials
        thresholds.append(threshold(judged.policy))
      }
      whole.repository = location.workTree ?? location.gitDirectory
    } catch {
      whole.diagnostics.append(Diagnostic(.error, error.message))
    }
    whole.findings.sort(by: Finding.precedes)
    // Of several references with thresholds of their own, the strictest counts for all.
    let own = thresholds.isEmpty ? .high : thresholds.compactMap { $0 }.min()
    let failOn = options.printing.failOn.map(\.severity) ?? own
    try Outcome(
      options: options.printing, outputs: outputs, failOn: failOn, ownRules: policy.settings.credentialInfos
    ).finish(whole)
  }

  private func threshold(_ policy: TrustedPolicy) -> Severity? {
    (policy.settings.failOn.flatMap { Threshold(rawValue: $0.text) } ?? .high).severity
  }

  private func judge(
    _ update: RefUpdate, _ branch: DefaultBranch?, _ location: RepositoryLocation, _ repository: Repository,
    _ whole: inout Report
  ) throws(GitError) -> (report: Report, policy: TrustedPolicy) {
    var update = update
    if case .client = side, let old = update.old, !repository.contains(old) {
      let message =
        "\(update.name) is at \(old.hex.prefix(10)) on the remote, which is not fetched: it is judged as a new "
        + "reference; run `git fetch` first"
      whole.diagnostics.append(Diagnostic(.warning, message.escapingControlCharacters))
      update.old = nil
    }
    let trusted = try update.old.flatMap { id throws(GitError) in try commit(id, repository) } ?? branch?.tip
    var scanOptions = options.scanOptions(outputs)
    scanOptions.policy = try Run(options, outputs, command: "hook", trust: .commit(trusted)).policy(at: location)
    let scanner = Scanner(location, engine: Run.engine(scanOptions.policy), options: scanOptions)
    return (scanner.push(update, default: branch), scanOptions.policy)
  }

  private func commit(_ id: ObjectID, _ repository: Repository) throws(GitError) -> ObjectID? {
    let end = try repository.peeled(id)
    return end.kind == .commit ? end.id : nil
  }

  /// The branch that others are measured by: on a server what `HEAD` names, on a client what the remote's does.
  private func defaultBranch(_ repository: Repository) throws(GitError) -> DefaultBranch? {
    switch side {
    case .server:
      switch try repository.head() {
      case .branch(let name, let tip): return DefaultBranch(name: name, tip: tip)
      case .unborn(let name): return DefaultBranch(name: name, tip: nil)
      case .detached(let tip): return DefaultBranch(name: "HEAD", tip: tip)
      }
    case .client(let remote):
      let prefix = "refs/remotes/\(remote)/"
      if let head = try repository.symbolicTarget(prefix + "HEAD"), head.hasPrefix(prefix) {
        let tip = try repository.reference(head)
        return DefaultBranch(name: "refs/heads/" + head.dropFirst(prefix.count), tip: tip)
      }
      for name in ["main", "master"] {
        guard let tip = try repository.reference(prefix + name) else { continue }
        return DefaultBranch(name: "refs/heads/" + name, tip: tip)
      }
      return nil
    }
  }

  /// Adds what one reference gave; the same finding in several references is told once, waived only where all are.
  private func add(_ report: Report, of update: RefUpdate, isOne: Bool, to whole: inout Report) {
    if isOne { (whole.base, whole.head) = (report.base, report.head) }
    for finding in report.findings {
      let twin = whole.findings.firstIndex { known in
        known.fingerprint == finding.fingerprint && known.location == finding.location
          && known.before == finding.before && known.commit?.id == finding.commit?.id
      }
      if let twin {
        if finding.suppression == nil { whole.findings[twin].suppression = nil }
        continue
      }
      var copy = finding
      if !isOne { copy.message += " It is pushed to \(update.name.escapingControlCharacters)." }
      whole.findings.append(copy)
    }
    for diagnostic in report.diagnostics where !whole.diagnostics.contains(diagnostic) {
      whole.diagnostics.append(diagnostic)
    }
    whole.statistics.commits += report.statistics.commits
    whole.statistics.files += report.statistics.files
    whole.statistics.bytes += report.statistics.bytes
    whole.statistics.seconds += report.statistics.seconds
  }
}
