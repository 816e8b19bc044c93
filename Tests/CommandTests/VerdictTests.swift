import TestSupport
import Testing

/// What Flux does with an object that leaves a file, told by a review: each verdict once, in the message, the field and
/// the severity.
@Suite struct VerdictTests {
  private static let guarded = "kustomize.toolkit.fluxcd.io/prune: disabled"

  /// The cluster `prod` under a Flux Kustomization of its own, and something that stays there.
  private static func nested(spec: [String] = ["prune: true"], annotations: String = "") -> [String: String] {
    Home.base.merging([
      "clusters/hq/prod.yaml": Home.flux("prod", path: "fleet/prod", spec: spec),
      "fleet/prod/cluster.yaml": Manifest.cluster(annotations: annotations),
      "fleet/prod/map.yaml": Home.object("ConfigMap", "map"),
      "fleet/prod/machines.yaml": Manifest.machineConfigs,
    ]) { $1 }
  }

  private func removed(_ before: [String: String], _ paths: String..., adding: [String: String] = [:]) throws
    -> ReportJSON
  {
    let kept = before.filter { !paths.contains($0.key) }
    return try Edit(before, kept.merging(adding) { $1 }).review()
  }

  @Test func `pruned: the cluster is deleted`() throws {
    let finding = try removed(Self.nested(), "fleet/prod/cluster.yaml").only("workload-cluster-removed")
    #expect(finding["verdict"].text == "pruned" && finding["severity"].text == "critical")
    #expect(finding["message"].text?.contains("Flux deletes it") == true, "\(finding["message"].text ?? "")")
  }

  @Test func `orphaned: pruning is off before and after`() throws {
    let finding = try removed(Self.nested(spec: ["prune: false"]), "fleet/prod/cluster.yaml")
      .only("workload-cluster-removed")
    #expect(finding["verdict"].text == "orphaned" && finding["severity"].text == "high")
    #expect(finding["message"].text?.contains("pruning is off for flux-system/prod") == true)
  }

  @Test func `orphaned: the Kustomization goes with the policy to leave its objects`() throws {
    let report = try removed(
      Self.nested(spec: ["prune: true", "deletionPolicy: Orphan"]), "clusters/hq/prod.yaml")
    let finding = try report.only("flux-sync-removed")
    #expect(finding["severity"].text != "critical")
    #expect(!report.findings.contains { $0["verdict"].text == "pruned" && $0["object"]["kind"].text == "Cluster" })
    let plan = try Edit(
      Self.nested(spec: ["prune: true", "deletionPolicy: Orphan"]),
      Self.nested().filter { $0.key != "clusters/hq/prod.yaml" }
    ).plan()
    #expect(plan["headline"]["clusters"].int == 0)
    let last = try #require(plan["roots"].items.first?["kustomizations"].items.last)
    #expect(last["verdict"].text == "orphaned")
    #expect(last["changes"].items.allSatisfy { $0["verdict"].text == "orphaned" && $0["action"].text == "unknown" })
  }

  @Test func `orphaned: a guard is live on the object`() throws {
    let finding = try removed(Self.nested(annotations: Self.guarded), "fleet/prod/cluster.yaml")
      .only("workload-cluster-removed")
    #expect(finding["verdict"].text == "orphaned" && finding["severity"].text == "high")
    #expect(finding["message"].text?.contains("prune: disabled") == true)
  }

  @Test func `a guard that comes with the removal guards nothing`() throws {
    let report = try removed(
      Self.nested(), "fleet/prod/cluster.yaml",
      adding: ["clusters/hq/prod.yaml": Home.flux("prod", path: "fleet/prod", spec: ["prune: false"])])
    #expect(report.rules.contains("prune-guard-too-late"))
    #expect(try report.only("workload-cluster-removed")["verdict"].text == "pruned")
  }

  @Test func `moved: the danger window is in the message, a live guard closes it`() throws {
    let two = [
      "clusters/hq/dev.yaml": Home.flux("dev", path: "fleet/dev"),
      "fleet/dev/map.yaml": Home.object("ConfigMap", "dev"),
    ]
    for (annotations, severity) in [("", "high"), (Self.guarded, "low")] {
      let before = Self.nested(annotations: annotations).merging(two) { $1 }
      let cluster = Manifest.cluster(annotations: annotations)
      let report = try removed(before, "fleet/prod/cluster.yaml", adding: ["fleet/dev/cluster.yaml": cluster])
      let finding = try report.only("object-changes-owner")
      #expect(finding["verdict"].text == "moved" && finding["severity"].text == severity)
      let message = finding["message"].text ?? ""
      #expect(message.contains("from flux-system/prod to flux-system/dev"))
      #expect(
        message.contains("it is deleted and made again if flux-system/prod is reconciled first") == (severity == "high")
      )
      #expect(!report.rules.contains("workload-cluster-removed"))
    }
  }

  @Test func `stalled: nothing under the Kustomization is applied or deleted any more`() throws {
    var before = Self.nested()
    before["fleet/prod/kustomization.yaml"] = "resources: [cluster.yaml, map.yaml, machines.yaml]\n"
    let report = try removed(before, "fleet/prod/cluster.yaml")
    let finding = try report.only("listed-file-missing")
    #expect(finding["verdict"].text == "stalled" && finding["severity"].text == "high")
    #expect(finding["message"].text?.contains("flux-system/prod stalls") == true)
    #expect(!report.findings.contains { $0["verdict"].text == "pruned" })
    #expect(report.value["plan"]["headline"]["clusters"].int == 0)
  }

  @Test func `path-missing: the folder of a Kustomization is gone`() throws {
    let before = Self.nested()
    let report = try Edit(before, before.filter { !$0.key.hasPrefix("fleet/prod/") }).review()
    let finding = try report.only("flux-path-missing")
    #expect(finding["verdict"].text == "path-missing" && finding["severity"].text == "high")
    #expect(!report.findings.contains { $0["verdict"].text == "pruned" })
  }

  @Test func `a suspended Kustomization does nothing`() throws {
    let report = try removed(Self.nested(spec: ["prune: true", "suspend: true"]), "fleet/prod/cluster.yaml")
    let finding = try report.only("workload-cluster-removed")
    #expect(finding["verdict"].text == "stalled" && finding["severity"].text != "critical")
  }

  @Test func `sixty Kustomizations flipped by one edit are one finding with sixty places`() throws {
    var before = Home.base
    var after = Home.base
    for number in 1...60 {
      let name = "app-\(number)"
      before["clusters/hq/\(name).yaml"] = Home.flux(name, path: "apps/\(name)")
      after["clusters/hq/\(name).yaml"] = Home.flux(name, path: "apps/\(name)", spec: ["prune: false"])
      before["apps/\(name)/map.yaml"] = Home.object("ConfigMap", name)
      after["apps/\(name)/map.yaml"] = Home.object("ConfigMap", name)
    }
    let report = try Edit(before, after).review()
    let finding = try report.only("flux-prune-off")
    #expect(finding["relatedLocations"].items.count == 59)
    #expect(report.rules == ["flux-prune-off"])
  }

  @Test func `a source that ignores a folder deletes what was in it`() throws {
    var before = Home.base
    before["clusters/hq/prod/cluster.yaml"] = Manifest.cluster()
    before["clusters/hq/machines.yaml"] = Manifest.machineConfigs
    let file = try Edit(before, before.merging([".sourceignore": "clusters/hq/prod/\n"]) { $1 }).review()
    #expect(file.rules.contains("sourceignore-hides-config"))
    #expect(file.value["plan"]["headline"]["clusters"].int == -1)
    var after = before
    after["clusters/hq/flux-system/gotk-sync.yaml"] = Manifest.sync.replacing(
      "  interval: 1m0s\n", with: "  interval: 1m0s\n  ignore: |\n    /clusters/hq/prod/\n")
    let field = try Edit(before, after).review()
    #expect(field.rules.contains("sourceignore-hides-config"))
    #expect(field.value["plan"]["headline"]["clusters"].int == -1)
    let back = try Edit(after, before).review()
    #expect(back.value["plan"]["headline"]["clusters"].int == 1)
  }
}
