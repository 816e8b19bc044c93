internal import Manifests

extension AppliedState {
  /// What could not be evaluated in the Kustomizations that differ from an earlier state: what has to be fetched, what a
  /// program makes, variables that only the cluster has.
  ///
  /// - Parameter earlier: `nil` for the present state as such, in which every Kustomization counts.
  package func gaps(since earlier: AppliedState?) -> [BuildProblem] {
    let known = Set((earlier?.kustomizations ?? []).map { ObjectIdentifier($0) })
    var found: [BuildProblem] = []
    var seen: Set<BuildProblem> = []
    for root in roots {
      var applied: Set<FluxKustomization.Reference>?
      for kustomization in root.kustomizations where !known.contains(ObjectIdentifier(kustomization)) {
        var problems = kustomization.problems.filter(\.isGap)
        if kustomization.variables.isOpen, kustomization.objects.contains(where: { $0.object.root.holdsUnknown }) {
          let sources = applied ?? root.coreObjects
          applied = sources
          problems += kustomization.settings.variableSources.filter { !sources.contains($0.reference) }.map {
            AppliedState.absent($0.reference, kustomization.settings.file)
          }
        }
        found += problems.filter { seen.insert($0.withoutPlace).inserted }
      }
    }
    return found
  }

  /// What the API server or a newer Flux refuses, although the build as such succeeds, in the Kustomizations that
  /// differ from an earlier state: variables without a value, Secrets that nobody decrypts.
  package func refusals(since earlier: AppliedState?) -> [BuildProblem] {
    let known = Set((earlier?.kustomizations ?? []).map { ObjectIdentifier($0) })
    let differing = kustomizations.filter { !known.contains(ObjectIdentifier($0)) }
    return differing.flatMap(\.problems).filter { $0.kind == .undefinedVariable || $0.kind == .undecrypted }
  }

  /// What is to be said where files hold Flux Kustomizations and none of them is known to be applied: Flux was started
  /// from outside this repository.
  package var missingRoot: BuildProblem? {
    let known = facts.filter { !$0.value.kustomizations.isEmpty }.map(\.key)
    guard roots.isEmpty, let file = known.min() else { return nil }
    return BuildProblem(
      .notEvaluated, path: file,
      message:
        "nothing in this repository tells what Flux was started with, so it is not known what is applied: name its "
        + "folders under sync.roots in .fluxwarden.yaml")
  }

  private static func absent(_ source: FluxKustomization.Reference, _ file: String) -> BuildProblem {
    let title = "\(source.kind) \(source.namespace.isEmpty ? "" : source.namespace + "/")\(source.name)"
    return BuildProblem(
      .notEvaluated, path: file, subject: title,
      message: "\(title) is not in the repository: values made of its variables are unknown")
  }
}

extension BuildProblem {
  /// Whether it names something that was not looked at, rather than something that is wrong.
  fileprivate var isGap: Bool { [.remoteSource, .helmChart, .plugin, .notEvaluated].contains(kind) }

  /// The same problem wherever it stands; a source of variables that many Kustomizations share is named once.
  fileprivate var withoutPlace: BuildProblem {
    guard kind == .notEvaluated, span == .none else { return self }
    var copy = self
    copy.path = ""
    return copy
  }
}

extension SyncRoot {
  /// The ConfigMaps, Secrets and other core objects that the root applies.
  fileprivate var coreObjects: Set<FluxKustomization.Reference> {
    var found: Set<FluxKustomization.Reference> = []
    for object in kustomizations.lazy.flatMap(\.objects) where object.object.identity.group.isEmpty {
      let identity = object.object.identity
      found.insert(.init(kind: identity.kind, namespace: identity.namespace, name: identity.name))
    }
    return found
  }
}

extension Node {
  /// Whether anything in the value is known to the cluster only.
  var holdsUnknown: Bool {
    switch value {
    case .unknown: true
    case .scalar: false
    case .sequence(let items): items.contains { $0.holdsUnknown }
    case .mapping(let entries): entries.contains { $0.value.holdsUnknown }
    }
  }
}
