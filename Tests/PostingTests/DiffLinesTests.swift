import Posting
import Testing

@Suite struct DiffLinesTests {
  @Test func `lines of a hunk know their numbers on both sides`() {
    let diff = DiffLines(
      path: "a", oldPath: "a", patch: "@@ -3,3 +3,3 @@ context\n a\n-b\n+c\n d\n\\ No newline at end of file")
    #expect(diff.line(4, isOld: true)?.text == "b" && diff.line(4, isOld: false)?.text == "c")
    #expect(
      diff.line(5, isOld: true)?.new == 5 && diff.line(6, isOld: false) == nil && diff.line(2, isOld: false) == nil)
  }

  @Test func `hunks are told apart`() {
    let diff = DiffLines(path: "a", oldPath: "a", patch: "@@ -1 +1 @@\n-a\n+b\n@@ -9,0 +10,1 @@\n+c")
    #expect(diff.lines.map(\.hunk) == [0, 0, 1] && diff.line(10, isOld: false)?.text == "c")
  }

  @Test func `a whole diff is split into files, with quoted names, renames, additions and deletions`() {
    let text = """
      diff --git a/x.yaml b/x.yaml
      --- a/x.yaml
      +++ b/x.yaml
      @@ -1 +1 @@
      --- a
      +++ b
      diff --git a/gone b/gone
      deleted file mode 100644
      --- a/gone
      +++ /dev/null
      @@ -1 +0,0 @@
      -x
      diff --git "a/\\303\\274 \\"n\\ne" "b/\\303\\274 \\"n\\ne"
      --- /dev/null
      +++ "b/\\303\\274 \\"n\\ne"
      @@ -0,0 +1 @@
      +x
      diff --git a/old b/new
      similarity index 100%
      rename from old
      rename to new

      """
    let files = DiffLines.files(of: Array(text.utf8))
    #expect(files.map(\.path) == ["x.yaml", "gone", "ü \"n\ne", "new"])
    #expect(files.map(\.oldPath) == ["x.yaml", "gone", "ü \"n\ne", "old"])
    #expect(files[0].line(1, isOld: true)?.text == "-- a" && files[0].line(1, isOld: false)?.text == "++ b")
  }

  @Test(arguments: ["", "@@", "@@ -x +y @@\n+a", "+a\n-b", "@@ -1 @@\n a"])
  func `what is no diff shows no line`(_ text: String) {
    #expect(DiffLines(path: "a", oldPath: "a", patch: text).lines.isEmpty)
  }
}
