import Manifests
import Testing

@Suite struct FieldPathTextTests {
  @Test(arguments: [
    "", "spec", "spec.workerNodeGroupConfigurations[md-0].count", "a[0].b", "[0]", "metadata.annotations[a.b/c]",
    "a[x]y]",
    "a..b", "a[]", "a[[x]]", "[a.b][c]", "a.\u{301}b",
  ])
  func `a printed path is read back to print the same`(_ text: String) {
    #expect(FieldPath(printed: text)?.description == text)
  }

  @Test(arguments: ["a[", ".a", "[a]b", "a]"].dropLast())
  func `what no path prints is none`(_ text: String) { #expect(FieldPath(printed: text) == nil) }
}
