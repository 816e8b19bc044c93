internal import Flux
internal import Manifests

/// What the text and the Markdown form of a plan say alike.
enum PlanWords {
  /// The heading: the blast radius, or that there is none.
  static func headline(_ plan: Plan) -> String {
    if let text = HeadlineText.of(plan.headline) { return text }
    return "no cluster, machine, namespace or volume comes or goes"
  }

  /// What Flux carries out, in numbers: `Flux would delete 4 objects, change 2 and create 1`.
  static func counts(_ plan: Plan) -> String {
    let changes = plan.roots.flatMap { $0.kustomizations.flatMap(\.changes) }
    let done = changes.filter(\.isCarriedOut)
    var parts: [String] = []
    for (action, verb) in [(Plan.Action.delete, "delete"), (.move, "move"), (.change, "change"), (.create, "create")] {
      let count = done.count { $0.action == action }
      if count > 0 { parts.append("\(verb) \(parts.isEmpty ? Decimal.count(count, "object") : String(count))") }
    }
    var text = parts.isEmpty ? "Flux would change nothing" : "Flux would " + joined(parts)
    let held = changes.count { !$0.isCarriedOut }
    if held > 0 { text += "; \(Decimal.count(held, "change")) would not be carried out" }
    return text
  }

  /// Why a Kustomization is not simply applied; `nil` for one that is.
  static func state(_ kustomization: Plan.Kustomization) -> String? {
    guard kustomization.verdict != .applied else { return nil }
    let reason = kustomization.reason.map { ": \($0)" } ?? ""
    return kustomization.verdict.rawValue + reason
  }

  /// The place and reason of what stops a build.
  static func problem(_ problem: BuildProblem) -> String {
    let line = problem.span == .none ? "" : ":\(problem.span.startLine):\(problem.span.startColumn)"
    return "\(problem.path)\(line): \(problem.message)"
  }

  /// `flux-system/apps`.
  static func title(_ kustomization: Plan.Kustomization) -> String { kustomization.identity.qualifiedName }

  /// How a root is called.
  static func title(_ root: Plan.Root) -> String { root.path.isEmpty ? "the whole repository" : root.path }

  /// What happens to an object, behind its name; `nil` where its sign says it all.
  ///
  /// - Parameter kustomization: what has been told of already, so that its reason is not repeated.
  static func remark(_ change: Plan.Change, under kustomization: Plan.Kustomization?) -> String? {
    let isTold = kustomization.map { $0.verdict == change.verdict || $0.reason == change.reason } ?? false
    let reason = isTold ? nil : change.reason
    switch change.verdict {
    case .applied: return nil
    case .pruned: return change.reason == Refusal.deletion ? Refusal.deletion : "pruned"
    case .moved: return "moved " + (change.reason ?? "")
    case .orphaned: return "orphaned" + (reason.map { ": \($0)" } ?? "")
    case .stalled, .pathMissing, .rejected, .unknown:
      let deed =
        switch change.action {
        case .create: "not created"
        case .change, .move: "not changed"
        case .delete: "not deleted"
        case .unknown: "its fate is unknown"
        }
      return deed + (reason.map { ", \($0)" } ?? "")
    }
  }

  /// Objects that change alike stand together, so that what changes is told once for all of them.
  static func grouped(_ changes: [Plan.Change]) -> [[Plan.Change]] {
    var groups: [[Plan.Change]] = []
    var places: [[String?]: Int] = [:]
    for change in changes {
      guard !change.fields.isEmpty, change.verdict != .moved else {
        groups.append([change])
        continue
      }
      var key = [change.action.rawValue, change.verdict.rawValue, change.reason, change.identity.kind]
      for field in change.fields { key += [field.path.description, field.before, field.after] }
      if let place = places[key] {
        groups[place].append(change)
      } else {
        places[key] = groups.count
        groups.append([change])
      }
    }
    return groups
  }

  /// The sign in front of an object: what Flux does, or `!` where it does nothing of it.
  static func sign(_ change: Plan.Change) -> String {
    guard change.isCarriedOut else { return "!" }
    switch change.action {
    case .create: return "+"
    case .change: return "~"
    case .delete: return "-"
    case .move: return ">"
    case .unknown: return "!"
    }
  }

  private static func joined(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
