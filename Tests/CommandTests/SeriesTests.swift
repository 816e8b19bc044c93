import TestSupport
import Testing

/// What takes two commits: told in a review of both, and by an audit at each.
@Suite struct SeriesTests {
  private static let paused = Manifest.cluster(annotations: "anywhere.eks.amazonaws.com/paused: \"true\"")
  private static let guarded = Manifest.cluster(annotations: "kustomize.toolkit.fluxcd.io/prune: disabled")
  private static let moved = Manifest.cluster().replacing("10.0.0.10", with: "10.0.0.99")
  private static let syncPath = "clusters/hq/flux-system/gotk-sync.yaml"

  /// A fleet whose branch `change` sets a file to one text after another; `nil` deletes it.
  private func series(_ start: String, _ steps: [String?]) throws -> TestRepository {
    let repository = try TestRepository()
    try repository.writeFleet()
    try repository.write(Manifest.path, start)
    try repository.commit("fleet")
    try repository.git("checkout --quiet -b change")
    for (number, step) in steps.enumerated() {
      if let step { try repository.write(Manifest.path, step) } else { try repository.delete(Manifest.path) }
      try repository.commit("step \(number + 1)", minute: number + 1)
    }
    return repository
  }

  /// The rules of a review of the whole branch and of an audit.
  private func told(_ repository: TestRepository) throws -> (review: [String], audit: [String]) {
    (try repository.report("review", "main").rules, try repository.report("audit").rules)
  }

  @Test func `pause, edit, end of the pause: the edit passes, though both ends are not paused`() throws {
    let (review, audit) = try told(
      series(Manifest.cluster(), [Self.paused, Self.paused.replacing("10.0.0.10", with: "10.0.0.99"), Self.moved]))
    #expect(review.contains("immutable-edit-under-pause"), "\(review)")
    for rule in ["paused-added", "immutable-edit-under-pause", "paused-removed"] {
      #expect(audit.contains(rule), "\(audit)")
    }
  }

  @Test func `an edit after a pause of the same branch is refused or passes, as the commits arrive`() throws {
    let report = try series(Manifest.cluster(), [Self.paused, Self.paused.replacing("10.0.0.10", with: "10.0.0.99")])
      .report("review", "main")
    for rule in ["immutable-edit-under-pause", "endpoint-changed"] {
      let message = try report.only(rule)["message"].text ?? ""
      #expect(message.contains("if all commits arrive at once"), "\(message)")
      #expect(message.contains("if Flux applies the pause first"), "\(message)")
    }
  }

  @Test func `an edit under a pause that is undone before the end is told by the audit alone`() throws {
    let (review, audit) = try told(
      series(
        Manifest.cluster(),
        [Self.paused, Self.paused.replacing("10.0.0.10", with: "10.0.0.99"), Self.paused, Manifest.cluster()]))
    #expect(review == [])
    #expect(audit.contains("immutable-edit-under-pause"))
  }

  @Test func `a guard that goes one commit before the object is told with it`() throws {
    let (review, audit) = try told(series(Self.guarded, [Manifest.cluster(), nil]))
    #expect(review.contains("prune-guard-removed") && review.contains("workload-cluster-removed"), "\(review)")
    #expect(audit.contains("prune-guard-removed") && audit.contains("workload-cluster-removed"), "\(audit)")
  }

  @Test(arguments: [SeriesTests.guarded, SeriesTests.paused])
  func `a guard that comes one commit before the object goes is too late`(_ text: String) throws {
    let report = try series(Manifest.cluster(), [text, nil]).report("review", "main")
    #expect(report.rules.contains("prune-guard-too-late"), "\(report.rules)")
    #expect(try report.only("workload-cluster-removed")["verdict"].text == "pruned")
    let live = try series(text, [Manifest.cluster(workers: [("md-0", 3)]), nil]).report("review", "main")
    #expect(!live.rules.contains("prune-guard-too-late"))
  }

  @Test func `a value that is flipped and flipped back is nothing to a review and two things to an audit`() throws {
    let (review, audit) = try told(series(Manifest.cluster(), [Self.moved, Manifest.cluster()]))
    #expect(review == [])
    #expect(audit.filter { $0 == "endpoint-changed" }.count == 2, "\(audit)")
  }

  @Test func `pruning or applying is switched off, and what leaves meanwhile is told with the switch`() throws {
    for (off, rule) in [("prune: false", "flux-prune-off"), ("prune: true\n  suspend: true", "flux-suspended")] {
      let repository = try TestRepository.fleet()
      try repository.git("checkout --quiet -b change")
      try repository.write(Self.syncPath, Manifest.sync.replacing("prune: true", with: off))
      try repository.commit("off", minute: 1)
      try repository.delete(Manifest.path)
      try repository.commit("away", minute: 2)
      let (review, audit) = try told(repository)
      #expect(review.contains("prune-guard-too-late") && review.contains(rule), "\(review)")
      #expect(audit.contains(rule) && audit.contains("workload-cluster-removed"), "\(audit)")
      try repository.write(Self.syncPath, Manifest.sync)
      try repository.commit("on", minute: 3)
      let merged = try repository.report("review", "main")
      #expect(try merged.only("workload-cluster-removed")["verdict"].text == "pruned")
      #expect(try merged.only("prune-guard-too-late")["message"].text?.contains("never live") == true)
      if rule == "flux-prune-off" { #expect(try repository.report("audit").rules.contains("flux-prune-on")) }
    }
  }
}
