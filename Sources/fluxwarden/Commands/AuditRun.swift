internal import Configuration
internal import Policy
internal import Reporting
internal import Scanning

/// Audits one repository after the other and prints one report about all of them.
///
/// A repository is the smallest part: what its history tells, who took a credential out, which edit was taken back, is
/// known to nobody who sees half of it. So a shard is dealt whole repositories, and a large one is split over threads.
struct AuditRun {
  let options: CommonOptions
  let outputs: Outputs
  let selection: AuditSelection
  /// Only findings in these files and folders of each repository are given.
  let paths: [String]
  let shard: Shard?
  /// Where what is learned is kept for the next audit; `nil` for nowhere.
  let cache: CacheOptions?
  /// Whether what Flux applies is worked out in histories without EKS Anywhere clusters too.
  let judgesBuilds: Bool

  /// Looks and prints.
  func finish() throws {
    let start = ContinuousClock.now
    let folders = folders
    let bar = ProgressBar(isShown: !options.printing.quiet, isTerminal: StandardError.isTerminal)
    var parts: [Report] = []
    var seen: Set<String> = []
    for (number, folder) in folders.enumerated() {
      if folders.count > 1 { bar?.begin("\(number + 1) of \(folders.count) repositories, ") }
      if let part = audit(folder, bar, &seen) { parts.append(part) }
    }
    bar?.clear()
    var report = ReportUnion(parts).report
    report.shard = shard
    let elapsed = start.duration(to: .now).components
    if parts.count > 1 {
      report.statistics.seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }
    try Outcome(options.printing, outputs, report).finish(report)
  }

  /// The repositories to look at, as they were named; `nil` is the one around the current folder.
  private var folders: [String?] {
    var seen: Set<String> = []
    let named = options.repositories.filter { seen.insert($0).inserted }
    let all: [String?] = named.isEmpty ? [nil] : named
    guard let shard else { return all }
    let own = shard.own(of: all)
    if own.isEmpty, !options.printing.quiet {
      let count = all.count == 1 ? "only one repository, which is not split" : "only \(all.count) repositories"
      StandardError.write("fluxwarden: there is nothing for shard \(shard.number)/\(shard.count): there is \(count)\n")
    }
    return own
  }

  /// The report about one repository; `nil` where it is one that was looked at already.
  private func audit(_ folder: String?, _ bar: ProgressBar?, _ seen: inout Set<String>) -> Report? {
    var isKnown = false
    var run = Run(options, outputs, command: "audit", repository: folder)
    run.cache = cache
    run.judgesBuilds = judgesBuilds
    var (report, policy) = run.looking { scanner in
      isKnown = !seen.insert(scanner.folder).inserted
      return isKnown
        ? Report(command: "audit", repository: scanner.folder) : scanner.audit(selection, progress: bar?.handler)
    } paths: {
      paths
    }
    guard !isKnown, !report.repositories.isEmpty else { return nil }
    report.repositories[0].failOn = policy.settings.failOn?.text
    report.repositories[0].rules = policy.settings.credentialInfos
    return report
  }
}

extension Outcome {
  /// The outcome of an audit: of several configurations the strictest counts for all, unless an option says otherwise.
  init(_ options: PrintingOptions, _ outputs: Outputs, _ audit: Report) {
    let own = audit.repositories.map { (($0.failOn.flatMap { Threshold(rawValue: $0) }) ?? .high).severity }
    let strictest = own.isEmpty ? .high : own.compactMap { $0 }.min()
    self.init(
      options: options, outputs: outputs, failOn: options.failOn.map(\.severity) ?? strictest,
      ownRules: audit.repositories.flatMap(\.rules))
  }
}

extension Shard {
  /// `I/N`.
  init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1] else { return nil }
    self.init(number: number, count: count)
  }
}
