internal import Manifests
package import Policy

/// The findings that were there when a repository began to use fluxwarden.
package struct Baseline: Sendable {
  /// The file's name, at the root of the repository.
  package static let path = ".fluxwarden-baseline.json"
  /// A larger file is refused.
  package static let limit = 16 << 20

  /// One for each accepted finding; each has a fingerprint.
  package var waivers: [Waiver] = []

  /// Nothing was accepted.
  package init() {}

  /// Reads a baseline; with any problem it is empty.
  package static func read(_ bytes: [UInt8], known: some Sequence<String>) -> (Baseline, [SettingsProblem]) {
    let (root, problems) = StrictFile.root(of: bytes, limit: limit)
    guard problems.isEmpty, let root else { return (Baseline(), problems) }
    // A rule may be gone since; that is no reason to stop.
    let named = (root["findings"]?.items ?? []).compactMap { $0["rule"]?.text }
    var check = ShapeCheck(rules: Set(known).union(named))
    check.check(root, SettingsSchema.baseline, at: "")
    guard check.problems.isEmpty else { return (Baseline(), check.problems) }
    var baseline = Baseline()
    baseline.waivers = (root["findings"]?.items ?? []).map { item in
      var waiver = Waiver(item)
      // Place and object are for people: a finding keeps its fingerprint when its file is renamed.
      waiver.path = nil
      waiver.object = nil
      return waiver
    }
    return (baseline, [])
  }

  /// The file's text for findings that are accepted from now on; those accepted before keep their words.
  package static func text(
    accepting findings: [Finding], before: Baseline, reason: String, owner: String?, until: String?
  ) -> String {
    let known = Dictionary(before.waivers.map { ($0.fingerprint ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    var seen: Set<String> = []
    let rows = findings.filter { seen.insert("\($0.fingerprint) \($0.secret?.identity?.check ?? "")").inserted }.map {
      finding -> String in
      let old = known[finding.fingerprint].flatMap { $0.rule == finding.rule ? $0 : nil }
      let members: [(String, String?)] = [
        ("rule", finding.rule), ("path", finding.location?.path),
        ("object", finding.subject.map { "\($0.kind)/\($0.namespace)/\($0.name)" }),
        ("fingerprint", finding.fingerprint),
        (
          "check", finding.category == .secret && !finding.fingerprintTellsValue ? finding.secret?.identity?.check : nil
        ),
        ("reason", old?.reason ?? reason), ("owner", old?.owner ?? owner),
        ("until", old == nil ? until : old?.until),
      ]
      let pairs = members.compactMap { name, value in value.map { "\(JSONText.quoted(name)): \(JSONText.quoted($0))" } }
      return "    {\(pairs.joined(separator: ", "))}"
    }
    let list = rows.isEmpty ? "[]" : "[\n\(rows.joined(separator: ",\n"))\n  ]"
    return "{\n  \"schemaVersion\": 1,\n  \"findings\": \(list)\n}\n"
  }
}
