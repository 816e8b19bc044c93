internal import Flux
internal import Manifests
internal import Policy

/// Rules about how Flux makes sure of what it fetches, as tables.
enum SourceTrust {
  static let rules: [any Rule] = [verification, insecure]

  private static let verification = SettingWeakened(
    info: RuleInfo(
      "verification-removed", .high, .supplyChain,
      summary: "Flux no longer checks the signature of what it fetches.",
      why: "Whoever can write to the registry or repository can then have anything applied.",
      remediation: "Restore `spec.verify` with its provider and the identities that may sign.",
      references: [References.fluxSources, References.fluxSecurity], groupsSameEdits: true,
      examples: [
        .file(
          "the check is removed", "apps/repo.yaml",
          before: artifact("url: \"oci://ghcr.io/acme/web\", verify: ⟦{provider: cosign}⟧"),
          after: artifact("url: \"oci://ghcr.io/acme/web\"")),
        .file(
          "the check is added", "apps/repo.yaml", before: artifact("url: \"oci://ghcr.io/acme/web\""),
          after: artifact("url: \"oci://ghcr.io/acme/web\", verify: {provider: cosign}")),
      ]),
    settings: [
      .dropped(
        [FluxKind.ociRepository, FluxKind.gitRepository, FluxKind.helmChart], "spec.verify",
        "is fetched without a check of its signature"),
      .dropped([FluxKind.helmRelease], "spec.chart.spec.verify", "takes its chart without a check of its signature"),
      WeakSetting(
        kinds: [FluxKind.ociRepository, FluxKind.helmChart], query: "spec.verify.matchOIDCIdentity",
        isWeak: { $0.map(\.isVoid) ?? true }, text: "accepts the signature of any identity", judgesNew: false),
    ],
    words: [FluxKind.helmRelease: ["verify", "provider", "matchOIDC"]])

  private static let remotes = [
    FluxKind.gitRepository, FluxKind.ociRepository, FluxKind.helmRepository, FluxKind.bucket,
    GroupKind(group: "image.toolkit.fluxcd.io", kind: "ImageRepository"),
  ]

  private static let insecure = SettingWeakened(
    info: RuleInfo(
      "insecure-source", .high, .supplyChain,
      summary: "Flux fetches over a connection that is not protected.",
      why: "Anyone on the way can replace what is fetched, and Flux applies it as cluster-admin.",
      remediation: "Use `https://` or `ssh://`, and give a private authority's certificate with `certSecretRef`.",
      references: [References.fluxSources, References.fluxSecurity], groupsSameEdits: true,
      examples: [
        .file(
          "plain http is used", "apps/repo.yaml", before: helm("https://charts.example.com"),
          after: helm("⟦http://charts.example.com⟧")),
        .file(
          "certificates are no longer checked", "apps/repo.yaml", before: artifact("url: \"oci://registry.local/web\""),
          after: artifact("url: \"oci://registry.local/web\", insecure: ⟦true⟧")),
        .file(
          "the path changes", "apps/repo.yaml", before: helm("https://charts.example.com/a"),
          after: helm("https://charts.example.com/b")),
      ]),
    settings: [
      WeakSetting(
        kinds: remotes, query: "spec.url", isWeak: { $0?.text?.lowercased().hasPrefix("http://") ?? false },
        text: "is fetched over plain http"),
      .turnedOn(remotes, "spec.insecure", "is fetched without a check of certificates"),
      .dropped(remotes, "spec.certSecretRef", "no longer trusts just the given authority"),
    ])

  private static func artifact(_ spec: String) -> String {
    Samples.object("source.toolkit.fluxcd.io/v1", "OCIRepository", "web", "spec: {\(spec)}")
  }

  private static func helm(_ url: String) -> String {
    Samples.object("source.toolkit.fluxcd.io/v1", "HelmRepository", "web", "spec:", "  url: \(url)")
  }
}
