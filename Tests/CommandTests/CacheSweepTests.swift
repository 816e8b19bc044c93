import TestSupport
import Testing

/// What an audit that keeps something clears away: caches that no audit will use any more, and nothing else.
@Suite struct CacheSweepTests {
  let repository: TestRepository
  private static let place = "caches/fluxwarden/"
  /// A name as caches have it, of a repository that is no more.
  private static let other = place + String(repeating: "0f", count: 16) + ".audit"
  /// A file that a run has begun to write.
  private static let unfinished = place + "." + String(repeating: "0f", count: 16) + ".audit.12.3456.new"

  init() throws {
    repository = try .fleet()
    _ = try repository.cachedAudit()
  }

  private func names() throws -> Set<String> {
    let listing = try TestSupport.run("ls", ["-A", CacheSweepTests.place], in: repository.folder.root).text
    return Set(listing.split(separator: "\n").map { CacheSweepTests.place + $0 })
  }

  /// The repository's own cache.
  private func own() throws -> String {
    try #require(try names().first { $0.hasSuffix(".audit") && $0 != CacheSweepTests.other })
  }

  /// Makes a file look as if it was last used some hours ago.
  private func age(_ name: String, hours: Int) throws {
    _ = try TestSupport.run("touch", ["-d", "\(hours) hours ago", name], in: repository.folder.root)
  }

  /// Lets an audit keep something: a new commit is news.
  private func keep() throws -> ProgramResult {
    try repository.write("notes.md", "text\n")
    try repository.commit("text", minute: 7)
    return try repository.cachedAudit("--verbose").result
  }

  private static let quarter = 90 * 24

  @Test(arguments: [(quarter + 1, false), (quarter - 1, true)])
  func `another repository's cache goes when no audit used it for 90 days`(_ hours: Int, _ stays: Bool) throws {
    try repository.folder.write(CacheSweepTests.other, bytes: try repository.folder.read(try own()))
    try age(CacheSweepTests.other, hours: hours)
    _ = try repository.cachedAudit()
    #expect(repository.folder.exists(CacheSweepTests.other), "a run that keeps nothing clears nothing")
    _ = try keep()
    #expect(repository.folder.exists(CacheSweepTests.other) == stays)
  }

  @Test func `a cache that is used counts as new, also where nothing is written`() throws {
    let file = try own()
    try age(file, hours: CacheSweepTests.quarter - 1)
    let bytes = try repository.folder.read(file)
    _ = try repository.cachedAudit()
    let young = try TestSupport.run("find", [file, "-mmin", "-60"], in: repository.folder.root).text
    let after = try repository.folder.read(file)
    #expect(young == file + "\n" && after == bytes)
  }

  @Test func `the cache of another program for the same repository is replaced`() throws {
    let file = try own()
    let before = try repository.folder.read(file)
    // The 32 characters of the key follow the line that says what the file is.
    var other = before
    for position in 48..<80 { other[position] = UInt8(ascii: "0") }
    try repository.folder.write(file, bytes: other)
    try repository.folder.setMode(file, 0o600)
    #expect(try repository.cachedAudit("--verbose").result.errorText.contains("0 commits were known"))
    let after = try repository.folder.read(file)
    #expect(try names() == [file] && after == before)
  }

  @Test func `what a killed audit left behind goes after an hour, however much of it was written`() throws {
    let whole = try repository.folder.read(try own())
    let begun = Array(whole[..<20])
    for (bytes, hours, stays) in [(whole, 2, false), ([], 2, false), (begun, 2, false), (whole, 0, true)] {
      try repository.folder.write(CacheSweepTests.unfinished, bytes: bytes)
      try repository.folder.setMode(CacheSweepTests.unfinished, 0o600)
      try age(CacheSweepTests.unfinished, hours: hours)
      try repository.folder.delete(try own())
      _ = try repository.cachedAudit()
      #expect(repository.folder.exists(CacheSweepTests.unfinished) == stays, "\(bytes.count) bytes")
    }
  }

  @Test func `what is not surely a cache stays, however old it is`() throws {
    let whole = try repository.folder.read(try own())
    let digits = String(repeating: "0f", count: 16)
    let names = [
      "notes.audit", "\(digits).audit.bak", "\(digits)0.audit", digits.uppercased() + ".audit", "\(digits).json",
      ".\(digits).audit", ".\(digits).audit.12.new", ".\(digits).audit.12.x.new", ".draft.new",
      "\(digits).audit.1.2.new",
    ].map { CacheSweepTests.place + $0 }
    for name in names { try repository.folder.write(name, bytes: whole) }
    // The right names, with something else in them.
    let others = [CacheSweepTests.other, CacheSweepTests.unfinished]
    for name in others { try repository.folder.write(name, "what somebody wrote, and wants to keep") }
    let linked = CacheSweepTests.place + String(repeating: "1f", count: 16) + ".audit"
    try repository.folder.write("elsewhere", bytes: whole)
    try repository.folder.link(linked, to: repository.folder.path("elsewhere"))
    let folder = CacheSweepTests.place + String(repeating: "2f", count: 16) + ".audit"
    try repository.folder.makeFolder(folder)
    for name in names + others + ["elsewhere", folder] { try age(name, hours: CacheSweepTests.quarter * 2) }
    _ = try keep()
    for name in names + others + [linked, "elsewhere", folder] { #expect(repository.folder.exists(name), "\(name)") }
  }

  @Test func `a file that others can write is none of ours`() throws {
    try repository.folder.write(CacheSweepTests.other, bytes: try repository.folder.read(try own()))
    try repository.folder.setMode(CacheSweepTests.other, 0o666)
    try age(CacheSweepTests.other, hours: CacheSweepTests.quarter * 2)
    #expect(try keep().status == 0)
    #expect(repository.folder.exists(CacheSweepTests.other))
  }
}
