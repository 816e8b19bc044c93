internal import ArgumentParser
internal import Policy

/// How a report is printed, and what makes it fail.
struct PrintingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The mildest severity that fails: critical, high, medium, low or never.", valueName: "severity"))
  var failOn: Threshold?

  @Flag(name: .long, help: "Put the lines around each finding into JSON too, masked; merge shows them.")
  var lines = false

  @Flag(name: .long, help: "Print without colour.")
  var noColor = false

  @Flag(name: .shortAndLong, help: "Print one line for each finding.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more about what is done.")
  var verbose = false
}

/// The value of `--fail-on`.
enum Threshold: String, ExpressibleByArgument, CaseIterable {
  case critical, high, medium, low, never

  /// The severity, or `nil` for never.
  var severity: Severity? { Severity(rawValue: rawValue) }
}
