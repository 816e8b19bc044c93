internal import ArgumentParser
internal import Posting
internal import Scanning

/// `fluxwarden review`: what a branch would change if it were merged.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Judge what a pull request would change.",
    discussion: """
      BASE and BASE...HEAD compare HEAD with the merge base, as a pull request would merge; BASE..HEAD compares the two \
      trees as they are. HEAD is the default for an absent second side.

      --post comments on the pull request that the CI system's variables, or FLUXWARDEN_PULL_REQUEST, tell of: a summary, \
      and a comment beside each line, kept up to date from push to push. The token comes from FLUXWARDEN_TOKEN, or from \
      GITHUB_TOKEN, GITLAB_TOKEN or GITEA_TOKEN. It needs the program curl. Where the pull request is at another commit \
      than HEAD by now, which HEAD is no merge of, nothing is posted and the exit status is 2.
      """)

  @Argument(help: "BASE, BASE...HEAD or BASE..HEAD.")
  var range: String

  @Option(
    name: .long, help: ArgumentHelp("Comment on the pull request: github, gitlab or gitea.", valueName: "forge"))
  var post: ForgeKind?

  @OptionGroup var output: OutputOptions<FindingFormats>

  @OptionGroup var options: CommonOptions

  func run() throws {
    let range = try ReviewRange(argument: range)
    try Run(options, output.chosen, command: "review", trust: .revision(range.base), forge: post).report {
      $0.review(range)
    }
  }
}

extension ForgeKind: ExpressibleByArgument {}

extension ReviewRange {
  /// A range of the command line. One without a base is a usage error.
  init(argument: String) throws {
    self.init(argument)
    guard base.isEmpty else { return }
    throw ValidationError(
      "\(argument.isEmpty ? "The range is empty" : "'\(argument)' names no base"): name what the branch is compared "
        + "with, as in 'main' or 'origin/main...HEAD'.")
  }
}
