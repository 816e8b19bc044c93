internal import Flux
internal import Manifests
internal import Policy

/// The annotation with which kustomize leaves objects out of a build, on one object or by a kustomization on all.
struct LocalConfigAnnotation: ObjectRule, ChangeRule {
  static let annotation = "config.kubernetes.io/local-config"

  let info = RuleInfo(
    "local-config-annotation", .critical, .flux,
    summary: "An object is annotated so that kustomize leaves it out of the build.",
    why: """
      Any value of `config.kubernetes.io/local-config` except "false", even an empty one, removes the object from \
      what \
      Flux applies. Flux then deletes it, although its manifest is still there.
      """,
    remediation: "Remove the annotation.",
    references: [References.kustomizeFields, References.fluxPrune], groupsSameEdits: true,
    examples: [
      Example(
        "a cluster is annotated", before: Samples.cluster(),
        after: Samples.cluster(annotations: "config.kubernetes.io/local-config: ⟦\"true\"⟧")),
      .file(
        "a kustomization annotates everything", "clusters/mgmt/kustomization.yaml", before: "resources: [prod]\n",
        after: "resources: [prod]\ncommonAnnotations: {config.kubernetes.io/local-config: ⟦\"true\"⟧}\n"),
      Example(
        "the annotation says false", before: Samples.cluster(),
        after: Samples.cluster(annotations: "config.kubernetes.io/local-config: \"false\"")),
      .file(
        "a new helper of kustomize is one", "apps/values.yaml", before: nil,
        after: Samples.object("v1", "ConfigMap", "a", annotations: "config.kubernetes.io/local-config: \"true\"")),
    ])

  var kinds: KindSelection { .mentioning([LocalConfigAnnotation.annotation]) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    ObjectMarker(info: info, says: LocalConfigAnnotation.edit).judge(change, in: step)
  }

  /// What a kustomization writes to all that it builds.
  func judge(_ step: Change) -> [Violation] {
    step.kustomizations.compactMap { change in
      guard let after = change.after, let mark = LocalConfigAnnotation.common(after.root), mark.text != "false",
        change.before.flatMap({ LocalConfigAnnotation.common($0.root) }).map({ $0.text == "false" }) ?? true
      else { return nil }
      let lost = Loss(step.vanished.filter { $0.before?.path.isUnder(after.folder) ?? false })
      return Violation(
        "\(after.path) keeps every object beneath it out of the build\(lost.map { ": \($0.fate)" } ?? "").",
        field: FieldPath([.key("commonAnnotations"), .key(LocalConfigAnnotation.annotation)]), after: mark.text,
        location: Location(path: after.path, side: .after, span: mark.span), related: lost?.places ?? [],
        severity: lost?.severity(info.severity), fingerprintExtra: after.path)
    }
  }

  private static func common(_ root: Node) -> Node? { root["commonAnnotations"]?.entry(annotation)?.value }

  @Sendable private static func edit(_ change: ObjectChange) -> (field: FieldPath, text: String, severity: Severity)? {
    guard let after = change.after, let mark = after.object.localConfig, mark.text != "false",
      change.before.map({ $0.object.localConfig.map { $0.text == "false" } ?? true }) ?? true
    else { return nil }
    let stake = Stake(of: after.object)
    if change.before == nil, stake < .flux { return nil }
    let field = FieldPath([.key("metadata"), .key("annotations"), .key(annotation)])
    let fate = change.before == nil ? "it is never applied" : "Flux deletes it"
    return (field, "leaves the build through an annotation: \(fate)", stake == .plain ? .high : .critical)

  }
}
