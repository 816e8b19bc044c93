package import Manifests

/// What became of one Flux Kustomization.
package enum KustomizationOutcome: Sendable, Hashable {
  /// Flux builds and applies it.
  case applied
  /// The build fails; nothing under it is applied or pruned.
  case failed(BuildProblem)
  /// `spec.path` is no folder of the tree; nothing is applied or pruned.
  case pathMissing
  /// Its source is another repository, an OCI repository or a bucket.
  case foreign
  /// `spec.path` is not known from the repository.
  case unknown
}

/// One Flux Kustomization with everything it applies. Equal results of two trees are the same instance.
package final class AppliedKustomization: Sendable {
  package let settings: FluxKustomization
  package let owner: Owner
  package let outcome: KustomizationOutcome
  /// The objects as Flux would send them, in kustomize's order; empty unless it is applied.
  package let objects: [AppliedObject]
  /// What failed, what was not evaluated, what has no value.
  package let problems: [BuildProblem]
  /// The kustomization files that took part, the root's first; the first may not exist where Flux makes one up.
  package let kustomizationFiles: [String]
  /// How many objects the target of each patch fitted, where the build got that far.
  package let patchMatches: [PatchTarget: Int]
  /// Every file that was looked at, whether it exists or not, and every folder whose listing was.
  package let lookedAt: Set<String>
  /// The Flux Kustomizations among the objects.
  let children: [FluxKustomization]
  let variables: Variables
  /// The ConfigMaps and Secrets among the objects, from which variables can come.
  let possibleSources: [KubernetesObject]
  /// The rules that leave files out of its source's artifact.
  let ignoreRules: String

  init(
    settings: FluxKustomization, owner: Owner, outcome: KustomizationOutcome, objects: [AppliedObject] = [],
    problems: [BuildProblem] = [], build: BuildResult? = nil, children: [FluxKustomization] = [],
    variables: Variables = Variables(), ignoreRules: String = ""
  ) {
    self.settings = settings
    self.owner = owner
    self.outcome = outcome
    self.objects = objects
    possibleSources = objects.lazy.map(\.object).filter {
      $0.identity.group.isEmpty && ($0.identity.kind == "ConfigMap" || $0.identity.kind == "Secret")
    }
    self.problems = problems
    self.variables = variables
    self.ignoreRules = ignoreRules
    kustomizationFiles = build?.kustomizations ?? []
    patchMatches = build?.patchMatches ?? [:]
    // A folder that is there can be what is wrong: where a file should be.
    let hasFailed = problems.contains(where: \.isFailure)
    lookedAt = Set(
      (build?.dependencies ?? []).lazy.filter { $0.id != .anyFolder || hasFailed }.map {
        $0.path.hasSuffix("/") ? String($0.path.dropLast()) : $0.path
      } + problems.lazy.map(\.path).filter { !$0.isEmpty })
    self.children = children
  }

  /// Whether nothing is applied because something is wrong.
  var isStopped: Bool {
    switch outcome {
    case .failed, .pathMissing: true
    case .applied, .foreign, .unknown: false
    }
  }

  /// Whether it begins only when another Kustomization is done, which so takes over what moves before it is deleted here.
  package func waits(for other: Owner) -> Bool {
    settings.dependsOn.contains {
      $0.name == other.identity.name && $0.namespace == other.identity.namespace
    }
  }

  /// Whether nothing is known of what it applies, since something in Git could not be read: the next time that may go
  /// well, while all else comes to the same as long as what it looked at stays.
  var isUnreadable: Bool {
    if case .failed(let problem) = outcome { problem.kind == .unreadableTree } else { false }
  }

  /// Whether anything is applied or deleted at all.
  package var isLive: Bool { outcome == .applied && !settings.isSuspended }
}

/// One cluster's part of a repository: a Kustomization that Flux was started with and all it leads to.
package struct SyncRoot: Sendable {
  /// The path that Flux was started with, which names the root, whatever path the Kustomization has by now.
  package var path: String
  /// In the order they are found: the root first, children after their parents.
  package var kustomizations: [AppliedKustomization]
  /// The parent of each Kustomization that another one applies.
  package var parents: [ObjectIdentity: ObjectIdentity]
  /// The ConfigMaps and Secrets that variables come from.
  var sources = VariableSources()
  /// Whether the Kustomization that Flux was started with deletes itself, so that what is built here is deleted as well.
  package var isEnded = false

  /// The Kustomization that Flux was started with.
  package var start: AppliedKustomization? { kustomizations.first }

  /// A Kustomization by its identity.
  package func kustomization(_ identity: ObjectIdentity) -> AppliedKustomization? {
    kustomizations.first { $0.owner.identity == identity }
  }

  /// Whether the Kustomization that Flux was started with applies itself, as `gotk-sync.yaml` does.
  package var appliesItself: Bool {
    guard let start else { return false }
    return start.children.contains { $0.identity.key == start.owner.identity.key }
  }

  /// Whether the folder of a Kustomization holds its file, but its own build does not list it, nor lead anywhere: beside
  /// others that apply themselves, nobody started Flux with it.
  var isStray: Bool {
    guard let start, start.outcome == .applied, start.settings.maker == nil else { return false }
    return start.children.isEmpty && Path.name(start.settings.file) != "gotk-sync.yaml"
  }

  /// Several roots as one, where a new one leads to all of them.
  static func joined(_ roots: [SyncRoot]) -> SyncRoot? {
    guard var whole = roots.first else { return nil }
    for root in roots.dropFirst() {
      whole.kustomizations += root.kustomizations
      whole.parents.merge(root.parents) { own, _ in own }
    }
    return whole
  }

  /// Whether the Kustomization that an earlier root was started with is one that this root applies: one of its name that
  /// has its path or its file.
  func leads(to earlier: SyncRoot) -> Bool {
    guard let old = earlier.start?.settings, start?.owner.identity != old.identity,
      let child = kustomization(old.identity)?.settings
    else { return false }
    return child.path == old.path || child.file == old.file
  }

  /// Whether the Kustomization that another root is started with is one of this root's, with the same path.
  func includes(_ other: SyncRoot) -> Bool {
    guard let start = other.start else { return false }
    return kustomization(start.owner.identity).map { $0.settings.path == start.settings.path } ?? false
  }

  /// Whether the Kustomization that Flux was started with deletes itself, and all that it applies: it pruned and applied
  /// itself, and now what it is led to is built without it, nor does it come by another name or from the Flux Operator.
  func isEnd(of earlier: SyncRoot) -> Bool {
    guard let start, start.outcome == .applied, start.settings.maker == nil, !appliesItself, earlier.appliesItself,
      let old = earlier.start,
      old.owner.prunes, old.owner.identity == start.owner.identity, !start.gainsGap(since: old)
    else { return false }
    let identity = old.owner.identity.key
    let object = old.objects.first { $0.object.identity.key == identity }
    if let object, Guard.pruning(object.object) != nil { return false }
    return !start.children.contains { $0.path == start.settings.path }
      && !kustomizations.contains { $0.children.contains { $0.identity.key == identity } }
  }
}

/// What Flux applies from one tree.
package struct AppliedState: Sendable {
  /// One for each cluster that the repository feeds.
  package var roots: [SyncRoot]
  /// The YAML files of the tree with their contents' identities.
  package var files: [String: ContentID]
  /// Whole-repository problems: a file that could not be read.
  package var problems: [BuildProblem]
  /// What each file says about Flux itself.
  let facts: [String: FluxFacts]
  /// The identities of `.sourceignore` files by folder.
  package let ignoreFiles: [String: ContentID]
  /// The rules that leave files out of Flux's artifact.
  package var ignoreRules: String {
    Set(kustomizations.lazy.map(\.ignoreRules).filter { !$0.isEmpty }).sorted().joined(separator: "\u{1}")
  }
  /// Whether the state is what the tree alone comes to, whatever was live before.
  var isOfTreeAlone: Bool
  /// The repositories that the files name.
  let repositories: RepositoryTable
  /// Those of the Kustomizations that are as they were in an earlier state, since in this one they apply nothing.
  var restored: Set<ObjectIdentifier> = []

  init(
    roots: [SyncRoot], survey: TreeSurvey, repositories: RepositoryTable, isOfTreeAlone: Bool
  ) {
    self.isOfTreeAlone = isOfTreeAlone
    self.repositories = repositories
    self.roots = roots
    files = survey.files
    problems = survey.problems
    facts = survey.facts
    ignoreFiles = survey.ignoreFiles
  }

  /// All objects that some Flux Kustomization applies; the same object once for each cluster.
  package var objects: [AppliedObject] { roots.flatMap { $0.kustomizations.flatMap(\.objects) } }

  /// All Flux Kustomizations of all roots.
  package var kustomizations: [AppliedKustomization] { roots.flatMap(\.kustomizations) }

  /// Whether any Flux Kustomization reads the file: as a manifest, a patch, a kustomization or a generator's input.
  package func reaches(_ path: String) -> Bool {
    roots.contains { $0.kustomizations.contains { $0.lookedAt.contains(path) } }
  }

  /// The Kustomization that an owner means.
  package func kustomization(of owner: Owner) -> AppliedKustomization? {
    root(owner.root)?.kustomization(owner.identity)
  }

  /// The root of a path.
  package func root(_ path: String) -> SyncRoot? { roots.first { $0.path == path } }
}
