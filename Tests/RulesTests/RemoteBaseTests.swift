import Policy
import Testing

/// What is said of addresses from which kustomize fetches manifests.
@Suite struct RemoteBaseTests {
  private func finding(_ address: String) -> Finding? {
    Judgement(
      before: ["kustomization.yaml": "resources: [app.yaml]\n"],
      after: ["kustomization.yaml": "resources: [app.yaml, \"\(address)\"]\n"]
    ).findings.first { $0.rule == "remote-base" }
  }

  @Test(arguments: [
    "https://github.com/acme/app//deploy?ref=main", "https://raw.example.com/acme/app/v1.2.3/crd.yaml",
    "github.com/acme/app//deploy/?ref=v1.0.0",
  ])
  func `an address is told as it is written`(address: String) throws {
    let message = try #require(finding(address)?.message)
    #expect(message.hasPrefix("kustomization.yaml applies \(address) from outside the repository"))
  }

  @Test(arguments: [
    ("https://example.com/app/part-1.yaml", Severity.high), ("https://example.com/app/v1.yaml", .high),
    ("https://10.1.2.3/app/all.yaml", .high), ("https://10.1.2.3:8080/app.yaml", .high),
    ("https://example.com/app/v2.yaml?ref=main", .high),
    ("https://example.com/app/v1.2.3/all.yaml", .low), ("https://example.com/app-1.2.3.yaml", .low),
    ("https://example.com/app/v0.80.0-rc.1/all.yaml", .low), ("https://example.com/refs/tags/1.2/all.yaml", .low),
    ("github.com/acme/app?ref=v2.0", .low),
  ])
  func `only a version's number counts as a release`(address: String, severity: Severity) {
    #expect(finding(address)?.severity == severity)
  }

  @Test(arguments: [
    "https://\("tok" + "en")@example.com/app/all.yaml", "https://shop:\("tok" + "en")@example.com/app/all.yaml",
    "https://example.com/app/all.yaml?x=\("tok" + "en")", "git::https://\("tok" + "en")@example.com/app/all.yaml",
  ])
  func `a password in an address is not told`(address: String) throws {
    let finding = try #require(self.finding(address))
    #expect(finding.message.contains("https://example.com/app/all.yaml from"))
    #expect(finding.after == (address.hasPrefix("git::") ? "git::" : "") + "https://example.com/app/all.yaml")
  }

  @Test func `the next release of what was taken already is no news`() {
    func side(_ version: String) -> [String: String] {
      ["kustomization.yaml": "resources: [\"https://raw.example.com/acme/app/\(version)/crd.yaml\"]\n"]
    }
    #expect(Judgement(before: side("v1.2.3"), after: side("v1.3.0")).rules.isEmpty)
  }

  @Test(arguments: [
    ("mallory/app//deploy?ref=v1.0.0", Severity.high),
    ("mallory/app//deploy?ref=\(String(repeating: "a", count: 40))", .low),
    ("mallory/other//deploy?ref=v1.0.0", .low),
  ])
  func `the same manifests of another owner are no ordinary release`(place: String, severity: Severity) {
    func side(_ place: String) -> [String: String] {
      ["kustomization.yaml": "resources: [\"https://github.com/\(place)\"]\n"]
    }
    let found = Judgement(before: side("acme/app//deploy?ref=v1.0.0"), after: side(place)).findings
    #expect(found.map(\.severity) == [severity])
  }
}
