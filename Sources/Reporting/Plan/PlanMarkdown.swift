internal import Flux
internal import Manifests
internal import Policy

/// A plan for a comment on a pull request: the blast radius, and a fold for each Flux Kustomization.
struct PlanMarkdown {
  private let plan: Plan

  /// A plan, masked already.
  init(_ plan: Plan) {
    self.plan = plan
  }

  /// Heading and folds in at most so many bytes; what does not fit is counted.
  func text(limit: Int) -> String {
    let mark = HeadlineText.isLoss(plan.headline) ? "🟥 " : ""
    var text = "### \(mark)fluxwarden plan: \(MarkdownText.escaped(PlanWords.headline(plan)))\n\n"
    text += MarkdownText.escaped(PlanWords.counts(plan)) + ".\n"
    var left = 0
    for root in plan.roots {
      let title = "\n#### \(MarkdownText.code(PlanWords.title(root).shortened(to: 300)))\n\n"
      var isTitled = false
      for kustomization in root.kustomizations {
        let piece = (isTitled ? "" : title) + fold(kustomization)
        if text.utf8.count + piece.utf8.count > limit {
          left += 1
        } else {
          text += piece
          isTitled = true
        }
      }
    }
    if !plan.unreached.isEmpty {
      let lines = lines(plan.unreached, under: nil)
      let piece = fold("\(plan.unreached.count) that no Flux Kustomization reaches", lines, isOpen: false)
      if text.utf8.count + piece.utf8.count > limit { left += 1 } else { text += "\n" + piece }
    }
    if left > 0 {
      text += "\n\(Decimal.count(left, "more part")) would not fit here; `fluxwarden plan` prints all of it.\n"
    }
    return text
  }

  private func fold(_ kustomization: Plan.Kustomization) -> String {
    var lines: [String] = []
    if let state = PlanWords.state(kustomization) { lines.append("! " + state) }
    if let problem = kustomization.problem { lines.append("! " + PlanWords.problem(problem)) }
    lines += self.lines(kustomization.changes, under: kustomization)
    let isBad = kustomization.verdict != .applied || kustomization.changes.contains { $0.verdict != .applied }
    return fold("\(PlanWords.title(kustomization)): \(counts(kustomization))", lines, isOpen: isBad)
  }

  private func fold(_ title: String, _ lines: [String], isOpen: Bool) -> String {
    // One Kustomization does not push the others out of the comment.
    var shown = lines.prefix(400).map { $0.shortened(to: 400) }
    if lines.count > shown.count { shown.append("… \(lines.count - shown.count) more lines") }
    return "<details\(isOpen ? " open" : "")><summary>\(MarkdownText.html(title.shortened(to: 300)))</summary>\n\n"
      + MarkdownText.block(shown, language: "diff") + "\n\n</details>\n"
  }

  private func counts(_ kustomization: Plan.Kustomization) -> String {
    guard !kustomization.changes.isEmpty else { return kustomization.verdict.rawValue }
    var parts: [String] = []
    for action in [Plan.Action.delete, .move, .change, .create] {
      let count = kustomization.changes.count { $0.isCarriedOut && $0.action == action }
      if count > 0 { parts.append("\(count) to \(action.rawValue)") }
    }
    let held = kustomization.changes.count { !$0.isCarriedOut }
    if held > 0 { parts.append("\(held) not carried out") }
    return parts.joined(separator: ", ")
  }

  /// Objects and fields as the lines of a `diff` block, whose first character gives the colour.
  private func lines(_ changes: [Plan.Change], under kustomization: Plan.Kustomization?) -> [String] {
    var lines: [String] = []
    for group in PlanWords.grouped(changes) {
      for change in group {
        let sign = PlanWords.sign(change)
        let remark = PlanWords.remark(change, under: kustomization).map { "  # \($0)" } ?? ""
        lines.append("\(sign == "~" || sign == ">" ? "!" : sign) \(change.identity.title)\(remark)")
      }
      for line in group.first?.fields.flatMap({ FieldLines($0).lines(width: nil) }) ?? [] {
        lines.append("\(line.sign == .both ? " " : line.sign.rawValue)     \(line.text)")
      }
    }
    return lines
  }
}
