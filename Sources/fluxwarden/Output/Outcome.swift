internal import ArgumentParser
internal import Policy
internal import Posting
internal import Reporting
internal import Rules

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Prints a report as the options ask and tells the exit status.
struct Outcome {
  let options: PrintingOptions
  let outputs: Outputs
  /// The mildest severity that fails the run; `nil` for none.
  let failOn: Severity?
  /// The credential types of the configuration.
  var ownRules: [RuleInfo] = []
  /// The forge whose pull request is commented on.
  var forge: ForgeKind?

  /// Prints everything; throws the exit status unless it is 0.
  func finish(_ report: Report) throws {
    var report = report
    if let forge { post(&report, to: forge) }
    for target in outputs.reports { save(rendered(report, target.format), to: target.path, &report) }
    if let path = outputs.file { save(rendered(report, outputs.format), to: path, &report) }
    if outputs.format == .text || outputs.file != nil { printDiagnostics(report) }
    if outputs.file == nil { write(report) }
    StandardOutput.flush()
    if options.verbose { StandardError.write(StagesText.of(report)) }
    let status = report.exitStatus(failingOn: failOn)
    if status != 0 { throw ExitCode(status) }
  }

  /// Comments on the pull request. What a token may not write is printed as annotations instead.
  private func post(_ report: inout Report, to kind: ForgeKind) {
    let outcome: Poster.Outcome
    do throws(PostingError) {
      let event = Environment.all["GITHUB_EVENT_PATH"].flatMap { FileInput.read($0, limit: 64 << 20) }
      let poster = try Poster(
        kind, environment: Environment.all, event: event, options: renderOptions(isTerminal: false),
        rules: Outcome.rules + ownRules)
      outcome = poster.post(report)
    } catch {
      report.diagnostics.append(Diagnostic(.error, "nothing was posted: \(error.message)"))
      return
    }
    let isPrinted = outputs.format == .github && outputs.file == nil
    if outcome.isReadOnly, kind != .gitlab, !isPrinted {
      var output = StandardOutput()
      OutputFormat.github.write(
        report, rules: Outcome.rules + ownRules, options: renderOptions(isTerminal: false), to: &output)
    }
    let instead = kind == .gitlab ? "" : ": annotations are printed instead"
    for problem in outcome.problems {
      let level: Diagnostic.Level = outcome.isReadOnly ? .warning : .error
      report.diagnostics.append(Diagnostic(level, problem + (outcome.isReadOnly ? instead : "")))
    }
    report.diagnostics += outcome.warnings.map { Diagnostic(.warning, $0) }
    if options.verbose {
      let words = "\(outcome.added) comments added, \(outcome.changed) changed, \(outcome.mended) mended"
      StandardError.write("posted: \(words)\n")
    }
  }

  private func write(_ report: Report) {
    if outputs.format != .text { printDiagnostics(report) }
    var output = StandardOutput()
    outputs.format.write(
      report, rules: Outcome.rules + ownRules, options: renderOptions(isTerminal: StandardOutput.isTerminal),
      to: &output)
  }

  private func rendered(_ report: Report, _ format: OutputFormat) -> FileOutput {
    var output = FileOutput()
    format.write(report, rules: Outcome.rules + ownRules, options: renderOptions(isTerminal: false), to: &output)
    return output
  }

  private func save(_ output: FileOutput, to path: String, _ report: inout Report) {
    if path == Outputs.standardOutput { return output.print() }
    guard !output.save(to: path) else { return }
    let reason = String(cString: strerror(errno))
    report.diagnostics.append(Diagnostic(.error, "can't write the report to \(path): \(reason)"))
  }

  private func printDiagnostics(_ report: Report) {
    guard !report.diagnostics.isEmpty else { return }
    let isColoured = renderOptions(isTerminal: StandardError.isTerminal).isColoured
    StandardOutput.flush()
    for diagnostic in report.diagnostics {
      StandardError.write(DiagnosticText.of(diagnostic, isColoured: isColoured) + "\n")
    }
  }

  private func renderOptions(isTerminal: Bool) -> RenderOptions {
    var render = RenderOptions(toolVersion: Version.number, failOn: failOn)
    render.isColoured = isTerminal && Outcome.wantsColour(noColor: options.noColor)
    render.isQuiet = options.quiet
    render.wantsLines = options.lines
    if isTerminal { render.width = Terminal.width }
    return render
  }

  /// Whether standard output is to be coloured.
  static func isColoured(noColor: Bool) -> Bool { StandardOutput.isTerminal && wantsColour(noColor: noColor) }

  /// Whether colour is welcome: not with `--no-color`, `NO_COLOR` or a dumb terminal.
  private static func wantsColour(noColor: Bool) -> Bool {
    !noColor && (Environment.all["NO_COLOR"] ?? "").isEmpty && Environment.all["TERM"] != "dumb"
  }

  /// Every rule and every credential type.
  static var rules: [RuleInfo] { Catalogue.rules.map(\.info) + Catalogue.judgedElsewhere }
}
