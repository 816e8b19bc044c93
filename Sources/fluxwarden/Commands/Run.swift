internal import Configuration
internal import Git
internal import Policy
internal import Posting
internal import Rules
internal import Scanning

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What the commands that look at a repository have in common.
struct Run {
  let options: CommonOptions
  let outputs: Outputs
  let command: String
  /// Where the configuration and the waivers are read from.
  var trust = TrustPoint.head
  /// The forge whose pull request is commented on.
  var forge: ForgeKind?
  /// One of several repositories; `nil` for the one that the options name.
  var repository: String?
  /// Where an audit keeps what it learned; `nil` for nowhere.
  var cache: CacheOptions?
  /// Whether an audit works out what Flux applies also in a history without EKS Anywhere clusters.
  var judgesBuilds = false

  init(
    _ options: CommonOptions, _ outputs: Outputs, command: String, trust: TrustPoint = .head,
    forge: ForgeKind? = nil, repository: String? = nil
  ) {
    self.forge = forge
    self.repository = repository
    self.options = options
    self.outputs = outputs
    self.command = command
    self.trust = trust
  }

  /// Opens the repository, looks, prints. What keeps it from looking is a diagnostic like any other.
  func report(_ look: (Scanner) -> Report, paths: () -> [String] = { [] }) throws {
    try finish(looking(look, paths: paths))
  }

  /// Opens the repository and looks.
  func looking(_ look: (Scanner) -> Report, paths: () -> [String] = { [] }) -> (Report, TrustedPolicy) {
    do throws(GitError) {
      let location = try location()
      var scanOptions = options.scanOptions(outputs)
      for path in paths() { scanOptions.paths.append(try location.repositoryPath(of: path, from: folder)) }
      scanOptions.policy = try policy(at: location)
      scanOptions.cache = cache
      scanOptions.judgesBuilds = judgesBuilds
      let report = look(Scanner(location, engine: Run.engine(scanOptions.policy), options: scanOptions))
      return (report, scanOptions.policy)
    } catch {
      var report = Report(command: command, repository: folder)
      report.repositories = [ReportedRepository(path: folder)]
      report.diagnostics.append(Diagnostic(.error, error.message))
      return (report, TrustedPolicy())
    }
  }

  /// The folder from which the repository is looked for.
  private var folder: String { repository ?? options.folder }

  private func location() throws(GitError) -> RepositoryLocation {
    guard let repository else { return try options.location() }
    return try RepositoryLocation(around: repository, environment: Environment.around(repository))
  }

  /// Prints, and ends with the status that the configuration and the options ask for.
  func finish(_ result: (report: Report, policy: TrustedPolicy)) throws {
    let settings = result.policy.settings
    let wanted = options.printing.failOn ?? settings.failOn.flatMap { Threshold(rawValue: $0.text) } ?? .high
    let outcome = Outcome(
      options: options.printing, outputs: outputs, failOn: wanted.severity, ownRules: settings.credentialInfos,
      forge: forge)
    try outcome.finish(result.report)
  }

  /// The configuration and waivers that hold. A trust point that can't be found is an error of the look itself.
  func policy(at location: RepositoryLocation) throws(GitError) -> TrustedPolicy {
    let repository = try Repository(location)
    var text: (name: String, text: [UInt8])?
    if let path = options.config {
      guard let bytes = FileInput.read(path, limit: Settings.limit) else {
        throw GitError(.io(path: path), "can't read the configuration \(path): \(String(cString: strerror(errno)))")
      }
      text = (path, bytes)
    }
    return TrustedPolicy(
      at: try trust.commit(in: repository), in: repository, configuration: text, rules: Outcome.rules)
  }

  /// All rules, as a configuration wants them.
  static func engine(_ policy: TrustedPolicy) -> Engine {
    policy.engine(rules: Catalogue.rules, also: Catalogue.judgedElsewhere)
  }
}

/// Where the configuration and the waivers are read from.
enum TrustPoint {
  /// What is checked out.
  case head
  /// The tip of a base.
  case revision(String)
  /// A commit that is known; `nil` where there is none yet.
  case commit(ObjectID?)

  /// The commit; `nil` where there is none yet.
  func commit(in repository: Repository) throws(GitError) -> ObjectID? {
    switch self {
    case .head: try repository.head().commit
    case .revision(let text): try repository.resolveCommit(text)
    case .commit(let id): id
    }
  }
}
