import TestSupport
import Testing

/// What a finding is about is shown by no format, whatever told it: a pattern, a name, a structure or encryption.
@Suite struct MaskingTests {
  /// No pattern knows it, so that only the place tells.
  private static let value = joined("tq7Rw2Lx9", "Zk4Vb8Nd3Ms6")
  private static let ciphertext = Manifest.ciphertext

  /// Files before and after, the value written as `VALUE`, ciphertext as `SEALED`.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var before: [String: String] = [:]
    var after: [String: String]
    var rule: String
  }

  private static let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\ndata:\n  mode: fast\n"
  private static let proxied = """
    apiVersion: anywhere.eks.amazonaws.com/v1alpha1
    kind: Cluster
    metadata: {name: other}
    spec:
      proxyConfiguration:
        httpProxy: svc:VALUE@proxy.lan:3128
      datacenterRef: {kind: VSphereDatacenterConfig, name: nowhere}

    """
  private static func onLine(_ proxy: String) -> String {
    proxied.replacing("\n    httpProxy: svc:VALUE@proxy.lan:3128", with: proxy.hasPrefix("\n") ? proxy : " " + proxy)
  }
  private static let sops = "sops:\n  version: 3.9.0\n  mac: SEALED\n"

  static let cases = [
    Case(
      testDescription: "a literal of a generator",
      after: ["app/kustomization.yaml": "secretGenerator:\n- name: app\n  literals: [session=VALUE]\n"],
      rule: "secret-generator-literal"),
    Case(
      testDescription: "values that are decrypted",
      before: ["app/values.sops.yaml": "session: SEALED\nother: SEALED\n" + sops],
      after: ["app/values.sops.yaml": "session: VALUE\nother: VALUE\n"], rule: "encryption-removed"),
    Case(
      testDescription: "a ConfigMap that is decrypted",
      before: ["app/map.yaml": map + "  session: SEALED\n" + sops], after: ["app/map.yaml": map + "  session: VALUE\n"],
      rule: "encryption-removed"),
    Case(
      testDescription: "variables that are decrypted",
      before: ["app/app.sops.env": "SESSION=SEALED\nMODE=SEALED\nsops_version=3.9.0\n"],
      after: ["app/app.sops.env": "SESSION=VALUE\nMODE=VALUE\n"], rule: "encryption-removed"),
    Case(
      testDescription: "a file that is only called encrypted",
      after: ["app/app.sops.yaml": "session: VALUE\nother: VALUE\n"], rule: "encryption-pretended"),
    Case(
      testDescription: "a SealedSecret in clear",
      after: [
        "app/sealed.yaml":
          "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: app}\nspec:\n  encryptedData:\n    session: VALUE\n"
      ], rule: "encryption-pretended"),
    Case(
      testDescription: "a proxy's password beside another finding",
      after: ["clusters/prod/proxy.yaml": proxied], rule: "proxy-userinfo"),
    Case(
      testDescription: "a proxy's password in an address that was there before",
      before: ["clusters/prod/proxy.yaml": proxied.replacing("name: nowhere", with: "name: prod")],
      after: ["clusters/prod/proxy.yaml": proxied], rule: "dangling-ref"),
    Case(
      testDescription: "two proxies on a line",
      after: [
        "clusters/prod/proxy.yaml": onLine(
          "{httpProxy: 'svc:VALUE@proxy.lan:3128', httpsProxy: 'other:pw@proxy.lan:3128'}")
      ], rule: "dangling-ref"),
    Case(
      testDescription: "a proxy with an address behind it",
      after: ["clusters/prod/proxy.yaml": onLine("\n    httpProxy: svc:VALUE@proxy.lan:3128 # ask net@example.com")],
      rule: "dangling-ref"),
    Case(
      testDescription: "a proxy that a variable of a container names",
      after: [
        "clusters/prod/proxy.yaml": onLine("\n    env:\n    - name: HTTPS_PROXY\n      value: svc:VALUE@proxy.lan:3128")
      ], rule: "dangling-ref"),
    Case(
      testDescription: "a proxy in an option, with an @ in the password",
      after: ["clusters/prod/proxy.yaml": onLine("\n    args: [--proxy=svc:a@b=VALUE@proxy.lan:3128]")],
      rule: "dangling-ref"),
    Case(
      testDescription: "a proxy's address that changes",
      before: ["clusters/prod/proxy.yaml": proxied.replacing("svc:VALUE", with: "old:VALUE")],
      after: ["clusters/prod/proxy.yaml": proxied], rule: "proxy-userinfo"),
    Case(
      testDescription: "a key by its name", after: ["keys/ops.agekey": "# first\nVALUE\nVALUE\n"],
      rule: "kubeconfig-or-keyfile"),
    Case(
      testDescription: "a password file by its name", after: [".vault_pass": "VALUE\n"],
      rule: "kubeconfig-or-keyfile"),
  ]

  @Test(arguments: cases) func `no format shows a value that was told`(_ example: Case) throws {
    let repository = try TestRepository.fleet()
    func write(_ files: [String: String]) throws {
      for (path, text) in files {
        let filled = text.replacing("VALUE", with: Self.value).replacing("SEALED", with: Self.ciphertext)
        try repository.write(path, filled)
      }
      try repository.git("add --all")
    }
    try write(example.before)
    try repository.git("commit --quiet --allow-empty -m before")
    try write(example.after)
    let told = try repository.report("check").rules
    #expect(told.contains(example.rule), "\(told)")
    let formats = [
      "text", "json", "jsonl", "sarif", "github", "gitlab", "rdjson", "junit", "markdown", "html",
    ]
    func expectNothing(_ command: [String]) throws {
      for format in formats {
        let result = try Product.run(command + ["--format", format, "--lines"], in: repository.path)
        for start in 0...(Self.value.count - 8) {
          let piece = String(Self.value.dropFirst(start).prefix(8))
          #expect(!result.text.contains(piece) && !result.errorText.contains(piece), "\(command) \(format)")
        }
      }
    }
    try expectNothing(["check"])
    try repository.git("commit --quiet -m after")
    try expectNothing(["review", "HEAD~1"])
    try expectNothing(["audit"])
    let plan = try repository.report("plan", "HEAD~1")
    #expect(plan.status == 0 && plan.value["plan"] != .null)
    let text = try repository.fluxwarden("plan", "HEAD~1")
    #expect(text.status == 0 && !text.text.isEmpty)
    #expect(!(plan.text + text.text + text.errorText).contains(String(Self.value.dropFirst(4).prefix(8))))
  }
}
