import Policy
import Testing

@Suite struct VersionBumpTests {
  private func release(_ tag: String, kind: String = "HelmRelease", extra: String = "") -> [UInt8] {
    Array(
      """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: \(kind)
      spec:
        values:
          image:
            tag: \(tag)
          \(extra)

      """.utf8)
  }

  @Test func `a newer tag and digest is nothing but a version`() {
    #expect(VersionBump.isOnly(release("1.0.0@sha256:aa"), release("1.0.1@sha256:bb")))
    #expect(VersionBump.isOnly(release("\"v1\""), release("\"v2\"")))
  }

  @Test func `a digest that goes, a template or another line is more`() {
    #expect(!VersionBump.isOnly(release("1.0.0@sha256:aa"), release("1.0.1")))
    #expect(!VersionBump.isOnly(release("1.0.0"), release("${TAG}")))
    #expect(!VersionBump.isOnly(release("1", extra: "a: 1"), release("2", extra: "a: 2")))
    #expect(!VersionBump.isOnly(release("1"), release("1", extra: "suspend: true")))
  }

  @Test func `an image of another name is more`() {
    #expect(VersionBump.isOnly(release("1", extra: "image: a/b:1"), release("1", extra: "image: a/b:2")))
    #expect(!VersionBump.isOnly(release("1", extra: "image: a/b:1"), release("1", extra: "image: evil/b:1")))
  }

  @Test func `other kinds are never only bumped`() {
    #expect(!VersionBump.isOnly(release("1", kind: "Cluster"), release("2", kind: "Cluster")))
    #expect(!VersionBump.isOnly(release("1", kind: "GitRepository"), release("2", kind: "GitRepository")))
  }
}
