internal import ArgumentParser
internal import Configuration
internal import Git
internal import Policy
internal import Reporting
internal import Scanning

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// `fluxwarden baseline`: accepts today's findings.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Accept today's findings: write them to .fluxwarden-baseline.json.",
    discussion: """
      The file takes effect once it is committed to the base. Findings that are gone leave it; those accepted before \
      keep their reason. Another credential put in the place of an accepted one is found again.
      """)

  @Flag(name: .long, help: "Accept what an audit of the whole history finds, too.")
  var history = false

  @Option(name: .long, help: ArgumentHelp("Why they are accepted.", valueName: "text"))
  var reason = "was there when fluxwarden was introduced"

  @Option(name: .long, help: ArgumentHelp("Who answers for them.", valueName: "name"))
  var owner: String?

  @Option(name: .long, help: ArgumentHelp("The last day on which they are accepted.", valueName: "date"))
  var until: String?

  @Option(name: .long, help: ArgumentHelp("The repository.", valueName: "dir"))
  var repo: String?

  @Option(name: .long, help: ArgumentHelp("Write to another file; - is standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    if let until, Day(until) == nil { throw ValidationError("--until needs a day such as 2027-01-31.") }
    if reason.isEmpty { throw ValidationError("--reason must not be empty: a waiver without one does not hold.") }
  }

  func run() throws {
    var options = try CommonOptions.parse(repo.map { ["--repo", $0] } ?? [])
    options.printing.quiet = true
    let run = Run(options, Outputs(), command: "baseline")
    var before = Baseline()
    var folder: String?
    let report = run.looking { scanner in
      before = scanner.acceptedBefore
      folder = scanner.folder
      var report = scanner.withoutBaseline.check(.all)
      guard history else { return report }
      var selection = AuditSelection()
      selection.all = true
      let past = scanner.withoutBaseline.audit(selection)
      report.findings += past.findings
      report.diagnostics += past.diagnostics
      return report
    }.0
    for diagnostic in report.diagnostics {
      StandardError.write(DiagnosticText.of(diagnostic, isColoured: false) + "\n")
    }
    if report.diagnostics.contains(where: { $0.level == .error }) { throw ExitCode(2) }
    let accepted = report.findings.filter { $0.suppression == nil && $0.category != .process }.sorted(
      by: Finding.precedes)
    let text = Baseline.text(accepting: accepted, before: before, reason: reason, owner: owner, until: until)
    if output == Outputs.standardOutput {
      StandardOutput.write(text)
      return
    }
    let path = output ?? "\(folder ?? ".")/\(Baseline.path)"
    var file = FileOutput()
    file.write(text)
    guard file.save(to: path) else {
      StandardError.write("error: can't write \(path): \(String(cString: strerror(errno)))\n")
      throw ExitCode(2)
    }
    let number = accepted.count == 1 ? "1 finding" : "\(accepted.count) findings"
    StandardOutput.write("accepted \(number) in \(path): commit it, it holds from then on\n")
  }
}
