internal import ArgumentParser
internal import Git
internal import Policy
internal import Scanning

/// `fluxwarden check`: what is about to be committed, or the present state.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Judge what is about to be committed: the index against HEAD.",
    discussion: """
      With paths, only findings located there are printed; the whole repository is still understood.
      """)

  @Flag(name: .long, help: "Judge the working tree against HEAD.")
  var worktree = false

  @Flag(name: .long, help: "Judge the present state as such, with nothing before it.")
  var all = false

  @OptionGroup var output: OutputOptions<FindingFormats>

  @OptionGroup var options: CommonOptions

  @Argument(help: "Print findings in these files and folders only.")
  var paths: [String] = []

  func validate() throws {
    if worktree && all { throw ValidationError("--worktree and --all exclude each other.") }
  }

  func run() throws {
    try Run(options, output.chosen, command: "check").report { scanner in
      scanner.check(all ? .all : worktree ? .workTree : .index)
    } paths: {
      paths
    }
  }
}
