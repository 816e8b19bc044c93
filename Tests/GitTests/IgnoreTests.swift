import Git
import TestSupport
import Testing

struct IgnoreTests {
  /// Files whose names try what patterns can do.
  private static let files = [
    "a", "b.log", "keep.log", "dir/a", "dir/b.log", "dir/keep.log", "dir/sub/x.txt", "dir/sub/deep/x.txt", "build/out",
    "other/build/out", "foo/bar/baz", "foo/x/bar/baz", "foo/x/y/bar/baz", "with space", "trail ", "#hash", "!bang",
    "abc1", "abcZ", "abc-", "[x]", "star*", "sp", "temp/one", "temp/two/three", "x/y/z.tmp", "z.tmp", "x/z.tmp",
  ]

  private static let patterns = [
    "*.log", "*.log\n!keep.log", "/a", "a", "build/", "/build/", "build", "foo/bar", "foo/**/baz", "**/baz", "foo/**",
    "**", "*", "*\n!*/\n!*.log", "dir/*\n!dir/sub", "dir/\n!dir/a", "with space", "trail ", "trail\\ ", "\\#hash",
    "#hash",
    "\\!bang", "abc[0-9]", "abc[!0-9]", "abc[^0-9]", "abc[[:upper:]]", "abc[[:digit:][:upper:]]", "abc[]-]", "abc[",
    "\\[x\\]", "[[]x]", "star\\*", "s?", "temp/**/three", "temp/*/three", "x/**/z.tmp", "**/x/*.tmp", "/*.tmp",
    "fo*/bar",
    "foo/b**z", "foo**baz", "**foo/bar", "a\r", "\u{feff}a", "!a\na\n!a", "/", "//", "dir//a", "abc\\", "abc[a-", "?",
    "foo/**/", "**/sub/", "abc[z-a]", "dir/sub/**/x.txt", "***", "/**", "dir/***",
  ]

  @Test func `what is ignored is what git ignores`() throws {
    let test = try TestRepository()
    for file in Self.files { try test.write(file, "") }
    try test.write(".git/info/exclude", ".gitignore\n")
    for patterns in Self.patterns {
      try test.write(".gitignore", patterns + "\n")
      #expect(try untracked(test) == listed(test), "\(patterns)")
    }
  }

  @Test func `the nearest file decides, then the parents', then the repository's, then the user's`() throws {
    let test = try TestRepository()
    for file in Self.files { try test.write(file, "") }
    try test.write("dir/.gitignore", "!b.log\n/a\nsub/*\n!sub/deep\n")
    try test.write("dir/sub/.gitignore", "!x.txt")
    try test.write(".gitignore", "*.log\nfoo/x/\n")
    try test.write(".git/info/exclude", "z.tmp\nkeep.log\n")
    try test.folder.write("home/.config/git/ignore", "abc*\n!z.tmp\n")
    let environment = ["HOME": test.folder.path("home")]
    #expect(try untracked(test, environment) == listed(test, environment))
    try test.folder.write("home/.gitconfig", "[core]\n\texcludesFile = ~/mine\n")
    try test.folder.write("home/mine", "sp*\n")
    let global = environment.merging(["GIT_CONFIG_GLOBAL": test.folder.path("home/.gitconfig")]) { $1 }
    #expect(try untracked(test, global) == listed(test, global))
    #expect(try untracked(test, global) != untracked(test, environment))
  }

  @Test func `a pattern made to be slow is not`() throws {
    let test = try TestRepository()
    try test.write(String(repeating: "a", count: 200), "")
    try test.write(".gitignore", String(repeating: "*a", count: 100) + "b\n")
    #expect(try untracked(test).count == 2)
  }

  private func untracked(_ test: TestRepository, _ environment: [String: String] = [:]) throws -> [String] {
    let repository = try open(test, TestRepository.environment.merging(environment) { $1 })
    var found: [String] = []
    let unreadable = try repository.workTreeChanges(repository.index()) { found.append($0.path) }
    #expect(unreadable.isEmpty)
    return found
  }

  private func listed(_ test: TestRepository, _ environment: [String: String] = [:]) throws -> [String] {
    try test.git(["ls-files", "-z", "--others", "--exclude-standard"], environment: environment)
      .split(separator: "\0").map(String.init)
  }
}
