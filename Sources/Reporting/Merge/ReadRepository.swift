internal import Policy

// The parts of an audit's report besides its findings, read back.

extension ReportedRepository {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      path: try json.text("path"), address: try json.textIfAny("address"), head: try json.textIfAny("head"))
    label = try json.text("name")
    failOn = try json.textIfAny("failOn")
    if let period = try json.objectIfAny("period") {
      let (from, to) = (try period.moment("from"), try period.moment("to"))
      guard from <= to else { throw json.problem("period", "a beginning before the end") }
      self.period = from...to
    }
    let landed = try json.object("landed")
    for commit in landed.keys { self.landed[commit] = try landed.moment(commit) }
    for rule in try json.objectsIfAny("rules") { rules.append(try RuleInfo(rule)) }
    statistics = try Report.Statistics(try json.object("summary"))
  }
}

extension RuleInfo {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      try json.text("id"), try json.word("severity"), try json.word("category"), summary: try json.text("summary"),
      why: try json.text("why"), remediation: try json.text("remediation"), references: try json.texts("references"))
  }
}

extension Report.Statistics {
  /// The counts of a summary.
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init()
    commits = try json.number("commits")
    files = try json.number("files")
    bytes = try json.number("bytes")
  }
}

extension Diagnostic {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      try json.word("level"), try json.text("message"), path: try json.textIfAny("path"),
      commit: try json.textIfAny("commit"))
    repository = try json.textIfAny("repository")
  }
}

extension ClusterLife {
  init(_ json: JSONMembers) throws(JSONProblem) {
    var steps: [Step] = []
    for step in try json.objects("steps") { steps.append(try Step(step)) }
    guard !steps.isEmpty else { throw json.problem("steps", "at least one step") }
    self.init(
      subject: try Finding.Subject(try json.object("object")), managedBy: try json.textIfAny("managedBy"), steps: steps)
    repository = try json.textIfAny("repository")
  }
}

extension ClusterLife.Step {
  init(_ json: JSONMembers) throws(JSONProblem) {
    var events: [ClusterLife.Event] = []
    for text in try json.texts("events") {
      guard let event = ClusterLife.Event(rawValue: text) else { throw json.problem("events", "a known event") }
      events.append(event)
    }
    self.init(
      commit: try Finding.CommitInfo(try json.object("commit")), seconds: try json.moment("at"), events: events,
      otherName: try json.textIfAny("otherName"),
      state: try json.objectIfAny("state").map { json throws(JSONProblem) in try ClusterLife.State(json) })
  }
}

extension ClusterLife.State {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      workers: try json.integerIfAny("workers"), controlPlane: try json.integerIfAny("controlPlane"),
      version: try json.textIfAny("kubernetesVersion"), isPaused: try json.flag("paused"), path: try json.text("path"))
  }
}
