internal import Flux
internal import Manifests
internal import Policy

/// The `plan` of a JSON report: the contract's shape, with the verdict and the reason of each object besides.
enum PlanJSON {
  /// The value of `plan`: a whole plan, a review's headline, or `null`.
  static func write(_ report: Report, to json: inout JSONWriter) {
    guard let headline = report.headline else {
      json.member("plan", json: "null")
      return
    }
    json.member("plan") { json in
      write(headline, to: &json)
      if let plan = report.plan { write(plan, to: &json) }
    }
  }

  /// The members of a plan besides its headline.
  static func write(_ plan: Plan, to json: inout JSONWriter) {
    json.member("roots", each: plan.roots) { json, root in
      json.member("cluster", root.cluster)
      json.member("path", root.path)
      json.member("kustomizations", each: root.kustomizations) { write($1, to: &$0) }
    }
    json.member("unreached", each: plan.unreached) { write($1, to: &$0) }
  }

  /// The members `headline`, the contract's differences, and what they are made of: `lost`, `gained` and `atRisk`;
  /// `unseen` names the Kustomizations of which it is not known what they delete.
  static func write(_ headline: Plan.Headline, to json: inout JSONWriter) {
    json.member("headline") { json in
      for (name, count) in counts { json.member(name, headline.gained[keyPath: count] - headline.lost[keyPath: count]) }
    }
    for (name, tally) in [("lost", headline.lost), ("gained", headline.gained), ("atRisk", headline.atRisk)] {
      json.member(name) { json in for (name, count) in counts { json.member(name, tally[keyPath: count]) } }
    }
    json.member("unseen", headline.unseen.map(\.qualifiedName))
  }

  private static var counts: [(name: String, count: KeyPath<Plan.Headline.Tally, Int>)] {
    [
      ("clusters", \.clusters), ("machines", \.machines), ("namespaces", \.namespaces),
      ("persistentVolumeClaims", \.persistentVolumeClaims),
    ]
  }

  private static func write(_ kustomization: Plan.Kustomization, to json: inout JSONWriter) {
    json.member("namespace", kustomization.identity.namespace)
    json.member("name", kustomization.identity.name)
    json.member("verdict", kustomization.verdict.rawValue)
    json.member("reason", kustomization.reason)
    json.member("problem", from: kustomization.problem) { json, problem in
      json.member("path", problem.path)
      json.member("line", problem.span == .none ? nil : Int(problem.span.startLine))
      json.member("message", problem.message)
    }
    json.member("changes", each: kustomization.changes) { write($1, to: &$0) }
  }

  private static func write(_ change: Plan.Change, to json: inout JSONWriter) {
    json.member("action", change.action.rawValue)
    json.member("verdict", change.verdict.rawValue)
    json.member("reason", change.reason)
    json.member("object") { json in
      json.member("apiVersion", change.apiVersion)
      json.member("kind", change.identity.kind)
      json.member("namespace", change.identity.namespace)
      json.member("name", change.identity.name)
    }
    json.member("path", change.path)
    json.member("fields", each: change.fields) { json, field in
      json.member("path", field.path.description)
      json.member("before", field.before)
      json.member("after", field.after)
    }
  }
}
