import Manifests
import Testing

@Suite struct DocumentSlicesTests {
  private func texts(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return DocumentSlices(bytes).slices.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test func `a stream is cut at its markers and nowhere else`() {
    #expect(
      texts("a: 1\n---\nb: |\n  ---\n  x\n--- # c\nc: 1\n---x: 2\n") == [
        "a: 1\n", "---\nb: |\n  ---\n  x\n", "--- # c\nc: 1\n---x: 2\n",
      ])
  }

  @Test func `an empty file has no document`() {
    #expect(DocumentSlices([]).slices.isEmpty)
    #expect(DocumentSlices.differing([], Array("a: 1\n".utf8)).new.count == 1)
  }

  @Test func `a stream with directives is not cut`() {
    #expect(texts("%YAML 1.2\n---\na: 1\n---\nb: 1\n").count == 1)
  }

  @Test func `documents that both versions hold are left out wherever they stand`() {
    let old = Array("a: 1\n---\nb: 1\n---\nc: 1\n".utf8)
    let new = Array("---\nc: 1\n---\na: 1\n---\nb: 2\n".utf8)
    let differing = DocumentSlices.differing(old, new)
    #expect(differing.old.map { String(decoding: old[$0.range], as: UTF8.self) } == ["---\nb: 1\n"])
    #expect(differing.new.map { String(decoding: new[$0.range], as: UTF8.self) } == ["---\nb: 2\n"])
  }

  @Test func `a document read alone knows its lines in the file`() throws {
    let bytes = Array("kind: A\n---\nkind: B\nmetadata: {name: é}\n".utf8)
    let slices = DocumentSlices(bytes).slices
    let file = ManifestFile(parsing: [slices[1]], of: bytes)
    #expect(file.objects.first?.nameSpan.startLine == 4)
    #expect(file.objects.first?.nameSpan.startColumn == 18)
  }
}
