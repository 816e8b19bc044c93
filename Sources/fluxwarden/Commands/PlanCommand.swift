internal import ArgumentParser
internal import Scanning

/// `fluxwarden plan`: what Flux would do if a branch were merged.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Print what Flux would create, change and delete for a pull request.",
    discussion: """
      Nothing is judged: the exit status is 0 whatever the plan is, and 2 where something could not be read. BASE and \
      BASE...HEAD compare HEAD with the merge base, BASE..HEAD compares the two trees as they are.
      """)

  @Argument(help: "BASE, BASE...HEAD or BASE..HEAD.")
  var range: String

  @OptionGroup var output: OutputOptions<PlanFormats>

  @OptionGroup var options: CommonOptions

  func run() throws {
    let range = try ReviewRange(argument: range)
    try Run(options, output.chosen, command: "plan", trust: .revision(range.base)).report { $0.plan(range) }
  }
}
