internal import Flux
internal import Manifests
internal import Policy

// The parts of a report as `JSONFormat` writes them, read back.

extension Finding {
  /// A finding; why it matters is not in the report.
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      rule: try json.text("rule"), severity: try json.word("severity"), category: try json.word("category"),
      message: try json.text("message"))
    repository = try json.textIfAny("repository")
    if let object = try json.objectIfAny("object") { subject = try Subject(object) }
    if let text = try json.textIfAny("field") {
      guard let path = FieldPath(printed: text) else { throw json.problem("field", "the path of a field") }
      field = path
    }
    before = try json.textIfAny("before")
    after = try json.textIfAny("after")
    verdict = try json.wordIfAny("verdict")
    source = try json.word("source")
    if let place = try json.objectIfAny("location") { location = try Location(place) }
    for place in try json.objects("relatedLocations") { related.append(try Location(place)) }
    if let commit = try json.objectIfAny("commit") { self.commit = try CommitInfo(commit) }
    if let secret = try json.objectIfAny("secret") { self.secret = try SecretInfo(secret) }
    if let exposure = try json.objectIfAny("exposure") { self.exposure = try Exposure(exposure) }
    fingerprint = try json.text("fingerprint")
    remediation = try json.text("remediation")
    references = try json.texts("references")
    if let suppression = try json.objectIfAny("suppression") { self.suppression = try Suppression(suppression) }
    for line in try json.objectsIfAny("excerpt") {
      excerpt.append(ExcerptLine(number: try line.number("line"), text: try line.text("text")))
    }
    for line in try json.objectsIfAny("diff") { diff.append(try DiffLine(line)) }
  }
}

extension Finding.Subject {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      apiVersion: try json.text("apiVersion"), kind: try json.text("kind"), namespace: try json.text("namespace"),
      name: try json.text("name"))
  }
}

extension Finding.CommitInfo {
  init(_ json: JSONMembers) throws(JSONProblem) {
    let author = try json.object("author")
    self.init(
      id: try json.text("id"), authorName: try author.text("name"), authorEmail: try author.text("email"),
      date: try json.text("date"), summary: try json.text("summary"))
  }
}

extension Finding.SecretInfo {
  init(_ json: JSONMembers) throws(JSONProblem) {
    let checksum = try json.textIfAny("checksum")
    self.init(
      type: try json.text("type"), redacted: try json.text("redacted"), checksumIsValid: checksum.map { $0 == "valid" },
      decodedFrom: try json.texts("decodedFrom"))
  }
}

extension Finding.Exposure {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      introduced: try json.text("introduced"), introducedAt: try json.text("introducedAt"),
      removed: try json.textIfAny("removed"), removedAt: try json.textIfAny("removedAt"),
      days: try json.number("days"), isLive: try json.flag("live"), refs: try json.texts("refs"))
  }
}

extension Finding.Suppression {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      kind: try json.word("kind"), reason: try json.text("reason"), owner: try json.textIfAny("owner"),
      until: try json.textIfAny("until"))
  }
}

extension Finding.DiffLine {
  init(_ json: JSONMembers) throws(JSONProblem) {
    let sign: Sign
    switch try json.text("sign") {
    case " ": sign = .kept
    case "-": sign = .removed
    case "+": sign = .added
    default: throw json.problem("sign", "a space, a plus or a minus")
    }
    self.init(
      sign, number: try json.number("line"), text: try json.text("text"), isFlagged: try json.flag("flagged"))
  }
}

extension Location {
  init(_ json: JSONMembers) throws(JSONProblem) {
    self.init(
      path: try json.text("path"), side: try json.word("side"),
      span: Span(
        startLine: try json.place("startLine"), startColumn: try json.place("startColumn"),
        endLine: try json.place("endLine"), endColumn: try json.place("endColumn")))
  }
}
