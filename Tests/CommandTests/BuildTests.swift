import TestSupport
import Testing

/// `fluxwarden build`.
@Suite struct BuildTests {
  private func repository() throws -> TestRepository {
    let repository = try TestRepository()
    try repository.write("app/kustomization.yaml", "resources: [map.yaml]\nnamePrefix: a-\n")
    try repository.write("app/map.yaml", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: b}\n")
    _ = try repository.commit("app")
    return repository
  }

  @Test func `a folder is printed as kustomize prints it`() throws {
    let result = try repository().fluxwarden("build", "app")
    #expect(result.text == "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a-b\n")
    #expect(result.status == 0)
  }

  @Test func `a build that fails ends with 2 and says why`() throws {
    let repository = try repository()
    try repository.write("app/kustomization.yaml", "resources: [gone.yaml]\n")
    let result = try repository.fluxwarden("build", "app")
    #expect(result.status == 2)
    #expect(result.text.isEmpty)
    #expect(result.errorText.contains("gone.yaml"))
    #expect(try repository.fluxwarden("build", "app", "--rev", "HEAD").status == 0)
  }
}
