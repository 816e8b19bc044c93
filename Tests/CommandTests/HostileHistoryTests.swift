import TestSupport
import Testing

/// Histories that people, robots, other tools or an accident leave behind: an audit ends, tells exactly what it has not
/// seen, and ends with 2 where there is such a thing.
@Suite struct HostileHistoryTests {
  private let secret = "TOKEN=\(Manifest.token)\n"

  // MARK: Damage

  @Test func `a folder that is missing is named, what stands beside it is searched`() throws {
    let repository = try TestRepository()
    try repository.write("lost/a.sh", "TOKEN=\(Sample.token(1))\n")
    try repository.write("kept/b.sh", secret)
    try repository.commit()
    let lost = try repository.git("rev-parse HEAD:lost")
    try repository.delete(".git/objects/\(lost.prefix(2))/\(lost.dropFirst(2))")
    let report = try repository.report("audit", "--all")
    #expect(report.status == 2 && report.rules == ["github-pat"])
    #expect(report.diagnostics.contains { $0.hasPrefix("error: lost: ") && $0.contains(lost) }, "\(report.errors)")
  }

  @Test func `a pack without its content, or cut short, is an error, and the rest is searched`() throws {
    for isGone in [true, false] {
      let repository = try TestRepository()
      try repository.write("packed.txt", "1\n")
      try repository.commit()
      try repository.git("repack -q -a -d")
      try repository.write("loose.sh", secret)
      try repository.commit("loose", minute: 1)
      let names = try run("ls", [".git/objects/pack"], in: repository.path, environment: TestRepository.environment)
      let pack = try #require(names.text.split(separator: "\n").first { $0.hasSuffix(".pack") })
      let path = ".git/objects/pack/\(pack)"
      let bytes = try repository.folder.read("\(repository.name)/\(path)")
      try repository.delete(path)
      if !isGone { try repository.write(path, bytes: Array(bytes.prefix(30))) }
      let report = try repository.report("audit", "--all")
      #expect(report.status == 2 && !report.diagnostics.isEmpty)
      #expect(report.rules == ["github-pat"], "\(report.errors)")
    }
  }

  @Test func `git gc beside a run changes nothing of what it tells, or it is an error`() throws {
    let repository = try TestRepository()
    try repository.fastImport { stream in
      for number in 1...1500 {
        let token = number % 300 == 0 ? "TOKEN=\(Sample.token(UInt8(number / 300)))\n" : "number: \(number)\n"
        stream.commit(date: 1_700_000_000 + number, files: [("a/\(number % 40)/b\(number).sh", token)])
      }
    }
    let calm = try repository.report("audit", "--all")
    #expect(calm.status == 1 && calm.rules.count == 5)
    for round in 1...3 {
      // Each packs everything anew under another name and deletes the packs before.
      let beside = try repository.startGit([
        "-c", "pack.compression=\(round)", "-c", "pack.window=\(round)", "repack", "-q", "-a", "-d", "-F",
      ])
      let report = try repository.report("audit", "--all")
      #expect(try beside.wait().status == 0)
      if report.status != 2 {
        #expect(report.status == 1 && report.rules == calm.rules)
      } else {
        #expect(!report.diagnostics.isEmpty)
      }
    }
  }

  // MARK: Other histories than the true one

  @Test func `grafts and replace references are ignored, and that is said`() throws {
    let repository = try TestRepository.fleet()
    let root = try repository.git("rev-parse HEAD")
    try repository.scaleToZero()
    let mistake = try repository.commit("save power", minute: 1)
    try repository.write(Manifest.path, Manifest.cluster())
    let mended = try repository.commit("back", minute: 2)
    // Both hide the mistake from git log.
    try repository.write(".git/info/grafts", "\(mended) \(root)\n")
    let grafted = try repository.report("audit")
    #expect(grafted.status == 1 && grafted.rules == ["workers-all-zero"])
    #expect(grafted.diagnostics.contains { $0.hasPrefix("warning: ") && $0.contains("grafts are ignored") })
    try repository.delete(".git/info/grafts")
    try repository.git(["replace", "-f", mistake, root])
    let replaced = try repository.report("audit")
    #expect(replaced.status == 1 && replaced.rules == ["workers-all-zero"])
    #expect(
      replaced.diagnostics.contains { $0.hasPrefix("warning: ") && $0.contains("replace references are ignored") })
  }

  @Test func `commits of 1970, of 2106 and of no time at all are audited, and drawn`() throws {
    let repository = try TestRepository()
    try repository.fastImport { stream in
      for (number, date) in [0, 4_294_967_295, 1_700_000_000, 253_402_300_800, 1].enumerated() {
        stream.commit(date: date, files: [("\(number).sh", "TOKEN=\(Sample.token(UInt8(number)))\n")])
      }
    }
    let report = try repository.report("audit", "--all", "--report", "html=page.html")
    #expect(report.status == 1 && report.rules.count == 5 && report.diagnostics.isEmpty)
    let dates = Set(report.findings.compactMap { $0["commit"]["date"].text?.prefix(10) })
    #expect(dates.isSuperset(of: ["1970-01-01", "2106-02-07", "2023-11-14"]), "\(dates)")
    let page = try repository.folder.text("\(repository.name)/page.html")
    #expect(page.contains("2106-02-07") && page.utf8.count < 1_000_000)
    #expect(try repository.report("audit", "--until", "1970-01-01").rules.count == 2)
    #expect(try repository.report("audit", "--since", "2106-01-01").rules.count == 2)
  }

  @Test(arguments: ["-9223372036854775000", "9223372036854775000"])
  func `a tag and a commit from a time that no clock shows are audited`(_ seconds: String) throws {
    let repository = try TestRepository()
    try repository.write(Manifest.path, Manifest.cluster())
    try repository.commit()
    try repository.scaleToZero()
    try repository.write("release.sh", secret)
    try repository.git("add --all")
    func make(_ kind: String, _ headers: String, _ text: String) throws -> String {
      try repository.git(
        ["hash-object", "-t", kind, "-w", "--stdin", "--literally"], input: Array("\(headers)\n\n\(text)\n".utf8))
    }
    let who = "Carl <carl@example.com> \(seconds) +0000"
    let (tree, parent) = (try repository.git("write-tree"), try repository.git("rev-parse HEAD"))
    let commit = try make(
      "commit", "tree \(tree)\nparent \(parent)\nauthor \(who)\ncommitter \(who)", "TOKEN=\(Sample.token(1))")
    try repository.git(["update-ref", "refs/heads/main", commit])
    let tag = try make(
      "tag", "object \(commit)\ntype commit\ntag v1\ntagger \(who)", "TOKEN=\(Sample.token(2))")
    try repository.git(["update-ref", "refs/tags/v1", tag])
    let report = try repository.report("audit", "--all", "--report", "html=page.html")
    #expect(report.status == 1 && report.diagnostics.isEmpty, "\(report.errors)")
    #expect(report.rules.filter { $0 == "github-pat" }.count == 3 && report.rules.contains("workers-all-zero"))
    let days = report.findings.compactMap { $0["exposure"]["days"].int }
    #expect(days.count >= 4 && days.allSatisfy { (0..<4_000_000).contains($0) }, "\(days)")
  }

  @Test func `names that are not UTF-8 are shown as far as they can be, and everything is read`() throws {
    let repository = try TestRepository()
    try repository.fastImport { stream in
      stream.line("commit refs/heads/main")
      stream.bytes += Array("author J".utf8) + [0xFC] + Array("rg <j@example.com> 1700000000 +0100\n".utf8)
      stream.line("committer C <c@example.com> 1700000000 +0100")
      stream.data([0xE9, 0xFF, 0x0A])
      stream.bytes += Array("M 100644 inline caf".utf8) + [0xE9, 0x2F, 0xFF] + Array(".sh\n".utf8)
      stream.data(Array(secret.utf8))
      stream.bytes += Array("M 100644 inline caf".utf8) + [0xE8, 0x2F, 0xFF] + Array(".sh\n".utf8)
      stream.data(Array("TOKEN=\(Sample.token(9))\n".utf8))
    }
    let report = try repository.report("audit", "--all")
    #expect(report.status == 1 && report.rules == ["github-pat", "github-pat"] && report.diagnostics.isEmpty)
    #expect(report.findings[0]["location"]["path"].text == "caf\u{FFFD}/\u{FFFD}.sh")
    #expect(report.findings[0]["commit"]["author"]["name"].text == "J\u{FFFD}rg")
    #expect(report.findings.allSatisfy { $0["exposure"]["live"] == .bool(true) })
  }

  // MARK: Much of everything

  @Test func `a history with ten thousand merges`() throws {
    let repository = try TestRepository()
    try repository.fastImport { stream in
      stream.commit(date: 1_700_000_000, files: [("README.md", "text\n")])
      for number in 1...10_000 {
        let date = 1_700_000_000 + number * 60
        stream.commit("side", from: "refs/heads/main", date: date, files: [("f\(number % 50).yaml", "n: \(number)\n")])
        stream.commit(
          "main", merging: "refs/heads/side", date: date + 1, files: [("f\(number % 50).yaml", "n: \(number)\n")])
      }
      stream.commit(date: 1_800_000_000, files: [("release.sh", secret)])
    }
    let report = try repository.report("audit", "--all")
    #expect(report.status == 1 && report.rules == ["github-pat"] && report.diagnostics.isEmpty)
    #expect(report.value["summary"]["commits"].int == 20_002)
  }

  @Test func `a folder with a hundred thousand files`() throws {
    let repository = try TestRepository()
    try repository.fastImport { stream in
      let files = (1...100_000).map { ("wide/\($0).txt", $0 == 77_777 ? secret : "one of many\n") }
      stream.commit(date: 1_700_000_000, files: files)
      stream.commit(date: 1_700_000_100, files: [("wide/more.txt", "one more\n")])
    }
    let report = try repository.report("audit", "--all")
    let found = try report.only("github-pat")
    #expect(report.status == 1 && report.diagnostics.isEmpty)
    #expect(found["location"]["path"].text == "wide/77777.txt" && found["exposure"]["live"] == .bool(true))
  }

  @Test func `a folder two thousand levels deep, and one that is deeper than any limit`() throws {
    let repository = try TestRepository()
    let folder = (1...2000).map { "d\($0 % 10)" }.joined(separator: "/")
    try repository.fastImport { stream in
      stream.commit(date: 1_700_000_000, files: [("\(folder)/deep.sh", secret)])
    }
    let report = try repository.report("audit", "--all")
    let found = try report.only("github-pat")
    #expect(report.status == 1 && report.diagnostics.isEmpty, "\(report.errors)")
    #expect(found["location"]["path"].text == "\(folder)/deep.sh")
    #expect(found["exposure"]["live"] == .bool(true) && found["exposure"]["refs"].items == [.string("refs/heads/main")])
    let deeper = (1...4500).map { _ in "d" }.joined(separator: "/")
    try repository.fastImport { stream in
      stream.commit(
        from: "refs/heads/main^0", date: 1_700_000_100,
        files: [("\(deeper)/deep.sh", "TOKEN=\(Sample.token(2))\n"), ("beside.sh", "TOKEN=\(Sample.token(3))\n")])
    }
    let limited = try repository.report("audit", "--all")
    #expect(limited.status == 2 && limited.rules == ["github-pat", "github-pat"])
    #expect(limited.diagnostics.contains { $0.hasPrefix("error: ") && $0.contains("deeper") }, "\(limited.errors)")
  }
}

/// What `git fast-import` reads.
struct ImportStream {
  /// What was written so far.
  var bytes: [UInt8] = []

  /// A line.
  mutating func line(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(0x0A)
  }

  /// A text with its length in front.
  mutating func data(_ content: some Collection<UInt8>) {
    line("data \(content.count)")
    bytes.append(contentsOf: content)
    bytes.append(0x0A)
  }

  /// A commit on a branch, upon what the branch had before unless `from` says otherwise.
  mutating func commit(
    _ branch: String = "main", from: String? = nil, merging: String? = nil, date: Int, files: [(String, String)]
  ) {
    line("commit refs/heads/\(branch)")
    line("committer Carl <carl@example.com> \(date) +0000")
    data("a commit".utf8)
    if let from { line("from \(from)") }
    if let merging { line("merge \(merging)") }
    for (path, text) in files {
      line("M 100644 inline \(path)")
      data(text.utf8)
    }
  }
}

extension TestRepository {
  /// Makes many commits at once.
  func fastImport(_ write: (inout ImportStream) -> Void) throws {
    var stream = ImportStream()
    write(&stream)
    try git(
      ["-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", "--date-format=raw-permissive"], input: stream.bytes)
  }
}
