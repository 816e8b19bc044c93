import Manifests
import Testing

@Suite struct FieldChangeTests {
  private func changes(_ before: String, _ after: String, group: String = EKSAnywhere.group) throws -> [String] {
    let old = try #require(YAMLStream.parse(Array(before.utf8)).documents.first?.root)
    let new = try #require(YAMLStream.parse(Array(after.utf8)).documents.first?.root)
    return FieldChange.between(old, new, group: group).map {
      "\($0.path): \($0.before?.text ?? "-") → \($0.after?.text ?? "-")"
    }
  }

  @Test func `worker groups are matched by name, wherever they stand`() throws {
    let before = "spec:\n  workerNodeGroupConfigurations:\n  - {name: md-0, count: 3}\n  - {name: md-1, count: 2}\n"
    let after = "spec: {workerNodeGroupConfigurations: [{count: 2, name: md-1}, {name: 'md-0', count: 0}]}\n"
    #expect(try changes(before, after) == ["spec.workerNodeGroupConfigurations[md-0].count: 3 → 0"])
  }

  @Test func `sets have no order`() throws {
    #expect(try changes("certSans: [a, b]", "certSans: [b, a]").isEmpty)
    #expect(try changes("certSans: [a, b]", "certSans: [b, c]") == ["certSans[a]: a → -", "certSans[c]: - → c"])
  }

  @Test func `quoting, flow style and comments change nothing`() throws {
    #expect(try changes("a: 'x'\nb: {c: 1}\n", "# hello\nb:\n  c: 1\na: x\n").isEmpty)
  }

  @Test func `null is the same as absent`() throws {
    #expect(try changes("a: 1\nb: ~\n", "a: 1\n").isEmpty)
    #expect(try changes("a: 1\n", "a: null\n") == ["a: 1 → -"])
  }

  @Test func `a quoted number is another value`() throws {
    #expect(try changes("count: 3", "count: \"3\"") == ["count: 3 → 3"])
  }

  @Test func `annotation keys stand in brackets`() throws {
    let text = "metadata:\n  annotations:\n    anywhere.eks.amazonaws.com/paused: \"true\"\n"
    let path = "metadata.annotations[anywhere.eks.amazonaws.com/paused]: - → true"
    #expect(try changes("metadata: {annotations: {}}", text) == [path])
  }

  @Test func `an unknown value is never unchanged`() {
    let unknown = Node(.mapping([Entry(key: .string("a"), value: Node(.unknown(nil)))]))
    #expect(FieldChange.between(unknown, unknown, group: "").count == 1)
  }
}

@Suite struct ManifestFileTests {
  @Test func `lists are expanded, nested ones too, and other documents kept apart`() {
    let text = """
      kind: List
      items:
      - {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: default}}
      - kind: SecretList
        items: [{apiVersion: v1, kind: Secret, metadata: {name: b}}]
      ---
      just: values
      """
    let file = ManifestFile(parsing: Array(text.utf8))
    #expect(file.objects.map(\.identity.title) == ["Secret default/a", "Secret b"])
    #expect(file.others.count == 1)
  }

  @Test func `an absent namespace and default are the same object`() {
    let written = ObjectIdentity(group: "", kind: "Secret", namespace: "default", name: "a")
    let absent = ObjectIdentity(group: "", kind: "Secret", namespace: "", name: "a")
    #expect(written.key == absent.key)
  }
}
