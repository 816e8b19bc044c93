internal import Flux
internal import Manifests
internal import Policy

/// A plan for people: what is lost first, then each Flux Kustomization with its objects, laid out for 80 columns.
struct PlanText {
  /// The lines that a value may fill.
  private static let valueLines = 5

  private let plan: Plan
  private let options: RenderOptions

  /// A plan with the options that the text heeds.
  init(_ plan: Plan, options: RenderOptions) {
    self.plan = plan
    self.options = options
  }

  /// Writes the plan; with `--quiet` one line for each object.
  func write(to output: inout some TextOutputStream) {
    guard !options.isQuiet else {
      writeLines(to: &output)
      return
    }
    let style: Style = HeadlineText.isLoss(plan.headline) ? .error : .bold
    for line in wrapped("Blast radius: " + PlanWords.headline(plan), 0) { output.write(style(line, colour) + "\n") }
    for line in wrapped(PlanWords.counts(plan) + ".", 0) { output.write(line + "\n") }
    for root in plan.roots { write(root, to: &output) }
    guard !plan.unreached.isEmpty else { return }
    output.write("\n" + Style.bold("No Flux Kustomization that is found here reaches these", colour) + "\n")
    write(plan.unreached, under: nil, indent: 2, to: &output)
  }

  private var colour: Bool { options.isColoured }

  private func wrapped(_ text: String, _ indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    return DisplayWidth.wrapped(text.printable, width: options.width - indent).map { margin + $0 }
  }

  private func write(_ root: Plan.Root, to output: inout some TextOutputStream) {
    output.write("\n" + Style.place(PlanWords.title(root).printable, colour) + "\n")
    for kustomization in root.kustomizations {
      output.write("  " + Style.bold(PlanWords.title(kustomization).printable, colour) + "\n")
      if let state = PlanWords.state(kustomization) {
        for line in wrapped(state, 4) { output.write(Style.warning(line, colour) + "\n") }
      }
      if let problem = kustomization.problem {
        for line in wrapped(PlanWords.problem(problem), 4) { output.write(line + "\n") }
      }
      write(kustomization.changes, under: kustomization, indent: 4, to: &output)
    }
  }

  private func write(
    _ changes: [Plan.Change], under kustomization: Plan.Kustomization?, indent: Int,
    to output: inout some TextOutputStream
  ) {
    let margin = String(repeating: " ", count: indent + 4)
    for group in PlanWords.grouped(changes) {
      for change in group { writeTitle(change, under: kustomization, indent: indent, to: &output) }
      for field in group.first?.fields ?? [] {
        for line in FieldLines(field).lines(width: options.width - indent - 6) { write(line, margin, to: &output) }
      }
    }
  }

  private func writeTitle(
    _ change: Plan.Change, under kustomization: Plan.Kustomization?, indent: Int,
    to output: inout some TextOutputStream
  ) {
    let title = change.identity.title.printable
    let sign = PlanWords.sign(change)
    output.write("\(String(repeating: " ", count: indent))\(PlanText.style(sign)(sign, colour)) \(title)")
    guard let remark = PlanWords.remark(change, under: kustomization)?.printable else {
      output.write("\n")
      return
    }
    if indent + 2 + DisplayWidth.of(title) + 3 + DisplayWidth.of(remark) <= options.width {
      output.write(Style.dim(" (\(remark))", colour) + "\n")
    } else {
      output.write("\n")
      for line in wrapped(remark, indent + 4) { output.write(Style.dim(line, colour) + "\n") }
    }
  }

  /// A line of a field; a long one goes on below, at most so many times.
  private func write(_ line: FieldLines.Line, _ margin: String, to output: inout some TextOutputStream) {
    let style: Style = line.sign == .old ? .old : line.sign == .new ? .new : .plain
    let lead = String(line.text.prefix { $0 == " " })
    let width = max(20, options.width - margin.utf8.count - 2 - lead.utf8.count)
    guard DisplayWidth.of(line.text) > width else {
      output.write(margin + style("\(line.sign.rawValue) \(line.text)", colour) + "\n")
      return
    }
    let text = String(line.text.dropFirst(lead.count))
    var lines = DisplayWidth.wrapped(text, width: width - 2, breakingWords: true)
    if lines.count > PlanText.valueLines { lines = lines.prefix(PlanText.valueLines) + ["…"] }
    for (number, part) in lines.enumerated() {
      let start = number == 0 ? "\(line.sign.rawValue) " : "    "
      output.write(margin + style(start + lead + part, colour) + "\n")
    }
  }

  private static func style(_ sign: String) -> Style {
    switch sign {
    case "+": .new
    case "-": .error
    case "~", ">": .place
    default: .warning
    }
  }

  private func writeLines(to output: inout some TextOutputStream) {
    for root in plan.roots {
      for kustomization in root.kustomizations {
        let owner = "\(PlanWords.title(root)): \(PlanWords.title(kustomization)): "
        if let state = PlanWords.state(kustomization) { output.write((owner + state).printable + "\n") }
        for change in kustomization.changes { output.write(owner.printable + line(change) + "\n") }
      }
    }
    for change in plan.unreached { output.write("-: " + line(change) + "\n") }
  }

  private func line(_ change: Plan.Change) -> String {
    let remark = PlanWords.remark(change, under: nil).map { " (\($0))" } ?? ""
    return "\(PlanWords.sign(change)) \(change.identity.title)\(remark)".printable
  }
}
