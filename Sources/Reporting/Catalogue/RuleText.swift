package import Policy

/// The catalogue for people and programs: `fluxwarden rules` and `fluxwarden explain`.
package enum RuleText {
  // MARK: One rule

  /// All that there is to tell about a rule, laid out for a width, with a line feed at the end.
  ///
  /// - Parameters:
  ///   - width: the cells of a line.
  ///   - isColoured: whether colours may be used.
  package static func explanation(of rule: RuleInfo, width: Int = 80, isColoured: Bool = false) -> String {
    let severity = Style.of(rule.severity)(rule.severity.rawValue, isColoured)
    var text = "\(severity) \(Style.bold(rule.id, isColoured)) (\(rule.category.rawValue))\n"
    text += paragraph(rule.summary, width)
    text += section("Why it matters", paragraph(rule.why, width), isColoured)
    text += section("What to do", paragraph(rule.remediation, width), isColoured)
    for example in rule.examples {
      let diff = ExampleDiff(example)
      let title = "\(diff.isReported ? "Reported" : "Not reported"): \(example.title)"
      let heading = DisplayWidth.wrapped(title.printable, width: width).joined(separator: "\n")
      text += section(heading, lines(of: diff, width: width, isColoured), isColoured)
    }
    if !rule.supersedes.isEmpty {
      text += section("Speaks instead of", paragraph(rule.supersedes.joined(separator: ", "), width), isColoured)
    }
    return text + section("See", rule.references.map { "  \($0)\n" }.joined(), isColoured)
  }

  private static func paragraph(_ text: String, _ width: Int) -> String {
    DisplayWidth.wrapped(text.printable, width: width - 2).map { "  \($0)\n" }.joined()
  }

  private static func section(_ title: String, _ body: String, _ isColoured: Bool) -> String {
    body.isEmpty ? "" : "\n\(Style.bold(title, isColoured))\n\(body)"
  }

  private static func lines(of diff: ExampleDiff, width: Int, _ isColoured: Bool) -> String {
    var text = ""
    for file in diff.files {
      let remark = file.remark.map { " (\($0))" } ?? ""
      text += "  \(Style.place(file.path.printable, isColoured))\(Style.dim(remark, isColoured))\n"
      for part in file.parts {
        guard case .line(let line) = part else {
          text += Style.dim("    ⋮", isColoured) + "\n"
          continue
        }
        let layout = LineLayout(line.text, flagged: line.flagged ?? 0..<0, width: width - 6)
        text += "  \(line.style("\(line.mark) \(layout.text)", isColoured))\n"
        guard line.flagged != nil else { continue }
        let padding = String(repeating: " ", count: 4 + layout.underlineStart)
        text += padding + Style.error(String(repeating: "^", count: layout.underlineLength), isColoured) + "\n"
      }
    }
    return text
  }

  // MARK: All rules

  /// The catalogue by category, the worst first, with a line feed at the end.
  package static func list(_ rules: [RuleInfo], width: Int = 80, isColoured: Bool = false) -> String {
    var text = ""
    for category in Category.allCases {
      let members = sorted(rules.filter { $0.category == category })
      guard !members.isEmpty else { continue }
      text += Style.bold(category.rawValue, isColoured) + "\n"
      for rule in members {
        let padding = String(repeating: " ", count: 9 - rule.severity.rawValue.utf8.count)
        text += "  \(Style.underline(of: rule.severity)(rule.severity.rawValue, isColoured))\(padding)\(rule.id)\n"
        for line in DisplayWidth.wrapped(rule.summary.printable, width: width - 11) {
          text += String(repeating: " ", count: 11) + Style.dim(line, isColoured) + "\n"
        }
      }
      text += "\n"
    }
    return text + "\(Decimal.count(rules.count, "rule")); fluxwarden explain RULE tells more\n"
  }

  /// The catalogue as JSON, an array in the order of `list`, with a line feed at the end.
  package static func json(_ rules: [RuleInfo]) -> String {
    var json = JSONWriter(isIndented: true)
    json.list { json in
      for category in Category.allCases {
        for rule in sorted(rules.filter({ $0.category == category })) {
          json.item()
          json.object {
            $0.member("id", rule.id)
            $0.member("severity", rule.severity.rawValue)
            $0.member("category", rule.category.rawValue)
            $0.member("summary", rule.summary)
            $0.member("remediation", rule.remediation)
            $0.member("references", rule.references)
          }
        }
      }
    }
    return json.take() + "\n"
  }

  /// The worst first, then by id.
  static func sorted(_ rules: [RuleInfo]) -> [RuleInfo] {
    rules.sorted { $0.severity == $1.severity ? $0.id < $1.id : $0.severity > $1.severity }
  }
}

extension ExampleDiff.Line {
  /// The sign in front of the line.
  var mark: String {
    switch sign {
    case .kept: " "
    case .removed: "-"
    case .added: "+"
    }
  }

  fileprivate var style: Style {
    switch sign {
    case .kept: .dim
    case .removed: .old
    case .added: .new
    }
  }
}
