import TestSupport
import Testing

/// A change cannot loosen what judges it.
@Suite struct TrustTests {
  let repository: TestRepository
  private static let strict = "rules:\n  worker-count-drop: {severity: critical}\n"

  init() throws {
    repository = try .fleet()
    try repository.write(".fluxwarden.yaml", TrustTests.strict)
    try repository.commit("configuration")
    try repository.git("checkout --quiet -b change")
  }

  /// Ways in which a head tries to get rid of the configuration.
  enum Attack: CaseIterable {
    case rewritten, deleted, link, folder, huge, broken, disabled, waived, failOn, excluded

    func apply(to repository: TestRepository) throws {
      let path = ".fluxwarden.yaml"
      switch self {
      case .rewritten: try repository.write(path, "rules:\n  workers-all-zero: {severity: low}\n")
      case .deleted: try repository.delete(path)
      case .link:
        try repository.delete(path)
        try repository.folder.link(repository.name + "/" + path, to: "/etc/passwd")
      case .folder:
        try repository.delete(path)
        try repository.write(path + "/x.yaml", "rules: {}\n")
      case .huge:
        let line = Array("- &a [b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]\n".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(50 << 20)
        while text.count < 50 << 20 { text += line }
        try repository.write(path, bytes: text)
      case .broken: try repository.write(path, "rules: {\n")
      case .disabled: try repository.write(path, "rules:\n  workers-all-zero: {enabled: false, reason: none}\n")
      case .waived:
        try repository.write(path, TrustTests.strict + "waivers:\n- {rule: workers-all-zero, reason: because}\n")
      case .failOn: try repository.write(path, TrustTests.strict + "failOn: never\n")
      case .excluded: try repository.write(path, TrustTests.strict + "paths: {exclude: ['**']}\n")
      }
    }

    /// What must be said of it besides.
    var rule: String { self == .waived ? "suppression-added" : "policy-loosened" }
  }

  @Test(arguments: Attack.allCases)
  func `the base's configuration judges a head that attacks it, and the attack is told`(_ attack: Attack) throws {
    try attack.apply(to: repository)
    try repository.scaleToZero()
    try repository.commit("attack")
    let start = ContinuousClock.now
    let report = try repository.report("review", "main...change")
    #expect(report.rules.contains("workers-all-zero") && report.rules.contains(attack.rule), "\(report.rules)")
    #expect(report.status == 1 && report.diagnostics.allSatisfy { !$0.hasPrefix("error") }, "\(report.diagnostics)")
    #expect(start.duration(to: .now) < .seconds(90))
    let hook = try repository.clone("judge")
    try hook.git("checkout --quiet main")
    try attack.apply(to: hook)
    try hook.scaleToZero()
    try hook.git("add --all")
    let staged = try hook.report("check")
    #expect(staged.rules.contains("workers-all-zero") && staged.rules.contains(attack.rule), "\(staged.rules)")
  }

  @Test func `a loosening is told at its place and passes by the operator's word`() throws {
    try Attack.disabled.apply(to: repository)
    try repository.commit("loosen")
    let finding = try repository.report("review", "main").findings.first { finding in
      finding["message"].text?.contains("workers-all-zero is turned off") == true
    }
    #expect(finding?["location"]["startLine"].int == 2 && finding?["severity"].text == "high")
    let allowed = try repository.report("review", "main", "--allow", "policy-loosened", "--reason", "decided")
    #expect(allowed.status == 0)
    #expect(allowed.findings.allSatisfy { $0["suppression"]["kind"].text == "operator" })
    #expect(allowed.value["summary"]["suppressed"].int == allowed.findings.count)
    let text = try repository.fluxwarden("review", "main", "--allow", "policy-loosened", "--reason", "decided")
    #expect(text.text.contains("by the operator: decided"))
  }

  /// Makes a text the configuration of `main` and goes back to the branch `change`, which starts there.
  private func land(_ configuration: String) throws {
    try repository.git("checkout --quiet main")
    try repository.write(".fluxwarden.yaml", configuration)
    try repository.commit("landed")
    try repository.git("checkout --quiet -B change")
  }

  @Test func `a configuration that turns a rule off can still be edited`() throws {
    let off = "rules:\n  k8s-upgrade: {enabled: false, reason: planned}\n"
    try land(off)
    for text in [off + "failOn: medium\n", "rules:\n  k8s-upgrade: {severity: high}\n"] {
      try repository.write(".fluxwarden.yaml", text)
      try repository.git("add --all")
      let report = try repository.report("check")
      #expect(report.status == 0 && report.rules.isEmpty, "\(report.findings.map { $0["message"] })")
    }
    try repository.write(".fluxwarden.yaml", off + "  workers-all-zero: {enabled: false, reason: none}\n")
    try repository.git("add --all")
    let message = try repository.report("check").only("policy-loosened")["message"].text ?? ""
    #expect(message.contains("workers-all-zero is turned off"), "\(message)")
  }

  @Test func `a credential type of one's own can be kept, and its loss is told`() throws {
    let own = "credentials:\n- {id: acme-token, pattern: 'acme_[a-z0-9]{20}', severity: high, opens: acme}\n"
    try land(own)
    try repository.write(".fluxwarden.yaml", own + "failOn: medium\n")
    try repository.git("add --all")
    #expect(try repository.report("check").rules.isEmpty)
    try repository.write(".fluxwarden.yaml", "failOn: medium\n")
    try repository.git("add --all")
    #expect(try repository.report("check").only("policy-loosened")["message"].text?.contains("acme-token") == true)
    try repository.git("rm --quiet --force .fluxwarden.yaml")
    #expect(try repository.report("check").rules.contains("policy-loosened"))
  }

  @Test func `it takes effect once it has landed, from the tip of the base`() throws {
    try repository.scaleToZero()
    try repository.commit("zero")
    #expect(try repository.report("review", "main...change").status == 1)
    try repository.git("checkout --quiet main")
    try repository.write(
      ".fluxwarden.yaml",
      TrustTests.strict + "waivers:\n- {rule: workers-all-zero, object: prod, reason: OPS-118}\n")
    try repository.commit("the waiver lands")
    let report = try repository.report("review", "main...change")
    #expect(report.status == 0, "the tip counts, not the merge base")
    #expect(try report.only("workers-all-zero")["suppression"]["reason"].text == "OPS-118")
  }

  @Test func `an old branch does not bring an old policy`() throws {
    try repository.git("checkout --quiet main")
    try repository.write(".fluxwarden.yaml", TrustTests.strict + "waivers:\n- {rule: workers-all-zero, reason: old}\n")
    try repository.commit("a waiver")
    try repository.git("checkout --quiet -b old-branch")
    try repository.scaleToZero()
    try repository.commit("zero")
    try repository.git("checkout --quiet main")
    try repository.write(".fluxwarden.yaml", TrustTests.strict)
    try repository.commit("the waiver is taken back")
    #expect(try repository.report("review", "main...old-branch").rules == ["workers-all-zero"])
  }

  @Test func `a configuration that landed as a link, a folder or too much ends every run with 2`() throws {
    for attack in [Attack.link, .folder, .huge] {
      try repository.git("checkout --quiet -B broken main")
      try attack.apply(to: repository)
      try repository.commit("landed")
      let report = try repository.report("check")
      #expect(report.status == 2 && report.diagnostics.contains { $0.contains(".fluxwarden.yaml: it is ") })
      let repaired = try repository.report("review", "broken..main")
      #expect(repaired.status == 2)
    }
  }

  @Test func `stricter is not looser`() throws {
    try repository.write(
      ".fluxwarden.yaml",
      "failOn: medium\nrules:\n  worker-count-drop: {severity: critical}\n  k8s-upgrade: {severity: high}\n")
    try repository.commit("stricter")
    #expect(try repository.report("review", "main").rules.isEmpty)
  }

  @Test func `a baseline that the change adds is told and does not hold`() throws {
    try repository.write("release.sh", "TOKEN=\(Manifest.token)\n")
    try repository.commit("token")
    #expect(try repository.fluxwarden("baseline").status == 0)
    try repository.commit("baseline")
    let report = try repository.report("review", "main")
    #expect(Set(report.rules) == ["github-pat", "suppression-added"] && report.status == 1)
  }
}
