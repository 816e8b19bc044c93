import Manifests
import Testing

@testable import Policy

/// Which names the files beneath folders have.
@Suite struct FolderNamesTests {
  private let claim = NameSet(GroupKind(group: "", kind: "PersistentVolumeClaim"))
  private let release = NameSet(GroupKind(group: "helm.toolkit.fluxcd.io", kind: "HelmRelease"))

  @Test func `a file counts in each folder above it and in no other`() {
    var names = FolderNames()
    names.add(claim, at: "apps/web/claim.yaml")
    names.add(release, at: "apps/web/app/release.yaml")
    for folder in ["", "apps", "apps/web"] { #expect(!names.lacks(claim, beneath: folder), "\(folder)") }
    #expect(names.lacks(claim, beneath: "apps/web/app"))
    #expect(!names.lacks(release, beneath: "apps/web/app"))
    #expect(names.lacks(release, beneath: "base"))
  }

  @Test func `what is added to a folder that is known counts above it as well`() {
    var names = FolderNames()
    names.add(release, at: "apps/release.yaml")
    names.add(release, at: "apps/web/release.yaml")
    names.add(claim, at: "apps/web/claim.yaml")
    names.add(.all, at: "top.yaml")
    #expect(!names.lacks(claim, beneath: "apps"))
    #expect(!names.lacks(claim.union(release), beneath: "apps/web"))
    #expect(!names.lacks(NameSet(GroupKind(group: "", kind: "Service")), beneath: ""))
  }
}
