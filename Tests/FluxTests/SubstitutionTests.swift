import Flux
import Manifests
import Testing

@Suite struct SubstitutionTests {
  /// The values of a ConfigMap that a Kustomization with variables applies.
  private func values(_ data: String, postBuild: String, more: [String: String] = [:]) -> (Node?, [BuildProblem.Kind]) {
    var files = more
    files["flux/sync.yaml"] = """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: apps, namespace: flux-system}
      spec: {path: ./flux, prune: true, sourceRef: {kind: GitRepository, name: x}, postBuild: \(postBuild)}
      """
    files["flux/map.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: out}\ndata:\n\(data)\n"
    let state = AppliedStateBuilder().state(of: FlatTree(texts: files))
    let object = state.objects.first { $0.object.identity.name == "out" }
    return (object?.object["data"], state.kustomizations.flatMap(\.problems).map(\.kind))
  }

  @Test func `variables, defaults and escapes are replaced`() throws {
    let data = #"""
        a: "${ONE}"
        b: ${TWO:=two}-${ONE:-x}
        c: $${ONE}
        d: "${ONE^^}"
        e: $ONE
        f: text ${NUMBER} text
      """#
    let (found, problems) = values(data, postBuild: "{substitute: {ONE: one, NUMBER: '7'}}")
    let map = try #require(found)
    #expect(map["a"]?.text == "one")
    #expect(map["b"]?.text == "two-one")
    #expect(map["c"]?.text == "${ONE}")
    #expect(map["d"]?.text == "ONE")
    #expect(map["e"]?.text == "$ONE")
    #expect(map["f"]?.text == "text 7 text")
    #expect(problems.isEmpty)
  }

  @Test func `the quotes around a variable do not survive`() throws {
    let (found, _) = values("  a: \"${N}\"\n  b: \"${Y}\"", postBuild: "{substitute: {N: '1.30', Y: 'yes'}}")
    let map = try #require(found)
    #expect(map["a"]?.meaning == .float(1.3))
    #expect(map["b"]?.bool == true)
  }

  @Test func `a value that only the cluster has stays unknown`() throws {
    let (found, problems) = values(
      "  a: ${SECRET}\n  b: ${SECRET:-fallback}", postBuild: "{substituteFrom: [{kind: Secret, name: cluster}]}")
    let map = try #require(found)
    #expect(map["a"]?.isUnknown == true && map["b"]?.isUnknown == true)
    #expect(problems.isEmpty)
  }

  @Test func `a variable of a ConfigMap that is applied is known`() throws {
    let settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata: {A: b}\n"
    let (found, _) = values(
      "  a: ${A}", postBuild: "{substituteFrom: [{kind: ConfigMap, name: settings}]}", more: ["flux/s.yaml": settings])
    #expect(found?["a"]?.text == "b")
  }

  @Test func `a variable that nobody defines is a problem and no empty text`() throws {
    let (found, problems) = values("  a: ${NOBODY}", postBuild: "{substitute: {A: b}}")
    #expect(found?["a"]?.isUnknown == true)
    #expect(problems == [.undefinedVariable])
  }

  @Test func `a text that Flux cannot read fails the build`() {
    let (found, problems) = values("  a: ${foo.bar}", postBuild: "{substitute: {A: b}}")
    #expect(found == nil)
    #expect(problems == [.badSubstitution])
  }

  @Test func `without a variable nothing is substituted`() throws {
    let (found, _) = values("  a: ${A}", postBuild: "{}")
    #expect(found?["a"]?.text == "${A}")
  }

  @Test func `an object can ask to be left alone`() throws {
    let (found, _) = values(
      "  a: ${A}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}", postBuild: "{substitute: {A: b}}")
    #expect(found?["a"]?.text == "b")
    let data = "  a: ${A}\n"
    let files = [
      "flux/sync.yaml": """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: apps, namespace: flux-system}
      spec: {path: ./flux, sourceRef: {kind: GitRepository, name: x}, postBuild: {substitute: {A: b}}}
      """,
      "flux/map.yaml": """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: out, labels: {kustomize.toolkit.fluxcd.io/substitute: disabled}}
      data:
      \(data)
      """,
    ]
    let state = AppliedStateBuilder().state(of: FlatTree(texts: files))
    let object = try #require(state.objects.first { $0.object.identity.name == "out" })
    #expect(object.object["data", "a"]?.text == "${A}")
  }
}
