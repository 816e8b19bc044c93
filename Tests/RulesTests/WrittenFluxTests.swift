import Flux
import Policy
import Rules
import Testing

/// What is said of Flux's objects where files are judged as written, so that nobody knows what Flux applies.
@Suite struct WrittenFluxTests {
  @Test func `a Kustomization that leaves the key for a patch of its parent is taken for one that prunes`() throws {
    let app = ["app/data.yaml": object("v1", "PersistentVolumeClaim", "data")]
    let before = app.merging(["flux/app.yaml": kustomization("app", spec: "path: ./app")]) { $1 }
    let finding = try #require(judge(before, app, "flux-sync-removed").first)
    #expect(finding.verdict == nil)
    #expect(finding.message.contains("Flux deletes all that it applied"))
    let after = app.merging(["flux/app.yaml": kustomization("web", spec: "path: ./app")]) { $1 }
    #expect(judge(before, after, "flux-kustomization-renamed").map(\.severity) == [.high])
  }

  @Test func `a key that is written out or left to a patch is no switch`() {
    let without = ["flux/app.yaml": kustomization("app", spec: "path: ./app")]
    let with = ["flux/app.yaml": kustomization("app", spec: "path: ./app, prune: true")]
    #expect(judge(without, with).isEmpty)
    #expect(judge(with, without).isEmpty)
  }

  @Test(arguments: ["patches: [{path: more/values.yaml}]", "patchesStrategicMerge: [./more/values.yaml]"])
  func `a patch that leaves is no object that leaves`(_ patches: String) {
    let sync = kustomization("flux-system", spec: "path: ./clusters/a, prune: true, \(source)")
    let set = object("argoproj.io/v1alpha1", "ApplicationSet", "apps", "spec: {generators: []}")
    let patch = kustomization("flux-system", spec: "path: ./clusters/a, \(source)") + "---\n" + set
    let after = [
      "clusters/a/kustomization.yaml": "resources: [gotk-sync.yaml]\n", "clusters/a/gotk-sync.yaml": sync,
    ]
    let before = [
      "clusters/a/kustomization.yaml": "resources: [gotk-sync.yaml]\n\(patches)\n", "clusters/a/gotk-sync.yaml": sync,
      "clusters/a/more/values.yaml": patch,
    ]
    #expect(judge(before, after).isEmpty)
    let listed = before.merging(["clusters/a/kustomization.yaml": "resources: [gotk-sync.yaml, more/values.yaml]\n"]) {
      $1
    }
    #expect(judge(listed, after).map(\.rule).contains("argocd-application-removed"))
  }

  @Test func `one of two copies in a folder is no object that leaves`() {
    let set = object("argoproj.io/v1alpha1", "ApplicationSet", "apps", "spec: {generators: []}")
    let copies = ["argo/set.yaml": set, "argo/copy.yaml": set]
    let list = ["argo/kustomization.yaml": "resources: [set.yaml]\n"]
    #expect(judge(copies, ["argo/set.yaml": set]).isEmpty)
    #expect(judge(copies.merging(list) { $1 }, list.merging(["argo/set.yaml": set]) { $1 }).isEmpty)
    let left = judge(copies.merging(list) { $1 }, list.merging(["argo/copy.yaml": set]) { $1 })
    #expect(left.map(\.rule) == ["argocd-application-removed"])
    #expect(judge(copies, ["argo/more/set.yaml": set, "argo/copy.yaml": set]).isEmpty)
    #expect(judge(["argo/set.yaml": set, "more/set.yaml": set], ["more/set.yaml": set]).count == 1)
  }

  @Test func `a Kustomization without path and source is a patch, wherever it is named`() {
    let patch = ["more/values.yaml": kustomization("flux-system", spec: "postBuild: {substitute: {a: b}}")]
    #expect(judge(patch, [:]).isEmpty)
  }

  @Test func `a path is joined with the repository, out of which it does not lead`() {
    let app = ["app/data.yaml": object("v1", "ConfigMap", "data")]
    let before = app.merging(["flux/app.yaml": kustomization("app", spec: "path: ../app, prune: true")]) { $1 }
    let after = app.merging(["flux/app.yaml": kustomization("app", spec: "path: ./app, prune: true")]) { $1 }
    #expect(judge(before, after).isEmpty)
  }

  @Test func `a folder that did not exist before held nothing that a new path would delete`() throws {
    func side(_ path: String) -> [String: String] {
      fleet.merging([
        "clusters/a/app.yaml": kustomization("app", spec: "path: \(path), prune: true, \(source)"),
        "apps/app/data.yaml": object("v1", "Namespace", "data"),
      ]) { $1 }
    }
    let fixed = try #require(judge(side("./app"), side("./apps/app"), "flux-path-changed").first)
    #expect(fixed.severity == .low)
    #expect(fixed.message.contains("which did not exist"))
    let lost = try #require(judge(side("./apps/app"), side("./app"), "flux-path-changed").first)
    #expect(lost.verdict == .pathMissing)
    let never = try #require(judge(side("./app"), side("./app2"), "flux-path-changed").first)
    #expect(never.severity == .low)
    #expect(never.message.hasSuffix("neither folder exists: nothing is applied or deleted."))
  }

  @Test func `a folder of another repository is not missed here`() throws {
    func side(_ path: String) -> [String: String] {
      let foreign = "sourceRef: {kind: GitRepository, name: podinfo}"
      return [
        "flux/start.yaml": kustomization("0-start", spec: "path: ./flux, prune: true, \(source)"),
        "flux/app.yaml": kustomization("app", spec: "path: \(path), prune: true, \(foreign)"),
      ]
    }
    let finding = try #require(judge(side("./kustomize"), side("./deploy"), "flux-path-changed").first)
    #expect(finding.verdict == nil)
    #expect(finding.message.hasSuffix("Flux deletes everything that is not in the new folder."))
    #expect(finding.severity == .high)
  }

  @Test func `the whole of a repository that nobody knows holds no namespace of ours`() {
    let spec = "targetNamespace: default, sourceRef: {kind: GitRepository, name: hello}"
    let foreign = kustomization("hello", spec: spec)
    let after = ["flux/hello.yaml": foreign, "apps/namespace.yaml": object("v1", "Namespace", "apps")]
    #expect(judge(["flux/hello.yaml": foreign], after).isEmpty)
  }

  @Test func `the namespace that a folder's kustomization sets is no other one`() {
    func side(_ namespace: String, _ list: String = "namespace: web\nresources: [app/ks.yaml]\n")
      -> [String: String]
    {
      let spec = "path: ./apps/web/app/app, prune: true, \(source)"
      return [
        "apps/web/kustomization.yaml": list,
        "apps/web/app/ks.yaml": kustomization("app", namespace: namespace, spec: spec),
        "apps/web/app/app/data.yaml": object("v1", "Namespace", "data"),
      ]
    }
    #expect(judge(side("{namespace: web}"), side("{}")).isEmpty)
    #expect(judge(side("{namespace: web}"), side("{namespace: other}")).isEmpty)
    let list = "resources: [app/ks.yaml]\n"
    let open = judge(side("{namespace: web}", list), side("{}", list), "flux-kustomization-renamed")
    #expect(open.map(\.severity) == [.high])
    #expect(open.first?.message.hasSuffix("unless what lists it sets the namespace.") == true)
    let moved = judge(side("{namespace: web}", list), side("{namespace: other}", list), "flux-kustomization-renamed")
    #expect(moved.map(\.severity) == [.high])
  }

  @Test func `a folder's namespace that becomes the target namespace moves nothing`() {
    func side(_ folder: String, _ more: String) -> [String: String] {
      [
        "flux/app.yaml": kustomization("app", spec: "path: ./app, prune: true, \(more)\(source)"),
        "app/kustomization.yaml": "\(folder)resources: [map.yaml]\n", "app/map.yaml": map,
      ]
    }
    let inside = side("namespace: web\n", "")
    #expect(judge(inside, side("", "targetNamespace: web, ")).isEmpty)
    #expect(judge(side("", "targetNamespace: web, "), inside).isEmpty)
    #expect(judge(inside, side("", "targetNamespace: other, ")).map(\.rule) == ["flux-kubeconfig-redirect"])
    let twice = judge(inside, side("namespace: other\n", "targetNamespace: other, "))
    #expect(twice.map(\.rule) == ["flux-kubeconfig-redirect"])
  }

  @Test func `a Kustomization that its folder does not list may never have been live`() throws {
    func side(_ name: String?, _ list: String) -> [String: String] {
      let file = name.map { ["apps/app.yaml": kustomization($0, spec: "path: ./app, prune: true, \(source)")] } ?? [:]
      return fleet.merging(["apps/kustomization.yaml": list, "app/map.yaml": map]) { $1 }.merging(file) { $1 }
    }
    let none = "resources: []\n"
    let all = "resources: [app.yaml]\n"
    let out = judge(side("app", none), side("web", all), "flux-kustomization-renamed").map(\.severity)
    let live = judge(side("app", all), side("web", all), "flux-kustomization-renamed").map(\.severity)
    #expect(out == [.low] && live == [.high])
    let gone = try #require(judge(side("app", none), side(nil, none), "flux-sync-removed").first)
    #expect(gone.message.contains("which the kustomization beside it does not list"))
  }

  @Test func `a source that nobody uses makes nobody administrator`() {
    func side(_ ref: String, _ user: String = "") -> [String: String] {
      fleet.merging(["sources/tool.yaml": repository("tool", ref) + user]) { $1 }
    }
    #expect(judge(side("{tag: v1}"), side("{tag: v2}")).isEmpty)
    let branch = judge(side("{tag: v1}"), side("{branch: main}"))
    #expect(branch.map(\.severity) == [.low])
    #expect(branch.first?.message.hasSuffix("follows branch main instead of tag v1.") == true)
    let spec = "path: ./deploy, prune: true, sourceRef: {kind: GitRepository, name: tool}"
    let user = "---\n" + kustomization("tool", spec: spec)
    #expect(judge(side("{tag: v1}", user), side("{branch: main}", user)).map(\.severity) == [.high])
    #expect(judge(side("{branch: main}", user), side("{tag: v1}", user)).map(\.severity) == [.low])
    let include = "---\n" + repository("all", "{branch: main}") + "  include: [{repository: {name: tool}}]\n"
    #expect(judge(side("{tag: v1}", include), side("{branch: main}", include)).map(\.severity) == [.medium])
  }

  @Test func `a cluster's source that returns to the branch of the others is no takeover`() {
    func side(_ branches: String...) -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: branches.enumerated().map {
          ("clusters/\($0)/gotk-sync.yaml", repository("flux-system", "{branch: \($1)}"))
        })
    }
    func severity(_ before: [String: String], _ after: [String: String]) -> [Severity] {
      judge(before, after, "flux-source-repointed").map(\.severity)
    }
    #expect(severity(side("wip", "main", "main"), side("main", "main", "main")) == [.medium])
    #expect(severity(side("main", "main", "main"), side("wip", "main", "main")) == [.critical])
    #expect(severity(side("wip", "wip", "wip"), side("main", "main", "main")) == [.critical])
    #expect(severity(side("wip", "main", "wip"), side("wip", "wip", "wip")) == [.critical])
  }

  private func judge(_ before: [String: String], _ after: [String: String], _ rule: String? = nil) -> [Finding] {
    Judgement(before: before, after: after, asWritten: true).findings.filter { rule == nil || $0.rule == rule }
  }

  private func kustomization(_ name: String, namespace: String = "{namespace: flux-system}", spec: String) -> String {
    object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, "spec: {\(spec)}", namespace)
  }

  private func repository(_ name: String, _ ref: String) -> String {
    object(
      "source.toolkit.fluxcd.io/v1", "GitRepository", name,
      "spec:\n  url: \"https://example.com/\(name)\"\n  ref: \(ref)")
  }

  private func object(
    _ apiVersion: String, _ kind: String, _ name: String, _ rest: String = "",
    _ namespace: String = "{namespace: flux-system}"
  ) -> String {
    let more = namespace.dropFirst().dropLast()
    let metadata = "{name: \(name)\(more.isEmpty ? "" : ", ")\(more)}"
    return "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: \(metadata)\n\(rest)\n"
  }

  /// A cluster's start, which reads this repository.
  private var fleet: [String: String] {
    ["clusters/a/gotk-sync.yaml": kustomization("flux-system", spec: "path: ./clusters/a, prune: true, \(source)")]
  }

  private let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n"
  private let source = "sourceRef: {kind: GitRepository, name: flux-system}"
}
