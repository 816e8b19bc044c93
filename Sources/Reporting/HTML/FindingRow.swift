internal import Manifests
internal import Policy

/// One finding as a row of the table; its details open in it.
struct FindingRow {
  private static let relatedLimit = 5
  private static let refLimit = 20
  private static let valueLimit = 400

  private let item: ReportedFinding
  private let columns: FindingColumns
  private let finding: Finding

  init(_ item: ReportedFinding, _ columns: FindingColumns) {
    self.item = item
    self.columns = columns
    finding = item.finding
  }

  /// The row.
  var markup: Markup {
    let waived: Markup = finding.suppression == nil ? .empty : " waived"
    let remark: Markup = finding.suppression == nil ? .empty : " <span class=\"tag\">waived</span>"
    let beside: Markup = item.isBeside ? " <span class=\"tag\">not on HEAD</span>" : .empty
    let live: Markup =
      finding.exposure?.isLive == true && finding.category == .secret ? " <span class=\"tag live\">live</span>" : .empty
    let repository: Markup = columns.hasRepositories ? "<td class=\"r\">\(finding.repository ?? "")</td>" : .empty
    let cluster: Markup = columns.hasClusters ? "<td class=\"c\">\(item.cluster ?? "")</td>" : .empty
    let commit: Markup =
      columns.hasCommits
      ? """
      <td class="a">\(finding.commit?.authorName ?? "")</td><td class="d"><time>\(finding.commit?.date.prefix(10) ?? "")\
      </time></td>
      """ : .empty
    return """
      <tr class="f\(waived)"><td class="s sev \(finding.severity.rawValue)">\(finding.severity.rawValue)</td><td><details>\
      <summary>\(finding.message)\(live)\(beside)\(remark)</summary><div class="more" id="\(item.anchor)">\(place)\(lines)\
      \(facts)</div></details></td>\(repository)\(cluster)\(commit)</tr>

      """
  }

  // MARK: Place

  private var place: Markup {
    guard let location = finding.location else { return .empty }
    let remark =
      switch finding.source {
      case .file: location.side == .before ? "before the change" : ""
      case .fileName: "in the file's name"
      case .linkTarget: "in the target of a symbolic link"
      case .message: "in a commit's message"
      case .note: "in a Git note"
      case .object: "in an object that no reference reaches"
      }
    let words: Markup = remark.isEmpty ? .empty : " <small>\(remark)</small>"
    return "<p class=\"place\"><code>\(location.title)</code>\(words)</p>"
  }

  /// What changed around the place, or the lines as they stand there.
  private var lines: Markup {
    if !finding.diff.isEmpty { return "<pre>\(FindingRow.pieces(finding.diff))</pre>" }
    guard let location = finding.location, !finding.excerpt.isEmpty else { return .empty }
    let place = PlaceNumbers(location.span)
    let flagged = place.startLine...max(place.startLine, place.lastLine)
    let isOld = location.side == .before
    return """
      <pre>\(FindingRow.pieces(finding.excerpt.prefix(14).map { line in
        Finding.DiffLine(
          flagged.contains(line.number) && isOld ? .removed : .kept, number: line.number, text: line.text,
          isFlagged: flagged.contains(line.number))
      }))</pre>
      """
  }

  private static func pieces(_ lines: [Finding.DiffLine]) -> [Markup] {
    let digits = max(2, lines.map { String($0.number).utf8.count }.max() ?? 0)
    var previous: Int?
    return lines.map { line in
      let isGap = previous.map { abs(line.number - $0) > 1 && line.sign == .kept } ?? false
      previous = line.number
      let number = String(line.number)
      let padding = String(repeating: " ", count: max(0, digits - number.utf8.count))
      let (sign, name) =
        switch line.sign {
        case .added: ("+", "new")
        case .removed: ("-", "old")
        case .kept: (line.isFlagged ? ">" : " ", "")
        }
      let classes = [name, line.isFlagged ? "at" : ""].filter { !$0.isEmpty }.joined(separator: " ")
      let open: Markup = classes.isEmpty ? "<span>" : "<span class=\"\(classes)\">"
      let text = line.text.replacing("\t", with: "    ")
      return
        "\(isGap ? "<span>\(padding) ⋮</span>" as Markup : .empty)\(open)<i>\(padding)\(number)</i> \(sign) \(text)</span>"
    }
  }

  // MARK: Facts

  private var facts: Markup {
    var rows: [Markup] = []
    func add(_ label: Markup, _ value: Markup) { rows.append("<dt>\(label)<dd>\(value)") }
    if let subject = finding.subject { add("Object", "\(subject.title) <small>\(subject.apiVersion)</small>") }
    if let field = finding.field { add("Field", "<code>\(field.description)</code>") }
    if finding.before != nil || finding.after != nil {
      add("Change", "<del>\(shown(finding.before))</del> → <ins>\(shown(finding.after))</ins>")
    }
    if let name = finding.verdictName { add("Effect", "\(VerdictSentence.of(name))") }
    if let secret = finding.secret { add("Secret", words(secret)) }
    if let exposure = finding.exposure {
      let label: Markup = finding.category == .secret ? "Exposed" : exposure.isLive ? "Stands" : "Stood"
      add(label, words(exposure))
    }
    if let commit = finding.commit {
      add(
        "Commit",
        """
        <code>\(commit.id.prefix(10))</code> \(commit.summary.shortened(to: 200)) <small>\(commit.authorName) \
        &lt;\(commit.authorEmail)&gt;, \(commit.date)</small>
        """)
    }
    if !finding.related.isEmpty {
      let shown = finding.related.prefix(FindingRow.relatedLimit).map { "<code>\($0.title)</code><br>" as Markup }
      let rest = finding.related.count - shown.count
      add("Also", "\(shown)\(rest > 0 ? "<small>and \(rest) more places</small>" : .empty)")
    }
    if !item.others.isEmpty {
      let shown = item.others.prefix(FindingRow.relatedLimit).map {
        "<a href=\"#\($0.anchor)\">\($0.day)</a> " as Markup
      }
      let rest = item.others.count - shown.count
      add("Again", "\(shown)\(rest > 0 ? "<small>and \(rest) more times</small>" : .empty)")
    }
    if let suppression = finding.suppression { add("Waived", "\(suppression.words)") }
    add("Help", "<a href=\"#r-\(finding.rule)\">why it matters and what to do</a>")
    return "<dl>\(rows)</dl>"
  }

  private func shown(_ value: String?) -> String {
    guard let value else { return "(absent)" }
    return value.isEmpty ? "\"\"" : value.shortened(to: FindingRow.valueLimit)
  }

  private func words(_ secret: Finding.SecretInfo) -> Markup {
    var parts = [secret.type == finding.rule ? secret.redacted : "\(secret.type) \(secret.redacted)"]
    if let isValid = secret.checksumIsValid { parts.append(isValid ? "checksum right" : "checksum wrong") }
    if !secret.decodedFrom.isEmpty { parts.append("inside \(secret.decodedFrom.joined(separator: " in "))") }
    return "\(parts.joined(separator: ", "))"
  }

  /// The sentence, with every reference in a fold where there are several.
  private func words(_ exposure: Finding.Exposure) -> Markup {
    let sentence = ExposureSentence.of(exposure, finding.category)
    guard exposure.refs.count > 1 else { return "\(sentence)" }
    let shown = exposure.refs.prefix(FindingRow.refLimit).map { "<li><code>\($0)</code></li>" as Markup }
    let rest = exposure.refs.count - shown.count
    return """
      \(sentence) <details class="refs"><summary>\(exposure.refs.count) refs</summary>\
      <ul>\(shown)\
      \(rest > 0 ? "<li>and \(rest) more</li>" : .empty)</ul></details>
      """
  }
}
