internal import Flux
internal import Manifests
internal import Policy

/// A plan for people: what is lost first, then each Flux Kustomization with its objects, laid out for 80 columns.
struct PlanText {
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
    output.write("\n" + Style.bold("No Flux Kustomization reaches these; Flux would do nothing", colour) + "\n")
    for change in plan.unreached { write(change, under: nil, indent: 2, to: &output) }
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
      for change in kustomization.changes {
        write(change, under: kustomization, indent: 4, to: &output)
      }
    }
  }

  private func write(
    _ change: Plan.Change, under kustomization: Plan.Kustomization?, indent: Int, to output: inout some TextOutputStream
  ) {
    let margin = String(repeating: " ", count: indent)
    let title = change.identity.title.printable
    let sign = PlanWords.sign(change)
    let head = "\(margin)\(PlanText.style(sign)(sign, colour)) \(title)"
    if let remark = PlanWords.remark(change, under: kustomization)?.printable {
      if indent + 2 + DisplayWidth.of(title) + 3 + DisplayWidth.of(remark) <= options.width {
        output.write(head + Style.dim(" (\(remark))", colour) + "\n")
      } else {
        output.write(head + "\n")
        for line in wrapped(remark, indent + 4) { output.write(Style.dim(line, colour) + "\n") }
      }
    } else {
      output.write(head + "\n")
    }
    for field in change.fields {
      for line in FieldLines(field).lines(width: options.width - indent - 6) { write(line, margin, to: &output) }
    }
  }

  private func write(_ line: FieldLines.Line, _ margin: String, to output: inout some TextOutputStream) {
    let cut = DisplayWidth.prefix(of: line.text[...], cells: max(20, options.width - margin.utf8.count - 6))
    let text = cut.endIndex < line.text.endIndex ? cut.dropLast() + "…" : cut
    let style: Style = line.sign == .old ? .old : line.sign == .new ? .new : .plain
    output.write("\(margin)    " + style("\(line.sign.rawValue) \(text)", colour) + "\n")
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
