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

/// Manifests that kustomize fetches from elsewhere.
struct RemoteBase: ChangeRule {
  var kinds: KindSelection { .kinds([]) }

  let info = RuleInfo(
    "remote-base", .high, .supplyChain,
    summary: "A kustomization takes manifests from an address outside the repository.",
    why: "What stands there is applied without review, and can change or vanish with no commit here.",
    remediation: "Copy the manifests into the repository, or pin the address to a commit (`?ref=` with 40 digits).",
    references: [References.kustomizeFields, References.fluxSecurity], groupsSameEdits: true,
    examples: [
      .file(
        "a branch is taken", "apps/kustomization.yaml", before: "resources: [app.yaml]\n",
        after: "resources: [app.yaml, ⟦\"https://github.com/acme/app//deploy?ref=main\"⟧]\n"),
      .file(
        "the same address moves to the next release", "apps/kustomization.yaml",
        before: "resources: [\"https://github.com/acme/app//deploy?ref=v1.0.0\"]\n",
        after: "resources: [\"https://github.com/acme/app//deploy?ref=v1.1.0\"]\n"),
      .file(
        "a folder is taken", "apps/kustomization.yaml", before: "resources: [app.yaml]\n",
        after: "resources: [app.yaml, ../base]\n"),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.kustomizations.flatMap { change -> [Violation] in
      guard let after = change.after else { return [] }
      let old = change.before.map { RemoteBase.addresses($0.root).map(\.address) } ?? []
      let known = Set(old.map { "\($0.place) \($0.pin == .nothing)" })
      return RemoteBase.addresses(after.root).compactMap { address, node, field in
        guard !known.contains("\(address.place) \(address.pin == .nothing)") else { return nil }
        return Violation(
          "\(after.path) applies \(address.text) from outside the repository\(address.pin.text).",
          field: FieldPath([.key(field)]), after: address.place,
          location: Location(path: after.path, side: .after, span: node.span), severity: address.pin.severity,
          fingerprintExtra: after.path)
      }
    }
  }

  private static func addresses(_ root: Node) -> [(address: RemoteAddress, node: Node, field: String)] {
    var found: [(address: RemoteAddress, node: Node, field: String)] = []
    for field in ["resources", "bases", "components", "crds", "transformers", "generators"] {
      for node in root[field]?.items ?? [] {
        if let address = node.text.flatMap(RemoteAddress.init) { found.append((address, node, field)) }
      }
    }
    if let node = root["openapi", "path"], let address = node.text.flatMap(RemoteAddress.init) {
      found.append((address, node, "openapi"))
    }
    return found
  }
}

/// An address that kustomize would fetch, and how firmly it is pinned.
struct RemoteAddress {
  /// How an address is pinned.
  enum Pin {
    case commit, release, nothing

    var severity: Severity { self == .nothing ? .high : .low }

    var text: String {
      switch self {
      case .commit: ", pinned to a commit"
      case .release: ", pinned to a release"
      case .nothing: ", not pinned to any version"
      }
    }
  }

  /// The address as it is written, without what may be a password or token in it.
  let text: String
  /// The address without its version, for comparing.
  let place: String
  let pin: Pin

  /// `nil` for a path of the repository.
  init?(_ written: String) {
    let isRemote =
      written.utf8.contains(UInt8(ascii: ":")) && written.contains("://") || written.hasPrefix("git@")
      || written.hasPrefix("github.com/") || written.hasPrefix("git::")
    guard isRemote, !written.contains("\n") else { return nil }
    let text = RemoteAddress.open(written)
    let parts = text.split(separator: "?", maxSplits: 1)
    let query = parts.count == 2 ? parts[1] : ""
    let reference = query.split(separator: "&").first { $0.hasPrefix("ref=") || $0.hasPrefix("version=") }
      .map { String($0[$0.index(after: $0.firstIndex(of: "=") ?? $0.startIndex)...]) }
    let path = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    // A host may be an address of numbers, and is no version.
    let host = text.contains("://") ? 3 : 1
    let versions = [reference].compactMap { $0 } + path.dropFirst(host)
    self.text = text
    pin =
      versions.contains(where: RemoteAddress.isCommit)
      ? .commit : versions.contains(where: RemoteAddress.isRelease) ? .release : .nothing
    let rest = path.dropFirst(host).map { RemoteAddress.isCommit($0) || RemoteAddress.isRelease($0) ? "*" : $0 }
    place = (path.prefix(host) + rest).joined(separator: "/")
  }

  /// An address without the user in it, unless that is `git`, and without parameters that kustomize does not read.
  private static func open(_ address: String) -> String {
    let parts = address.split(separator: "?", maxSplits: 1)
    var place = String(parts.first ?? "")
    let steps = place.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    if steps.count > 2, steps[1].isEmpty, let end = steps[2].lastIndex(of: "@"), steps[2][..<end] != "git" {
      let host = steps[2][steps[2].index(after: end)...]
      place = (steps[..<2] + [host] + steps[3...]).joined(separator: "/")
    }
    let known = parts.dropFirst().flatMap { $0.split(separator: "&") }.filter { parameter in
      ["ref=", "version=", "submodules=", "timeout="].contains { parameter.hasPrefix($0) }
    }
    return known.isEmpty ? place : "\(place)?\(known.joined(separator: "&"))"
  }

  private static func isCommit(_ text: String) -> Bool { text.count == 40 && text.allSatisfy(\.isHexDigit) }

  /// `v1.2.3`, `1.2`, `chart-1.2.3`, `v0.80.0-rc.1`; but not `part-1.yaml`, of which only the number is one.
  private static func isRelease(_ text: String) -> Bool {
    let version = text.drop { !$0.isNumber }
    let lead = text.dropLast(version.count)
    let parts = version.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    return parts.count > 1 && parts[0].allSatisfy(\.isNumber) && parts[1].first?.isNumber == true
      && (lead.isEmpty || lead.hasSuffix("v") || lead.hasSuffix("-"))
  }
}
