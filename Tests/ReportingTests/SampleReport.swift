import Flux
import Manifests
import Policy

/// A report with one of everything that a finding may carry.
enum SampleReport {
  static let path = "clusters/mgmt/prod/eksa-system/eksa-cluster.yaml"

  static var review: Report {
    var report = Report(
      command: "review", repository: "/srv/fleet", base: String(repeating: "a1", count: 20),
      head: String(repeating: "b2", count: 20))
    report.findings = [workersToZero, clusterRemoved, token, countDrop, waived]
    report.diagnostics = [
      Diagnostic(.warning, "the manifest does not parse and nothing reads it", path: "charts/app/templates/x.yaml")
    ]
    report.statistics.commits = 3
    report.statistics.files = 12
    report.statistics.bytes = 48_213
    report.statistics.seconds = 0.0421
    return report
  }

  static var clean: Report {
    var report = Report(command: "check", repository: "/srv/fleet")
    report.statistics.files = 12
    report.statistics.seconds = 0.01
    return report
  }

  /// A run that read everything and found something.
  static func clean(with findings: [Finding]) -> Report {
    var report = clean
    report.findings = findings
    return report
  }

  /// A run that could not read everything and found nothing.
  static var failed: Report {
    var report = clean
    report.diagnostics = [Diagnostic(.error, "can't read the object; fetch it with git fetch", path: "a/b.yaml")]
    return report
  }

  static let commit = Finding.CommitInfo(
    id: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", authorName: "Jana Nováková", authorEmail: "jana@example.com",
    date: "2026-11-02T17:45:03+01:00", summary: "Scale the staging cluster down for the weekend")

  static func cluster(_ name: String) -> Finding.Subject {
    .init(apiVersion: "anywhere.eks.amazonaws.com/v1alpha1", kind: "Cluster", namespace: "default", name: name)
  }

  static func place(_ line: UInt32, _ column: UInt32, to end: UInt32, _ side: Side = .after) -> Location {
    Location(
      path: path, side: side, span: Span(startLine: line, startColumn: column, endLine: line, endColumn: end))
  }

  static var countPath: FieldPath {
    FieldPath().key("spec").key("workerNodeGroupConfigurations").item("md-0").key("count")
  }

  static var workersToZero: Finding {
    Finding(
      rule: "workers-all-zero", severity: .critical, category: .scale,
      message: "Cluster default/prod loses all of its 6 workers: every worker group is scaled to zero.",
      subject: cluster("prod"), field: countPath, before: "6", after: "0", verdict: .applied,
      location: place(14, 12, to: 13), fingerprint: String(repeating: "0a", count: 16),
      why: """
        EKS Anywhere deletes the machines of a group that is scaled down, without draining what no other node can take. \
        A cluster without workers runs nothing but its control plane.
        """,
      remediation: "Leave at least one worker group with a count of 1 or more, or take the workloads away first.",
      references: ["https://anywhere.eks.amazonaws.com/docs/clustermgmt/cluster-scale/baremetal-scale/"],
      excerpt: [
        .init(number: 11, text: "  workerNodeGroupConfigurations:"), .init(number: 12, text: "  # quiet weekend"),
        .init(number: 13, text: "  - name: md-0"), .init(number: 14, text: "    count: 0"),
        .init(number: 15, text: "    machineGroupRef:"), .init(number: 16, text: "      kind: VSphereMachineConfig"),
      ])
  }

  static var clusterRemoved: Finding {
    Finding(
      rule: "workload-cluster-removed", severity: .critical, category: .lifecycle,
      message: "Cluster default/stage leaves the repository, and Flux deletes it with all of its machines.",
      subject: cluster("stage"), verdict: .pruned,
      location: Location(
        path: "clusters/mgmt/stage/eksa-system/eksa-cluster.yaml", side: .before,
        span: Span(startLine: 1, startColumn: 1, endLine: 4, endColumn: 1)),
      related: [place(3, 5, to: 20)], commit: commit, fingerprint: String(repeating: "1b", count: 16),
      why: "Deleting the object is deleting the cluster.", remediation: "Put the file back.",
      references: ["https://example.com/docs"],
      excerpt: [
        .init(number: 1, text: "apiVersion: anywhere.eks.amazonaws.com/v1alpha1"),
        .init(number: 2, text: "kind: Cluster"), .init(number: 3, text: "metadata:"),
        .init(number: 4, text: "  name: stage"),
      ])
  }

  static var token: Finding {
    Finding(
      rule: "github-pat", severity: .critical, category: .secret,
      message: "A classic GitHub token is written in the file.",
      location: Location(
        path: "bootstrap/flux.env", side: .after,
        span: Span(startLine: 2, startColumn: 14, endLine: 2, endColumn: 54)),
      related: (1...5).map { place($0, 1, to: 9) }, commit: commit,
      secret: .init(type: "github-pat", redacted: "ghp_****", checksumIsValid: true, decodedFrom: ["base64"]),
      exposure: .init(
        introduced: String(repeating: "c3", count: 20), introducedAt: "2026-01-05T09:00:00Z",
        removed: String(repeating: "d4", count: 20), removedAt: "2026-01-17T09:00:00Z", days: 12, isLive: false,
        refs: ["refs/heads/main", "refs/tags/v1"]),
      fingerprint: String(repeating: "2c", count: 16), why: "Whoever can read the repository can use it.",
      remediation: "Revoke the token, then take it out of the file.",
      excerpt: [.init(number: 1, text: "# flux"), .init(number: 2, text: "GITHUB_TOKEN=ghp_**** # personal")])
  }

  static var countDrop: Finding {
    Finding(
      rule: "worker-count-drop", severity: .medium, category: .scale,
      message: "Worker group md-1 shrinks from 9 to 3.", subject: cluster("prod"), before: "9", after: "3",
      verdict: .unknown, location: place(22, 12, to: 13), fingerprint: String(repeating: "3d", count: 16),
      why: "Fewer machines, less room.", remediation: "Check that the rest can carry the load.")
  }

  static var waived: Finding {
    var finding = countDrop
    finding.rule = "worker-group-zero"
    finding.severity = .high
    finding.location = place(30, 12, to: 13)
    finding.suppression = .init(
      kind: .operatorAllowed, reason: "md-2 is being replaced", owner: "platform", until: "2026-12-31")
    return finding
  }

  /// A rule with an example that is reported and one that is not.
  static let rule = RuleInfo(
    "worker-group-zero", .high, .scale, summary: "A worker group is scaled to zero.",
    why: "EKS Anywhere deletes every machine of the group, and what ran there stops or has to fit elsewhere.",
    remediation: "Leave at least one machine, or remove the group when its workloads are gone.",
    references: ["https://anywhere.eks.amazonaws.com/docs/clustermgmt/cluster-scale/"],
    supersedes: ["worker-count-drop"],
    examples: [
      Example("the count goes to 0", before: clusterText("count: 3"), after: clusterText("count: ⟦0⟧")),
      Example("the count goes to 1", before: clusterText("count: 3"), after: clusterText("count: 1")),
      Example("the file is deleted", before: "kind: Cluster\nmetadata:\n  name: ⟦prod⟧\n", after: nil),
    ])

  private static func clusterText(_ count: String) -> String {
    """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: Cluster
    metadata:
      name: prod
    spec:
      workerNodeGroupConfigurations:
      - name: md-0
        \(count)
        machineGroupRef:
          kind: VSphereMachineConfig
          name: prod-workers
      kubernetesVersion: "1.33"

    """
  }
}
