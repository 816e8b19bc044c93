internal import Flux
internal import Manifests
internal import Policy
internal import Secrets

/// Hides credentials in what a report repeats of names, messages and values: a branch name or a commit message can hold
/// a token as well as a file can.
struct SecretMask {
  private let pass: SecretPass
  private var known: [String: String] = [:]

  /// - Parameter own: the credential types of the configuration.
  init(own: [OwnCredential] = []) throws(SecretsError) { pass = try SecretPass(own: own) }

  /// Hides credentials in all texts of a report.
  mutating func apply(to report: inout Report) {
    for index in report.findings.indices { apply(to: &report.findings[index]) }
    if var plan = report.plan {
      report.plan = nil
      apply(to: &plan)
      report.plan = plan
    }
    if var record = report.record {
      report.record = nil
      for index in record.clusters.indices { apply(to: &record.clusters[index]) }
      report.record = record
    }
    report.repositories = report.repositories.map { repository in
      ReportedRepository(
        path: repository.path, address: repository.address.map { masked($0) }, head: repository.head)
    }
    for index in report.diagnostics.indices {
      report.diagnostics[index].message = masked(report.diagnostics[index].message)
      report.diagnostics[index].path = report.diagnostics[index].path.map { masked($0) }
    }
  }

  /// The names and reasons of a plan; its values were hidden when it was made.
  private mutating func apply(to plan: inout Plan) {
    for root in plan.roots.indices {
      for place in plan.roots[root].kustomizations.indices {
        apply(to: &plan.roots[root].kustomizations[place])
      }
      plan.roots[root].cluster = masked(plan.roots[root].cluster)
      plan.roots[root].path = masked(plan.roots[root].path)
    }
    for index in plan.unreached.indices { apply(to: &plan.unreached[index]) }
  }

  private mutating func apply(to kustomization: inout Plan.Kustomization) {
    kustomization.identity.name = masked(kustomization.identity.name)
    kustomization.reason = kustomization.reason.map { masked($0) }
    if let problem = kustomization.problem {
      kustomization.problem?.message = masked(problem.message)
      kustomization.problem?.path = masked(problem.path)
    }
    for index in kustomization.changes.indices { apply(to: &kustomization.changes[index]) }
  }

  private mutating func apply(to change: inout Plan.Change) {
    change.identity.name = masked(change.identity.name)
    change.path = masked(change.path)
    change.reason = change.reason.map { masked($0) }
  }

  private mutating func apply(to life: inout ClusterLife) {
    life.subject.name = masked(life.subject.name)
    life.managedBy = life.managedBy.map { masked($0) }
    for index in life.steps.indices {
      apply(to: &life.steps[index].commit)
      life.steps[index].otherName = life.steps[index].otherName.map { masked($0) }
      guard let state = life.steps[index].state else { continue }
      life.steps[index].state?.version = state.version.map { masked($0) }
      life.steps[index].state?.path = masked(state.path)
    }
  }

  private mutating func apply(to commit: inout Finding.CommitInfo) {
    commit.summary = masked(commit.summary)
    commit.authorName = masked(commit.authorName)
    commit.authorEmail = masked(commit.authorEmail)
  }

  private mutating func apply(to finding: inout Finding) {
    finding.message = masked(finding.message)
    finding.before = finding.before.map { masked($0) }
    finding.after = finding.after.map { masked($0) }
    if let subject = finding.subject { finding.subject?.name = masked(subject.name) }
    if var commit = finding.commit {
      apply(to: &commit)
      finding.commit = commit
    }
    if let place = finding.location { finding.location?.path = masked(place.path) }
    for index in finding.related.indices { finding.related[index].path = masked(finding.related[index].path) }
    if let exposure = finding.exposure { finding.exposure?.refs = exposure.refs.map { masked($0) } }
  }

  /// A text with stars in place of credentials.
  private mutating func masked(_ text: String) -> String {
    if let known = known[text] { return known }
    let result = SecretMask.starred(text, pass.hidden(in: text))
    known[text] = result
    return result
  }

  /// A field's value with stars in place of credentials: what the field is called may give them away, and so may the
  /// names in a value that is a document of its own.
  func hidden(in value: String, called name: String) -> String {
    let key = "\(name): "
    let text = Array((key + value).utf8)
    let line = (pass.hidden(in: text, path: "field.yaml") + AddressPasswords(in: text).ranges).map { range in
      max(0, range.lowerBound - key.utf8.count)..<max(0, range.upperBound - key.utf8.count)
    }
    let inner = value.utf8.contains(0x0A) ? pass.hidden(in: Array(value.utf8), path: name) : []
    let hashes = PasswordHashes(in: Array(value.utf8)).ranges
    return SecretMask.starred(value, pass.hidden(in: value) + line + inner + hashes)
  }

  /// Whether a credential stands in one of some texts.
  func holdsAny(_ texts: [String]) -> Bool { !pass.hidden(in: texts.joined(separator: "\n")).isEmpty }

  private static func starred(_ text: String, _ ranges: [Range<Int>]) -> String {
    guard !ranges.isEmpty else { return text }
    var bytes = Array(text.utf8)
    for range in ranges {
      for offset in range.clamped(to: 0..<bytes.count) { bytes[offset] = UInt8(ascii: "*") }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
