import Policy
import Rules
import Testing

@Suite struct CatalogueTests {
  @Test func `ids are unique and in kebab case`() {
    let ids = Catalogue.rules.map(\.info.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { id in id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
  }

  @Test(arguments: Catalogue.rules.map(\.info.id))
  func `a rule tells what it finds, why it matters and what to do`(id: String) throws {
    let info = try #require(Catalogue.rules.first { $0.info.id == id }).info
    for text in [info.summary, info.why, info.remediation] {
      #expect(text.count > 20 && text.hasSuffix("."), "\(text)")
      #expect(!text.contains("  "), "\(text)")
    }
    #expect(info.summary.count <= 120)
  }
}
