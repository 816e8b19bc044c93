internal import ArgumentParser
internal import Configuration
internal import Git
internal import Policy
internal import Reporting
internal import Rules
internal import Scanning

/// The options that every command which looks at a repository has.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customLong("repo"), help: ArgumentHelp("The repository. An audit takes several.", valueName: "dir"))
  var repositories: [String] = []

  @OptionGroup var printing: PrintingOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Read this configuration instead of the trusted \(Settings.path).", valueName: "file"))
  var config: String?

  @Option(
    name: .long, help: ArgumentHelp("Let a planned change through: RULE or RULE=OBJECT.", valueName: "rule[=object]"))
  var allow: [String] = []

  @Option(name: .long, help: ArgumentHelp("Why --allow is given.", valueName: "text"))
  var reason: String?

  @Option(name: .long, help: ArgumentHelp("How many threads may work at once.", valueName: "n"))
  var jobs: Int?

  func validate() throws {
    if !allow.isEmpty, reason?.isEmpty ?? true {
      throw ValidationError("--allow needs a reason: add --reason TEXT, it is shown in the report.")
    }
    for text in allow {
      let rule = allowance(text, reason: "").rule
      if rule.isEmpty { throw ValidationError("--allow needs a rule: RULE or RULE=OBJECT.") }
      guard !Outcome.rules.contains(where: { $0.id == rule }), config == nil else { continue }
      let near = NearestWord.to(rule, among: Outcome.rules.map(\.id))
      guard let near else { continue }
      throw ValidationError("there is no rule \(rule); did you mean \(near)?")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs needs a number from 1 on.") }
  }
}

extension CommonOptions {
  /// What the scanner is told.
  func scanOptions(_ outputs: Outputs) -> ScanOptions {
    var options = ScanOptions()
    options.jobs = jobs ?? Environment.processors
    options.allowances = allow.map { allowance($0, reason: reason ?? "") }
    options.allowances += Allowances.fromEnvironment
    options.fingerprintKey = Environment.all["FLUXWARDEN_KEY"].flatMap { $0.isEmpty ? nil : $0 }
    options.today = Day(secondsSince1970: Clock.seconds)
    options.wantsDiffs = outputs.formats.contains(.html) || printing.lines
    options.wantsExcerpts = options.wantsDiffs || outputs.formats.contains(.text) && !printing.quiet
    return options
  }

  private func allowance(_ text: String, reason: String) -> ScanOptions.Allowance {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return ScanOptions.Allowance(rule: parts[0], object: parts.count > 1 ? parts[1] : nil, reason: reason)
  }

  /// The folder from which the repository is looked for.
  var folder: String { repositories.first ?? Environment.folder }

  /// Finds the repository; the variables of a hook count only where `--repo` does not name another one.
  func location() throws(GitError) -> RepositoryLocation {
    guard repositories.count < 2 else {
      let message = "--repo is given \(repositories.count) times: only an audit looks at several repositories"
      throw GitError(.notARepository(path: folder), message)
    }
    return try RepositoryLocation(around: folder, environment: Environment.around(repositories.first))
  }
}

/// The way to let a planned change through a hook, where there is no command line: `FLUXWARDEN_ALLOW`.
enum Allowances {
  /// `RULE[=OBJECT][: REASON]`, several separated by line feeds or semicolons.
  static var fromEnvironment: [ScanOptions.Allowance] {
    let text = Environment.all["FLUXWARDEN_ALLOW"] ?? ""
    return text.split(whereSeparator: { $0 == ";" || $0.isNewline }).map { item in
      let parts = item.split(separator: ":", maxSplits: 1).map(String.init)
      let target = parts[0].trimmed.split(separator: "=", maxSplits: 1).map(String.init)
      return ScanOptions.Allowance(
        rule: target.first ?? "", object: target.count > 1 ? target[1] : nil,
        reason: parts.count > 1 ? parts[1].trimmed : "FLUXWARDEN_ALLOW")
    }
  }
}

extension String {
  /// The text without spaces around it.
  fileprivate var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
