internal import Flux
internal import Manifests
internal import Policy

/// A cause for which builds stop, with the files that name it and the Flux Kustomizations that stop.
struct Stop {
  /// The problem of the first file.
  let problem: BuildProblem
  /// In the order in which they are found; each once.
  private(set) var stopped: [AppliedKustomization] = []
  /// Where the files name the cause; each place once.
  private(set) var places: [Location] = []
  /// The number of clusters that the Kustomizations applied before.
  private(set) var clusters = 0

  init(problem: BuildProblem) { self.problem = problem }

  /// The number of files with the problem besides the first one.
  var otherFiles: Int { Set(places.map(\.path)).count - 1 }

  /// Notes that a Kustomization has the problem, or the same one in another file.
  mutating func add(_ problem: BuildProblem, _ later: AppliedKustomization, _ earlier: AppliedKustomization?) {
    let place = Location(path: problem.path, side: .after, span: problem.span == .none ? .start : problem.span)
    if !places.contains(place) { places.append(place) }
    guard !stopped.contains(where: { $0 === later }) else { return }
    stopped.append(later)
    clusters += (earlier?.objects ?? []).count {
      Stake(of: $0.object) == .clusters && $0.object.identity.kind == "Cluster"
    }
  }

  /// `flux-system/apps and 2 more`.
  static func names(_ kustomizations: [AppliedKustomization]) -> String {
    guard let owner = kustomizations.first?.owner.identity else { return "nothing" }
    let first = owner.qualifiedName
    return kustomizations.count > 1 ? "\(first) and \(kustomizations.count - 1) more" : first
  }

  /// What it means that builds fail, as the end of a sentence.
  ///
  /// - Parameter clusters: how many clusters are among what is applied; not told where there are none.
  static func effect(on kustomizations: [AppliedKustomization], clusters: Int = 0) -> String {
    let (stall, apply) = kustomizations.count == 1 ? ("stalls", "it applies") : ("stall", "they apply")
    let reach = clusters > 0 ? ", \(Count.of(clusters, "cluster")) included" : ""
    return "\(names(kustomizations)) \(stall): nothing that \(apply) is changed or deleted any more\(reach)"
  }
}
