internal import Flux
internal import Manifests
internal import Policy

/// Manifests that Flux no longer gets to see.
struct SourceIgnoreHides: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.gitRepository]) }

  let info = RuleInfo(
    "sourceignore-hides-config", .critical, .flux,
    summary:
      "A `.sourceignore` file, or `spec.ignore` or `spec.sparseCheckout` of the source, hides manifests that Flux applies.",
    why: "What is ignored is not in Flux's artifact: the build succeeds without it, and Flux deletes its objects.",
    remediation: "Narrow the pattern so that it names no manifest, or begin it with a slash.",
    references: [References.fluxSources, References.fluxPrune],
    examples: [
      .fleet(
        "a cluster's folder is ignored", before: ["prod/a.yaml": Samples.cluster(), "b.yaml": map],
        after: [
          "flux-system/source.yaml": source("ignore: ⟦\"/clusters/mgmt/prod/\"⟧"), "prod/a.yaml": Samples.cluster(),
          "b.yaml": map,
        ]),
      .fleet(
        "a file that is listed is ignored",
        before: ["prod/a.yaml": Samples.cluster(), "prod/kustomization.yaml": "resources: [a.yaml]\n", "b.yaml": map],
        after: [
          "flux-system/source.yaml": source("ignore: ⟦\"/clusters/mgmt/prod/a.yaml\"⟧"),
          "prod/a.yaml": Samples.cluster(), "prod/kustomization.yaml": "resources: [a.yaml]\n", "b.yaml": map,
        ]),
      .fleet(
        "a folder that takes the cluster from elsewhere is ignored",
        before: [
          "/base/a.yaml": Samples.cluster(), "prod/kustomization.yaml": "resources: [../../../base/a.yaml]\n",
          "b.yaml": map,
        ],
        after: [
          "flux-system/source.yaml": source("ignore: ⟦\"/clusters/mgmt/prod/\"⟧"), "/base/a.yaml": Samples.cluster(),
          "prod/kustomization.yaml": "resources: [../../../base/a.yaml]\n", "b.yaml": map,
        ]),
      .fleet(
        "a cluster's folder is not checked out",
        before: ["prod/a.yaml": Samples.cluster(), "b.yaml": map, "flux-system/source.yaml": Samples.source()],
        after: [
          "flux-system/source.yaml": Samples.source(
            spec: "sparseCheckout: ⟦[clusters/mgmt/flux-system, clusters/mgmt/b]⟧"),
          "prod/a.yaml": Samples.cluster(), "b.yaml": map,
        ]),
      .fleet(
        "all that Flux applies is checked out",
        before: ["prod/a.yaml": Samples.cluster(), "b.yaml": map, "flux-system/source.yaml": Samples.source()],
        after: [
          "flux-system/source.yaml": Samples.source(spec: "sparseCheckout: [./clusters/mgmt/]"),
          "prod/a.yaml": Samples.cluster(), "b.yaml": map,
        ]),
      .fleet(
        "the documentation is ignored", before: ["prod/a.yaml": Samples.cluster(), "b.yaml": map],
        after: [
          "flux-system/source.yaml": source("ignore: \"/docs/\""), "prod/a.yaml": Samples.cluster(), "b.yaml": map,
        ]),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.objects.compactMap { SparseCheckout($0, in: step)?.violation(info.severity) } + ignored(step)
  }

  private func ignored(_ step: Change) -> [Violation] {
    guard let before = step.applied?.before, let after = step.applied?.after, before.ignoreRules != after.ignoreRules
    else {
      return []
    }
    func isHidden(_ path: String) -> Bool { after.files[path] != nil && !after.reaches(path) }
    // What is written elsewhere came in through a kustomization file that is hidden now.
    let ways = Set(before.kustomizations.flatMap(\.kustomizationFiles)).filter(isHidden)
      .map { Path.parent($0) }
    let hidden = step.vanished.filter { change in
      guard let path = change.before?.path else { return false }
      return isHidden(path) || ways.contains { step.before.leads(from: $0, to: path) }
    }
    guard let (place, object) = cause(step, before, after) else { return [] }
    let listed = SourceIgnoreHides.listed(step, after)
    if let first = listed.first {
      return [
        Violation(
          "\(place.path) hides \(first.hidden) from Flux, which \(first.file) lists: the build fails, and nothing is applied or deleted any more.",
          object: object, field: object == nil ? nil : "spec.ignore", location: place, verdict: .stalled,
          severity: info.severity.milder, fingerprintExtra: place.path)
      ]
    }
    guard let loss = Loss(hidden) else { return [] }
    return [
      Violation(
        "\(place.path) hides manifests from Flux: \(loss.fate).", object: object,
        field: object == nil ? nil : "spec.ignore", location: place, related: loss.places,
        severity: loss.severity(info.severity), fingerprintExtra: place.path)
    ]
  }

  /// Files and folders that a kustomization still lists, that are there, and that the build no longer finds.
  private static func listed(_ step: Change, _ after: AppliedState) -> [(hidden: String, file: String)] {
    after.kustomizations.flatMap(BuildStops.problems).filter { problem in
      problem.kind == .listedFileMissing && !problem.subject.isEmpty && step.after.exists(problem.subject)
    }.map { ($0.subject, $0.path) }
  }

  /// The pattern that changed: of a source object, else of a file.
  private func cause(_ step: Change, _ before: AppliedState, _ after: AppliedState) -> (Location, AppliedObject?)? {
    for change in step.objects {
      guard let object = change.after, object.object.groupKind == FluxKind.gitRepository,
        let node = object.object["spec", "ignore"], node.text != change.before?.object["spec", "ignore"]?.text
      else { continue }
      return (object.location(of: node, side: .after), object)
    }
    let files = after.ignoreFiles.filter { before.ignoreFiles[$0.key] != $0.value }.keys.sorted()
    let gone = before.ignoreFiles.keys.filter { after.ignoreFiles[$0] == nil }.sorted()
    if let folder = files.first {
      let path = Path.join(folder, SourceIgnore.fileName)
      return (Location(path: path, side: .after, span: .start), nil)
    }
    return gone.first.map { folder in
      let path = Path.join(folder, SourceIgnore.fileName)
      return (Location(path: path, side: .before, span: .start), nil)
    }
  }

  private static let map = Samples.object("v1", "ConfigMap", "b")

  private static func source(_ ignore: String) -> String { Samples.source(spec: ignore) }
}
