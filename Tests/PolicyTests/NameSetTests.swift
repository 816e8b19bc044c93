import Manifests
import Testing

@testable import Policy

/// The filter of names that decides which files are read.
@Suite struct NameSetTests {
  private let release = GroupKind(group: "helm.toolkit.fluxcd.io", kind: "HelmRelease")

  private func names(_ text: String) -> NameSet { Array(text.utf8).withUnsafeBytes { NameSet(of: $0) } }

  @Test(arguments: [
    "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n",
    "{\"kind\": \"HelmRelease\", \"apiVersion\": \"helm.toolkit.fluxcd.io/v2\"}",
    "kind: List\nitems:\n- kind: HelmRelease\n  apiVersion: helm.toolkit.fluxcd.io/v2beta1\n", "kind: *k\n",
  ])
  func `a file that can hold an object of a kind is never taken for one that lacks it`(text: String) {
    #expect(names(text).mayHold(NameSet(release)))
    #expect(names(text).mayHold(NameSet(group: release.group)))
  }

  @Test func `a file without the names is left unread`() {
    let text = names("apiVersion: v1\nkind: ConfigMap\n")
    #expect(!text.mayHold(NameSet(release)))
    #expect(text.mayHold(NameSet(GroupKind(group: "", kind: "ConfigMap"))))
    #expect(text.mayHold(NameSet()))
  }

  @Test func `a choice holds its kinds, its groups, or all`() {
    let choice = KindChoice(kinds: [release], groups: ["a.example"])
    #expect(choice.contains(release) && choice.contains(GroupKind(group: "a.example", kind: "B")))
    #expect(!choice.contains(GroupKind(group: "", kind: "HelmRelease")))
    #expect(KindChoice.all.contains(release))
  }
}
