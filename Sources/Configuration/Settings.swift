package import Manifests
package import Policy

/// What `.fluxwarden.yaml` says.
package struct Settings: Sendable {
  /// The file's name, at the root of the repository.
  package static let path = ".fluxwarden.yaml"
  /// A larger file is refused: no configuration is that long, and reading it must not cost a hook its time.
  package static let limit = 1 << 20

  /// How a rule is judged otherwise than by default.
  package struct RuleSetting: Sendable, Hashable {
    package var severity: Severity?
    package var isEnabled: Bool
    package var reason: String
    package var span: Span
  }

  /// A text of the file with its place.
  package struct Placed: Sendable, Hashable {
    package var text: String
    package var span: Span
  }

  /// A credential type of the repository's own.
  package struct Credential: Sendable, Hashable {
    package var id: String
    package var pattern: String
    package var severity: Severity
    package var opens: String
    package var revoke: String
    package var span: Span
  }

  /// Lists of values that are no finding.
  package enum AllowList: String, Sendable, CaseIterable {
    case registries, imageHosts, sshKeys, accounts
  }

  /// The value of `failOn`: a severity or `never`; `nil` where it is not set.
  package var failOn: Placed?
  package var rules: [String: RuleSetting] = [:]
  package var syncRoots: [Placed] = []
  package var excluded: [Placed] = []
  package var allowed: [AllowList: [Placed]] = [:]
  package var credentials: [Credential] = []
  package var waivers: [Waiver] = []

  /// Nothing is set.
  package init() {}
}

extension Settings {
  /// Reads a configuration.
  ///
  /// - Parameter known: the ids of all rules and credential types.
  /// - Returns: the settings, and what is wrong with them; with any problem the settings are the empty ones.
  package static func read(_ bytes: [UInt8], known: some Sequence<String>) -> (Settings, [SettingsProblem]) {
    let (root, problems) = StrictFile.root(of: bytes)
    guard problems.isEmpty, let root else { return (Settings(), problems) }
    let own = (root["credentials"]?.items ?? []).compactMap { $0["id"]?.text }
    var check = ShapeCheck(rules: Set(known).union(own))
    check.check(root, SettingsSchema.settings, at: "")
    var found = check.problems
    let catalogue = Set(known)
    var seen: Set<String> = []
    for item in root["credentials"]?.items ?? [] {
      guard let node = item["id"], let id = node.text else { continue }
      if catalogue.contains(id) || !seen.insert(id).inserted {
        found.append(SettingsProblem("the id \(id.shortened) is taken: choose another", at: node.span))
      }
    }
    for entry in root["rules"]?.entries ?? [] where entry.value["enabled"]?.bool == false {
      guard entry.value["reason"] == nil else { continue }
      let message = "rules.\(entry.name) is turned off without a reason: add the key reason"
      found.append(SettingsProblem(message, at: entry.key.span))
    }
    guard found.isEmpty else { return (Settings(), found) }
    return (Settings(root), [])
  }

  /// Takes the values out of a file that was held against the schema.
  private init(_ root: Node) {
    func placed(_ node: Node?) -> [Placed] {
      (node?.items ?? []).compactMap { item in item.text.map { Placed(text: $0, span: item.span) } }
    }
    failOn = root["failOn"].flatMap { node in node.text.map { Placed(text: $0, span: node.span) } }
    for entry in root["rules"]?.entries ?? [] {
      rules[entry.name] = RuleSetting(
        severity: entry.value["severity"]?.text.flatMap(Severity.init(rawValue:)),
        isEnabled: entry.value["enabled"]?.bool ?? true, reason: entry.value["reason"]?.text ?? "",
        span: entry.key.span)
    }
    syncRoots = placed(root["sync", "roots"])
    excluded = placed(root["paths", "exclude"])
    for list in AllowList.allCases { allowed[list] = placed(root["allowed", list.rawValue]) }
    credentials = (root["credentials"]?.items ?? []).map { item in
      Credential(
        id: item["id"]?.text ?? "", pattern: item["pattern"]?.text ?? "",
        severity: item["severity"]?.text.flatMap(Severity.init(rawValue:)) ?? .critical,
        opens: item["opens"]?.text ?? "what your configuration guards with it",
        revoke: item["revoke"]?.text ?? "Revoke it where it was issued", span: item.span)
    }
    waivers = (root["waivers"]?.items ?? []).map { Waiver($0) }
  }

  /// The descriptions of the own credential types.
  package var credentialInfos: [RuleInfo] {
    credentials.map { type in
      RuleInfo(
        type.id, type.severity, .secret, summary: "A credential in clear that opens \(type.opens).",
        why: "Whoever can read the repository, a fork, a clone or a backup of it can use the credential.",
        remediation: "\(type.revoke). Then keep the new one out of Git.")
    }
  }

  /// Whether findings in a file do not count.
  package func excludes(_ path: String) -> Bool { excluded.contains { PathPattern($0.text).matches(path) } }

  /// The texts of a list.
  package func values(_ list: AllowList) -> [String] { (allowed[list] ?? []).map(\.text) }
}

/// Reads a small YAML or JSON file that must be right as a whole.
enum StrictFile {
  /// The one document of a file; an empty file is an empty mapping.
  static func root(of bytes: [UInt8], limit: Int = Settings.limit) -> (root: Node?, problems: [SettingsProblem]) {
    guard bytes.count <= limit else {
      return (nil, [SettingsProblem("the file is larger than \(limit >> 20) MiB", at: .none)])
    }
    var budget = YAMLBudget()
    budget.nodes = limit / 4
    budget.depth = 32
    let stream = YAMLStream.parse(bytes, budget: budget)
    if let problem = stream.firstProblem { return (nil, [SettingsProblem(problem.reason, at: problem.span)]) }
    let roots = stream.documents.compactMap(\.root)
    guard roots.count < 2 else { return (nil, [SettingsProblem("one document is expected", at: roots[1].span)]) }
    guard let root = roots.first, !root.isNull else { return (Node(.mapping([])), []) }
    return (root, [])
  }
}
