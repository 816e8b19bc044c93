import Policy
import Testing

/// What is said of digests in patches that a Flux Kustomization writes as texts.
@Suite struct PatchedDigestTests {
  private static let digest = "sha256:" + String(repeating: "0", count: 64)

  private func rules(_ before: String, _ after: String) -> [String] {
    func side(_ values: String) -> [String: String] {
      [
        "web.yaml": """
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: web, namespace: flux-system}
        spec:
          path: ./web
          prune: true
          interval: 1h
          sourceRef: {kind: GitRepository, name: flux-system}
          patches:
          - patch: |
              apiVersion: helm.toolkit.fluxcd.io/v2
              kind: HelmRelease
              metadata: {name: web}
              spec: {values: {\(values)}}
            target: {kind: HelmRelease}

        """
      ]
    }
    return Judgement(before: side(before), after: side(after)).rules.filter { $0 == "image-digest-dropped" }
  }

  @Test(arguments: [
    ("image: {name: web, tag: \"1.0@\(digest)\"}", "image: {name: web, tag: \"1.1\"}"),
    ("image: \"web:1.0@\(digest)\"", "image: \"web:1.0\""),
    (
      "a: {image: \"web:1@\(digest)\"}, b: {image: \"db:1@\(digest)\"}",
      "a: {image: \"web:1\"}, b: {image: \"db:1@\(digest)\"}"
    ),
    ("image: {name: web, tag: \"1.0\", digest: \"\(digest)\"}", "image: {name: web, tag: \"1.0\"}"),
  ])
  func `a digest that goes while its image stays is told`(before: String, after: String) {
    #expect(rules(before, after) == ["image-digest-dropped"])
  }

  @Test(arguments: [
    ("image: {name: web, tag: \"1.0@\(digest)\"}", "replicas: 2"),
    ("a: 1, image: {name: web, tag: \"1.0@\(digest)\"}", "a: 1"),
    ("image: {name: web, tag: \"1.0\", digest: \"\(digest)\"}", "image: {name: web, tag: \"1.1@\(digest)\"}"),
    ("image: \"web:1.0@\(digest)\"", "image: \"web:1.1@\(digest)\""),
  ])
  func `an image that leaves the patch, or keeps a digest, is not told`(before: String, after: String) {
    #expect(rules(before, after).isEmpty)
  }
}
