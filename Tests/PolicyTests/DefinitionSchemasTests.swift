import Testing

@testable import Policy

/// Custom resource definitions without their schemas.
@Suite struct DefinitionSchemasTests {
  private func blanked(_ text: String) -> String {
    String(decoding: DefinitionSchemas.blanked(Array(text.utf8)), as: UTF8.self)
  }

  @Test func `the specification goes and every other line keeps its number`() {
    let text = """
      kind: CustomResourceDefinition
      spec:
        group: example.com
      # a remark
      metadata:
        name: widgets
      ---
      kind: Job
      spec:
        a: 1

      """
    let rest = "kind: CustomResourceDefinition\n\n\n\nmetadata:\n  name: widgets\n---\nkind: Job\nspec:\n  a: 1\n"
    #expect(blanked(text) == rest)
  }

  @Test func `every definition of a file loses its specification, however its kind is written`() {
    let text = "---\na: 1\n---\r\nkind: \"CustomResourceDefinition\" \r\nspec: \r\n  a: 1\n\n  b: 2\nstatus: {}"
    #expect(blanked(text) == "---\na: 1\n---\r\nkind: \"CustomResourceDefinition\" \r\n\n\n\n\nstatus: {}")
    #expect(blanked("spec:\n  a: 1\nkind: CustomResourceDefinition") == "\n\nkind: CustomResourceDefinition")
  }

  @Test(arguments: [
    "{kind: CustomResourceDefinition, spec: {a: 1}}\n", "kind: Job\nspec:\n  kind: CustomResourceDefinition\n",
    "kind: CustomResourceDefinition\nspec: {a: 1}\n", "",
    "kind: CustomResourceDefinitions\nspec:\n  a: 1\n", "ownkind: CustomResourceDefinition\nspec:\n  a: 1\n",
  ])
  func `anything else stays as it is`(text: String) { #expect(blanked(text) == text) }
}
