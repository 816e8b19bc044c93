internal import Manifests
internal import Policy

/// A finding as the page shows it: where it is to be linked to, which cluster it is about, and when it happened.
struct ReportedFinding {
  let finding: Finding
  /// The name of its place in the page; the same finding keeps it from report to report.
  let anchor: String
  /// The place, among the lives of the record, of the cluster that it is about.
  let life: Int?
  /// What the cluster is called on the page.
  let cluster: String?
  /// When it came onto the line of `HEAD`, else when its commit was made: seconds since 1970.
  let seconds: Int64?
  /// The other times that the same was found, the oldest first: where they are on the page, and their days.
  let others: [(anchor: String, day: String)]
  /// Whether its commit is on a branch that `HEAD` does not hold; told where clusters are followed.
  let isBeside: Bool

  /// Looks at all findings of a report, in their order.
  static func all(_ report: Report, _ names: ClusterNames) -> [ReportedFinding] {
    let anchors = anchors(report.findings)
    let followed = Set((report.record?.clusters ?? []).map(\.repository))
    let twins = Dictionary(grouping: report.findings.indices) { twinKey(of: report.findings[$0]) }
    var landings = Dictionary(
      report.repositories.map { (String?.some($0.label), $0.landed) }, uniquingKeysWith: { first, _ in first })
    landings[nil] = report.record?.landed
    return report.findings.enumerated().map { index, finding in
      let life = names.life(of: finding)
      let landed = finding.commit.flatMap { landings[finding.repository]?[$0.id] }
      let isFollowed = followed.contains(finding.repository)
      let others = (twins[twinKey(of: finding)] ?? []).filter { $0 != index }.compactMap { other in
        report.findings[other].commit.map { (anchor: anchors[other], day: String($0.date.prefix(10))) }
      }
      return ReportedFinding(
        finding: finding, anchor: anchors[index], life: life,
        cluster: life.map { names.titles[$0] } ?? (isFollowed ? nil : ClusterNames.folder(of: finding)),
        seconds: landed ?? finding.commit.flatMap { CivilDate.seconds(of: $0.date) },
        others: others.sorted { ($0.day, $0.anchor) < ($1.day, $1.anchor) },
        isBeside: isFollowed && finding.commit != nil && landed == nil)
    }
  }

  private static func twinKey(of finding: Finding) -> String {
    "\(finding.repository ?? "") \(finding.rule) \(finding.fingerprint)"
  }

  private static func anchors(_ findings: [Finding]) -> [String] {
    var counter = FingerprintCounter()
    return findings.map { finding in
      let print = finding.fingerprint.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(12)
      let number = counter.next(String(print))
      return "f-\(print)" + (number == 1 ? "" : "-\(number)")
    }
  }
}

/// What the clusters of a report are called, and which finding is about which of them.
struct ClusterNames {
  /// For each life its name, with the namespace where the name alone is not enough.
  let titles: [String]
  private let lives: [ClusterLife]
  /// The folders in which the manifests of one cluster alone ever stood.
  private let folders: [String: Int]

  init(_ lives: [ClusterLife]) {
    self.lives = lives
    titles = ClusterNames.titles(of: lives)
    var folders: [String: Set<Int>] = [:]
    for (number, life) in lives.enumerated() {
      for path in life.steps.compactMap({ $0.state?.path }) {
        folders[ClusterNames.home(of: path), default: []].insert(number)
      }
    }
    self.folders = folders.compactMapValues { $0.count == 1 && !$0.isEmpty ? $0.first : nil }.filter { !$0.key.isEmpty }
  }

  /// A cluster is called by its name; where several repositories have one of that name, with the repository in front.
  private static func titles(of lives: [ClusterLife]) -> [String] {
    let names = Dictionary(grouping: lives, by: { $0.subject.name })
    return lives.map { life in
      let alike = names[life.subject.name] ?? []
      let own = alike.filter { $0.repository == life.repository }
      let isUnique = own.count == 1 || life.subject.namespace.isEmpty
      let title = isUnique ? life.subject.name : "\(life.subject.namespace)/\(life.subject.name)"
      return own.count == alike.count ? title : "\(life.repository ?? ""): \(title)"
    }
  }

  /// The folder of a cluster: that of its file, or the one above `eksa-system`.
  private static func home(of path: String) -> String {
    var parts = path.split(separator: "/").dropLast()
    if parts.last == "eksa-system" { parts = parts.dropLast() }
    return parts.joined(separator: "/")
  }

  /// The cluster that a finding is about: by its object, else by the folder that it stands in.
  func life(of finding: Finding) -> Int? {
    if let subject = finding.subject, subject.kind == "Cluster", subject.apiVersion.hasPrefix(EKSAnywhere.group) {
      let found = lives.indices.filter {
        lives[$0].subject.name == subject.name && lives[$0].repository == finding.repository
      }
      return found.first { ClusterNames.namespace(lives[$0].subject) == ClusterNames.namespace(subject) } ?? found.first
    }
    guard let path = finding.location?.path else { return nil }
    var parts = path.split(separator: "/").dropLast()
    while !parts.isEmpty {
      if let life = folders[parts.joined(separator: "/")] { return life }
      parts = parts.dropLast()
    }
    return nil
  }

  private static func namespace(_ subject: Finding.Subject) -> String {
    subject.namespace.isEmpty ? "default" : subject.namespace
  }

  /// Where no manifest tells of clusters, the folder beneath `clusters` is taken for one.
  static func folder(of finding: Finding) -> String? {
    let parts = (finding.location?.path ?? "").split(separator: "/")
    guard let index = parts.firstIndex(of: "clusters"), index + 2 < parts.count else { return nil }
    return (finding.repository.map { "\($0): " } ?? "") + parts[index + 1]
  }
}
