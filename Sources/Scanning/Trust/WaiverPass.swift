internal import Configuration
internal import Flux
internal import Git
internal import Manifests
internal import Policy

/// Applies the trusted configuration and waivers to what was found, and tells what is wrong with the waivers.
struct WaiverPass {
  let scanner: Scanner
  let policy: TrustedPolicy
  let sides: JudgedSides
  private let repository: Repository
  let comments: TrustedComments
  let today: Day
  private(set) var used = UsedWaivers()
  private var diagnostics: [Diagnostic] = []

  /// Which waivers met a finding.
  struct UsedWaivers {
    var settings: Set<Int> = []
    var baseline: Set<Int> = []
    var comments: Set<String> = []
    /// Waivers in comments that met a finding and do not hold.
    var failing: [(path: String, waiver: Waiver)] = []
  }

  init(
    _ scanner: Scanner, _ sides: JudgedSides, _ repository: Repository, _ secrets: SecretPass
  ) throws(GitError) {
    self.scanner = scanner
    self.sides = sides
    self.repository = repository
    policy = scanner.options.policy
    today = scanner.options.today
    comments = try TrustedComments(policy.commit, repository, secrets)
  }

  /// Changes the report's findings and adds those about waivers and the configuration.
  mutating func run(_ report: inout Report) {
    report.findings = report.findings.compactMap(configured)
    for index in report.findings.indices { waive(&report.findings[index]) }
    var added = failing()
    switch sides.kind {
    case .change: added += PolicyChangePass(scanner, sides).findings(&diagnostics)
    case .state: added += unused(ofHistory: false)
    case .history(let isWhole): added += isWhole ? unused(ofHistory: true) : []
    }
    for index in added.indices { waive(&added[index]) }
    report.findings += added
    report.diagnostics += diagnostics
  }

  /// A finding as the configuration wants it; `nil` where it is none.
  private func configured(_ finding: Finding) -> Finding? {
    var copy = finding
    if let severity = policy.settings.rules[finding.rule]?.severity { copy.severity = severity }
    guard finding.category != .process else { return copy }
    if AllowedValues(policy.settings).allows(finding) { return nil }
    guard !policy.settings.excluded.isEmpty, let place = finding.location, policy.settings.excludes(place.path) else {
      return copy
    }
    // The same secret elsewhere still counts.
    let elsewhere = finding.related.filter { !policy.settings.excludes($0.path) }
    guard finding.secret != nil, let first = elsewhere.first else { return nil }
    copy.location = first
    copy.related = Array(elsewhere.dropFirst())
    return copy
  }

  // MARK: Waiving

  private mutating func waive(_ finding: inout Finding) {
    guard finding.suppression == nil else { return }
    if let waiver = first(policy.settings.waivers, about: finding, marking: \.settings) {
      finding.suppression = waiver.suppression(.config)
    } else if let waiver = first(policy.baseline.waivers, about: finding, marking: \.baseline) {
      finding.suppression = waiver.suppression(.baseline)
    } else if let waiver = comment(about: finding) {
      finding.suppression = waiver.suppression(.comment)
    }
  }

  private mutating func first(
    _ waivers: [Waiver], about finding: Finding, marking mark: WritableKeyPath<UsedWaivers, Set<Int>>
  ) -> Waiver? {
    var holding: Waiver?
    for (index, waiver) in waivers.enumerated() where waiver.isAbout(finding) {
      used[keyPath: mark].insert(index)
      if holding == nil, waiver.holds(on: today) { holding = waiver }
    }
    return holding
  }

  private mutating func comment(about finding: Finding) -> Waiver? {
    let isOfSeveral = finding.isAboutSeveral(scanner.engine.infos)
    let places = [finding.location].compactMap { $0 } + (isOfSeveral ? finding.related : [])
    guard let place = places.first else { return nil }
    guard let waiver = comment(about: finding, at: place) else { return nil }
    // One comment does not stand for the same edit elsewhere; a secret is waived where it is waived everywhere.
    guard places.count == 1 || finding.category == .secret else { return nil }
    for other in places.dropFirst() {
      guard comment(about: finding, at: other) != nil else { return nil }
    }
    return waiver
  }

  private mutating func comment(about finding: Finding, at place: Location) -> Waiver? {
    let gone = sides.files.lazy.filter { $0.new == nil && $0.old?.kind == .file }.map(\.path).prefix(500)
    for path in [place.path] + gone.filter({ $0 != place.path }) {
      do throws(FileTreeError) {
        guard let file = try comments.file(path) else { continue }
        let value = finding.category == .secret ? try self.value(of: finding, at: place) : nil
        let line = path == place.path ? try self.line(of: finding, at: place) : nil
        guard let found = comments.cover(finding, in: file) ?? file.cover(finding, line: line, value: value) else {
          continue
        }
        used.comments.insert("\(path):\(found.waiver.span.startLine):\(found.waiver.rule)")
        if found.comment.problem == nil, found.waiver.holds(on: today) { return found.waiver }
        used.failing.append((path, found.waiver))
      } catch {
        diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
      }
    }
    return nil
  }

  /// The text of the file that a finding is in.
  private func text(of finding: Finding, at place: Location) throws(FileTreeError) -> [UInt8]? {
    var tree: (any FileTree)? = place.side == .before ? sides.before : sides.after
    if let commit = finding.commit.flatMap({ ObjectID(hex: $0.id) }), place.side == .after {
      do throws(GitError) {
        tree = GitTree(try repository.commitNode(commit).tree, in: repository)
      } catch {
        throw FileTreeError(path: place.path, reason: error.message)
      }
    }
    guard let tree, let entry = try tree.entry(at: place.path), entry.kind == .file else { return nil }
    return try tree.contents(of: entry, at: place.path)
  }

  private func line(of finding: Finding, at place: Location) throws(FileTreeError) -> [UInt8]? {
    guard finding.subject == nil, finding.category != .secret, let text = try text(of: finding, at: place) else {
      return nil
    }
    return text.withUnsafeBytes { bytes in LineIndex(bytes).line(Int(place.span.startLine)).map { Array(bytes[$0]) } }
  }

  /// The value that a finding about a Secret is about.
  private func value(of finding: Finding, at place: Location) throws(FileTreeError) -> Node? {
    guard let subject = finding.subject, let text = try text(of: finding, at: place) else { return nil }
    return CommentedFile.value(of: subject, finding.field, in: text)
  }
}

extension Finding {
  /// Whether its related places are further places of the same thing, not explanations.
  fileprivate func isAboutSeveral(_ infos: [String: RuleInfo]) -> Bool {
    secret != nil || infos[rule]?.groupsSameEdits == true
  }
}

extension Scanner {
  /// Applies the trusted policy to a report: the one place where check, review and audit do.
  func police(
    _ report: inout Report, _ sides: JudgedSides, _ repository: Repository, _ secrets: SecretPass
  ) throws(ScanError) {
    do throws(GitError) {
      var pass = try WaiverPass(self, sides, repository, secrets)
      pass.run(&report)
    } catch {
      throw .git(error)
    }
  }

  /// Applies the trusted policy to the report of an audit.
  func police(
    _ report: inout Report, history selection: AuditSelection, _ repository: Repository
  ) throws(ScanError) {
    let tree: any FileTree
    do throws(GitError) {
      let head = try repository.head().commit.map { id throws(GitError) in try repository.commitNode(id).tree }
      tree = head.map { GitTree($0, in: repository) } ?? FlatTree(texts: [:])
    } catch {
      throw .git(error)
    }
    let sides = JudgedSides(kind: .history(isWhole: selection.isWhole), before: nil, after: tree, files: [])
    try police(&report, sides, repository, try openSecrets())
  }
}
