internal import Flux
internal import Manifests
internal import Policy

/// A manifest that stops being readable where Flux or EKS Anywhere reads it.
struct ManifestUnreadable: ChangeRule {
  let info = RuleInfo(
    "manifest-unreadable", .high, .flux,
    summary: "A manifest that Flux or EKS Anywhere would read does not parse.",
    why:
      """
      The kustomize build that reads it fails: nothing of its Flux Kustomization is applied any more, and nothing is \
      pruned. At the root that is the whole cluster.
      """,
    remediation: "Mend the YAML at the reported place; try it with `kustomize build` or `fluxwarden build`.",
    references: [References.gitOps],
    supersedes: ["kustomize-build-fails"], groupsSameEdits: true,
    examples: [
      Example(
        "a bracket stays open", before: Samples.cluster(),
        after: Samples.cluster().replacing("{host: 10.0.0.10}", with: "{host: 10.0.0.10")
          .replacing("datacenterRef", with: "datacenterRef⟦⟧")),
      Example(
        "a key stands twice", before: Samples.cluster(),
        after: Samples.cluster().replacing("  name: prod\n", with: "  name: prod\n  ⟦name⟧: test\n")),
      Example("a comment is added", before: Samples.cluster(), after: "# prod\n" + Samples.cluster()),
    ])

  var kinds: KindSelection {
    .groups([EKSAnywhere.group, "kustomize.toolkit.fluxcd.io", "source.toolkit.fluxcd.io"])
  }

  func judge(_ step: Change) -> [Violation] {
    step.unreadable.map { file in
      let reason = file.hasConflict ? "it holds the marks of a merge that was not finished" : file.problem.reason
      return Violation(
        "\(file.path) does not parse: \(reason)\(effect(of: file.path, step.applied)).",
        location: Location(path: file.path, side: .after, span: file.problem.span),
        sameEdit: file.hasConflict ? "conflict" : file.path, fingerprintExtra: file.path)
    }
  }

  /// What an unreadable file stops, as the end of a sentence; empty where no Flux Kustomization stops for it.
  private func effect(of path: String, _ applied: AppliedStates?) -> String {
    guard let applied else { return "; nothing of the Flux Kustomization that builds it is applied any more" }
    let stopped = applied.after.kustomizations.filter { kustomization in
      BuildStops.problems(kustomization).contains { $0.path == path && $0.isFailure }
    }
    return stopped.isEmpty ? "" : "; \(Stop.effect(on: stopped))"
  }
}
