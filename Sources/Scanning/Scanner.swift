package import Configuration
package import Git
package import Policy
internal import Secrets

/// What a run is told besides what to look at.
package struct ScanOptions: Sendable {
  /// Findings of these rules, on objects of these names (or any), are waived by whoever runs the tool.
  package struct Allowance: Sendable {
    package var rule: String
    /// `NAME`, `NAMESPACE/NAME` or `KIND/NAME`; `nil` for every object.
    package var object: String?
    package var reason: String

    package init(rule: String, object: String?, reason: String) {
      self.rule = rule
      self.object = object
      self.reason = reason
    }
  }

  /// How many threads may work at once.
  package var jobs = 1
  /// Only findings in these files or folders are given; the whole repository is understood all the same.
  package var paths: [String] = []
  package var allowances: [Allowance] = []
  /// The configuration and waivers that hold.
  package var policy = TrustedPolicy()
  /// The day on which waivers are judged.
  package var today = Day(secondsSince1970: 0)
  /// The key of `FLUXWARDEN_KEY`.
  package var fingerprintKey: String?
  /// Whether the lines around each finding are wanted.
  package var wantsExcerpts = false
  /// Whether the differences around each finding are wanted besides.
  package var wantsDiffs = false
  /// Whether an audit works out what Flux applies also in a history without EKS Anywhere clusters.
  package var judgesBuilds = false
  /// Where audits keep what they learned; `nil` for nowhere.
  package var cache: CacheOptions?

  package init() {}
}

/// Looks at a repository: what would be committed, a pull request, or the whole history.
package struct Scanner: Sendable {
  let location: RepositoryLocation
  let engine: Engine
  let options: ScanOptions

  package init(_ location: RepositoryLocation, engine: Engine, options: ScanOptions) {
    self.location = location
    self.engine = engine
    self.options = options
  }

  /// The repository's folder, for people.
  var repositoryName: String { location.workTree ?? location.gitDirectory }

  /// The folder of the checked-out files, or the bare repository.
  package var folder: String { repositoryName }

  /// The findings that were accepted before.
  package var acceptedBefore: Baseline { options.policy.baseline }

  /// The same without what was accepted before, so that everything is found again.
  package var withoutBaseline: Scanner {
    var copy = options
    copy.policy.baseline = Baseline()
    return Scanner(location, engine: engine, options: copy)
  }

  var secretFindings: SecretFindings { SecretFindings(infos: engine.infos) }

  /// Settles, waives and sorts what was found, and takes the time.
  func finish(_ report: inout Report, since start: ContinuousClock.Instant) {
    report.findings = Finding.sorted(report.findings.filter(isWanted).map(allowed))
    report.diagnostics += options.allowances.compactMap(unknown)
    var seen: Set<Diagnostic> = []
    report.diagnostics = report.diagnostics.filter { seen.insert($0).inserted }
    report.diagnostics = options.policy.diagnostics + report.diagnostics
    // A hook has no title, so that a clean one need not prepare a search to hide what the address could hold.
    let address = ["audit", "review"].contains(report.command) ? location.originAddress : nil
    report.repositories = [ReportedRepository(path: repositoryName, address: address, head: report.head)]
    let isEmpty = report.findings.isEmpty && report.diagnostics.isEmpty && report.plan == nil && address == nil
    if !isEmpty || report.record?.clusters.isEmpty == false { hideSecrets(in: &report) }
    let duration = start.duration(to: .now)
    report.statistics.seconds =
      Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }

  private func hideSecrets(in report: inout Report) {
    do throws(SecretsError) {
      var mask = try SecretMask(own: options.policy.ownCredentials)
      mask.apply(to: &report)
    } catch {
      report.diagnostics.append(Diagnostic(.error, error.description))
    }
  }

  /// What is wrong with an allowance of a rule that is neither in the catalogue nor in the configuration.
  private func unknown(_ allowance: ScanOptions.Allowance) -> Diagnostic? {
    let known = Set(engine.infos.keys).union(options.policy.settings.rules.keys)
    guard !known.contains(allowance.rule) else { return nil }
    let near = NearestWord.to(allowance.rule, among: known).map { "did you mean \($0)?" }
    let hint = near ?? "`fluxwarden rules` lists all"
    return Diagnostic(.error, "--allow: there is no rule \"\(allowance.rule)\": \(hint)")
  }

  private func isWanted(_ finding: Finding) -> Bool {
    guard !options.paths.isEmpty else { return true }
    let places = [finding.location].compactMap { $0?.path } + finding.related.map(\.path)
    return places.contains { place in
      options.paths.contains { $0.isEmpty || place == $0 || place.hasPrefix($0 + "/") }
    }
  }

  private func allowed(_ finding: Finding) -> Finding {
    guard finding.suppression == nil, let allowance = options.allowances.first(where: { $0.covers(finding) }) else {
      return finding
    }
    var copy = finding
    copy.suppression = Finding.Suppression(kind: .operatorAllowed, reason: allowance.reason)
    return copy
  }
}

extension ScanOptions.Allowance {
  fileprivate func covers(_ finding: Finding) -> Bool {
    guard finding.rule == rule else { return false }
    return object.map { finding.isAbout(object: $0) } ?? true
  }
}

extension Diagnostic {
  /// A diagnostic about something that could not be read.
  init(_ error: GitError, path: String? = nil, commit: ObjectID? = nil) {
    self.init(.error, error.message, path: path, commit: commit?.hex)
  }
}
