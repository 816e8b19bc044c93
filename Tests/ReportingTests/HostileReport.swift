import Flux
import Manifests
import Policy

/// A report in which every text that comes from a repository tries to be something else.
enum HostileReport {
  /// Everything that a terminal, a runner, a browser or a forge might obey.
  static let text = """
    a\u{1B}[31mb\r\n::error file=x::y\n##[error]z\n/close\n<img src=x onerror=alert(1)><!-- --></details>|`code` ``` ```` \
    [link](https://evil.example) ![i](x) @everyone #1 !2 ~bug www.evil.example & "quoted" 'single' ]]> {{ x }} % %0A \
    \u{202E}txt.exe\u{2066}\u{200B}\u{85}\u{7F}\u{0}\u{2028}\u{E0001}\u{FFFE} ::stop-commands::t \t\\ end
    """

  static var report: Report {
    var report = Report(command: "audit", repository: text, base: nil, head: nil)
    report.findings = [finding(.critical, .after), finding(.high, .before), waived]
    report.diagnostics = [
      Diagnostic(.error, text, path: text, commit: text), Diagnostic(.warning, text, path: text, commit: text),
    ]
    report.statistics.files = 1
    return report
  }

  private static var waived: Finding {
    var finding = finding(.medium, .after)
    finding.suppression = .init(kind: .comment, reason: text, owner: text, until: text)
    return finding
  }

  private static func finding(_ severity: Severity, _ side: Side) -> Finding {
    let span = Span(startLine: 2, startColumn: 3, endLine: 2, endColumn: 9)
    let place = Location(path: text, side: side, span: span)
    return Finding(
      rule: "github-pat", severity: severity, category: .secret, message: text,
      subject: .init(apiVersion: text, kind: text, namespace: text, name: text), field: FieldPath([.item(text)]),
      before: text, after: text, verdict: .applied, source: .fileName, location: place, related: [place],
      commit: .init(id: text, authorName: text, authorEmail: text, date: text, summary: text),
      secret: .init(type: text, redacted: text, checksumIsValid: false, decodedFrom: [text]),
      exposure: .init(
        introduced: text, introducedAt: text, removed: text, removedAt: text, days: 1, isLive: true, refs: [text, text]),
      fingerprint: "00", why: text, remediation: text, references: [text, "https://example.com/docs"],
      excerpt: [.init(number: 1, text: text), .init(number: 2, text: text)])
  }
}

extension HostileReport {
  /// A record with a cluster whose every word is some text.
  static func record(_ text: String) -> AuditRecord {
    let subject = Finding.Subject(
      apiVersion: "anywhere.eks.amazonaws.com/v1alpha1", kind: "Cluster", namespace: text, name: text)
    let commit = Finding.CommitInfo(id: text, authorName: text, authorEmail: text, date: text, summary: text)
    let state = ClusterLife.State(workers: 1, controlPlane: nil, version: text, isPaused: true, path: text)
    var record = AuditRecord()
    record.period = 1_700_000_000...1_710_000_000
    record.clusters = [
      ClusterLife(
        subject: subject, managedBy: text,
        steps: [
          .init(commit: commit, seconds: 1_700_000_000, events: [.created], state: state),
          .init(commit: commit, seconds: 1_705_000_000, events: [.renamed], otherName: text, state: nil),
        ])
    ]
    return record
  }
}
