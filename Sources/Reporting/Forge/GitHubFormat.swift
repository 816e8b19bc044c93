internal import Policy

/// `--format github`: workflow commands that GitHub Actions shows as annotations, then the report for the log.
struct GitHubFormat {
  /// GitHub shows no more annotations of a level in one step than these.
  static let limit = 10

  /// Errors take no more than these, so that findings are annotated as well.
  private static let errorLimit = 2

  private let options: RenderOptions

  /// A format with the options that it heeds.
  init(_ options: RenderOptions) {
    self.options = options
  }

  /// Writes the annotations, and between a stop and its resumption the text report, whose lines are not commands.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    var counts: [String: Int] = [:]
    var left = 0
    func annotate(_ command: String, _ line: String) {
      counts[command, default: 0] += 1
      if counts[command, default: 0] <= GitHubFormat.limit { output.write(line + "\n") } else { left += 1 }
    }
    let errors = report.diagnostics.filter { $0.level == .error }
    for diagnostic in errors.prefix(GitHubFormat.errorLimit) {
      annotate("error", GitHubFormat.command(of: diagnostic))
    }
    for finding in report.findings where finding.suppression == nil {
      let command = GitHubFormat.name(of: finding.severity)
      annotate(command, line(finding, command))
    }
    for diagnostic in report.diagnostics where diagnostic.level == .warning {
      annotate("warning", GitHubFormat.command(of: diagnostic))
    }
    var log = ""
    var plain = options
    plain.isColoured = false
    TextFormat(plain).write(report, to: &log)
    if left > 0 { log += "\(left) more than GitHub shows as annotations; the list above has them all\n" }
    let token = GitHubFormat.token(for: log, report)
    output.write("::stop-commands::\(token)\n\(log)::\(token)::\n")
  }

  /// The command that stands for a severity.
  private static func name(of severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low: "notice"
    }
  }

  private func line(_ finding: Finding, _ command: String) -> String {
    let anchor = Anchor(finding, options)
    var properties: [String] = []
    if let location = anchor.location {
      let place = PlaceNumbers(location.span)
      properties.append("file=\(GitHubFormat.property(location.path))")
      properties.append("line=\(place.startLine),endLine=\(place.lastLine)")
      if place.lastLine == place.startLine, place.endLine == place.startLine, place.endColumn > place.startColumn {
        properties.append("col=\(place.startColumn),endColumn=\(place.endColumn)")
      }
    }
    properties.append("title=\(GitHubFormat.property("\(finding.severity.rawValue) \(finding.rule)".printable))")
    let message = finding.sentences(at: anchor).joined(separator: "\n")
    return "::\(command) \(properties.joined(separator: ","))::\(GitHubFormat.data(message))"
  }

  private static func command(of diagnostic: Diagnostic) -> String {
    let name = diagnostic.level == .error ? "error" : "warning"
    let title = diagnostic.level == .error ? "fluxwarden could not read everything" : "fluxwarden"
    let file = diagnostic.path.map { "file=\(property($0)),line=1," } ?? ""
    let commit = diagnostic.commit.map { " (in commit \($0.prefix(10)))" } ?? ""
    let place = commit + (diagnostic.repository.map { " (in \($0))" } ?? "")
    return "::\(name) \(file)title=\(property(title))::\(data((diagnostic.message + place).printable))"
  }

  // MARK: Escaping

  /// A message: what would end the line is escaped, and so is the sign that escapes.
  static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A property's value: also what would end the property or the command.
  ///
  /// Control characters that the runner does not unescape are spelled out.
  static func property(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":": result += "%3A"
      case ",": result += "%2C"
      default: result += scalar.isUnprintable ? scalar.spelled : String(scalar)
      }
    }
    return result
  }

  /// A word for `stop-commands` that nobody can have written into a name or a value: the hash of all that is printed
  /// between the commands, the diagnostics on standard error included.
  private static func token(for log: String, _ report: Report) -> String {
    Fingerprint.of([log] + report.diagnostics.map { DiagnosticText.of($0, isColoured: false) })
  }
}
