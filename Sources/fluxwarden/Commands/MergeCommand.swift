internal import ArgumentParser
internal import Policy
internal import Reporting

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `fluxwarden merge`: the reports of several audits as one.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make one report of several audits' JSON.",
    discussion: """
      The result is what one audit of all repositories prints, whatever the order of the reports. A report that can't be \
      read, a part of a fleet that is missing, and a repository that is in two reports are errors; the rest is merged. \
      Reports that were made with --lines have the lines that text and html show.
      """)

  /// A larger report is refused: it would not fit into memory beside what is made of it.
  static let limit = 256 << 20

  @Argument(help: "Files that `fluxwarden audit --format json` has written.", completion: .file(extensions: ["json"]))
  var reports: [String]

  @OptionGroup var output: OutputOptions<FindingFormats>

  @OptionGroup var printing: PrintingOptions

  func run() throws {
    let rules = Dictionary(Outcome.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var merge = ReportMerge(rules: rules, version: Version.number)
    for file in reports {
      guard let bytes = FileInput.read(file, limit: MergeCommand.limit) else {
        let isTooLarge = errno == EFBIG
        let reason = isTooLarge ? "it is larger than \(MergeCommand.limit >> 20) MiB" : String(cString: strerror(errno))
        merge.miss(file, "can't read the report: \(reason)")
        continue
      }
      merge.add(bytes, from: file)
    }
    let report = merge.report
    try Outcome(printing, output.chosen, report).finish(report)
  }
}
