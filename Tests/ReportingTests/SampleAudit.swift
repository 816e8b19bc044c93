import Flux
import Manifests
import Policy

@testable import Reporting

/// An audit with all that the HTML report draws: lives of clusters, secrets live and gone, rules with many findings.
enum SampleAudit {
  static let day: Int64 = 86_400
  /// 2026-01-05T09:00:00Z.
  static let start: Int64 = 1_767_603_600

  static var report: Report {
    var report = SampleReport.review
    report.command = "audit"
    report.base = nil
    report.findings[0].commit = commit(20)
    report.findings[0].diff = [
      .init(.kept, number: 13, text: "  - name: md-0", isFlagged: false),
      .init(.removed, number: 14, text: "    count: 6", isFlagged: false),
      .init(.added, number: 14, text: "    count: 0", isFlagged: true),
    ]
    report.findings[3].commit = commit(40)
    report.findings += (0..<12).map(shrunk) + [live]
    report.findings.sort(by: Finding.precedes)
    report.record = record
    return report
  }

  /// The same audit of three repositories, and of one in which nothing was found, as one report.
  static var fleet: Report {
    var parts = ["/srv/plants/fleet", "/srv/seeds & bulbs + 50%=½", "/srv/vault", "/srv/meadow"].map { path in
      var part = report
      let address = path.hasSuffix("fleet") ? "https://git.example.com/plants/fleet" : nil
      part.repositories = [ReportedRepository(path: path, address: address)]
      return part
    }
    parts[3].findings = []
    return ReportUnion(parts).report
  }

  static var record: AuditRecord {
    var record = AuditRecord()
    record.period = start...start + 300 * day
    record.clusters = [prod, stage]
    for finding in (0..<12).map(shrunk) { record.landed[finding.commit?.id ?? ""] = start + 60 * day }
    record.landed[commit(20).id] = start + 20 * day
    record.landed[SampleReport.commit.id] = start + 200 * day
    return record
  }

  static func commit(_ day: Int) -> Finding.CommitInfo {
    let digits = String(day, radix: 16)
    return .init(
      id: String(repeating: "0", count: 40 - digits.utf8.count) + digits,
      authorName: day % 2 == 0 ? "Jana Nováková" : "Tom O'Hara", authorEmail: "someone@example.com",
      date: date(day), summary: "Change of day \(day)")
  }

  static func date(_ day: Int) -> String { dates[day] ?? "2026-03-01T09:00:00Z" }

  private static let dates = [
    0: "2026-01-05T09:00:00Z", 20: "2026-01-25T09:00:00Z", 40: "2026-02-14T09:00:00Z", 100: "2026-04-15T09:00:00Z",
    200: "2026-07-24T09:00:00Z",
  ]

  private static var prod: ClusterLife {
    func state(_ workers: Int?, _ version: String, isPaused: Bool = false) -> ClusterLife.State {
      .init(workers: workers, controlPlane: 3, version: version, isPaused: isPaused, path: SampleReport.path)
    }
    return ClusterLife(
      subject: SampleReport.cluster("prod"), managedBy: "mgmt",
      steps: [
        .init(commit: commit(0), seconds: start, events: [.created], state: state(6, "1.31")),
        .init(commit: commit(20), seconds: start + 20 * day, events: [.scaled], state: state(0, "1.31")),
        .init(
          commit: commit(40), seconds: start + 40 * day, events: [.scaled, .versionChanged], state: state(6, "1.32")),
        .init(
          commit: commit(100), seconds: start + 100 * day, events: [.paused], state: state(6, "1.32", isPaused: true)),
        .init(commit: commit(200), seconds: start + 200 * day, events: [.resumed, .scaled], state: state(nil, "1.32")),
      ])
  }

  private static var stage: ClusterLife {
    let state = ClusterLife.State(
      workers: 2, controlPlane: 1, version: "1.31", isPaused: false,
      path: "clusters/mgmt/stage/eksa-system/eksa-cluster.yaml")
    return ClusterLife(
      subject: SampleReport.cluster("stage"), managedBy: "mgmt",
      steps: [
        .init(commit: commit(0), seconds: start, events: [.created], state: state),
        .init(
          commit: commit(40), seconds: start + 40 * day, events: [.renamed], otherName: "default/staging", state: state),
        .init(commit: SampleReport.commit, seconds: start + 200 * day, events: [.deleted], state: nil),
      ])
  }

  private static func shrunk(_ number: Int) -> Finding {
    var finding = SampleReport.countDrop
    finding.message = "Worker group md-\(number) shrinks from 9 to 3."
    finding.commit = commit(41 + number)
    finding.fingerprint = String(repeating: "e", count: 10) + (number < 10 ? "0" : "") + String(number)
    finding.location = SampleReport.place(40 + UInt32(number), 12, to: 13)
    return finding
  }

  private static var live: Finding {
    var finding = SampleReport.token
    finding.rule = "aws-access-key"
    finding.fingerprint = String(repeating: "4e", count: 16)
    finding.location?.path = "scripts/backup.sh"
    finding.exposure = .init(
      introduced: commit(40).id, introducedAt: date(40), removed: nil, removedAt: nil, days: 260, isLive: true,
      refs: (1...30).map { "refs/pull/\($0)/head" } + ["refs/heads/main"])
    return finding
  }
}
