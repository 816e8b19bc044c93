internal import Manifests
internal import Policy

/// `--format sarif`: SARIF 2.1.0 as GitHub's code scanning wants it.
struct SARIFFormat {
  /// Code scanning refuses a run with more results than these.
  static let resultLimit = 25_000
  /// Code scanning refuses a result with more places than these.
  private static let locationLimit = 1000

  private let options: RenderOptions
  private let rules: [RuleInfo]

  /// - Parameter rules: the catalogue; what was found is described from it.
  init(_ options: RenderOptions, rules: [RuleInfo]) {
    self.options = options
    self.rules = rules
  }

  /// Writes a log with one run; waived findings are in it, marked as suppressed.
  func write(_ report: Report, to output: inout some TextOutputStream) {
    let found = SARIFRules(report, catalogue: rules)
    var json = JSONWriter(isIndented: true)
    json.open("{")
    json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.member("version", "2.1.0")
    json.key("runs")
    json.open("[")
    json.item()
    json.open("{")
    json.member("tool") { $0.member("driver") { writeDriver(found, to: &$0) } }
    json.member("automationDetails") { $0.member("id", "fluxwarden/\(report.command)/") }
    json.member("columnKind", "utf16CodeUnits")
    json.member("originalUriBaseIds") { bases in
      bases.member("%SRCROOT%") { root in
        root.member("description") { $0.member("text", "The root of the repository.") }
      }
    }
    writeInvocation(report, to: &json)
    json.key("results")
    json.open("[")
    var counter = FingerprintCounter()
    for finding in report.findings.prefix(SARIFFormat.resultLimit) {
      json.item()
      let number = counter.next(finding.fingerprint)
      json.object { write(finding, ruleIndex: found.index(of: finding.rule), number: number, to: &$0) }
      output.write(json.take())
    }
    json.close("]")
    json.close("}")
    json.close("]")
    json.close("}")
    output.write(json.take() + "\n")
  }

  // MARK: Run

  private func writeDriver(_ found: SARIFRules, to json: inout JSONWriter) {
    json.member("name", "fluxwarden")
    json.member("semanticVersion", options.toolVersion)
    json.member("rules", each: found.rules) { SARIFRules.write($1, to: &$0) }
  }

  /// Whether everything could be read, and what could not.
  private func writeInvocation(_ report: Report, to json: inout JSONWriter) {
    let invocations = [report.diagnostics]
    json.member("invocations", each: invocations) { json, diagnostics in
      json.member("executionSuccessful", !diagnostics.contains { $0.level == .error })
      var notes = diagnostics
      let rest = report.findings.count - SARIFFormat.resultLimit
      if rest > 0 {
        notes.append(Diagnostic(.warning, "\(rest) more findings do not fit into one run; see --format json"))
      }
      json.member("toolExecutionNotifications", each: notes) { json, note in
        json.member("level", note.level.rawValue)
        json.member("message") { $0.member("text", plain(DiagnosticText.of(note, isColoured: false))) }
        if let path = note.path {
          json.member("locations", each: [path]) { json, path in
            json.member("physicalLocation") { writeArtifact(path, to: &$0) }
          }
        }
      }
    }
  }

  // MARK: Results

  private func write(_ finding: Finding, ruleIndex: Int?, number: Int, to json: inout JSONWriter) {
    let anchor = Anchor(finding, options)
    json.member("ruleId", finding.rule)
    if let ruleIndex { json.member("ruleIndex", ruleIndex) }
    json.member("level", SARIFRules.level(of: finding.severity))
    json.member("message") {
      $0.member("text", plain(finding.sentences(at: anchor).joined(separator: "\n")))
    }
    json.member("locations", each: anchor.location.map { [$0] } ?? []) { json, location in
      let lines = location == finding.location ? finding.excerpt : []
      json.member("physicalLocation") { write(location, lines: lines, to: &$0) }
    }
    let related = (anchor.own.map { [$0] } ?? []) + finding.related
    if !related.isEmpty {
      let numbered = related.prefix(SARIFFormat.locationLimit).enumerated()
      json.member("relatedLocations", each: numbered) { json, place in
        json.member("id", place.offset + 1)
        json.member("message") {
          $0.member("text", place.element.side == .before ? "before the change" : "after the change")
        }
        json.member("physicalLocation") { write(place.element, lines: [], to: &$0) }
      }
    }
    json.member("partialFingerprints") {
      $0.member("primaryLocationLineHash", "\(finding.fingerprint):\(number)")
    }
    if let suppression = finding.suppression { write(suppression, to: &json) }
    json.member("properties") { writeProperties(of: finding, to: &$0) }
  }

  private func writeProperties(of finding: Finding, to json: inout JSONWriter) {
    json.member("severity", finding.severity.rawValue)
    json.member("category", finding.category.rawValue)
    if let subject = finding.subject { json.member("object", subject.title) }
    if let field = finding.field { json.member("field", field.description) }
    if let verdict = finding.verdictName { json.member("verdict", verdict) }
    if let commit = finding.commit { json.member("commit", commit.id) }
  }

  private func write(_ suppression: Finding.Suppression, to json: inout JSONWriter) {
    json.member("suppressions", each: [suppression]) { json, suppression in
      json.member("kind", suppression.kind == .comment ? "inSource" : "external")
      json.member("status", "accepted")
      json.member("justification", suppression.reason.printable)
    }
  }

  private func write(_ location: Location, lines: [Finding.ExcerptLine], to json: inout JSONWriter) {
    writeArtifact(location.path, to: &json)
    let place = UTF16Place(location, lines: lines).numbers
    json.member("region") {
      $0.member("startLine", place.startLine)
      $0.member("startColumn", place.startColumn)
      $0.member("endLine", place.endLine)
      $0.member("endColumn", place.endColumn)
    }
  }

  private func writeArtifact(_ path: String, to json: inout JSONWriter) {
    json.member("artifactLocation") {
      $0.member("uri", path.percentEncodedPath)
      $0.member("uriBaseId", "%SRCROOT%")
    }
  }

  /// A text in which nothing reads as SARIF's `[text](target)` link.
  private func plain(_ text: String) -> String { text.replacing("](", with: "] (") }
}

extension String {
  /// The path as a relative URI: every byte but letters, digits, `-._~` and the slash as `%XX`.
  var percentEncodedPath: String {
    var text = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}
