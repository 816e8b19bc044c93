internal import Flux
internal import Manifests
internal import Policy

/// Decryption dropped while encrypted files remain.
struct DecryptionRemoved: KustomizationRule {
  let info = RuleInfo(
    "decryption-removed", .high, .flux,
    summary: "A Flux Kustomization no longer decrypts although encrypted files remain.",
    why: """
      Flux refuses encrypted Secrets without `spec.decryption`: the Kustomization stalls, and the next \"repair\" is \
      often \
      the same secret in clear.
      """,
    remediation: "Restore `spec.decryption` with its provider and secretRef.",
    references: [References.fluxDecryption], groupsSameEdits: true,
    examples: [
      .file(
        "decryption is dropped", "flux/apps.yaml",
        before: Samples.flux("apps", path: "./apps", spec: "decryption: ⟦{provider: sops}⟧"),
        after: Samples.flux("apps", path: "./apps"), others: ["apps/secret.yaml": encrypted]),
      .file(
        "nothing is encrypted", "flux/apps.yaml",
        before: Samples.flux("apps", path: "./apps", spec: "decryption: {provider: sops}"),
        after: Samples.flux("apps", path: "./apps"), others: ["apps/map.yaml": Samples.object("v1", "ConfigMap", "a")]),
    ])

  func judge(_ edit: FluxEdit) -> [Violation] {
    guard let (before, after) = edit.kept, before["decryption"] != nil, after["decryption"] == nil else { return [] }
    // Of a build that fails it is not known what its patches would add.
    if let owner = edit.change.after?.owner,
      let holder = edit.step.applied?.after.kustomization(of: owner),
      case .failed = holder.outcome, holder.settings.root["spec", "patches"] != nil
    {
      return []
    }
    let encrypted = after.seenObjects(on: .after, in: edit.step)?.filter { $0.object.root["sops"] != nil }
    if let encrypted, encrypted.isEmpty { return [] }
    let count = encrypted.map { $0.count == 1 ? "an encrypted object" : "\($0.count) encrypted objects" }
    var violation = edit.change.violation(
      "\(after.title) no longer decrypts: it stalls at \(count ?? "encrypted Secrets").", at: "spec.decryption")
    violation.related = (encrypted ?? []).prefix(10).map { $0.nameLocation(side: .after) }
    return [violation]
  }

  private static let encrypted = Samples.object(
    "v1", "Secret", "token", "data: {a: \"ENC[AES256_GCM,data:x,type:str]\"}", "sops: {version: 3.9.0}")
}
