internal import Policy

extension Catalogue {
  /// Descriptions of what is wrong with the encryption of a file.
  static let encryption: [RuleInfo] = [removed, pretended, incomplete]

  private static let path = "apps/shop/db.sops.yaml"

  private static func file(_ text: String) -> [String: String] { [path: text] }

  private static let removed = RuleInfo(
    "encryption-removed", .critical, .secret,
    summary: "A value that was encrypted in the repository is in clear now.",
    why: """
      The file was decrypted to be edited and committed as it was. Everyone who can read the repository has the value; \
      encrypting it again does not take it out of the history. Where nothing in clear can be a secret, but is an \
      address, a number or a word, this is low, and medium in a Secret.
      """,
    remediation: """
      Do not merge: take the commit out of the branch, change the values where they are used, and edit the file with \
      `sops FILE`, which never leaves it in clear.
      """,
    references: [References.sops],
    supersedes: ["encryption-pretended", "encryption-incomplete"] + aboutPlaces + toldByName,
    examples: [
      Example(
        "a SOPS file committed after `sops --decrypt --in-place`",
        before: file(Samples.secret("stringData", "password: \(Samples.ciphertext)") + Samples.sops),
        after: file(Samples.secret("stringData", "password: ⟦\(Samples.password)⟧"))),
      Example(
        "a SealedSecret replaced by the Secret it came from",
        before: file(Samples.sealed(Samples.sealedValue)),
        after: file(Samples.secret("stringData", "password: ⟦\(Samples.password)⟧"))),
      Example(
        "another value, encrypted as well",
        before: file(Samples.secret("stringData", "password: \(Samples.ciphertext)") + Samples.sops),
        after: file(
          Samples.secret("stringData", "password: \(Samples.ciphertext)", labels: "{team: a}") + Samples.sops)),
      Example(
        "an ExternalSecret in its place",
        before: file(Samples.secret("stringData", "password: \(Samples.ciphertext)") + Samples.sops),
        after: file(
          "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: vcenter}\nspec:\n"
            + "  data: [{secretKey: password, remoteRef: {key: vcenter}}]\n")),
    ])

  private static let pretended = RuleInfo(
    "encryption-pretended", .critical, .secret,
    summary: "A file or Secret that is named or marked as encrypted is in clear.",
    why: """
      Whoever reviews the change trusts the name, and so do the rules of .sops.yaml and of other scanners. The values can \
      be read by everyone who can read the repository.
      """,
    remediation: """
      Encrypt the file with `sops --encrypt --in-place FILE` before it is committed, and change the values where they are \
      used if they were pushed.
      """,
    references: [References.sops], supersedes: aboutPlaces + generics,
    examples: [
      Example(
        "a file called .sops.yaml that nobody encrypted", before: [:],
        after: file(Samples.secret("stringData", "password: ⟦\(Samples.password)⟧"))),
      Example(
        "SOPS's block above values in clear", before: [:],
        after: file(Samples.secret("stringData", "password: ⟦\(Samples.password)⟧") + Samples.sops)),
      Example(
        "a SealedSecret with a value in clear", before: [:],
        after: ["apps/shop/sealed.yaml": Samples.sealed("⟦\(Samples.password)⟧")]),
      Example(
        "an encrypted file", before: [:],
        after: file(Samples.secret("stringData", "password: \(Samples.ciphertext)") + Samples.sops)),
      Example(
        "SOPS's own settings", before: [:],
        after: [".sops.yaml": "creation_rules:\n  - path_regex: .*\\.sops\\.yaml\n    encrypted_regex: ^data$\n"]),
    ])

  private static let incomplete = RuleInfo(
    "encryption-incomplete", .high, .secret,
    summary: "A SOPS file holds secret-looking values that its encryption pattern leaves in clear.",
    why: """
      SOPS encrypts what encrypted_regex or encrypted_suffix names and leaves the rest as it is; a file with its block \
      looks safe all the same.
      """,
    remediation: """
      Widen the pattern in .sops.yaml, encrypt the file again with `sops --encrypt --in-place FILE`, and change the value \
      that was in clear.
      """,
    references: [References.sops], supersedes: aboutPlaces + generics,
    examples: [
      Example(
        "a password outside the pattern", before: [:],
        after: file(
          Samples.secret("stringData", "password: \(Samples.ciphertext)\n  token: ⟦\(Samples.password)⟧") + Samples.sops
        )),
      Example(
        "settings outside the pattern", before: [:],
        after: file(
          Samples.secret("stringData", "password: \(Samples.ciphertext)\n  host: db.lan") + Samples.sops)),
    ])

  private static let generics = ["generic-password", "generic-token", "generic-api-key", "generic-secret"]
}

extension Samples {
  /// What kubeseal makes of a value, by its form: the length of an RSA ciphertext, 512, and as many bytes and more.
  static let sealedValue =
    "AgB"
    + (0..<680).map {
      String("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".dropFirst($0 * 37 % 61).prefix(1))
    }
    .joined() + "="

  /// A SealedSecret with one value.
  static func sealed(_ value: String) -> String {
    """
    apiVersion: bitnami.com/v1alpha1
    kind: SealedSecret
    metadata:
      name: vcenter
      namespace: eksa-system
    spec:
      encryptedData:
        password: \(value)

    """
  }
}
