internal import Policy

extension Catalogue {
  /// Descriptions of credentials that are told by the place in a manifest at which they stand.
  static let places: [RuleInfo] = [plaintextSecret, configMap, environment, generator]

  private static let generics = ["generic-password", "generic-token", "generic-api-key", "generic-secret"]

  private static let plaintextSecret = RuleInfo(
    "plaintext-secret", .critical, .secret,
    summary: "A Kubernetes Secret stands in the repository in clear; base64 is not encryption.",
    why: """
      Whoever can read the repository, a fork, a clone or a backup of it has the value, and it stays in the history for \
      ever. A Secret in which nothing looks like a credential is told once, as medium.
      """,
    remediation: """
      Change the value where it is used, then commit it encrypted with SOPS, or replace the Secret by an ExternalSecret \
      or a SealedSecret.
      """,
    references: [References.bestPractices, References.sops], supersedes: generics,
    examples: [
      Example(
        "a password in stringData", before: nil,
        after: Samples.secret("stringData", "password: ⟦\(Samples.password)⟧")),
      Example(
        "a value that is encoded and not encrypted", before: nil,
        after: Samples.secret("data", "password: ⟦\(Samples.encoded)⟧")),
      Example(
        "configuration kept in a Secret", before: nil, after: Samples.secret("stringData", "username: ⟦administrator⟧")),
      Example(
        "another password at the same place", before: Samples.secret("stringData", "password: \(Samples.password)"),
        after: Samples.secret("stringData", "password: ⟦\(Samples.password)x⟧")),
      Example(
        "a reference that is filled in later", before: nil, after: Samples.secret("stringData", "password: ${PASSWORD}")
      ),
      Example(
        "only a label of the Secret changes",
        before: Samples.secret("stringData", "password: \(Samples.password)"),
        after: Samples.secret("stringData", "password: \(Samples.password)", labels: "{team: a}")),
      Example(
        "a value that SOPS encrypted", before: nil,
        after: Samples.secret("stringData", "password: \(Samples.ciphertext)") + Samples.sops),
    ])

  private static let configMap = RuleInfo(
    "secret-in-configmap", .high, .secret,
    summary: "A ConfigMap, or a generator of one, holds a credential.",
    why: """
      A ConfigMap is not encrypted in etcd even where Secrets are, and more people and pods may read it than any Secret; \
      and the value is in the history of the repository for ever.
      """,
    remediation: """
      Change the value where it is used, move it to a Secret that SOPS encrypts or that an ExternalSecret fills, and \
      refer to that with secretKeyRef.
      """,
    references: [References.secretsPractices, References.sops], supersedes: generics,
    examples: [
      Example(
        "a password among settings", before: nil,
        after: Samples.configMap("DB_HOST: db.lan\n  DB_PASSWORD: ⟦\(Samples.password)⟧")),
      Example(
        "a password in a file of settings", before: nil,
        after: Samples.configMap("app.ini: |\n    [db]\n    user = shop\n    password = ⟦\(Samples.password)⟧")),
      Example(
        "a literal of a generator", before: [:],
        after: [
          "apps/kustomization.yaml": """
          configMapGenerator:
            - name: app
              literals:
                - DB_PASSWORD=⟦\(Samples.password)⟧

          """
        ]),
      Example("settings alone", before: nil, after: Samples.configMap("DB_HOST: db.lan\n  DB_USER: shop")),
      Example(
        "a reference to a Secret", before: nil, after: Samples.configMap("DB_PASSWORD_SECRET: shop-database-password")),
    ])

  private static let environment = RuleInfo(
    "secret-in-env", .high, .secret,
    summary: "A container's environment or a release's values hold a credential.",
    why: """
      Whoever may read the Deployment, the pod or the HelmRelease reads the value, it is in the output of `kubectl \
      describe`, in crash dumps and in the history of the repository for ever.
      """,
    remediation: """
      Change the value where it is used, keep it in a Secret that SOPS encrypts or that an ExternalSecret fills, and \
      mount it, or refer to it with `valueFrom: {secretKeyRef: …}` or the HelmRelease's `valuesFrom`.
      """,
    references: [References.secretsPractices], supersedes: generics,
    examples: [
      Example("a password in env", before: nil, after: Samples.deployment("value: ⟦\(Samples.password)⟧")),
      Example(
        "a password in a release's values", before: nil,
        after: Samples.release("auth: {adminPassword: ⟦\(Samples.password)⟧}")),
      Example(
        "a reference to a Secret", before: nil,
        after: Samples.deployment("valueFrom: {secretKeyRef: {name: shop-db, key: password}}")),
      Example(
        "the name of a Secret in the values", before: nil,
        after: Samples.release("auth: {existingSecret: shop-db, passwordKey: password}")),
    ])

  private static let generator = RuleInfo(
    "secret-generator-literal", .high, .secret,
    summary: "A kustomization's secretGenerator holds a value in clear.",
    why: """
      The generator makes a Secret in the cluster, but the literal it makes it from stands in the repository for everyone \
      to read, and in its history for ever.
      """,
    remediation: """
      Change the value where it is used, and generate the Secret from a file that SOPS encrypts (Flux decrypts files of \
      `envs` and `files`), or use an ExternalSecret.
      """,
    references: [References.secretsPractices, References.sops], supersedes: generics,
    examples: [
      Example("a literal", before: [:], after: Samples.generator("password=⟦\(Samples.password)⟧")),
      Example(
        "a literal that is filled in later", before: [:], after: Samples.generator("password=${DB_PASSWORD}")),
      Example(
        "a file that SOPS encrypts", before: [:],
        after: [
          "apps/kustomization.yaml": "secretGenerator:\n  - name: shop-db\n    envs: [secret.env]\n",
          "apps/secret.env": "password=\(Samples.ciphertext)\nsops_version=3.9.0\n",
        ]),
    ])
}

extension Samples {
  /// A password, made of two halves so that no scanner of this repository takes it for a real one.
  static let password = "tR7#mq" + "9Lw2&Zx"
  /// The same password in base64.
  static let encoded = "dFI3I21x" + "OUx3MiZaeA=="
  /// What SOPS makes of a value, by its form.
  static let ciphertext =
    "ENC[AES256_GCM,data:Jm4/x2kQz9U=,iv:" + "T0s4cnJ6bXVqd2Vib3ZqdW5sZ2Fkc2ZxaHdlcnR5dW8=" + ",tag:"
    + "a2p6eG1uYnZjbGtqaGdmZA==" + ",type:str]"
  /// The block that SOPS adds to a file.
  static let sops = "sops:\n  version: 3.9.0\n  encrypted_regex: ^(data|stringData)$\n  mac: \(ciphertext)\n"

  /// A Secret with one line of data.
  static func secret(_ field: String, _ line: String, labels: String = "{}") -> String {
    """
    apiVersion: v1
    kind: Secret
    metadata:
      name: vcenter
      namespace: eksa-system
      labels: \(labels)
    type: Opaque
    \(field):
      \(line)

    """
  }

  /// A ConfigMap with some lines of data.
  static func configMap(_ lines: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: shop}\ndata:\n  \(lines)\n"
  }

  /// A Deployment whose container has one variable.
  static func deployment(_ value: String) -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: shop, namespace: shop}
    spec:
      template:
        spec:
          containers:
            - name: shop
              env:
                - name: DB_PASSWORD
                  \(value)

    """
  }

  /// A HelmRelease with one line of values.
  static func release(_ values: String) -> String {
    """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: shop, namespace: shop}
    spec:
      values:
        \(values)

    """
  }

  /// A kustomization whose generator has one literal.
  static func generator(_ literal: String) -> [String: String] {
    [
      "apps/kustomization.yaml": """
      secretGenerator:
        - name: shop-db
          literals:
            - \(literal)

      """
    ]
  }
}
