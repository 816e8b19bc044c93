package import Flux
package import Manifests

/// Lets all rules judge a change and makes findings of what they say.
package struct Engine: Sendable {
  /// All rules, in the order of the catalogue.
  package let rules: [any Rule]
  private let objectRules: [any ObjectRule]
  private let changeRules: [any ChangeRule]
  private let objectTable: KindTable
  private let changeTable: KindTable
  private let supersession: Supersession
  /// What is known of every rule, by its id.
  package let infos: [String: RuleInfo]
  /// The folders that Flux was started with, where they are named and not to be found out.
  package let syncRoots: [String]
  /// The fields that rules only look at as they are built, by the names of kinds.
  let builtFields: [String: [GroupKind: [String]]]
  /// Which texts can hold an object that is judged.
  package let interest: Interest

  /// - Parameter also: the descriptions of rules that are judged elsewhere (credential types, on bytes).
  /// - Parameter syncRoots: the folders that Flux was started with; empty where the files tell.
  package init(rules: [any Rule], also: [RuleInfo] = [], syncRoots: [String] = []) {
    self.rules = rules
    self.syncRoots = syncRoots
    objectRules = rules.compactMap { $0 as? any ObjectRule }
    changeRules = rules.compactMap { $0 as? any ChangeRule }
    infos = Dictionary((rules.map(\.info) + also).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    builtFields = rules.flatMap(\.builtFields).reduce(into: [:]) { $0[$1.key.kind, default: [:]][$1.key] = $1.value }
    supersession = Supersession(rules.map(\.info) + also)
    objectTable = KindTable(objectRules.map(\.kinds))
    changeTable = KindTable(changeRules.map(\.kinds))
    interest = Interest(objectRules.map { ($0.kinds, $0.words) } + changeRules.map { ($0.kinds, $0.words) })
  }

  /// Whether any rule wants to see objects of a kind.
  package func judges(_ kind: GroupKind) -> Bool {
    !objectTable.rules(for: kind).isEmpty || !changeTable.rules(for: kind).isEmpty
  }

  /// Whether any rule judges the objects of a kind that have a name; those that look for a marker in the text of a file
  /// aside.
  func speaks(ofObjects kind: GroupKind, named name: String) -> Bool {
    let rules: [any Rule] =
      objectTable.rules(for: kind).map { objectRules[$0] } + changeTable.rules(for: kind).map { changeRules[$0] }
    return rules.contains { rule in
      if case .mentioning = rule.kinds { return false }
      return rule.names[kind]?.contains(name) ?? true
    }
  }

  /// The findings of a change, unsorted and not yet superseded.
  package func judge(_ step: Change) -> [Finding] { hear(step).findings }

  /// The findings of a change, unsorted and not yet superseded, the numbers of the rules that had a word, whatever became
  /// of it, and what the API server does not take.
  ///
  /// - Parameter chosen: the numbers of the rules that are asked; `nil` for all. Asked again about the very same change,
  ///   those that had a word alone say the same.
  package func hear(
    _ step: Change, only chosen: [UInt16]? = nil
  ) -> (findings: [Finding], speaking: [UInt16], refusals: Refusals) {
    var said: [Int: [Violation]] = [:]
    var refused: [Refusal] = []
    var speaking: Set<UInt16> = []
    lazy var variables = EditedVariables(step)
    for change in step.objects {
      guard let kind = (change.before ?? change.after)?.object.groupKind else { continue }
      let heard = objectTable.rules(for: kind).filter { chosen?.contains(UInt16($0)) ?? true }
        .map { ($0, objectRules[$0].judge(change, in: step)) }
      speaking.formUnion(heard.lazy.filter { !$0.1.isEmpty }.map { UInt16($0.0) })
      let isRefused = change.isSent && heard.contains { $0.1.contains(where: \.isRefused) }
      let recreation = isRefused ? recreation(of: change, heard.flatMap(\.1), in: step) : nil
      let verdict = Engine.verdict(of: change, isRefused: isRefused && recreation == nil)
      if verdict == .rejected || recreation != nil {
        refused += [Refusal(change, recreation)].compactMap { $0 }
      }
      let covered = heard.flatMap { $0.1.filter(\.coversField).compactMap(\.field) }
      let told = heard.filter { objectRules[$0.0].info.telling == .specific }
        .flatMap { $0.1.filter(\.isRefused).compactMap(\.field) }
      for (number, violations) in heard {
        let isLastResort = objectRules[number].info.telling == .lastResort
        for var violation in violations
        where !violation.isBeneath(covered) && !(isLastResort && violation.isWithin(told)) {
          violation.verdict = violation.verdict ?? verdict
          violation.related += variables.places(of: violation, in: change)
          said[number, default: []].append(
            recreation.map { violation.recreated($0, objectRules[number].info) } ?? violation)
        }
      }
    }
    var told: [(place: Int, violations: [Violation])] = []
    for (place, rule) in changeRules.enumerated() {
      let number = UInt16(objectRules.count + place)
      guard chosen?.contains(number) ?? true else { continue }
      let violations = rule.judge(step)
      guard !violations.isEmpty else { continue }
      speaking.insert(number)
      told.append((place, violations.map { whole($0, rule.info, in: step, &refused) }))
    }
    let refusals = Refusals(refused, among: step.applied?.changes ?? []).with(lostSourcesOf: step.applied)
    lazy var samples = UnappliedSamples(step)
    func findings(_ violations: [Violation], _ info: RuleInfo) -> [Finding] {
      let judged = violations.map { violation in
        let judged = violation.stalled(by: refusals, info).held(info)
        return samples?.judged(judged, info) ?? judged
      }
      return Engine.findings(judged, info)
    }
    var all = said.sorted { $0.key < $1.key }.flatMap { findings($1, objectRules[$0].info) }
    for (place, violations) in told { all += findings(violations, changeRules[place].info) }
    return (all, speaking.sorted(), refusals)
  }

  /// What Flux does with an object whose edit is refused, where it does not leave it alone.
  private func recreation(of change: ObjectChange, _ violations: [Violation], in step: Change) -> Recreation? {
    Recreation(of: change, violations, in: step) {
      var new = change
      new.before = nil
      return change.after.map { objectTable.rules(for: $0.object.groupKind) }?.contains {
        objectRules[$0].judge(new, in: step).contains(where: \.isRefused)
      } ?? false
    }
  }

  /// What a rule about changes as a whole says of an object that the API server refuses, with what Flux does then.
  private func whole(_ violation: Violation, _ info: RuleInfo, in step: Change, _ refused: inout [Refusal]) -> Violation
  {
    guard violation.isRefused, violation.verdict == .rejected, let object = violation.object,
      let change = step.applied?.changes.first(where: { $0.after.map { object.isSame(as: $0) } ?? false })
    else { return violation }
    let recreation = recreation(of: change, [violation], in: step)
    refused += [Refusal(change, recreation)].compactMap { $0 }
    return recreation.map { violation.recreated($0, info) } ?? violation
  }

  /// What is added to the sentence of a finding that stands for others as well.
  private static func remark(on twins: Int, of kinds: Set<String>, _ finding: Finding) -> String {
    if finding.related.isEmpty { return " It reaches \(Count.of(twins, "more object"))." }
    guard finding.location?.side == .before, finding.field == nil else {
      return " The same edit is made in \(Count.of(twins, "more place"))."
    }
    let kind = kinds.count == 1 ? kinds.first ?? "object" : "object"
    return " The same goes for \(Count.of(twins, "more \(kind)"))."
  }

  /// What becomes of a change of an object that the API server may refuse; `nil` where the repository does not tell.
  private static func verdict(of change: ObjectChange, isRefused: Bool) -> Verdict? {
    switch change.verdict {
    case .unknown: nil
    case .applied where isRefused: .rejected
    default: change.verdict
    }
  }

  /// The findings that remain when the more telling one of each edit has silenced the others.
  package func settled(_ findings: [Finding]) -> [Finding] { supersession.applied(to: findings) }

  /// Each once, with the edit it is about: an object that two Flux Kustomizations apply says the same twice.
  private static func distinct(_ violations: [Violation], _ info: RuleInfo) -> [(finding: Finding, edit: String?)] {
    var places: [String: [Location?]] = [:]
    return violations.map { (Finding($0, info), $0.sameEdit) }.filter { finding, _ in
      if places[finding.message]?.contains(finding.location) == true { return false }
      places[finding.message, default: []].append(finding.location)
      return true
    }
  }

  private static func findings(_ violations: [Violation], _ info: RuleInfo) -> [Finding] {
    let distinct = Engine.distinct(violations, info)
    guard info.groupsSameEdits else { return distinct.map(\.finding) }
    var groups: [[String]: (finding: Finding, twins: Int, kinds: Set<String>)] = [:]
    var order: [[String]] = []
    for (finding, same) in distinct {
      let edit = same.map { [$0] } ?? [finding.before ?? "", finding.after ?? ""]
      let key = [finding.field?.description ?? "", finding.severity.rawValue] + edit
      guard var group = groups[key] else {
        groups[key] = (finding, 0, finding.subject.map { [$0.kind] } ?? [])
        order.append(key)
        continue
      }
      for place in [finding.location].compactMap({ $0 }) + finding.related
      where place != group.finding.location && !group.finding.related.contains(place) {
        group.finding.related.append(place)
      }
      group.twins += 1
      if let kind = finding.subject?.kind { group.kinds.insert(kind) }
      groups[key] = group
    }
    return order.compactMap { key in
      guard let (first, twins, kinds) = groups[key] else { return nil }
      var finding = first
      if twins > 0 {
        finding.message += Engine.remark(on: twins, of: kinds, finding)
      }
      return finding
    }
  }
}

extension Violation {
  /// Whether it is about one of some fields or what lies beneath it.
  fileprivate func isWithin(_ fields: [FieldPath]) -> Bool {
    field.map { own in fields.contains { $0 == own || $0.holds(own) } } ?? false
  }

  /// Whether it is about what lies beneath one of some fields.
  fileprivate func isBeneath(_ fields: [FieldPath]) -> Bool {
    guard let field else { return false }
    return fields.contains { $0 != field && $0.holds(field) }
  }
}

extension Finding {
  /// A finding from what a rule said and what is known of the rule.
  package init(_ violation: Violation, _ info: RuleInfo) {
    let object = violation.object
    self.init(
      rule: info.id, severity: violation.severity ?? info.severity, category: info.category,
      message: violation.message, subject: object.map { Subject($0.object) }, field: violation.field,
      before: violation.before, after: violation.after, verdict: violation.verdict, location: violation.location,
      related: violation.related, secret: violation.secret, why: info.why,
      remediation: violation.remediation ?? info.remediation, references: info.references)
    let identity = object?.object.identity.key
    fingerprint = Fingerprint.of([
      info.id, identity?.group ?? "", identity?.kind ?? "", identity?.namespace ?? "", identity?.name ?? "",
      object?.owner?.root ?? "", violation.field?.description ?? "", violation.after ?? "", violation.fingerprintExtra,
    ])
  }
}
