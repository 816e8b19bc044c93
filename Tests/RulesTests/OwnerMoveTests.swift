import Flux
import Policy
import Rules
import Testing

/// Who applies an object before and after a change, and what becomes of it in between.
@Suite struct OwnerMoveTests {
  private static let sync = "clusters/a/flux-system/gotk-sync.yaml"

  private static func kustomization(_ name: String, _ path: String, _ more: String = "prune: true") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {path: \(path), \(more), sourceRef: {kind: GitRepository, name: flux-system}}

    """
  }

  private static func repository(_ name: String) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: \(name), namespace: flux-system}
    spec: {url: "ssh://git@example.com/\(name)", ref: {branch: main}}

    """
  }

  private static func claim(_ name: String) -> String {
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: \(name), namespace: default}\n"
  }

  private static let fleet = [
    sync: repository("flux-system") + "---\n" + kustomization("flux-system", "./clusters/a"),
    "clusters/a/apps.yaml": kustomization("apps", "./apps"),
    "clusters/a/more.yaml": kustomization("more", "./more"),
    "apps/data.yaml": claim("data"),
    "apps/rest.yaml": claim("rest"),
    "more/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: default}\n",
  ]

  private static func fleet(_ files: [String: String?]) -> [String: String] {
    var copy = fleet
    for (path, text) in files { copy[path] = text }
    return copy
  }

  private func judge(_ before: [String: String], _ after: [String: String]) -> [Finding] {
    Judgement(before: before, after: after).findings
  }

  @Test(arguments: ["./", "."])
  func `the root of a tenant's repository is not that of this one`(path: String) {
    let tenant = Self.kustomization("team", path).replacing("name: flux-system}}", with: "name: team}}")
    let file = ["clusters/a/team.yaml": Self.repository("team") + "---\n" + tenant]
    let before = Self.fleet.merging(file) { $1 }
    #expect(judge(Self.fleet, before).isEmpty)
    let after = before.filter { $0.key != "clusters/a/apps.yaml" }
    let rules = judge(before, after).map(\.rule)
    #expect(Set(rules) == ["flux-sync-removed", "persistent-volume-removed"])
  }

  @Test func `what is resumed in a change deletes what the change takes away`() {
    let paused = Self.kustomization("apps", "./apps", "prune: true, suspend: true")
    let before = Self.fleet(["clusters/a/apps.yaml": paused])
    let resumed = judge(before, Self.fleet(["apps/data.yaml": nil]))
    #expect(resumed.filter { $0.rule == "persistent-volume-removed" }.map(\.verdict) == [.pruned])
    let still = judge(before, Self.fleet(["clusters/a/apps.yaml": paused, "apps/data.yaml": nil]))
    #expect(still.filter { $0.rule == "persistent-volume-removed" }.map(\.verdict) == [.stalled])
  }

  @Test func `what is suspended in a change may delete what the change takes away`() {
    let paused = Self.kustomization("apps", "./apps", "prune: true, suspend: true")
    let findings = judge(Self.fleet, Self.fleet(["clusters/a/apps.yaml": paused, "apps/data.yaml": nil]))
    #expect(findings.filter { $0.rule == "persistent-volume-removed" }.map(\.verdict) == [.pruned])
    #expect(findings.contains { $0.rule == "prune-guard-too-late" })
  }

  @Test func `a Kustomization that goes while it is suspended leaves its objects behind`() {
    let paused = Self.kustomization("apps", "./apps", "prune: true, suspend: true")
    let before = Self.fleet(["clusters/a/apps.yaml": paused])
    let findings = judge(before, Self.fleet(["clusters/a/apps.yaml": nil]))
    #expect(findings.filter { $0.rule == "persistent-volume-removed" }.allSatisfy { $0.verdict == .orphaned })
    #expect(findings.allSatisfy { $0.severity < .high })
  }

  @Test func `a Kustomization that moves to another one takes all with it that it applies`() {
    let before = Self.fleet(["clusters/a/apps.yaml": nil, "more/apps.yaml": Self.kustomization("apps", "./apps")])
    let findings = judge(Self.fleet, before)
    #expect(findings.map(\.rule) == ["object-changes-owner"])
    #expect(findings.map(\.severity) == [.high])
    let kept = Self.kustomization("apps", "./apps", "prune: false")
    let safe = judge(
      Self.fleet(["clusters/a/apps.yaml": kept]), Self.fleet(["clusters/a/apps.yaml": nil, "more/apps.yaml": kept]))
    #expect(safe.map(\.severity) == [.low])
  }

  @Test func `a claim that moves between owners is guarded first`() {
    func moved(_ paused: Bool) -> [Severity] {
      let apps = Self.kustomization("apps", "./apps", "prune: true\(paused ? ", suspend: true" : "")")
      let before = Self.fleet(["clusters/a/apps.yaml": apps])
      let after = Self.fleet([
        "clusters/a/apps.yaml": apps, "apps/data.yaml": nil, "more/data.yaml": Self.claim("data"),
      ])
      return judge(before, after).filter { $0.rule == "object-changes-owner" }.map(\.severity)
    }
    #expect(moved(false) == [.high])
    #expect(moved(true) == [.low])
  }

  @Test(arguments: [true, false])
  func `a Kustomization that gets another name and folder is renamed`(prunes: Bool) {
    let old = Self.kustomization("apps", "./apps", "prune: \(prunes)")
    let before = Self.fleet(["clusters/a/apps.yaml": old])
    let after = Self.fleet([
      "clusters/a/apps.yaml": Self.kustomization("store", "./store", "prune: \(prunes)"), "apps/data.yaml": nil,
      "apps/rest.yaml": nil, "store/data.yaml": Self.claim("data"), "store/rest.yaml": Self.claim("rest"),
    ])
    let findings = judge(before, after)
    #expect(findings.map(\.rule) == ["flux-kustomization-renamed"])
    #expect(findings.map(\.severity) == [prunes ? .high : .low])
  }

  @Test func `a Kustomization that does not prune may go once another applies its objects`() throws {
    let before = Self.fleet(["clusters/a/apps.yaml": Self.kustomization("apps", "./apps", "prune: false")])
    let after = Self.fleet([
      "clusters/a/apps.yaml": nil, "apps/data.yaml": nil, "apps/rest.yaml": nil, "more/data.yaml": Self.claim("data"),
      "more/rest.yaml": Self.claim("rest"),
    ])
    let findings = judge(before, after)
    #expect(findings.allSatisfy { $0.severity == .low })
    let finding = try #require(findings.first { $0.rule == "flux-sync-removed" })
    #expect(finding.message.contains("Kustomization flux-system/more applies all its objects"))
  }

  @Test func `a guarded claim goes with its Namespace all the same`() {
    let space = "apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n"
    let guarded = Self.claim("data").replacing(
      "{name: data,", with: "{name: data, annotations: {kustomize.toolkit.fluxcd.io/prune: disabled},")
    let before = Self.fleet(["apps/data.yaml": guarded, "apps/space.yaml": space])
    func verdicts(_ after: [String: String]) -> [Verdict?] {
      judge(before, after).filter { $0.rule == "persistent-volume-removed" }.map(\.verdict)
    }
    #expect(verdicts(Self.fleet(["apps/data.yaml": nil])) == [.pruned])
    #expect(verdicts(Self.fleet(["apps/data.yaml": nil, "apps/space.yaml": space])) == [.orphaned])
  }

  @Test func `variables that are no longer replaced are told`() {
    let map =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: default}\ndata: {region: \"${REGION}\"}\n"
    let replaced = Self.kustomization("apps", "./apps", "prune: true, postBuild: {substitute: {REGION: eu}}")
    let before = Self.fleet(["clusters/a/apps.yaml": replaced, "apps/map.yaml": map])
    #expect(judge(before, Self.fleet(["apps/map.yaml": map])).map(\.rule) == ["substitute-undefined"])
    #expect(judge(Self.fleet(["clusters/a/apps.yaml": replaced]), Self.fleet).isEmpty)
  }

  @Test func `an encrypted Secret needs a Kustomization that decrypts`() {
    let secret = """
      apiVersion: v1
      kind: Secret
      metadata: {name: key, namespace: default}
      stringData: {key: "ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]"}
      sops: {version: 3.9.0, encrypted_regex: ^stringData$}

      """
    #expect(judge(Self.fleet, Self.fleet(["apps/key.yaml": secret])).map(\.rule) == ["kustomize-build-fails"])
    let decrypted = Self.kustomization("apps", "./apps", "prune: true, decryption: {provider: sops}")
    let before = Self.fleet(["clusters/a/apps.yaml": decrypted])
    let after = before.merging(["apps/key.yaml": secret]) { $1 }
    #expect(judge(before, after).isEmpty)
    #expect(judge(after, Self.fleet(["apps/key.yaml": secret])).map(\.rule) == ["decryption-removed"])
  }

  @Test func `a Kustomization that Flux leaves alone goes on as it is`() {
    let frozen = { (path: String) in
      Self.kustomization("apps", path).replacing(
        "{name: apps,", with: "{name: apps, annotations: {kustomize.toolkit.fluxcd.io/reconcile: disabled},")
    }
    let before = Self.fleet(["clusters/a/apps.yaml": frozen("./apps")])
    let findings = judge(before, Self.fleet(["clusters/a/apps.yaml": frozen("./more")]))
    #expect(!findings.contains { $0.rule == "persistent-volume-removed" }, "\(findings.map(\.message))")
  }
}
