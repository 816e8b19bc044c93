internal import Flux
internal import Manifests
internal import Policy

/// Another repository, branch or credential behind what Flux applies.
struct FluxSourceRepointed: ChangeRule {
  var kinds: KindSelection {
    .kinds(
      [FluxKind.kustomization, FluxKind.instance, FluxKind.helmRepository, FluxKind.helmRelease]
        + FluxSourceRepointed.sourceKinds)
  }

  /// Of a release only what its chart is fetched from is judged.
  var words: [GroupKind: [String]] { [FluxKind.helmRelease: ["sourceRef", "HelmRepository", "chartRef"]] }

  private static let sourceKinds = [FluxKind.gitRepository, FluxKind.ociRepository, FluxKind.bucket]

  let info = RuleInfo(
    "flux-source-repointed", .critical, .flux,
    summary: "The repository, branch or credential that Flux applies from is changed.",
    why: """
      Whoever writes to the new source is administrator of the management cluster, and everything that the new source \
      does not hold is pruned.
      """,
    remediation: """
      Keep url, ref and secretRef of the source. Move a repository in its own pull request: prune off first, then the \
      source, then compare with `flux diff kustomization` before pruning is switched on again.
      """,
    references: [References.fluxSources, References.fluxSecurity], groupsSameEdits: true,
    examples: [
      .sync(
        "another repository", before: Samples.source(url: "ssh://git@github.com/acme/fleet"),
        after: Samples.source(url: "⟦ssh://git@github.com/mallory/fleet⟧")),
      .sync(
        "another branch", before: Samples.source(), after: Samples.source(ref: "{branch: ⟦wip⟧}")),
      .sync(
        "another source for the root", before: Samples.flux(),
        after: Samples.flux().replacing("name: flux-system}", with: "name: ⟦other⟧}")),
      .sync(
        "the source of another namespace", before: Samples.source() + "---\n" + Samples.flux(),
        after: Samples.source() + "---\n"
          + Samples.flux().replacing("name: flux-system}", with: "name: flux-system, namespace: ⟦other⟧}")),
      .sync(
        "a single commit of the same repository", before: Samples.source(),
        after: Samples.source(ref: "{branch: main, commit: ⟦0a1b2c3d⟧}")),
      .sync(
        "the same host by its absolute name", before: Samples.source(url: "https://github.com/acme/fleet"),
        after: Samples.source(url: "https://github.com./acme/fleet")),
      .sync(
        "the same branch by its full name", before: Samples.source(),
        after: Samples.source(ref: "{name: refs/heads/main}")),
      .file(
        "a chart comes from another owner's repository", "apps/charts.yaml",
        before: charts("https://acme.github.io/charts"),
        after: charts("⟦https://mallory.github.io/charts⟧")),
      .file(
        "a chart repository is written with a slash at its end", "apps/charts.yaml",
        before: charts("https://acme.github.io/charts"),
        after: charts("https://acme.github.io/charts/")),
      .sync(
        "the same repository over another protocol", before: Samples.source(url: "ssh://git@github.com/acme/fleet"),
        after: Samples.source(url: "https://github.com/acme/fleet.git")),
      .file(
        "a third party's chart repository moves to its next release", "apps/podinfo.yaml",
        before: Samples.source("podinfo", url: "https://github.com/acme/podinfo", ref: "{tag: 1.2.0}") + podinfo,
        after: Samples.source("podinfo", url: "https://github.com/acme/podinfo", ref: "{tag: 1.3.0}") + podinfo),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.fluxEdits.flatMap { judge($0) } + step.instanceEdits.compactMap { judge($0) }
      + step.objects.compactMap { ChartSource.violation($0, step) }
      + step.objects.flatMap { change -> [Violation] in
        guard let (before, after) = change.kept else { return [] }
        guard FluxSourceRepointed.sourceKinds.contains(after.object.groupKind),
          movesSource(before.object, after.object),
          isToldOfAny(before.object, after.object) || SourceUse.isOwn(before.object, in: step.before)
        else { return [] }
        return judgeSource(change, SourceUse(of: before.object, in: step.before), step.before)
      }
  }

  private func judge(_ edit: FluxEdit) -> [Violation] {
    guard let (before, after) = edit.kept, let old = before.sourceIdentity, let new = after.sourceIdentity,
      !old.isSame(as: new), !isSameOrigin(before, after, in: edit.step),
      // What the Flux Operator makes is told where it is said.
      before.applied(on: .before, in: edit.step)?.settings.maker == nil
    else { return [] }
    let changed = ["kind", "name", "namespace"].first { before["sourceRef", $0]?.text != after["sourceRef", $0]?.text }
    let isKnown = before.source(in: edit.step.before) != nil
    let doubt = isKnown ? "" : "; the old source is not in the repository, so that both may fetch the same"
    // What hangs on it is asked of a whole folder, so only where it decides.
    let severity = isKnown ? max(.high, edit.stake.severity(info.severity)) : .medium
    return [
      edit.change.violation(
        "\(after.title) applies from \(new.title) instead of \(old.title): what is not there is deleted\(doubt).",
        at: FieldPath("spec.sourceRef").key(changed ?? "name"), severity: severity)
    ]
  }

  /// Whether both sources are in the repository and fetch the same.
  private func isSameOrigin(_ before: KustomizationSpec, _ after: KustomizationSpec, in step: Change) -> Bool {
    guard let old = before.source(in: step.before), let new = after.source(in: step.after) else { return false }
    return GitURL.isSame(old.object["spec", "url"]?.text, new.object["spec", "url"]?.text)
      && SourceRevision(old.object["spec", "ref"]) == SourceRevision(new.object["spec", "ref"])
  }

  /// One finding for one edit: of the most telling of what differs.
  private func judge(_ edit: InstanceEdit) -> Violation? {
    guard let (before, after) = edit.kept else { return nil }
    func pair(_ key: String) -> (old: String, new: String)? {
      guard let old = before["sync", key]?.text, let new = after["sync", key]?.text, old != new, !new.contains("${"),
        !old.contains("${")
      else { return nil }
      return (old, new)
    }
    let url = pair("url").flatMap { GitURL.isSame($0.old, $0.new) ? nil : $0 }
    let ref = pair("ref").flatMap { SourceRevision(reference: $0.old) == SourceRevision(reference: $0.new) ? nil : $0 }
    let title = edit.change.title
    if url == nil, pair("kind") == nil, let ref, SourceRevision(reference: ref.new).isPinned {
      return edit.change.violation(
        "\(title) is held at \(ref.new) instead of following \(ref.old)\(Self.pinned).", at: after.field("sync", "ref"),
        severity: .medium)
    }
    if let (key, pair) = [("url", url), ("kind", pair("kind")), ("ref", ref)].first(where: { $0.1 != nil }) {
      return edit.change.violation(
        """
        \(title) syncs from another source, with \(key) \(pair?.new ?? "") instead of \(pair?.old ?? ""): what is not \
        there is deleted.
        """, at: after.field("sync", key))
    }
    return pair("pullSecret").map {
      edit.change.violation(
        "\(title) fetches with the Secret \($0.new) instead of \($0.old): fetching stops where that Secret is missing.",
        at: after.field("sync", "pullSecret"), severity: .high)
    }
  }

  /// Whether anything but the release of an artifact differs, so that it is worth asking who uses the source.
  private func movesSource(_ before: KubernetesObject, _ after: KubernetesObject) -> Bool {
    let isArtifact = before.groupKind == FluxKind.ociRepository && before.identity.name != "flux-system"
    return before["spec", "url"]?.text != after["spec", "url"]?.text
      || SourceRevision(before["spec", "ref"]) != SourceRevision(after["spec", "ref"]) && !isArtifact
      || before["spec", "secretRef", "name"]?.text != after["spec", "secretRef", "name"]?.text
  }

  /// Whether another repository is fetched, or a revision that others can move is followed on either side. Of anything
  /// else something is said only where the source is this repository.
  private func isToldOfAny(_ before: KubernetesObject, _ after: KubernetesObject) -> Bool {
    !GitURL.isSame(before["spec", "url"]?.text, after["spec", "url"]?.text)
      || isMoving(before["spec", "ref"]) || isMoving(after["spec", "ref"])
  }

  private func judgeSource(_ change: ObjectChange, _ use: SourceUse, _ earlier: any StateView) -> [Violation] {
    guard let (before, after) = change.kept else { return [] }
    var said: [Violation] = []
    if !GitURL.isSame(before.object["spec", "url"]?.text, after.object["spec", "url"]?.text),
      after.object["spec", "url"]?.isUnknown != true
    {
      said.append(
        change.violation(
          "\(change.title) fetches from another repository\(use.consequence).", at: "spec.url",
          severity: use.urlSeverity,
          sameEdit: use.urlSeverity == .low ? SourceOwner.move(from: before.object, to: after.object) : nil))
    }
    if let (words, field, severity) = refEdit(before.object["spec", "ref"], after.object["spec", "ref"], use) {
      let isUsual = said.isEmpty && severity == .critical && isUsual(after, in: earlier)
      let isPinned = SourceRevision(after.object["spec", "ref"]).isPinned && said.isEmpty
      let end =
        isUsual
        ? ", as the repository's other sources do" : isPinned && use == .own ? Self.pinned : use.consequence
      said.append(
        change.violation("\(change.title) \(words)\(end).", at: field, severity: isUsual ? .medium : severity))
    }
    if said.isEmpty, use == .own, let violation = judgeCredential(change) { said.append(violation) }
    return said
  }

  /// What it means that this repository is followed at a single revision.
  private static let pinned = ": nothing newer is applied, and what that revision does not hold is deleted"

  /// Another credential for the same repository and revision.
  private func judgeCredential(_ change: ObjectChange) -> Violation? {
    let secrets = [change.before, change.after].map { $0?.object["spec", "secretRef", "name"]?.text }
    guard secrets[0] != secrets[1], change.after?.object["spec", "secretRef"]?.hasUnknown != true else { return nil }
    let text =
      switch (secrets[0], secrets[1]) {
      case (let old?, let new?): "fetches with the Secret \(new) instead of \(old): fetching stops where it is missing"
      case (nil, let new?): "fetches with the Secret \(new): fetching stops where it is missing"
      default: "fetches without a credential: fetching stops unless the repository is open to everyone"
      }
    let isSwapped = secrets[0] != nil && secrets[1] != nil
    return change.violation(
      "\(change.title) \(text).", at: isSwapped ? "spec.secretRef.name" : "spec.secretRef", severity: .high)
  }

  /// Whether a `ref` follows what others can move.
  private func isMoving(_ ref: Node?) -> Bool { SourceRevision(ref).isMoving }

  /// What the edit of `ref` means and which part of it was edited, if that moves what is applied by more than a release.
  private func refEdit(_ old: Node?, _ new: Node?, _ use: SourceUse) -> (String, FieldPath, Severity)? {
    let path: FieldPath = "spec.ref"
    let (before, after) = (SourceRevision(old), SourceRevision(new))
    guard before != after else { return nil }
    let isMoving = before.isMoving || after.isMoving
    let was = before.kind == after.kind ? before.name : "\(before.kind) \(before.name)"
    let words = "follows \(after.kind) \(after.name) instead of \(was)"
    return use.refSeverity(isMoving: isMoving, isPinned: after.isPinned).map { (words, path.key(after.key), $0) }
  }

  /// Whether a source follows the default branch, as far as its name and the other sources of the same repository tell,
  /// most of which followed it before: in a fleet, the clusters on which nothing was tried out.
  private func isUsual(_ source: AppliedObject, in earlier: any StateView) -> Bool {
    func branch(_ object: AppliedObject) -> String? { object.object["spec", "ref", "branch"]?.text }
    guard let own = branch(source), ["main", "master"].contains(own) else { return false }
    let others = earlier.objects(of: source.object.groupKind).filter {
      $0.path != source.path && GitURL.isSame($0.object["spec", "url"]?.text, source.object["spec", "url"]?.text)
    }
    let alike = others.filter { branch($0) == own }
    return alike.count * 2 > others.count
  }

  private static func charts(_ url: String) -> String {
    Samples.object("source.toolkit.fluxcd.io/v1", "HelmRepository", "acme", "spec:", "  url: \(url)")
  }

  private static let podinfo =
    "---\n"
    + Samples.object(
      "helm.toolkit.fluxcd.io/v2", "HelmRelease", "podinfo", namespace: "flux-system", "spec:",
      "  chart: {spec: {chart: ./chart, sourceRef: {kind: GitRepository, name: podinfo}}}")
}

extension KustomizationSpec {
  /// The source as `sourceRef` names it.
  struct SourceIdentity: Hashable {
    var kind: String
    /// `nil` where neither `sourceRef` nor the Kustomization says it.
    var namespace: String?
    var name: String

    /// `GitRepository flux-system/fleet`.
    var title: String { "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)" }

    /// Whether both name the same source, as far as can be told.
    func isSame(as other: SourceIdentity) -> Bool {
      kind == other.kind && name == other.name
        && (namespace == other.namespace || namespace == nil || other.namespace == nil)
    }
  }

  /// What `spec.sourceRef` names; `nil` where it is not there or not known.
  var sourceIdentity: SourceIdentity? {
    guard let kind = self["sourceRef", "kind"]?.text, let name = self["sourceRef", "name"]?.text else { return nil }
    let own = applied.object.identity.namespace
    return SourceIdentity(
      kind: kind, namespace: self["sourceRef", "namespace"]?.text ?? (own.isEmpty ? nil : own), name: name)
  }

  /// The source object, where the repository has exactly one that it can be.
  func source(in view: any StateView) -> AppliedObject? {
    let found = sources(in: view)
    return found.count == 1 ? found.first : nil
  }

  /// The source objects that it can be: clusters that are made alike have one of the same name each.
  func sources(in view: any StateView) -> [AppliedObject] {
    guard let wanted = sourceIdentity else { return [] }
    return view.objects(of: GroupKind(group: FluxKind.sourceGroup, kind: wanted.kind))
      .filter { $0.object.identity.name == wanted.name }
      .filter { source in
        // Only a namespace that is written on both sides tells two sources apart: a kustomization may set either.
        let own = source.object.identity.namespace
        return own.isEmpty || (self["sourceRef", "namespace"]?.text).map { $0 == own } ?? true
      }
  }
}

extension Samples {
  /// A Flux `GitRepository`.
  static func source(
    _ name: String = "flux-system", url: String = "ssh://git@github.com/acme/fleet", ref: String = "{branch: main}",
    spec: String...
  ) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: \(name), namespace: flux-system}
    spec:
      interval: 1m0s
      url: \(url)
      ref: \(ref)\(spec.map { "\n  \($0)" }.joined())

    """
  }
}
