internal import ArgumentParser
internal import Policy
internal import Scanning

/// `fluxwarden audit`: the whole history.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Judge every commit of a history.",
    discussion: """
      Without revisions, what HEAD reaches. Each secret is one finding, with its first and last appearance and whether \
      it is still live.
      """)

  @Argument(
    help: "Branches, tags or commits. Behind --, files and folders: only findings in them are printed.")
  var revisions: [String] = []

  @Flag(name: .long, help: "Every reference, tags, notes, the stash and its log.")
  var all = false

  @Flag(
    name: .long,
    help: "Every object in the store: also commits that were forced away, deleted tags, dropped stashes, loose files.")
  var unreachable = false

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Work out what Flux applies at every commit, also in a history without EKS Anywhere clusters. Takes several times as long."
    ))
  var applied = false

  @Flag(name: .long, help: "Also tell commits that change clusters on the main line without a sign of a review.")
  var reviews = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only commits made on or after a day, or a moment of it, in UTC.", valueName: "yyyy-mm-dd[Thh:mm]"))
  var since: Date?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only commits made on or before a day, or a moment of it, in UTC.", valueName: "yyyy-mm-dd[Thh:mm]"))
  var until: Date?

  @Option(
    name: .long, help: ArgumentHelp("Only commits whose author's name or address holds a text.", valueName: "text"))
  var author: String?

  @Option(
    name: .customLong("ref"),
    help: ArgumentHelp(
      "Only what branches and tags reach whose names match, such as 'release-*'. May be repeated.", valueName: "pattern"
    ))
  var references: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Look only at part I of N of the repositories; see merge.", valueName: "i/n"),
    transform: AuditCommand.shard)
  var shard: Shard?

  @OptionGroup var cache: CacheArguments

  @OptionGroup var output: OutputOptions<FindingFormats>

  @OptionGroup var options: CommonOptions

  func validate() throws {
    if all || unreachable, !references.isEmpty {
      throw ValidationError("--ref chooses among what --all and --unreachable take as a whole: leave one of them out.")
    }
  }

  private static func shard(_ text: String) throws -> Shard {
    guard let shard = Shard(argument: text) else {
      throw ValidationError("--shard needs I/N, the part and how many parts there are, such as 3/20.")
    }
    return shard
  }

  func run() throws {
    var selection = AuditSelection()
    // The parser knows one list of positional arguments: those behind `--` are at its end.
    let paths = Array(revisions.suffix(Environment.argumentsBehindTerminator))
    selection.revisions = Array(revisions.dropLast(paths.count))
    selection.all = all || unreachable
    selection.unreachable = unreachable
    selection.asksForReviews = reviews
    selection.since = since?.start
    selection.until = until?.end
    selection.author = author
    selection.references = references
    try AuditRun(
      options: options, outputs: output.chosen, selection: selection, paths: paths, shard: shard,
      cache: cache.options(), judgesBuilds: applied
    ).finish()
  }
}
