import Policy
import Testing

/// What an edit does to Flux's own controllers, be it a patch, an edit under a new version, or one of a FluxInstance.
@Suite struct FluxControllerTests {
  private static let folder = "clusters/mgmt/flux-system"
  private static let list = "resources: [gotk-components.yaml, gotk-sync.yaml]\n"
  private static let names = ["kustomize-controller", "source-controller", "image-automation-controller"]

  private static func install(
    version: String = "v2.6.0", replicas: Int = 1, account: String? = nil, arguments: String = "[--log-level=info]",
    names: [String] = names
  ) -> String {
    names.map {
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: \($0)
        namespace: flux-system
        labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: \(version)}
      spec:
        replicas: \(replicas)
        template:
          spec:
            serviceAccountName: \(account ?? $0)
            containers: [{name: manager, image: "ghcr.io/fluxcd/\($0):v1", args: \(arguments)}]

      """
    }.joined(separator: "---\n")
  }

  private func judge(_ before: String, _ after: String, patched: (String, String) = ("", "")) -> [Finding] {
    func side(_ components: String, _ patches: String) -> [String: String] {
      TestFleet.files.merging([
        "\(Self.folder)/gotk-components.yaml": components, "\(Self.folder)/kustomization.yaml": Self.list + patches,
      ]) { $1 }
    }
    return Judgement(before: side(before, patched.0), after: side(after, patched.1)).findings
  }

  private func patch(_ old: String, _ new: String) -> [Finding] {
    judge(Self.install(), Self.install(), patched: (old, new))
  }

  private static func operations(_ text: String, on name: String = "kustomize-controller") -> String {
    "patches:\n- target: {kind: Deployment, name: \(name)}\n  patch: |\n    \(text)\n"
  }

  @Test(arguments: [
    "replicas: [{name: kustomize-controller, count: 0}]\n",
    operations("- {op: replace, path: /spec/replicas, value: 0}"),
    "patches:\n- patch: '{$patch: delete, apiVersion: apps/v1, kind: Deployment, metadata: {name: kustomize-controller, namespace: flux-system}}'\n",
    operations("- {op: replace, path: /spec/template/spec/serviceAccountName, value: helm-controller}"),
    operations("- {op: add, path: /spec/template/spec/containers/0/args/-, value: --insecure-kubeconfig-exec=true}"),
    operations("- {op: add, path: /spec/template/spec/containers/0/args/-, value: --watch-all-namespaces=false}"),
  ])
  func `a patch that stops or frees a controller is told`(patch: String) {
    let found = self.patch("", patch)
    #expect(found.map(\.rule) == ["flux-components-edited"], "\(found.map(\.message))")
    #expect(found.map(\.severity) == [.high])
  }

  @Test(arguments: [
    operations("- {op: add, path: /spec/template/spec/containers/0/args/-, value: --concurrent=20}"),
    operations("- {op: add, path: /spec/template/spec/containers/0/args/-, value: --feature-gates=OOMWatch=true}"),
    operations("- {op: add, path: /spec/template/spec/containers/0/args/-, value: --no-remote-bases=true}"),
    operations("- {op: add, path: /spec/template/spec/nodeSelector, value: {a: b}}"),
    operations("- {op: add, path: /spec/template/spec/tolerations, value: [{operator: Exists}]}"),
    operations(
      "- {op: replace, path: /spec/template/spec/containers/0/image, value: public.ecr.aws/eks-anywhere/fluxcd/kustomize-controller:v1}"
    ),
    "replicas: [{name: kustomize-controller, count: 2}]\n",
  ])
  func `an ordinary patch of a controller is quiet`(patch: String) {
    let found = self.patch("", patch)
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  @Test(arguments: [
    ("--no-cross-namespace-refs=true", "kustomize-controller and 1 more controller of Flux lose"),
    ("--default-service-account=default", "kustomize-controller loses"),
    ("--no-remote-bases", "kustomize-controller loses"),
  ])
  func `a lock of tenants that goes with its patch is told of the controllers that know it`(
    argument: String, words: String
  ) throws {
    let text = "- {op: add, path: /spec/template/spec/containers/0/args/-, value: \(argument)}"
    let finding = try #require(patch(Self.operations(text, on: ".*"), "").first)
    #expect(finding.rule == "flux-components-edited")
    #expect(finding.message.contains("\(words) \(argument.prefix { $0 != "=" }):"))
  }

  @Test func `a new version brings images, arguments of releases and labels, and nothing is said`() {
    let after = Self.install(
      version: "v2.7.0", arguments: "[--log-level=info, --events-addr=http://a, --storage-path=/data]")
    let found = judge(Self.install(), after.replacing(":v1", with: ":v2"))
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  @Test func `what no release does is told under a new version too`() {
    func found(_ after: String) -> [String] { judge(Self.install(), after).map { "\($0.severity) \($0.message)" } }
    let scaled = found(Self.install(version: "v2.7.0", replicas: 0))
    #expect(scaled.count == 1)
    #expect(scaled.first?.hasPrefix("high Deployment flux-system/kustomize-controller and 2 more controllers") == true)
    let account = found(Self.install(version: "v2.7.0", account: "kustomize-controller"))
    #expect(
      account.first?.contains("runs as service account kustomize-controller, which is cluster-admin") == true
        || account.first?.contains("run as service account kustomize-controller") == true)
    let argument = found(Self.install(version: "v2.7.0", arguments: "[--log-level=info, --feature-gates=X=true]"))
    #expect(argument.first?.hasPrefix("medium ") == true && argument.count == 1, "\(argument)")
  }

  @Test(arguments: [("kustomize-controller", "high"), ("image-automation-controller", "medium")])
  func `a controller that goes with a new version is told by what it did`(name: String, severity: String) {
    let found = judge(Self.install(), Self.install(version: "v2.7.0", names: Self.names.filter { $0 != name }))
    #expect(
      found.map { "\($0.severity) \($0.rule)" } == ["\(severity) flux-components-edited"], "\(found.map(\.message))")
  }
}
