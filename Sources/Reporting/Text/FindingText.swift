internal import Manifests
internal import Policy

/// One finding for people: what, where, from what to what, what comes of it, why it matters and what to do.
struct FindingText {
  /// The places that are listed besides the finding's own.
  private static let relatedLimit = 3
  /// The lines that a value may fill.
  private static let valueLines = 4

  private let finding: Finding
  private let options: RenderOptions
  private let isExplained: Bool

  /// - Parameter isExplained: whether the rule's reason and remedy are to be told, or were told above.
  init(_ finding: Finding, options: RenderOptions, isExplained: Bool) {
    self.finding = finding
    self.options = options
    self.isExplained = isExplained
  }

  /// Several lines, each with a line feed.
  var text: String {
    let colour = options.isColoured
    let severity = Style.of(finding.severity)(finding.severity.rawValue, colour)
    var text = "\(severity) \(Style.bold(finding.rule.printable, colour))\n"
    for line in DisplayWidth.wrapped(finding.message.printable, width: options.width - 2) { text += "  \(line)\n" }
    text += place
    return text + details
  }

  // MARK: Place

  private var place: String {
    guard let location = finding.location else { return "" }
    let excerpt = ExcerptText(finding, options: options).text
    let shown = FindingText.styled(location, finding.source, options, indent: 2)
    return "\n  \(shown)\n\(excerpt)\(excerpt.isEmpty ? "" : "\n")"
  }

  /// A place with the remarks that belong to it, on a line of their own where they do not fit behind it.
  private static func styled(
    _ location: Location, _ source: Finding.Source, _ options: RenderOptions, indent: Int
  ) -> String {
    var remarks: [String] = []
    switch source {
    case .file: break
    case .fileName: remarks.append("in the file's name")
    case .linkTarget: remarks.append("in the target of a symbolic link")
    case .message: remarks.append("in a commit's message")
    case .note: remarks.append("in a Git note")
    case .object: remarks.append("in an object that no ref reaches")
    }
    if location.side == .before { remarks.append("before the change") }
    let title = location.title
    guard !remarks.isEmpty else { return Style.place(title, options.isColoured) }
    let remark = "(\(remarks.joined(separator: ", ")))"
    let fits = indent + DisplayWidth.of(title) + 1 + remark.utf8.count <= options.width
    let gap = fits ? " " : "\n" + String(repeating: " ", count: indent)
    return Style.place(title, options.isColoured) + gap + Style.dim(remark, options.isColoured)
  }

  // MARK: Details

  private var details: String {
    var lines = LabelledLines(options)
    if let repository = finding.repository { lines.add("in", repository.printable, breakingWords: true) }
    if let subject = finding.subject { lines.add("object", "\(subject.title) (\(subject.apiVersion.printable))") }
    if let field = finding.field { lines.add("field", field.description.printable, breakingWords: true) }
    addChange(to: &lines)
    if let name = finding.verdictName { lines.add("effect", VerdictSentence.of(name)) }
    addSecret(to: &lines)
    addCommit(to: &lines)
    addRelated(to: &lines)
    addAdvice(to: &lines)
    return lines.text
  }

  private func addChange(to lines: inout LabelledLines) {
    guard finding.before != nil || finding.after != nil else { return }
    let colour = options.isColoured
    let old = shown(finding.before)
    let new = shown(finding.after)
    let limit = lines.contentWidth
    if DisplayWidth.of(old.prefix(limit)) + DisplayWidth.of(new.prefix(limit)) + 3 <= limit {
      let arrow = Style.dim(" → ", colour)
      lines.add("change", styled: Style.old(old, colour) + arrow + Style.new(new, colour))
      return
    }
    lines.add("before", old, style: .old, breakingWords: true, limit: FindingText.valueLines)
    lines.add("after", new, style: .new, breakingWords: true, limit: FindingText.valueLines)
  }

  private func shown(_ value: String?) -> String {
    guard let value else { return "(absent)" }
    return value.isEmpty ? "\"\"" : value.shortened(to: 2000).printable
  }

  private func addSecret(to lines: inout LabelledLines) {
    if let secret = finding.secret {
      // The type is the rule's id as a rule, and stands above.
      var parts = [secret.type == finding.rule ? secret.redacted : "\(secret.type) \(secret.redacted)"]
      if let isValid = secret.checksumIsValid { parts.append(isValid ? "checksum right" : "checksum wrong") }
      if !secret.decodedFrom.isEmpty { parts.append("inside \(secret.decodedFrom.joined(separator: " in "))") }
      lines.add("secret", parts.joined(separator: ", ").printable)
    }
    if let exposure = finding.exposure {
      lines.add(exposure.label(finding.category), ExposureSentence.of(exposure, finding.category))
    }
  }

  private func addCommit(to lines: inout LabelledLines) {
    guard let commit = finding.commit else { return }
    let day = commit.date.prefix(10)
    let head = "\(commit.id.prefix(10)) \(day) \(commit.authorName.shortened(to: 60))".printable
    lines.add("commit", "\(head): \(commit.summary.shortened(to: 200).printable)", breakingWords: true, limit: 2)
  }

  private func addRelated(to lines: inout LabelledLines) {
    let shown = finding.related.prefix(FindingText.relatedLimit)
    for (number, location) in shown.enumerated() {
      lines.add(number == 0 ? "also" : "", styled: FindingText.styled(location, .file, options, indent: 10))
    }
    let rest = finding.related.count - shown.count
    if rest > 0 { lines.add("", "and \(rest) more", style: .dim) }
  }

  private func addAdvice(to lines: inout LabelledLines) {
    guard isExplained else {
      lines.add("help", "as above, or: fluxwarden explain \(finding.rule.printable)", style: .dim)
      return
    }
    lines.add("why", finding.why.printable)
    lines.add("do", finding.remediation.printable)
    for (number, reference) in finding.references.enumerated() {
      lines.add(number == 0 ? "see" : "", reference.printable, style: .dim)
    }
  }
}

/// A verdict in words; the keys are the contract's.
enum VerdictSentence {
  private static let sentences = [
    "pruned": "Flux deletes the object from the cluster.",
    "orphaned": "The object leaves Git and stays in the cluster, where nothing manages it any more.",
    "moved": "Another Flux Kustomization applies the object from now on.",
    "stalled": "Something stops its Flux Kustomization, which applies and deletes nothing before that is mended.",
    "path-missing": "The Kustomization's path is gone, so Flux applies and deletes nothing of it any more.",
    "applied": "Flux applies the change to the cluster.",
    "rejected": "The API server refuses the object, so Flux applies and prunes nothing under this root.",
    "unknown": "The repository does not tell what Flux does with it.",
  ]

  /// The sentence, or the name itself where there is none.
  static func of(_ name: String) -> String { sentences[name] ?? name }
}
