import TestSupport
import Testing

/// Pages under `docs` that the program prints itself.
@Suite struct DocumentationTests {
  @Test func `docs rules md is what the program prints`() throws {
    let printed = try Product.run(["rules", "--format", "markdown"], in: "/")
    let page = try run("cat", [Product.project + "/docs/rules.md"], in: "/", environment: Product.environment)
    #expect(page.status == 0)
    #expect(page.text == printed.text, "run: swift run fluxwarden rules --format markdown > docs/rules.md")
  }
}
