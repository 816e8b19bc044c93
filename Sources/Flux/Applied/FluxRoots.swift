internal import Manifests

/// Finds the Kustomizations that Flux was started with, by what the files say.
struct FluxRoots {
  /// One Kustomization for each root, by path.
  let starts: [FluxKustomization]

  /// - Parameters:
  ///   - facts: what the tree's files say about Flux.
  ///   - repositories: the sources that the files name.
  ///   - declared: the folders that Flux was started with, where a person named them: then no others count.
  init(_ facts: [String: FluxFacts], _ repositories: RepositoryTable, declared: [String] = []) {
    func ordered<Fact>(_ facts: [(key: String, value: Fact)]) -> [Fact] {
      facts.sorted { $0.key < $1.key }.map(\.value)
    }
    let syncs = ordered(facts.flatMap { file, found in found.syncs.map { (file, $0) } })
    let all = facts.flatMap { file, found in found.kustomizations.map { (key: file, value: $0) } }.filter {
      $0.value.path != nil && $0.value.source.kind == "GitRepository" && $0.value.hasPath
    }
    guard declared.isEmpty else {
      starts = FluxRoots.declared(declared, ordered(all) + syncs)
      return
    }
    var found = syncs.filter { $0.path != nil }
    let selfHolding = FluxRoots.withoutOthers(ordered(all.filter { FluxRoots.holdsItself($0.value) }), repositories)
    found += selfHolding.filter { candidate in !selfHolding.contains { FluxRoots.isAbove($0, candidate) } }
    if found.isEmpty { found = LeadingFolders(ordered(all)).starts }
    found = FluxRoots.withoutArchives(found, all.map(\.value))
    var seen: Set<String> = []
    starts = found.filter { seen.insert($0.path ?? "").inserted }
  }

  /// Leaves out those that read another repository than what `flux bootstrap` wrote: a tenant's, whose path counts from
  /// the root of the tenant's own repository.
  private static func withoutOthers(
    _ candidates: [FluxKustomization], _ repositories: RepositoryTable
  ) -> [FluxKustomization] {
    func address(_ candidate: FluxKustomization) -> String? {
      repositories.repository(candidate.source, near: candidate.file)?.address
    }
    let bootstrapped = candidates.filter(\.isBootstrapped)
    let own = Set(bootstrapped.compactMap(address))
    let sources = Set(bootstrapped.map(\.source))
    if bootstrapped.isEmpty { return candidates }
    return candidates.filter { candidate in
      if candidate.isBootstrapped || sources.contains(candidate.source) { return true }
      guard !own.isEmpty, let other = address(candidate) else { return candidate.path?.isEmpty == false }
      return own.contains(other)
    }
  }

  /// Where some starts lead to further Kustomizations, those that lead nowhere and stand in other folders are put aside
  /// copies, which no cluster applies.
  private static func withoutArchives(_ starts: [FluxKustomization], _ all: [FluxKustomization]) -> [FluxKustomization]
  {
    let leading = starts.filter { start in
      all.contains { $0.identity != start.identity && $0.file != start.file && holds(start, $0.file) }
    }
    guard !leading.isEmpty, leading.count < starts.count else { return starts }
    let folders = Set(leading.map { Path.parent($0.file) })
    return starts.filter {
      folders.contains(Path.parent($0.file)) || holdsItself($0) || Path.name($0.file) == "gotk-sync.yaml"
    }
  }

  /// The Kustomizations of folders that a person named: those of the files where there are any, else plain ones.
  private static func declared(_ folders: [String], _ known: [FluxKustomization]) -> [FluxKustomization] {
    var seen: Set<String> = []
    return folders.compactMap { folder in
      let path = folder.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
      guard seen.insert(path).inserted else { return nil }
      return known.first { $0.path == path }
        ?? FluxKustomization(
          name: "flux-system", namespace: "flux-system", path: path, file: ".fluxwarden.yaml", span: .none)
    }
  }

  private static func holds(_ kustomization: FluxKustomization, _ file: String) -> Bool {
    kustomization.path.map { Path.isIn(file, folder: $0) } ?? false
  }

  private static func holdsItself(_ kustomization: FluxKustomization) -> Bool {
    holds(kustomization, kustomization.file)
  }

  /// Whether another Kustomization, one that holds itself, reaches a candidate from further up.
  private static func isAbove(_ other: FluxKustomization, _ candidate: FluxKustomization) -> Bool {
    guard holds(other, candidate.file), let upper = other.path, let lower = candidate.path else {
      return false
    }
    return upper != lower && Path.isIn(lower, folder: upper)
  }
}
