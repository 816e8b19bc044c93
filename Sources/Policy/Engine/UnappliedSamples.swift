internal import Flux
internal import Manifests

/// Files that are kept as samples and that no Flux Kustomization of the repository reaches. What rules about clusters
/// say of them holds only where somebody applies them by hand.
///
/// Being out of reach is not enough: `eksctl anywhere` applies files too, and other clusters may be fed by what is not
/// in the repository. So the path must say as well that it is a sample.
struct UnappliedSamples {
  private let applied: AppliedStates
  private let step: Change

  /// `nil` where it is not known what Flux applies: no Flux Kustomization on a side, or one that is not evaluated.
  init?(_ step: Change) {
    guard let applied = step.applied else { return nil }
    let sides = [applied.before, applied.after].compactMap { $0 }
    let isKnown = sides.allSatisfy { side in
      !side.roots.isEmpty
        && side.kustomizations.allSatisfy { kustomization in
          [.applied, .foreign].contains(kustomization.outcome)
            && !kustomization.problems.contains { $0.kind == .plugin }
        }
    }
    guard isKnown else { return nil }
    self.applied = applied
    self.step = step
  }

  /// What is to be said of a violation.
  func judged(_ violation: Violation, _ info: RuleInfo) -> Violation {
    guard UnappliedSamples.categories.contains(info.category), let object = violation.object, object.owner == nil,
      isSample(object.path), !applied.reaches(object.path), !isClaimed(object.path)
    else { return violation }
    var copy = violation
    copy.severity = .low
    copy.message += " No Flux Kustomization of this repository applies the file: this holds where somebody else does."
    return copy
  }

  /// Whether a Flux Kustomization that none of the known ones applies has a folder that holds a file: somebody may have
  /// applied it by hand.
  private func isClaimed(_ path: String) -> Bool {
    let kind = GroupKind(group: FluxKustomization.group, kind: "Kustomization")
    return [step.before, step.after].contains { side in
      side.objects(of: kind).contains { found in
        guard found.owner == nil, let folder = FluxKustomization(found.object, file: found.path)?.path else {
          return false
        }
        return Path.isIn(path, folder: folder)
      }
    }
  }

  /// What is said of a manifest because of what becomes of it where it is applied. A credential is known to whoever
  /// reads the file, applied or not.
  private static let categories: Set<Category> = [
    .lifecycle, .scale, .version, .admission, .flux, .supplyChain, .access, .hardening,
  ]

  /// Whether a file lies in a folder that is called like samples or documentation; the templates of a Helm chart are
  /// none.
  private func isSample(_ path: String) -> Bool {
    let folders = path.split(separator: "/").dropLast()
    return folders.indices.contains { index in
      let name = folders[index].lowercased().drop { $0 == "." || $0 == "_" }
      guard UnappliedSamples.names.contains(name) else { return false }
      guard name == "templates" else { return true }
      let chart = (folders[..<index] + ["Chart.yaml"]).joined(separator: "/")
      return !step.after.exists(chart) && !step.before.exists(chart)
    }
  }

  private static let names: Set<Substring> = [
    "example", "examples", "sample", "samples", "demo", "demos", "doc", "docs", "documentation", "template",
    "templates", "archive", "archives", "archived",
  ]
}
