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

  @Test(arguments: [["nowhere"], ["nowhere", "--flux"], ["app/map.yaml"]])
  func `a folder that is not there ends with 2`(_ arguments: [String]) throws {
    let repository = try repository()
    let result = try Product.run(["build"] + arguments, in: repository.path)
    #expect(result.status == 2 && result.text.isEmpty)
    #expect(result.errorText.contains("there is no such folder"), "\(result.errorText)")
  }

  @Test func `with --flux a folder is built as its Kustomization applies it`() throws {
    let spec = ["prune: true", "targetNamespace: media", "postBuild: {substitute: {SIZE: \"3\"}}"]
    var files = Home.base
    files["clusters/hq/apps.yaml"] = Home.flux("apps", path: "apps", spec: spec)
    files["apps/map.yaml"] = Home.object("ConfigMap", "a", namespace: nil) + "data: {size: \"${SIZE} of ${MAX}\"}\n"
    let repository = try Edit(files, files).repository
    let result = try repository.fluxwarden("build", "apps", "--flux", "--rev", "HEAD")
    #expect(result.text.hasPrefix("# Kustomization flux-system/apps, clusters/hq\napiVersion: v1\n"))
    #expect(result.text.contains("\n  namespace: media\n"))
    #expect(result.text.contains("size: ${SIZE} of ${MAX} # unknown: only the cluster has this value\n"))
    #expect(result.errorText.contains("the variable MAX has no value and no default"))
    let part = try repository.fluxwarden("build", "clusters/hq/flux-system", "--flux")
    #expect(part.text.contains("kind: GitRepository") && !part.text.contains("name: apps"))
    try repository.write("alone/map.yaml", Home.object("ConfigMap", "b"))
    try repository.git("add --all")
    let alone = try repository.fluxwarden("build", "alone", "--flux")
    #expect(alone.status == 0 && alone.text.contains("name: b"))
    #expect(alone.errorText.contains("no Flux Kustomization applies this folder"))
  }

  @Test func `with --origin each value says where it comes from`() throws {
    let result = try repository().fluxwarden("build", "app", "--origin")
    #expect(
      result.text == """
        apiVersion: v1  # app/map.yaml:2
        kind: ConfigMap  # app/map.yaml:1
        metadata:
          name: a-b  # app/kustomization.yaml:2 (namePrefix)

        """)
  }
}
