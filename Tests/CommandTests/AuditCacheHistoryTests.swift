import TestSupport
import Testing

/// Along random histories, an audit that knows the one before says what one says that knows of none.
@Suite struct AuditCacheHistoryTests {
  /// Edits of a fleet, each of which changes what an audit tells or what it has to look at.
  private static let edits: [@Sendable (TestRepository, Int) throws -> Void] = [
    { try $0.write(Manifest.path, Manifest.cluster(workers: [("md-0", $1 % 3), ("md-1", 3)])) },
    { try $0.write(Manifest.path, Manifest.cluster(version: "\"1.\(28 + $1 % 5)\"")) },
    { try $0.write("release-\($1 % 3).sh", "TOKEN=\(Sample.token(UInt8(1 + $1 % 2)))\n") },
    { try $0.write("release-\($1 % 3).sh", "TOKEN=\n") },
    { try $0.write("apps/a\($1 % 2).yaml", Home.object("ConfigMap", "a\($1)") + "data: {n: \"\($1)\"}\n") },
    { try $0.write("clusters/hq/apps.yaml", Home.flux("apps", path: "apps", spec: ["prune: \($1 % 2 == 0)"])) },
    { repository, number in
      let files = "secretGenerator: [{name: s, envs: [plain.env]}]\n"
      try repository.write("apps/gen/kustomization.yaml", number % 2 == 0 ? files : "resources: []\n")
    },
    { try $0.write("apps/gen/plain.env", "DB_PASSWORD=\(joined("corr3ct", "-h0rse-\($1 % 2)"))\n") },
    { repository, number in
      let value = number % 2 == 0 ? "ENC[AES256_GCM,data:\(number),iv:a,tag:b,type:str]" : "cGxhaW4tdmFsdWU="
      try repository.write(
        "apps/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {password: \"\(value)\"}\n")
    },
    { try $0.write("pkg/testdata/cluster.yaml", Manifest.cluster("test", workers: [("md-0", $1 % 2)])) },
    { repository, number in
      let path = number % 2 == 0 ? "pkg/testdata" : "apps"
      try repository.write("clusters/hq/tests.yaml", Home.flux("tests", path: path))
    },
    { try $0.write("notes/cluster.txt", Manifest.cluster(workers: [("md-0", $1 % 2)])) },
    { repository, _ in try repository.git("mv notes/cluster.txt clusters/hq/moved.yaml") },
  ]

  private func change(_ repository: TestRepository, _ random: inout RandomNumbers, step: Int) throws {
    switch random.next(12) {
    case 0: try repository.git("checkout --quiet -b side-\(step)")
    case 1: try repository.git("checkout --quiet main")
    case 2: _ = try repository.tryGit(["merge", "--quiet", "--no-edit", "-X", "theirs", "side"])
    case 3: _ = try repository.tryGit(["reset", "--quiet", "--hard", "HEAD~2"])
    case 4: _ = try repository.tryGit(["branch", "--quiet", "-D", "side"])
    case 5:
      try repository.git("reflog expire --expire=now --all")
      try repository.git("gc --quiet --prune=now")
    case 6: try repository.git("branch --force side")
    default: break
    }
    for _ in 0...random.next(3) {
      for _ in 0...random.next(2) {
        do {
          try Self.edits[random.next(Self.edits.count)](repository, random.next(8))
        } catch is ProgramError {
          // There is nothing to move.
        }
      }
      try repository.commit(random.next(6) == 0 ? "key \(Sample.token(9))" : "step \(step)", minute: step * 10)
    }
  }

  @Test(arguments: 1...3) func `an audit that knows the one before says the same as a fresh one`(seed: Int) throws {
    var random = RandomNumbers(seed: seed &* 7_919)
    let repository = try TestRepository.fleet()
    try repository.folder.makeFolder("caches")
    for step in 1...10 {
      try change(repository, &random, step: step)
      let choices: [[String]] = [
        [], [], ["--jobs", "1"], ["--since", "2023-11-14"], ["--author", "nobody"], ["--unreachable"], ["--reviews"],
        ["--allow", "workers-all-zero", "--reason", "planned"], ["--config", repository.folder.path("own.yaml")],
      ]
      try repository.folder.write(
        "own.yaml",
        random.next(2) == 0
          ? "rules: {workers-all-zero: {severity: low, reason: small}}\n"
          : "credentials: [{id: own-key, pattern: 'n: \"[0-9]\"', severity: high, opens: a door, revoke: Change it.}]\n"
      )
      let choice = choices[random.next(choices.count)]
      let all = random.next(4) > 0 ? ["--all"] : []
      func audit(_ more: [String]) throws -> ProgramResult {
        try Product.run(
          ["audit", "--format", "json"] + all + choice + more, in: repository.path,
          environment: ["XDG_CACHE_HOME": repository.folder.path("caches")])
      }
      let (known, fresh) = (try audit([]), try audit(["--no-cache"]))
      #expect(known.status == fresh.status && known.errorText == fresh.errorText, "step \(step) \(all + choice)")
      #expect(
        AuditRun.withoutTime(known.text) == AuditRun.withoutTime(fresh.text), "step \(step) \(all + choice)")
    }
  }
}
