import Configuration
import Manifests
import Policy
import Testing

@Suite struct SettingsTests {
  private let known = ["worker-count-drop", "k8s-upgrade", "github-pat"]

  private func problems(_ text: String) -> [String] {
    Settings.read(Array(text.utf8), known: known).1.map(\.description)
  }

  @Test func `an empty file, or one of comments, sets nothing`() {
    #expect(problems("").isEmpty && problems("# nothing\n").isEmpty && problems("---\n").isEmpty)
  }

  @Test func `all keys are read`() throws {
    let text = """
      failOn: medium
      rules:
        worker-count-drop: {severity: high}
        k8s-upgrade: {enabled: false, reason: reviewed elsewhere}
      sync: {roots: [clusters/hq]}
      paths: {exclude: [charts]}
      allowed:
        registries: [registry.example.com]
        imageHosts: [images.example.com]
        sshKeys: [ssh-ed25519 AAAA me]
        accounts: ["111122223333"]
      credentials:
      - {id: acme-token, pattern: "acme_[0-9]{4}", severity: high}
      waivers:
      - {rule: acme-token, path: docs/**, reason: sample, owner: me, until: 2027-01-31}
      """
    let (settings, problems) = Settings.read(Array(text.utf8), known: known)
    #expect(problems.isEmpty, "\(problems)")
    #expect(settings.failOn?.text == "medium" && settings.rules["worker-count-drop"]?.severity == .high)
    #expect(settings.rules["k8s-upgrade"]?.isEnabled == false && settings.syncRoots.map(\.text) == ["clusters/hq"])
    #expect(settings.excludes("charts/a/b.yaml") && !settings.excludes("chart/a.yaml"))
    #expect(settings.values(.accounts) == ["111122223333"] && settings.credentials.map(\.id) == ["acme-token"])
    let waiver = try #require(settings.waivers.first)
    #expect(waiver.rule == "acme-token" && waiver.until == "2027-01-31" && waiver.owner == "me")
  }

  @Test(arguments: [
    ("failON: high\n", "line 1, column 1: unknown key \"failON\": did you mean failOn?"),
    (
      "rules:\n  worker-count-drp: {severity: low}\n",
      "line 2, column 3: there is no rule \"worker-count-drp\": did you mean worker-count-drop?"
    ),
    (
      "rules:\n  github-pat:\n    severty: low\n",
      "line 3, column 5: unknown key \"severty\" in rules.github-pat: did you mean severity?"
    ),
    (
      "rules:\n  github-pat: {severity: hihg}\n",
      "line 2, column 26: rules.github-pat.severity must be one of critical, high, medium, low; did you mean high?"
    ),
    ("rules: [github-pat]\n", "line 1, column 8: rules must be a mapping of rule ids"),
    (
      "rules:\n  github-pat: {enabled: yes please, reason: x}\n",
      "line 2, column 25: rules.github-pat.enabled must be true or false"
    ),
    (
      "rules:\n  github-pat: {enabled: false}\n",
      "line 2, column 3: rules.github-pat is turned off without a reason: add the key reason"
    ),
    (
      "allowed:\n  accounts: [111122223333]\n",
      "line 2, column 14: allowed.accounts[0] must be an AWS account of twelve digits; put it in quotes"
    ),
    ("waivers:\n- {object: a, reason: b}\n", "line 2, column 3: waivers[0] lacks the key rule"),
    (
      "waivers:\n- {rule: github-pat, until: 2027-02-30}\n",
      "line 2, column 29: waivers[0].until must be a day such as 2027-01-31"
    ),
    ("a: 1\na: 2\n", "line 2, column 1: a mapping has the same key twice"),
    ("- a\n", "line 1, column 1: the configuration must be a mapping"),
    (
      "credentials:\n- {id: github-pat, pattern: a}\n",
      "line 2, column 8: the id \"github-pat\" is taken: choose another"
    ),
    (
      "paths: {exclude: [/etc]}\n",
      "line 1, column 19: paths.exclude[0] must be a path or pattern from the root of the repository, without a leading slash"
    ),
  ])
  func `what is wrong is told with line, column and the nearest right word`(_ text: String, _ message: String) {
    #expect(problems(text) == [message])
  }

  @Test func `a file with any mistake sets nothing`() {
    let (settings, problems) = Settings.read(Array("failOn: never\nruls: {}\n".utf8), known: known)
    #expect(problems.count == 1 && settings.failOn == nil)
  }

  @Test func `too much text is refused at once`() {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: Settings.limit + 1)
    #expect(Settings.read(text, known: known).1.map(\.message) == ["the file is larger than 1 MiB"])
    let bomb =
      "a: &a [x,x,x,x,x,x,x,x,x]\n"
      + (0..<9).map { index in
        let name = String("bcdefghij".dropFirst(index).prefix(1))
        let last = index == 0 ? "a" : String("bcdefghij".dropFirst(index - 1).prefix(1))
        return "\(name): &\(name) [\(Array(repeating: "*\(last)", count: 9).joined(separator: ","))]\n"
      }.joined()
    #expect(!problems(bomb).isEmpty)
  }
}

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("charts", "charts/a/b.yaml", true), ("charts/", "charts/a.yaml", true), ("charts", "chart", false),
    ("*.csv", "a/b/c.csv", true), ("*.csv", "a/b.csv/c", true), ("a/*/c", "a/b/c", true), ("a/*/c", "a/b/b/c", false),
    ("a/**/c", "a/c", true), ("a/**/c", "a/b/b/c/d", true), ("**/t?st", "x/test", true), ("./a", "a/b", true),
    ("a/**", "b/a/c", false),
  ])
  func `a pattern means these paths`(_ pattern: String, _ path: String, _ matches: Bool) {
    #expect(PathPattern(pattern).matches(path) == matches)
  }

  @Test func `a hostile pattern takes no time`() {
    let pattern = PathPattern(String(repeating: "**/", count: 200) + String(repeating: "*a", count: 200))
    #expect(!pattern.matches(String(repeating: "a/", count: 200) + String(repeating: "a", count: 190)))
  }
}

@Suite struct DayTests {
  @Test func `only days of the calendar are days`() {
    #expect(Day("2024-02-29") != nil && Day("2025-02-29") == nil && Day("2027-13-01") == nil && Day("27-1-1") == nil)
    #expect(Day(secondsSince1970: 0).description == "1970-01-01")
    #expect(Day(secondsSince1970: 1_795_219_200).description == "2026-11-21")
    #expect(Day(secondsSince1970: 951_782_400).description == "2000-02-29")
  }
}
