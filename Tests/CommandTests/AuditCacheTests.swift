import TestSupport
import Testing

/// What an audit keeps for the next one: whatever becomes of it, the next one says what it would have said without.
@Suite struct AuditCacheTests {
  let repository: TestRepository

  init() throws {
    repository = try .fleet()
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("token", minute: 1)
    try repository.scaleToZero()
    try repository.commit("zero", minute: 2)
    try repository.folder.makeFolder("caches")
  }

  /// The one file of the cache, as a name in the test's folder; `nil` where there is none.
  private func cacheFile() throws -> String? {
    let names = try TestSupport.run("ls", ["-A", "caches/fluxwarden"], in: repository.folder.root).text
    let files = names.split(separator: "\n").filter { $0.hasSuffix(".audit") }
    #expect(files.count < 2, "\(names)")
    return files.first.map { "caches/fluxwarden/\($0)" }
  }

  @Test func `a second audit reads nothing, and says the same to the letter`() throws {
    let first = try repository.cachedAudit()
    let second = try repository.cachedAudit("--verbose")
    let fresh = try repository.uncachedAudit()
    #expect(second.output == first.output && first.text == fresh)
    #expect(second.result.errorText.contains("3 commits were known; read 0 more and 1 files, judged 0"), "\(second)")
  }

  @Test func `only the user can read it, and no secret is in it`() throws {
    _ = try repository.cachedAudit()
    let file = try #require(try cacheFile())
    let bytes = String(decoding: try repository.folder.read(file), as: UTF8.self)
    #expect(!bytes.contains(Manifest.token) && !bytes.contains("TOKEN"))
    let modes = try TestSupport.run("ls", ["-ld", "caches/fluxwarden", file], in: repository.folder.root).text
    #expect(modes.contains("drwx------") && modes.contains("-rw-------"), "\(modes)")
  }

  @Test func `the repository's own folder stays as it is`() throws {
    func state() throws -> String {
      try TestSupport.run("find", [".", "-printf", "%p %s %T@ %C@\\n"], in: repository.path).text
    }
    let before = try state()
    _ = try repository.cachedAudit()
    _ = try repository.cachedAudit()
    #expect(try state() == before)
    let inside = try repository.cachedAudit("--verbose", environment: ["XDG_CACHE_HOME": repository.path + "/.git"])
    #expect(inside.result.errorText.contains("is inside the repository"))
    #expect(try state() == before)
  }

  @Test func `--no-cache and FLUXWARDEN_NO_CACHE keep nothing, --cache-dir and its variable say where`() throws {
    _ = try repository.cachedAudit("--no-cache")
    _ = try repository.cachedAudit(environment: ["FLUXWARDEN_NO_CACHE": "1"])
    #expect(try cacheFile() == nil)
    _ = try repository.cachedAudit("--cache-dir", repository.folder.path("caches/told"))
    _ = try repository.cachedAudit(environment: ["FLUXWARDEN_CACHE_DIR": repository.folder.path("caches/named")])
    #expect(try cacheFile() == nil)
    for name in ["told", "named"] {
      let files = try TestSupport.run("ls", ["caches/\(name)"], in: repository.folder.root).text
      #expect(files.hasSuffix(".audit\n"), "\(files)")
    }
  }

  @Test(arguments: [0, 1, 40, 200, 1000, 5000, -1]) func `a damaged one is as good as none, and is written anew`(
    _ place: Int
  ) throws {
    let told = try repository.cachedAudit().text
    let file = try #require(try cacheFile())
    let whole = try repository.folder.read(file)
    let place = place < 0 ? whole.count - 1 : place % whole.count
    var flipped = whole
    flipped[place] ^= 0x41
    for bytes in [flipped, Array(whole[..<place]), [], whole + [0], Array(repeating: 0xff, count: 4096)] {
      try repository.folder.write(file, bytes: bytes)
      try repository.folder.setMode(file, 0o600)
      let next = try repository.cachedAudit("--verbose")
      #expect(next.text == told && next.result.errorText.contains("0 commits were known"), "\(next)")
      #expect(try repository.folder.read(file).count == whole.count)
    }
  }

  @Test func `what others could have written, and links, are not read`() throws {
    let told = try repository.cachedAudit().text
    let file = try #require(try cacheFile())
    try repository.folder.setMode(file, 0o666)
    #expect(try repository.cachedAudit("--verbose").result.errorText.contains("0 commits were known"))
    try repository.folder.move(file, to: "elsewhere")
    try repository.folder.link(file, to: repository.folder.path("elsewhere"))
    let linked = try repository.cachedAudit("--verbose")
    #expect(linked.text == told && linked.result.errorText.contains("0 commits were known"))
    try repository.folder.setMode("caches/fluxwarden", 0o777)
    let open = try repository.cachedAudit("--verbose")
    #expect(open.text == told && open.result.errorText.contains("is not the user's alone"), "\(open)")
  }

  @Test func `where it cannot be kept the audit is none the worse`() throws {
    let told = try repository.uncachedAudit()
    try repository.folder.write("caches/fluxwarden", "a file, not a folder")
    let blocked = try repository.cachedAudit("--verbose")
    #expect(blocked.text == told && blocked.result.errorText.contains("nothing was kept for the next audit"))
    try repository.folder.delete("caches/fluxwarden")
    // A limit on the size of files stops a write as a full disk does.
    func limited(_ streams: String) throws -> String {
      let command = "trap '' XFSZ; ulimit -f 0; exec '\(Product.path)' audit --all --format json --verbose \(streams)"
      return try TestSupport.run(
        "sh", ["-c", "(\(command)) | cat"], in: repository.path,
        environment: Product.environment.merging(["XDG_CACHE_HOME": repository.folder.path("caches")]) { $1 }
      ).text
    }
    #expect(AuditRun.withoutTime(try limited("2>/dev/null")) == told)
    #expect(try limited("2>&1 >/dev/null").contains("nothing was kept for the next audit"))
    #expect(try cacheFile() == nil)
  }

  @Test func `kill -9 at any moment leaves the cache before or the one after`() throws {
    let told = try repository.uncachedAudit()
    for milliseconds in [2, 5, 10, 15, 20, 30, 40, 60, 80, 120, 200] {
      let run = try RunningProgram(
        Product.path, ["audit", "--all"], in: repository.path,
        environment: Product.environment.merging(["XDG_CACHE_HOME": repository.folder.path("caches")]) { $1 })
      _ = try TestSupport.run(
        "sleep", ["0.\(milliseconds < 100 ? "0" : "")\(milliseconds < 10 ? "0" : "")\(milliseconds)"], in: "/")
      run.stop()
      #expect(try repository.cachedAudit().text == told)
      if let file = try cacheFile() { try repository.folder.delete(file) }
    }
  }

  @Test func `several audits at once do not disturb each other`() throws {
    let told = try repository.uncachedAudit()
    let environment = Product.environment.merging(["XDG_CACHE_HOME": repository.folder.path("caches")]) { $1 }
    for _ in 0..<3 {
      let runs = try (0..<4).map { _ in
        try RunningProgram(
          Product.path, ["audit", "--all", "--format", "json"], in: repository.path, environment: environment)
      }
      for run in runs { #expect(AuditRun.withoutTime(try run.wait().text) == told) }
      #expect(try repository.cachedAudit("--verbose").result.errorText.contains("3 commits were known"))
      try repository.folder.delete(try #require(try cacheFile()))
    }
  }

  @Test func `a root commit that only was one in a shallow clone is judged anew`() throws {
    let clone = try repository.clone("shallow", ["--depth", "1"])
    let shallow = try clone.cachedAudit()
    #expect(shallow.result.status == 2)
    try clone.git("fetch --quiet --unshallow")
    let fresh = try clone.uncachedAudit()
    #expect(try clone.cachedAudit().text == fresh)
  }

  @Test func `a reference to a commit that is gone is told, though the commit is known`() throws {
    try repository.git("checkout --quiet -b side")
    try repository.write("README.md", "text\n")
    let lost = try repository.commit("text", minute: 3)
    _ = try repository.cachedAudit()
    try repository.folder.delete("repo/.git/objects/\(lost.prefix(2))/\(lost.dropFirst(2))")
    let report = try repository.cachedAudit()
    let fresh = try repository.uncachedAudit()
    #expect(report.result.status == 2 && report.text == fresh)
  }
}

/// An audit of everything, as JSON.
struct AuditRun {
  let result: ProgramResult
  /// What it printed, without the time that it took.
  var text: String { AuditRun.withoutTime(result.text) }
  /// The same as bytes, for comparing.
  var output: [UInt8] { Array(text.utf8) }

  /// A report without the number of seconds, which is its last one.
  static func withoutTime(_ text: String) -> String {
    guard let start = text.firstRange(of: "\"seconds\":") else { return text }
    return String(text[..<start.lowerBound]) + String(text[start.upperBound...].drop { $0 != "}" })
  }
}

extension TestRepository {
  /// Audits all of it with the cache folder `caches` beside the repository.
  func cachedAudit(_ options: String..., environment: [String: String] = [:]) throws -> AuditRun {
    let environment = ["XDG_CACHE_HOME": folder.path("caches")].merging(environment) { $1 }
    return AuditRun(
      result: try Product.run(["audit", "--all", "--format", "json"] + options, in: path, environment: environment))
  }

  /// What an audit of all of it says that knows of no earlier one.
  func uncachedAudit(_ options: String...) throws -> String {
    AuditRun(result: try Product.run(["audit", "--all", "--format", "json", "--no-cache"] + options, in: path)).text
  }
}
