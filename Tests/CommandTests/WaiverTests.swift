import TestSupport
import Testing

/// Waivers in comments, in the configuration and in the baseline.
@Suite struct WaiverTests {
  let repository: TestRepository

  init() throws { repository = try .fleet() }

  private func scaledDown(_ comment: String = "") -> String {
    Manifest.cluster(workers: [("md-0", 0), ("md-1", 3)]).replacing("count: 0\n", with: "count: 0\(comment)\n")
  }

  private func withComment(_ comment: String) -> String {
    Manifest.cluster().replacing("- name: md-0\n    count: 3\n", with: "- name: md-0\n    count: 3\(comment)\n")
  }

  @Test func `a comment that landed before waives its own field, wherever its lines are by then`() throws {
    let comment = " # fluxwarden:allow worker-group-zero until 2999-12-31 by ops: planned"
    try repository.write(Manifest.path, withComment(comment))
    try repository.commit("waiver")
    try repository.write(Manifest.path, "# moved\n# down\n" + scaledDown(comment))
    let finding = try repository.report("check", "--worktree").only("worker-group-zero")
    #expect(finding["suppression"]["kind"].text == "comment" && finding["suppression"]["reason"].text == "planned")
    #expect(finding["suppression"]["owner"].text == "ops" && finding["suppression"]["until"].text == "2999-12-31")
    #expect(try repository.report("check", "--worktree").status == 0)

    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 3), ("md-1", 0)]))
    #expect(try repository.report("check", "--worktree").rules.contains("worker-group-zero"))
  }

  @Test func `a comment above an object's first line waives for all of it, and outlives a renamed file`() throws {
    let head = "# fluxwarden:allow workload-cluster-removed until 2999-12-31: OPS-118\n"
    try repository.write(Manifest.path, head + Manifest.cluster())
    try repository.commit("waiver")
    try repository.delete(Manifest.path)
    try repository.git("add --all")
    let report = try repository.report("check")
    #expect(report.rules.isEmpty && report.status == 0 && report.findings.count >= 1)
  }

  @Test func `a comment that the change itself adds is reported and does not hold yet`() throws {
    try repository.write(Manifest.path, scaledDown(" # fluxwarden:allow worker-group-zero: trust me"))
    let report = try repository.report("check", "--worktree")
    #expect(Set(report.rules) == ["worker-group-zero", "suppression-added"] && report.status == 1)
    #expect(try report.only("suppression-added")["location"]["startLine"].int == 14)
    #expect(try report.only("suppression-added")["message"].text?.contains("trust me") == true)
  }

  @Test func `a waiver that is copied to another place is a new one`() throws {
    let comment = " # fluxwarden:allow worker-group-zero until 2999-12-31: planned"
    try repository.write(Manifest.path, withComment(comment))
    try repository.commit("waiver")
    try repository.write(
      Manifest.path,
      Manifest.cluster(workers: [("md-0", 3), ("md-1", 0)]).replacing("count: 0\n", with: "count: 0\(comment)\n"))
    let report = try repository.report("check", "--worktree")
    #expect(Set(report.rules) == ["worker-group-zero", "suppression-added"])
  }

  @Test func `one that is moved with its object, or whose file is renamed, is an old one`() throws {
    let comment = " # fluxwarden:allow worker-group-zero until 2999-12-31: planned"
    try repository.write(Manifest.path, withComment(comment))
    try repository.commit("waiver")
    try repository.git(["mv", "clusters/hq/prod", "clusters/hq/production"])
    let path = "clusters/hq/production/eksa-system/eksa-cluster.yaml"
    try repository.write(path, scaledDown(comment))
    try repository.git("add --all")
    let report = try repository.report("check")
    #expect(report.rules.isEmpty, "\(report.rules)")
    #expect(try report.only("worker-group-zero")["suppression"]["kind"].text == "comment")
  }

  @Test func `expired and reason-less waivers do not hold and are told where they would have mattered`() throws {
    for (comment, rule) in [
      (" # fluxwarden:allow worker-group-zero until 2020-01-31: old", "suppression-expired"),
      (" # fluxwarden:allow worker-group-zero", "suppression-without-reason"),
    ] {
      try repository.write(Manifest.path, withComment(comment))
      try repository.commit("waiver")
      try repository.write(Manifest.path, scaledDown(comment))
      let report = try repository.report("check", "--worktree")
      #expect(Set(report.rules) == ["worker-group-zero", rule], "\(report.rules)")
    }
  }

  @Test func `the state tells waivers that match nothing, are over, or give no reason`() throws {
    try repository.write(
      ".fluxwarden.yaml",
      """
      waivers:
      - {rule: cp-single-node, object: lab, reason: one server}
      - {rule: cp-single-node, object: lab, reason: one server, until: 2020-01-31}
      - {rule: cp-single-node, object: lab}

      """)
    try repository.write("notes.sh", "true # fluxwarden:allow github-pta: a sample\n")
    try repository.commit("waivers")
    let report = try repository.report("check", "--all")
    #expect(report.status == 0, "low and medium do not fail")
    let rules = report.rules.filter { $0.hasPrefix("suppression-") }.sorted()
    #expect(
      rules == ["suppression-expired", "suppression-unused", "suppression-unused", "suppression-without-reason"])
    let texts = report.findings.compactMap { $0["message"].text }
    #expect(texts.contains { $0.contains("did you mean github-pat?") })
    let places = report.findings.filter { $0["location"]["path"].text == ".fluxwarden.yaml" }
    #expect(places.compactMap { $0["location"]["startLine"].int }.sorted() == [2, 3, 4])
  }

  @Test func `a comment beside a credential covers that value and no other`() throws {
    let comment = " # fluxwarden:allow github-pat: revoked, kept as a sample"
    try repository.write("sample.sh", "TOKEN=\(Manifest.token)\(comment)\n")
    try repository.commit("sample")
    let present = try repository.report("check", "--all")
    #expect(try present.only("github-pat")["suppression"]["kind"].text == "comment")
    #expect(try repository.report("audit").only("github-pat")["suppression"]["kind"].text == "comment")

    try repository.write("sample.sh", "TOKEN=\(Sample.token(7))\(comment)\n")
    let swapped = try repository.report("check", "--worktree")
    #expect(swapped.rules.contains("github-pat") && swapped.status == 1)
  }

  @Test func `a comment beside a password that can be guessed covers that password and no other`() throws {
    func script(_ password: String) -> String {
      "database_password: \"\(password)\" # fluxwarden:allow generic-password: the demo's\n"
    }
    let (first, second) = (joined("Winter", "2024!x"), joined("Summer", "2025!y"))
    try repository.write("demo.yaml", script(first))
    let found = try repository.report("check", "--worktree")
    let rule = try #require(found.findings.first { $0["category"].text == "secret" }?["rule"].text)
    func text(_ password: String) -> String { script(password).replacing("generic-password", with: rule) }
    try repository.write("demo.yaml", text(first))
    try repository.commit("demo")
    #expect(try repository.report("check", "--all").status == 0)
    try repository.write("demo.yaml", text(second))
    #expect(try repository.report("check", "--all").rules.contains(rule))
  }

  @Test func `a comment beside a value of a Secret covers that value and no other`() throws {
    func secret(_ value: String) -> String {
      """
      apiVersion: v1
      kind: Secret
      metadata: {name: demo, namespace: default}
      stringData:
        # fluxwarden:allow plaintext-secret: the demo's
        note: \(value)

      """
    }
    try repository.write("clusters/hq/demo.yaml", secret("hello-world"))
    try repository.commit("demo")
    let before = try repository.report("check", "--all")
    #expect(try before.only("plaintext-secret")["suppression"]["kind"].text == "comment", "\(before.rules)")
    try repository.write("clusters/hq/demo.yaml", secret("hello-moon"))
    #expect(try repository.report("check", "--all").rules.contains("plaintext-secret"))
    #expect(try repository.report("check", "--worktree").rules.contains("plaintext-secret"))
  }

  @Test func `a waiver of the configuration is bound to rule, object and path`() throws {
    try repository.write(
      ".fluxwarden.yaml",
      "waivers:\n- {rule: workers-all-zero, object: default/prod, path: clusters/**, reason: night, owner: ops}\n")
    try repository.commit("waiver")
    try repository.scaleToZero()
    let finding = try repository.report("check", "--worktree").only("workers-all-zero")
    #expect(finding["suppression"]["kind"].text == "config" && finding["suppression"]["owner"].text == "ops")
    #expect(try repository.fluxwarden("check", "--worktree").text.contains("by the configuration, ops: night"))

    try repository.write("clusters/hq/other.yaml", Manifest.cluster("other"))
    try repository.commit("another cluster")
    try repository.write("clusters/hq/other.yaml", Manifest.cluster("other", workers: [("md-0", 0), ("md-1", 0)]))
    let other = try repository.report("check", "--worktree")
    #expect(other.rules == ["workers-all-zero"])
  }

  @Test func `a path alone never waives a credential`() throws {
    try repository.write(".fluxwarden.yaml", "waivers:\n- {rule: github-pat, path: samples, reason: samples}\n")
    try repository.commit("waiver")
    try repository.write("samples/a.sh", "TOKEN=\(Manifest.token)\n")
    try repository.git("add --all")
    let report = try repository.report("check")
    #expect(report.rules == ["github-pat"])
    let fingerprint = try #require(try report.only("github-pat")["fingerprint"].text)
    try repository.git("rm --quiet --cached samples/a.sh")
    try repository.write(
      ".fluxwarden.yaml", "waivers:\n- {rule: github-pat, fingerprint: \(fingerprint), reason: revoked}\n")
    try repository.git("add .fluxwarden.yaml")
    try repository.commitStaged("by fingerprint")
    try repository.git("add --all")
    #expect(try repository.report("check").status == 0)
  }

  @Test func `a baseline accepts what is there, survives moved lines and squashes, and no other secret`() throws {
    let password = joined("Winter", "2024!x")
    try repository.write("old.sh", "TOKEN=\(Manifest.token)\n")
    try repository.write("db.yaml", "database_password: \"\(password)\"\n")
    try repository.write(Manifest.path, Manifest.cluster(workers: [("md-0", 0), ("md-1", 0)]))
    try repository.commit("before")
    #expect(try repository.report("check", "--all").status == 1)
    let accepted = try repository.fluxwarden("baseline", "--reason", "adopted", "--owner", "ops")
    #expect(accepted.status == 0 && accepted.text.contains("accepted"), "\(accepted.errorText)")
    let file = try repository.folder.text("repo/.fluxwarden-baseline.json")
    #expect(!file.contains(password) && !file.contains(Manifest.token))
    try repository.commit("baseline")
    let report = try repository.report("check", "--all")
    #expect(report.status == 0 && report.rules.isEmpty, "\(report.rules)")
    #expect(report.findings.allSatisfy { $0["suppression"]["kind"].text == "baseline" })
    #expect(report.findings.contains { $0["suppression"]["reason"].text == "adopted" })

    try repository.write("old.sh", "#!/bin/sh\n# moved\nTOKEN=\(Manifest.token)\n")
    try repository.git(["checkout", "--quiet", "--orphan", "squashed"])
    try repository.commit("squashed")
    #expect(try repository.report("check", "--all").status == 0)

    try repository.write("db.yaml", "database_password: \"\(joined("Summer", "2025!y"))\"\n")
    #expect(try repository.report("check", "--all").status == 1)
    try repository.write("db.yaml", "database_password: \"\(password)\"\n")
    try repository.write("old.sh", "TOKEN=\(Sample.token(3))\n")
    #expect(try repository.report("check", "--all").rules == ["github-pat"])
    try repository.write("old.sh", "")
    try repository.write(Manifest.path, Manifest.cluster())
    let gone = try repository.report("check", "--all")
    #expect(gone.rules == ["suppression-unused"])
    let again = try repository.fluxwarden("baseline", "--output", "-")
    #expect(!again.text.contains("workers-all-zero") && again.text.contains("\"reason\": \"adopted\""))
  }

  @Test func `a baseline that is over tells so once, and everything is found again`() throws {
    for number in 0..<3 { try repository.write("\(number).sh", "TOKEN=\(Sample.token(UInt8(number)))\n") }
    try repository.commit("before")
    #expect(try repository.fluxwarden("baseline", "--until", "2020-01-31").status == 0)
    try repository.commit("baseline")
    let report = try repository.report("check", "--all")
    #expect(report.rules.filter { $0 == "github-pat" }.count == 3 && report.status == 1)
    #expect(try report.only("suppression-expired")["message"].text?.hasPrefix("3 accepted findings") == true)
    #expect(try repository.fluxwarden("baseline", "--until", "someday").status == 2)
  }
}
