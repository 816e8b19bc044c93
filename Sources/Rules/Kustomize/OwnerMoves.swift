internal import Flux
internal import Manifests
internal import Policy

/// A rule about objects whose fate is decided by who applies them. Each is a row of a table.
struct OwnerMoves: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info: RuleInfo
  let verdict: Verdict
  let says: @Sendable (_ change: ObjectChange, _ owners: Owners) -> (text: String, severity: Severity, edit: String)?

  /// What a change does to those who apply objects.
  struct Owners {
    let step: Change
    /// The Kustomizations that only get another name.
    let renamed: Set<ObjectIdentity>
    /// Those that are there afterwards, under whatever root.
    private let kept: Set<ObjectIdentity>
    /// Those that leave a root, of which other rules tell.
    private let left: Set<[String]>

    init(_ step: Change) {
      self.step = step
      renamed = Set(FluxKustomizationRenamed.renames(in: step).map(\.before.applied.object.identity.key))
      kept = Set((step.applied?.after.kustomizations ?? []).map(\.owner.identity.key))
      let gone = step.objects.filter { $0.after == nil && $0.identity?.group == FluxKind.kustomizeGroup }
      left = Set(gone.compactMap(\.before).map { Owners.place($0.object.identity, $0.owner?.root ?? "") })
    }

    /// Whether a Kustomization is still there afterwards under its root.
    func keep(_ owner: Owner) -> Bool {
      kept.contains(owner.identity.key) && !left.contains(Owners.place(owner.identity, owner.root))
    }

    /// Whether a Kustomization does not delete what leaves its build: it fails or has no folder afterwards, stays
    /// suspended, or goes while it is.
    func deletesNothing(_ owner: Owner) -> Bool {
      let later = step.applied?.after.kustomization(of: owner)
      switch later?.outcome {
      case .failed, .pathMissing: return true
      default: return owner.isSuspended && later?.settings.isSuspended != false
      }
    }

    private static func place(_ identity: ObjectIdentity, _ root: String) -> [String] {
      [root, identity.key.namespace, identity.name]
    }
  }

  func judge(_ step: Change) -> [Violation] {
    let changes = (step.applied?.changes ?? []).filter { $0.verdict == verdict }
    if changes.isEmpty { return [] }
    let owners = Owners(step)
    return changes.compactMap { change in
      guard let (text, severity, edit) = says(change, owners) else { return nil }
      var violation = change.violation("\(change.title) \(text).", severity: severity)
      violation.sameEdit = edit
      violation.verdict = change.verdict
      return violation
    }
  }

  static let all: [any Rule] = [changesOwner, orphaned]

  private static func reason(_ change: ObjectChange) -> String { change.verdictReason.map { ": \($0)" } ?? "" }

  /// How bad it is if the old owner deletes an object before the new one has it: a Kustomization takes all with it that it
  /// applies.
  private static func moveSeverity(of old: AppliedObject, in step: Change) -> Severity {
    if old.object.groupKind == FluxKind.kustomization {
      let kustomization = KustomizationSpec(old)
      if !kustomization.deletesOnRemoval { return .low }
      return Stake(of: kustomization, on: .before, in: step) == .plain ? .medium : .high
    }
    return Stake(of: old.object) == .plain && !isPackage(old.object) ? .low : .high
  }

  /// Whether an object is a curated package: deleted, it is uninstalled, and made again it begins with nothing.
  private static func isPackage(_ object: KubernetesObject) -> Bool {
    object.groupKind == GroupKind(group: "packages.eks.amazonaws.com", kind: "Package")
  }

  private static let changesOwner = OwnerMoves(
    info: RuleInfo(
      "object-changes-owner", .high, .flux,
      summary: "An object moves from one Flux Kustomization to another.",
      why: """
        Whoever reconciles first decides: if the old owner does, it deletes the object before the new one takes it \
        over. \
        A guard only helps when it was live before.
        """,
      remediation: """
        First annotate the object with `kustomize.toolkit.fluxcd.io/prune: disabled`, let Flux apply that, and move \
        it in \
        a later pull request.
        """,
      references: [References.fluxPrune, References.fluxControl], groupsSameEdits: true,
      examples: [
        .fleet(
          "a cluster moves to another folder", before: two(["/a/x.yaml": Samples.cluster(), "/b/y.yaml": other]),
          after: two(["/b/x.yaml": Samples.cluster(name: "⟦prod⟧"), "/b/y.yaml": other, "/a/z.yaml": third])),
        .fleet(
          "it moves within its folder", before: two(["/a/x.yaml": Samples.cluster(), "/b/y.yaml": other]),
          after: two(["/a/sub/x.yaml": Samples.cluster(), "/b/y.yaml": other])),
      ]),
    verdict: .moved,
    says: { change, owners in
      guard let old = change.before, let owner = old.owner else { return nil }
      if owners.renamed.contains(owner.identity.key) || owners.step.handover(of: change) != nil { return nil }
      let isSafe =
        !owner.prunes || Guard.pruning(old.object) != nil || owners.deletesNothing(owner)
        || change.after?.owner.map { owners.step.applied?.before?.kustomization(of: owner)?.waits(for: $0) ?? false }
          ?? false
      let severity = isSafe ? Severity.low : moveSeverity(of: old, in: owners.step)
      return ("moves to another Flux Kustomization\(reason(change))", severity, isSafe ? "guarded" : "unguarded")
    })

  private static let orphaned = OwnerMoves(
    info: RuleInfo(
      "object-orphaned", .medium, .flux,
      summary: "An object leaves Git but keeps running, unmanaged.",
      why: "Nobody updates it any more, and switching pruning on later does not delete it: Flux has forgotten it.",
      remediation: "Delete it by hand once it is not needed, or put it back under a Flux Kustomization.",
      references: [References.fluxPrune], groupsSameEdits: true,
      examples: [
        .fleet(
          "pruning is off",
          before: ["flux-system/gotk-sync.yaml": Samples.flux(prune: "false"), "a.yaml": claim("⟦a⟧")],
          after: ["flux-system/gotk-sync.yaml": Samples.flux(prune: "false")]),
        .fleet("pruning is on", before: ["a.yaml": claim("a")], after: [:]),
        .fleet(
          "the object never had the namespace that it needs",
          before: ["flux-system/gotk-sync.yaml": Samples.flux(prune: "false"), "a.yaml": nowhere],
          after: ["flux-system/gotk-sync.yaml": Samples.flux(prune: "false")]),
      ]),
    verdict: .orphaned,
    says: { change, owners in
      guard change.after == nil, let before = change.before, let owner = before.owner,
        owners.keep(owner), !isReplaced(change, owners.step), !before.object.lacksNamespace,
        !isToldElsewhere(before, owners)
      else { return nil }
      return (
        "\(owners.step.exit(of: before)) and keeps running, unmanaged\(reason(change))",
        isPackage(before.object) || Stake(of: before.object) >= .flux ? .medium : .low,
        change.verdictReason ?? ""
      )
    })

  /// Whether the rules about Namespaces or about Flux Kustomizations tell of the same removal.
  private static func isToldElsewhere(_ before: AppliedObject, _ owners: Owners) -> Bool {
    switch before.object.groupKind {
    case CoreKind.namespace: !owners.step.removesFlux(before.path)
    case FluxKind.kustomization:
      owners.renamed.contains(before.object.identity.key) || FluxSyncRemoved.tells(of: before, in: owners.step)
    default: false
    }
  }

  /// Whether an object whose name ends in a hash of its content makes way for one of other content.
  private static func isReplaced(_ change: ObjectChange, _ step: Change) -> Bool {
    guard let old = change.before, let stem = stem(old.object) else { return false }
    return (step.applied?.changes ?? []).contains { other in
      guard other.before == nil, let new = other.after else { return false }
      return new.owner?.identity == old.owner?.identity && new.object.groupKind == old.object.groupKind
        && new.object.identity.namespace == old.object.identity.namespace && Self.stem(new.object) == stem
    }
  }

  /// The name without the hash that kustomize adds to generated ConfigMaps and Secrets: ten letters and digits.
  private static func stem(_ object: KubernetesObject) -> Substring? {
    let name = object.identity.name
    guard ["ConfigMap", "Secret"].contains(object.identity.kind), let dash = name.lastIndex(of: "-") else { return nil }
    let hash = name[name.index(after: dash)...]
    return hash.utf8.count == 10 && hash.allSatisfy { $0.isLowercase || $0.isNumber } ? name[..<dash] : nil
  }

  private static let other = Samples.object("v1", "ConfigMap", "y")
  private static let third = Samples.object("v1", "ConfigMap", "z")
  private static let nowhere = Samples.object("v1", "ConfigMap", "a")

  private static func claim(_ name: String) -> String {
    Samples.object("v1", "PersistentVolumeClaim", name, namespace: "db")
  }

  private static func two(_ files: [String: String]) -> [String: String] {
    files.merging(
      ["flux.yaml": Samples.flux("a", path: "./a") + "---\n" + Samples.flux("b", path: "./b")],
      uniquingKeysWith: { own, _ in own })
  }
}
