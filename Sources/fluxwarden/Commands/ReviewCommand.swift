internal import ArgumentParser
internal import Scanning

/// `fluxwarden review`: what a branch would change if it were merged.
struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Judge what a pull request would change.",
    discussion: """
      BASE and BASE...HEAD compare HEAD with the merge base, as a pull request would merge; BASE..HEAD compares the two \
      trees as they are. HEAD is the default for an absent side.
      """)

  @Argument(help: "BASE, BASE...HEAD or BASE..HEAD.")
  var range: String

  @OptionGroup var options: CommonOptions

  func run() throws {
    try Run(options, command: "review").report { $0.review(ReviewRange(range)) }
  }
}
