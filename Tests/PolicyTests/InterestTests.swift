import Manifests
import Testing

@testable import Policy

/// What the bytes of a manifest promise before anything is parsed.
@Suite struct InterestTests {
  private let release = GroupKind(group: "helm.toolkit.fluxcd.io", kind: "HelmRelease")
  private var interest: Interest {
    Interest([
      (.kinds([GroupKind(group: "", kind: "Secret"), release]), [release: ["sha256:"]]),
      (.groups(["anywhere.eks.amazonaws.com"]), [:]), (.mentioning(["example.com/marker"]), [:]),
    ])
  }

  private func look(_ text: String) -> Interest.Look { Array(text.utf8).withUnsafeBytes(interest.look(at:)) }

  private func isQuiet(_ old: [UInt8], _ new: [UInt8], isBuilt: Bool) -> Bool {
    let interest = interest
    let look = old.withUnsafeBytes(interest.look(at:)).union(new.withUnsafeBytes(interest.look(at:)))
    return interest.isQuiet(old, new, look, isBuilt: isBuilt)
  }

  @Test(arguments: [
    "kind: Secret\n", "kind:   \"Secret\"\n", "{\"kind\":\"Secret\"}", "kind: List\nitems:\n- kind:\n    Secret\n",
    "'kind' : 'Secret'",
    "apiVersion: anywhere.eks.amazonaws.com/v1alpha1\n", "{\"apiVersion\" : \"anywhere.eks.amazonaws.com/v1alpha1\"}",
  ])
  func `a judged kind is seen in every way of writing it`(text: String) {
    #expect(look(text).isSuperset(of: [.judged, .told]))
  }

  @Test(arguments: [
    "\"\\x6bind\": Secret\n", "{\"k\\u0069nd\" : \"Secret\"}", "? kind\n: Secret\n", "a: 1\n?   kind\n: Secret\n",
    "a: &k kind\n*k : Secret\n", "a: &k kind\nb: {*k : Secret}\n", "?\n  kind\n: Secret\n",
  ])
  func `a key that hides is left to the parser`(text: String) {
    #expect(look(text).isSuperset(of: [.judged, .told]))
  }

  @Test(arguments: [
    "kind: Job\nschedule: \"*/5 * * * *\"\ntext: 'a \\d+\\x41 b'\nask: what? no\n", "kind: Job\na: \"\\u0041\"\nb: 1\n",
    "kind: Job\na: [\"*.example.com\"]\nb: *anchor\n",
  ])
  func `marks that hide no key are none`(text: String) {
    #expect(look(text).isDisjoint(with: [.judged, .told]))
  }

  @Test(arguments: ["kind: *secret\n", "kind: !!str Secret\n", "kind: >-\n  Secret\n", "{\"kind\": \"Sec\\u0072et\"}"])
  func `what only a parser understands is left to the parser`(text: String) {
    #expect(look(text).isSuperset(of: [.judged, .told]))
  }

  @Test(arguments: ["kind: ConfigMap\n", "kind: Secrets\n", "# the kind of Secret\nkind: Job\n", "mankind Secret"])
  func `other kinds promise nothing`(text: String) {
    #expect(look(text).isDisjoint(with: [.judged, .told, .marked]))
  }

  @Test(arguments: [
    "kind: HelmList\nitems:\n  - kind: Secret\n", "  apiVersion: v1\n  kind: Secret\n", "{a: 1,\n  kind: Secret}\n",
    "x: &x\n  kind: Secret\n<<: *x\n", "a: 1\n...\n  kind: Secret\n", "a: 1\n---\n  kind: Secret\n",
    "a: 1\n--- {b: 1,\n  kind: Secret}\n", "a: 1\rkind: Secret\n", "%YAML 1.1\n---\n  kind: Secret\n",
    "# note\n\n---\n# note\n  kind: Secret\n", "a: 1\n--- !!map\n  kind: Secret\n",
  ])
  func `an object further in is seen`(text: String) {
    #expect(look(text).isSuperset(of: [.judged, .told]))
    #expect(Array(text.utf8).withUnsafeBytes { NameSet(of: $0) }.mayHold(NameSet(GroupKind(group: "", kind: "Secret"))))
  }

  @Test(arguments: [
    "kind: Job\nspec:\n  ref:\n    kind: Secret\n", "---\n# note\n---\nkind: Job\nenv:\n- kind: Secret\n",
    "--- # note\r\nkind: Job\r\nspec:\r\n  \"kind\": Secret\r\n", "- op: add\n  value:\n    kind: Secret\n",
    "kind: Job\nspec:\n  kind: *secret\n",
  ])
  func `what refers to an object is none`(text: String) {
    #expect(look(text).isDisjoint(with: [.judged, .told]))
  }

  @Test func `a patch that names a kind is a fragment, and a cluster is seen wherever it stands`() {
    #expect(look("- op: replace\n  path: /spec/ref\n  value:\n    kind: Secret\n") == .fragment)
    #expect(
      look("kind: ResourceSet\nresources:\n  - apiVersion: anywhere.eks.amazonaws.com/v1alpha1\n    kind: Cluster\n")
        .contains(.cluster))
  }

  @Test func `a text without a kind is a fragment, and a marker makes any kind one that is judged`() {
    #expect(look("- op: replace\n  path: /spec/count\n  value: 0\n") == .fragment)
    #expect(look("kind: Job\nmetadata: {annotations: {example.com/marker: x}}\n").contains(.marked))
    #expect(look("kind: Cluster\napiVersion: anywhere.eks.amazonaws.com/v1alpha1\n").contains(.cluster))
  }

  @Test func `what comes or goes tells only with one of the words`() {
    let head = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
    #expect(!look(head).tells && look(head).contains(.judged))
    #expect(look("\(head)spec: {image: a@sha256:00}\n").tells)
    #expect(look("kind: Secret\n").tells)
  }

  @Test func `an edit is quiet where none of the words stands in a line that differs`() {
    func text(_ tag: String, _ other: String) -> [UInt8] {
      let head = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
      return Array("\(head)spec:\n  tag: \(tag)\n  other: \(other)\n".utf8)
    }
    #expect(isQuiet(text("1@sha256:aa", "a"), text("1@sha256:aa", "b"), isBuilt: false))
    #expect(!isQuiet(text("1@sha256:aa", "a"), text("2", "a"), isBuilt: false))
    #expect(
      !isQuiet(Array("kind: Secret\na: 1\n".utf8), Array("kind: Secret\na: 2\n".utf8), isBuilt: false))
    #expect(isQuiet(Array("value: 1\n".utf8), Array("value: 0\n".utf8), isBuilt: false))
    #expect(!isQuiet(Array("value: 1\n".utf8), Array("value: 0\n".utf8), isBuilt: true))
  }
}
