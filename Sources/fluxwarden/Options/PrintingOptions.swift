internal import ArgumentParser
internal import Policy
internal import Reporting

/// How a report is printed, and what makes it fail.
struct PrintingOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("How to print: \(OutputFormat.names).", valueName: "format"))
  var format: OutputFormat = .text

  @Option(name: .long, help: ArgumentHelp("Write the findings to a file; - is standard output.", valueName: "file"))
  var output: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Write one more report: FORMAT=FILE. May be repeated.", valueName: "format=file"))
  var report: [ReportTarget] = []

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

  /// The file that the main report is written to; `nil` for standard output.
  var file: String? { output == PrintingOptions.standardOutput ? nil : output }

  /// The name of a file that stands for standard output.
  static let standardOutput = "-"

  /// All forms that are wanted.
  var formats: [OutputFormat] { [format] + report.map(\.format) }
}

extension OutputFormat {
  /// All names, for help texts.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension OutputFormat: ExpressibleByArgument {}

/// The value of `--fail-on`.
enum Threshold: String, ExpressibleByArgument, CaseIterable {
  case critical, high, medium, low, never

  /// The severity, or `nil` for never.
  var severity: Severity? { Severity(rawValue: rawValue) }
}

/// The value of `--report`.
struct ReportTarget: ExpressibleByArgument {
  var format: OutputFormat
  var path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let format = OutputFormat(rawValue: parts[0]) else { return nil }
    self.format = format
    path = parts[1]
  }
}
