internal import Policy

/// `--format junit`: a test case for each finding and each diagnostic, in the form that CI readers accept.
struct JUnitFormat {
  private let options: RenderOptions

  /// A format with the options that it heeds.
  init(_ options: RenderOptions) {
    self.options = options
  }

  /// Writes findings as failures, waived ones as skipped, what could not be read as errors, and, where there is none
  /// of them, one test that passes: several readers refuse a report without any.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    let errors = report.diagnostics.filter { $0.level == .error }
    let waived = report.findings.count { $0.suppression != nil }
    let failures = report.findings.count - waived
    let isClean = report.findings.isEmpty && errors.isEmpty
    let tests = isClean ? 1 : report.findings.count + errors.count
    let time = Decimal.thousandths(report.statistics.seconds)
    let counts = #"tests="\#(tests)" failures="\#(failures)" errors="\#(errors.count)" time="\#(time)""#
    output.write(#"<?xml version="1.0" encoding="UTF-8"?>"# + "\n")
    output.write(#"<testsuites name="fluxwarden" \#(counts)>"# + "\n")
    let name = "fluxwarden \(report.command)".xml
    output.write(#"  <testsuite name="\#(name)" \#(counts) skipped="\#(waived)">"# + "\n")
    if isClean { output.write("    <testcase classname=\"fluxwarden\" name=\"nothing found\"/>\n") }
    for diagnostic in errors { output.write(testCase(diagnostic)) }
    for finding in report.findings { output.write(testCase(finding)) }
    let warnings = report.diagnostics.filter { $0.level == .warning }
    if !warnings.isEmpty {
      let text = warnings.map { DiagnosticText.of($0, isColoured: false) }.joined(separator: "\n")
      output.write("    <system-err>\(text.xml)</system-err>\n")
    }
    output.write("  </testsuite>\n</testsuites>\n")
  }

  private func testCase(_ diagnostic: Diagnostic) -> String {
    let text = DiagnosticText.of(diagnostic, isColoured: false).xml
    let name = (diagnostic.path ?? diagnostic.repository ?? "the repository").printable.xml
    return """
          <testcase classname="fluxwarden-error" name="\(name)">
            <error type="error" message="\(diagnostic.message.printable.xml)">\(text)</error>
          </testcase>

      """
  }

  private func testCase(_ finding: Finding) -> String {
    let message = finding.message.printable.xml
    let subject = finding.subject.map { "\($0.title), " } ?? ""
    let place = finding.location?.title ?? finding.commit.map { String($0.id.prefix(10)) } ?? "the repository"
    let name = "\(subject)\(place)".printable.xml
    var text = "    <testcase classname=\"\(finding.rule.printable.xml)\" name=\"\(name)\">\n"
    if let suppression = finding.suppression {
      text += "      <skipped>\("\(suppression.kind.rawValue): \(suppression.reason)".printable.xml)</skipped>\n"
    } else {
      var plain = options
      plain.isColoured = false
      let body = FindingText(finding, options: plain, isExplained: true).text.xml
      text += "      <failure type=\"\(finding.severity.rawValue)\" message=\"\(message)\">\(body)</failure>\n"
    }
    return text + "    </testcase>\n"
  }
}

extension String {
  /// The text as XML 1.0 content or attribute; what XML cannot hold at all becomes U+FFFD.
  fileprivate var xml: String {
    var text = ""
    text.reserveCapacity(utf8.count + 16)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\n", "\t": text.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
