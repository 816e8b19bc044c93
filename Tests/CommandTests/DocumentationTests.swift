import TestSupport
import Testing

/// Pages under `docs` that the program prints itself. `docs/update` writes them anew.
@Suite struct DocumentationTests {
  @Test(arguments: [
    ("docs/rules.md", ["rules", "--format", "markdown"]),
    ("docs/secrets.md", ["rules", "--format", "markdown", "--credentials"]),
    ("docs/fluxwarden.schema.json", ["schema"]),
  ])
  func `a page is what the program prints`(_ page: String, _ command: [String]) throws {
    let printed = try Product.run(command, in: "/")
    let kept = try run("cat", [Product.project + "/" + page], in: "/", environment: Product.environment)
    #expect(printed.status == 0 && kept.status == 0)
    #expect(kept.text == printed.text, "\(page) is out of date: run docs/update")
  }

  @Test func `links in the pages lead somewhere`() throws {
    for page in ["README.md", "docs/design.md", "CHANGELOG.md"] {
      let text = try run("cat", [Product.project + "/" + page], in: "/", environment: Product.environment).text
      let folder = page.contains("/") ? "docs/" : ""
      let targets = text.matches(of: #/\]\(([^)#:]+)\)/#).map { Product.project + "/" + folder + $0.output.1 }
      for target in targets {
        #expect(try run("test", ["-e", target], in: "/", environment: Product.environment).status == 0, "\(target)")
      }
    }
  }
}
