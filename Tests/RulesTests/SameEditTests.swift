import Policy
import Rules
import Testing

/// One edit that many places feel is one finding with its places.
@Suite struct SameEditTests {
  private static func fleet(_ files: [String: String]) -> [String: String] {
    let named = files.map { ("clusters/a/\($0.key)", $0.value) }
    return Dictionary(named) { $1 }.merging([
      "clusters/a/gotk-sync.yaml": TestFleet.kustomization("flux-system", path: "./clusters/a")
    ]) { $1 }
  }

  private static func map(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: default}\n"
  }

  private func judge(_ before: [String: String], _ after: [String: String], _ rule: String) -> [Finding] {
    Judgement(before: before, after: after).findings.filter { $0.rule == rule }
  }

  @Test func `the files of one name that lists no longer find`() {
    let lists = ["kustomization.yaml": "resources: [gotk-sync.yaml, a, b, c]\n"].merging(
      ["a", "b", "c"].map { ("\($0)/kustomization.yaml", "resources: [role.yaml]\n") }
    ) { $1 }
    let files = ["a", "b", "c"].map { ("\($0)/role.yaml", Self.map($0)) }
    let before = Self.fleet(lists.merging(files) { $1 })
    let found = judge(before, Self.fleet(lists), "listed-file-missing")
    #expect(found.map(\.related.count) == [2])
  }

  @Test func `the objects of one name`() {
    let before = ["a", "b", "c"].map { ("\($0).yaml", Self.map($0)) }
    let after = ["a", "b", "c"].map { ("\($0).yaml", Self.map("a")) }
    let found = judge(
      Self.fleet(Dictionary(before) { $1 }), Self.fleet(Dictionary(after) { $1 }), "duplicate-object-id")
    #expect(found.map(\.related.count) == [1])
  }

  @Test func `two objects of two names are two findings`() {
    let before = Self.fleet(["a.yaml": Self.map("a"), "b.yaml": Self.map("b")])
    let after = before.merging(["clusters/a/c.yaml": Self.map("a"), "clusters/a/d.yaml": Self.map("b")]) { $1 }
    #expect(judge(before, after, "duplicate-object-id").count == 2)
  }

  @Test func `an object that two Kustomizations apply is one object`() {
    func role(_ name: String) -> String {
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: \(name)}\n"
        + "rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]\n"
    }
    let before = Self.fleet([
      "one.yaml": TestFleet.kustomization("one", path: "./apps"),
      "two.yaml": TestFleet.kustomization("two", path: "./apps"),
    ]).merging(["apps/map.yaml": Self.map("a")]) { $1 }
    let once = judge(before, before.merging(["apps/ops.yaml": role("ops")]) { $1 }, "cluster-admin-binding")
    #expect(once.map(\.message) == ["ClusterRole ops allows everything in the whole cluster."])
    let both = ["apps/ops.yaml": role("ops"), "apps/dev.yaml": role("dev")]
    let twice = judge(before, before.merging(both) { $1 }, "cluster-admin-binding")
    #expect(twice.map(\.related.count) == [1] && twice.first?.message.contains("1 more") == true)
  }

  private func pod(_ context: String) -> [String: String] {
    [
      "web.yaml": """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: web}
      spec:
        template:
          spec:
            containers:
            - name: web
              image: a
              securityContext: \(context)

      """
    ]
  }

  @Test func `all that one container loses`() {
    let all = "{runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false}"
    let found = judge(pod(all), pod("{}"), "pod-hardening-removed")
    #expect(
      found.map(\.message) == [
        """
        Container web of Deployment web/web may run as root again, may write to its root file system again and may gain \
        privileges again.
        """
      ])
  }

  @Test func `the capabilities that one container gets`() {
    let found = judge(pod("{}"), pod("{capabilities: {add: [NET_ADMIN, SYS_ADMIN]}}"), "pod-hardening-removed")
    #expect(found.map(\.message) == ["Deployment web/web gives container web the capabilities NET_ADMIN, SYS_ADMIN."])
  }

  @Test func `the charts of one registry that move to another`() {
    func sources(_ host: String) -> [String: String] {
      let all = ["a", "b", "c"].map { name in
        """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: {name: \(name), namespace: flux-system}
        spec: {url: "oci://\(host)/charts/\(name)", ref: {tag: "1"}}

        """
      }
      return ["charts.yaml": all.joined(separator: "---\n")]
    }
    let found = judge(sources("ghcr.io"), sources("mirror.example.com"), "flux-source-repointed")
    #expect(found.map(\.related.count) == [2])
  }

  private static func controller(_ name: String, _ registry: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: \(name), namespace: flux-system, labels: {app.kubernetes.io/part-of: flux}}
    spec: {template: {spec: {containers: [{name: manager, image: "\(registry)/\(name):v1"}]}}}

    """
  }

  @Test func `the registry of all controllers in the files of all clusters`() {
    func side(_ registry: String) -> [String: String] {
      let text = ["source-controller", "helm-controller"].map { Self.controller($0, registry) }
      return ["a.yaml": text.joined(separator: "---\n"), "b.yaml": text.joined(separator: "---\n")]
    }
    #expect(judge(side("ghcr.io/fluxcd"), side("example.com/x"), "flux-image-override").count == 1)
    let mixed = side("example.com/x").merging(["b.yaml": side("example.com/y")["b.yaml"] ?? ""]) { $1 }
    #expect(judge(side("ghcr.io/fluxcd"), mixed, "flux-image-override").count == 2)
  }

  @Test func `the files in which a merge was not finished`() {
    let before = Self.fleet(["a.yaml": Self.map("a"), "b.yaml": Self.map("b"), "c.yaml": Self.map("c")])
    let marks = "<<<<<<< HEAD\ndata: {a: b}\n=======\ndata: {a: c}\n>>>>>>> branch\n"
    var after = before
    for name in ["a", "b"] { after["clusters/a/\(name).yaml"] = Self.map(name) + marks }
    after["clusters/a/c.yaml"] = Self.map("c") + "data: {\n"
    let found = judge(before, after, "manifest-unreadable")
    #expect(found.map(\.related.count).sorted() == [0, 1], "\(found.map(\.message))")
    #expect(found.contains { $0.message.contains("a merge that was not finished") })
  }
}
