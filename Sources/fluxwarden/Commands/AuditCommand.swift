internal import ArgumentParser
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

  @Argument(help: "Branches, tags or commits.")
  var revisions: [String] = []

  @Flag(name: .long, help: "Every reference, tags, notes, the stash and its log.")
  var all = false

  @Flag(
    name: .long,
    help: "Every object in the store: also commits that were forced away, deleted tags, dropped stashes, loose files.")
  var unreachable = false

  @Flag(name: .long, help: "Also tell commits that change clusters on the main line without a sign of a review.")
  var reviews = false

  @Option(name: .long, help: ArgumentHelp("Only commits made on or after a date.", valueName: "date"))
  var since: Date?

  @Option(name: .long, help: ArgumentHelp("Only commits made on or before a date.", valueName: "date"))
  var until: Date?

  @Option(
    name: .long, help: ArgumentHelp("Only commits whose author's name or address holds a text.", valueName: "text"))
  var author: String?

  @OptionGroup var options: CommonOptions

  func run() throws {
    var selection = AuditSelection()
    selection.revisions = revisions
    selection.all = all || unreachable
    selection.unreachable = unreachable
    selection.asksForReviews = reviews
    selection.since = since?.start
    selection.until = until?.end
    selection.author = author
    let progress = ProgressBar(isShown: !options.quiet, isTerminal: StandardError.isTerminal)
    try Run(options, command: "audit").report { scanner in
      defer { progress?.clear() }
      return scanner.audit(selection, progress: progress?.handler)
    }
  }
}
