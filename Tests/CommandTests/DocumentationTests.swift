import Policy
import TestSupport
import Testing

/// Pages under `docs` that the program prints itself. `docs/update` writes them anew.
@Suite struct DocumentationTests {
  private static let pages: [(String, [String])] =
    [
      ("docs/rules.md", ["rules", "--format", "markdown"]),
      ("docs/secrets.md", ["rules", "--format", "markdown", "--credentials"]),
      ("docs/fluxwarden.schema.json", ["schema"]),
    ]
    + Category.allCases.map {
      ("docs/rules/\($0.rawValue).md", ["rules", "--format", "markdown", "--category", $0.rawValue])
    }

  @Test(arguments: pages)
  func `a page is what the program prints`(_ page: String, _ command: [String]) throws {
    let printed = try Product.run(command, in: "/")
    let kept = try run("cat", [Product.project + "/" + page], in: "/", environment: Product.environment)
    #expect(printed.status == 0 && kept.status == 0)
    #expect(kept.text == printed.text, "\(page) is out of date: run docs/update")
  }

  @Test func `every category has its page and no other page is there`() throws {
    let names = try run("ls", [Product.project + "/docs/rules"], in: "/", environment: Product.environment).text
    #expect(Set(names.split(separator: "\n")) == Set(Category.allCases.map { "\($0.rawValue).md"[...] }))
  }

  @Test func `links in the pages lead somewhere`() throws {
    for page in ["README.md", "docs/design.md", "docs/rules.md", "CHANGELOG.md"] {
      let text = try run("cat", [Product.project + "/" + page], in: "/", environment: Product.environment).text
      let folder = page.contains("/") ? "docs/" : ""
      let targets = text.matches(of: #/\]\(([^)#:]+)(?:#[^)]*)?\)/#).map {
        Product.project + "/" + folder + $0.output.1
      }
      for target in targets {
        #expect(try run("test", ["-e", target], in: "/", environment: Product.environment).status == 0, "\(target)")
      }
    }
  }
}
