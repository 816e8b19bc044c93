internal import ArgumentParser
internal import Reporting

/// Which reports are written, and where to. `Formats` are those that a command has.
struct OutputOptions<Formats: FormatList>: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("How to print: \(Formats.names); by default text.", valueName: "format"),
    completion: .list(Formats.formats.map(\.rawValue)), transform: { try Formats.format($0) })
  var format: OutputFormat = .text

  @Option(name: .long, help: ArgumentHelp("Write the report to a file; - is standard output.", valueName: "file"))
  var output: String?

  @Option(
    name: .long, help: ArgumentHelp("Write one more report: FORMAT=FILE. May be repeated.", valueName: "format=file"),
    transform: { try Formats.target($0) })
  var report: [ReportTarget] = []

  /// What was chosen, whatever there was to choose from.
  var chosen: Outputs {
    Outputs(format: format, file: output == Outputs.standardOutput ? nil : output, reports: report)
  }
}

/// The reports of a run.
struct Outputs {
  /// How the main report is printed.
  var format: OutputFormat = .text
  /// The file that the main report is written to; `nil` for standard output.
  var file: String?
  /// Those besides the main one.
  var reports: [ReportTarget] = []

  /// The name of a file that stands for standard output.
  static let standardOutput = "-"

  /// All formats that are wanted.
  var formats: [OutputFormat] { [format] + reports.map(\.format) }
}

/// The value of `--report`.
struct ReportTarget {
  /// How it is printed.
  var format: OutputFormat
  /// The file, or what stands for standard output.
  var path: String
}

/// The formats that a command has.
protocol FormatList {
  /// All of them, in the order of the help.
  static var formats: [OutputFormat] { get }
  /// Why there are no others.
  static var reason: String { get }
}

/// The formats of findings: all of them.
enum FindingFormats: FormatList {
  static let formats = OutputFormat.allCases
  static let reason = "there is no such format"
}

/// The formats of a plan. Those that are made for findings would print an empty list, which says that there is nothing.
enum PlanFormats: FormatList {
  static let formats: [OutputFormat] = [.text, .json, .jsonl, .markdown]
  static let reason = "a plan has no findings to print so"
}

extension FormatList {
  /// All names, for help texts.
  static var names: String { formats.map(\.rawValue).joined(separator: ", ") }

  /// The value of `--format`.
  static func format(_ argument: String) throws -> OutputFormat {
    guard let format = OutputFormat(rawValue: argument), formats.contains(format) else {
      throw ValidationError("\(reason): take one of \(names).")
    }
    return format
  }

  /// The value of `--report`.
  static func target(_ argument: String) throws -> ReportTarget {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw ValidationError("FORMAT=FILE is expected.") }
    return ReportTarget(format: try format(parts[0]), path: parts[1])
  }
}
