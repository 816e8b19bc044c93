internal import Flux
internal import Manifests
internal import Policy

/// Parts of a kustomization file that kustomize or Flux passes over without a word.
struct SilentLoss: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info = RuleInfo(
    "kustomization-silent-loss", .high, .flux,
    summary: "A part of a kustomization file has no effect, and nothing says so.",
    why: """
      A key that is there twice counts once, a key that Flux does not know at the root counts never, and a patch whose \
      target fits nothing changes nothing: what was meant, perhaps a guard, is not applied.
      """,
    remediation: "Correct the key or the target, and compare `kustomize build` before and after.",
    references: [References.kustomizeFields],
    examples: [
      .fleet(
        "the resources are listed twice", before: ["prod/kustomization.yaml": "resources: [a.yaml, b.yaml]\n"].with,
        after: ["prod/kustomization.yaml": "resources: [a.yaml, b.yaml]\n⟦resources⟧: [a.yaml]\n"].with),
      .fleet(
        "a patch fits nothing", before: ["prod/kustomization.yaml": "resources: [a.yaml, b.yaml]\n"].with,
        after: [
          "prod/kustomization.yaml":
            "resources: [a.yaml, b.yaml]\npatches:\n- path: p.yaml\n  target: ⟦{kind: Cluster, name: live}⟧\n",
          "prod/p.yaml": "- {op: add, path: /metadata/labels, value: {a: b}}\n",
        ].with),
      .fleet(
        "a patch fits", before: ["prod/kustomization.yaml": "resources: [a.yaml, b.yaml]\n"].with,
        after: [
          "prod/kustomization.yaml":
            "resources: [a.yaml, b.yaml]\npatches:\n- path: p.yaml\n  target: {kind: Cluster, name: prod}\n",
          "prod/p.yaml": "- {op: add, path: /metadata/labels, value: {a: b}}\n",
        ].with),
    ])

  func judge(_ step: Change) -> [Violation] {
    step.kustomizations.flatMap { change -> [Violation] in
      guard let after = change.after else { return [] }
      return repeated(after, change.before) + unknown(after, change.before, step)
        + unfitting(after, change.before, step)
    }
  }

  private func violation(_ message: String, _ file: KustomizationFileView, _ node: Node, _ severity: Severity? = nil)
    -> Violation
  {
    Violation(
      message, location: Location(path: file.path, side: .after, span: node.span), severity: severity,
      fingerprintExtra: "\(file.path) \(message)")
  }

  private func repeated(_ file: KustomizationFileView, _ old: KustomizationFileView?) -> [Violation] {
    guard let span = file.repeatedKey, old?.repeatedKey == nil else { return [] }
    return [violation("\(file.path) has a key twice: only the last one counts.", file, Node(.unknown(nil), span: span))]
  }

  /// Keys that Flux drops from the file at the root of a Flux Kustomization; elsewhere the build fails.
  private func unknown(_ file: KustomizationFileView, _ old: KustomizationFileView?, _ step: Change) -> [Violation] {
    let roots = Set((step.applied?.after.kustomizations ?? []).compactMap(\.settings.path))
    guard roots.contains(file.folder) else { return [] }
    let known = Set((old?.root.entries ?? []).map(\.name))
    return file.root.entries.filter { !SilentLoss.fields.contains($0.name) && !known.contains($0.name) }.map {
      violation("Flux does not know the key \($0.name) of \(file.path) and passes over it.", file, $0.key)
    }
  }

  /// Patches whose target fitted no object when it was their turn, in no build that the file is part of.
  private func unfitting(_ file: KustomizationFileView, _ old: KustomizationFileView?, _ step: Change) -> [Violation] {
    let builds = (step.applied?.after.kustomizations ?? []).filter {
      $0.kustomizationFiles.contains(file.path) && $0.outcome == .applied
    }
    let isComplete = builds.allSatisfy { build in
      !build.problems.contains { [.remoteSource, .helmChart, .plugin, .notEvaluated].contains($0.kind) }
    }
    guard !builds.isEmpty, isComplete, file.root["kind"]?.text != "Component" else { return [] }
    func targets(_ file: KustomizationFileView?) -> [Node] {
      ["patches", "patchesJson6902"].flatMap { file?.root[$0]?.items ?? [] }.compactMap { $0["target"] }
    }
    let known = targets(old)
    return targets(file).filter { target in !known.contains { $0.means(target) } }.compactMap { target in
      let place = PatchTarget(path: file.path, span: target.span)
      let counts = builds.compactMap { $0.patchMatches[place] }
      guard !counts.isEmpty, counts.allSatisfy({ $0 == 0 }) else { return nil }
      return violation(
        "No object fits the target \(words(target)) of a patch in \(file.path): the patch has no effect.", file, target)
    }
  }

  /// A target as a reader says it: kind and name first, the rest by its key.
  private func words(_ target: Node) -> String {
    let title = ["kind", "name"].compactMap { target[$0]?.text }.joined(separator: " ")
    let rest = target.entries.compactMap { entry -> String? in
      ["kind", "name"].contains(entry.name) ? nil : entry.value.text.map { "\(entry.name) \($0)" }
    }
    return ([title].filter { !$0.isEmpty } + rest).joined(separator: ", ")
  }

  private static let fields: Set<String> = [
    "apiVersion", "kind", "metadata", "openapi", "namePrefix", "nameSuffix", "namespace", "commonLabels", "labels",
    "commonAnnotations", "patchesStrategicMerge", "patchesJson6902", "patches", "images", "imageTags", "replacements",
    "replicas", "vars", "sortOptions", "resources", "components", "crds", "bases", "configMapGenerator",
    "secretGenerator", "helmGlobals", "helmCharts", "helmChartInflationGenerator", "generatorOptions", "configurations",
    "generators", "transformers", "validators", "buildMetadata",
  ]
}

extension [String: String] {
  /// The files with two manifests beside them.
  fileprivate var with: [String: String] {
    merging(["prod/a.yaml": Samples.cluster(), "prod/b.yaml": Samples.object("v1", "ConfigMap", "b")]) { own, _ in own }
  }
}
