import TestSupport
import Testing

/// What is put aside instead of being deleted.
@Suite struct ArchiveTests {
  private func archived(to folder: String) throws -> TestRepository {
    let repository = try TestRepository()
    let claim = Home.object("PersistentVolumeClaim", "data", namespace: "shop")
    for (path, text) in Home.base.merging([
      "clusters/hq/apps.yaml": Home.flux("apps", path: "apps"), "apps/shop/claim.yaml": claim,
      "apps/other/map.yaml": Home.object("ConfigMap", "other"),
    ]) { $1 } { try repository.write(path, text) }
    try repository.commit("before")
    try repository.git("mv apps/shop \(folder)")
    try repository.commit("put aside", minute: 1)
    return repository
  }

  @Test(arguments: [[], ["--applied"]]) func `an application moved to an archive is gone`(_ options: [String]) throws {
    let repository = try archived(to: ".archive")
    let audit = try repository.audit(options)
    #expect(try audit.only("persistent-volume-removed")["commit"]["summary"].text == "put aside")
    #expect(try repository.report("review", "HEAD^").only("persistent-volume-removed")["verdict"].text == "pruned")
  }

  @Test func `one that moves to another folder of Flux's is not`() throws {
    let repository = try archived(to: "apps/store")
    #expect(try repository.audit([]).rules == [])
    #expect(try repository.report("review", "HEAD^").rules == [])
  }
}

extension TestRepository {
  fileprivate func audit(_ options: [String]) throws -> ReportJSON {
    options.isEmpty ? try report("audit") : try report("audit", options[0])
  }
}
