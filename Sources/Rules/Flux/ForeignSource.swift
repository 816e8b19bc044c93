internal import Flux
internal import Manifests
internal import Policy

extension KustomizationSpec {
  /// Whether its source is described in the repository and is another than this repository, whose folders then mean
  /// nothing to its path: what Flux was started with reads another one.
  ///
  /// A tenant's path is often a folder that stands here too, such as `./k8s` or `./deploy`.
  func readsOther(in view: any StateView) -> Bool {
    !isStart && view.fact(StartSources.self).differ(from: self, in: view)
  }

  /// Whether Flux was started with it, or with what it reads.
  fileprivate var isStart: Bool { isSyncRoot || sourceIdentity?.name == "flux-system" }
}

/// What Flux was started with reads, as far as one side of a change says it.
private final class StartSources: ViewFact {
  /// What is asked of a source: more than its name where a Kustomization writes the source's namespace.
  private struct Use: Hashable {
    var source: KustomizationSpec.SourceIdentity?
    var isPlaced: Bool

    init(of spec: KustomizationSpec) {
      source = spec.sourceIdentity
      isPlaced = spec["sourceRef", "namespace"] != nil
    }
  }

  private let names: [KustomizationSpec.SourceIdentity]
  /// The descriptions of each of the sources; none where it is made outside the repository.
  private let described: [[KubernetesObject]]
  private var answers: [Use: Bool] = [:]

  init(_ view: any StateView) {
    let starts = view.objects(of: FluxKind.kustomization).lazy.map { KustomizationSpec($0) }.filter(\.isStart)
    let distinct = Dictionary(starts.map { (Use(of: $0), $0) }) { first, _ in first }
    names = distinct.keys.compactMap(\.source)
    described = distinct.values.map { start in
      let known = start.sources(in: view).map(\.object)
      return known.isEmpty ? [view.onlyInstance].compactMap { $0 } : known
    }
  }

  /// Whether a Kustomization is known to read something else.
  func differ(from spec: KustomizationSpec, in view: any StateView) -> Bool {
    let use = Use(of: spec)
    if let known = answers[use] { return known }
    let answer = spec.source(in: view).map { areOther(than: $0.object, use.source) } ?? false
    answers[use] = answer
    return answer
  }

  private func areOther(than source: KubernetesObject, _ name: KustomizationSpec.SourceIdentity?) -> Bool {
    if let name, names.contains(where: { $0.isSame(as: name) }) { return false }
    if described.joined().contains(where: { $0.isMade(ofSameAs: source) }) { return false }
    // What Flux was started with may be made outside the repository; an artifact of another name is another one.
    return described.contains { !$0.isEmpty || source.groupKind != FluxKind.gitRepository }
  }
}

extension StateView {
  /// The description of the Flux installation that says what Flux was started with, where there is one.
  fileprivate var onlyInstance: KubernetesObject? {
    let found = objects(of: FluxKind.instance).filter { $0.object["spec", "sync", "url"] != nil }
    return found.count == 1 ? found[0].object : nil
  }
}

extension KubernetesObject {
  /// Whether two sources have the content of one repository, as far as their addresses tell: the same address, or an
  /// artifact under the repository's name, as `flux push artifact oci://ghcr.io/acme/fleet/apps` makes it of
  /// `github.com/acme/fleet`.
  fileprivate func isMade(ofSameAs other: KubernetesObject) -> Bool {
    let address = self["spec", "url"] ?? self["spec", "sync", "url"]
    guard let own = address?.text, let url = other["spec", "url"]?.text else { return true }
    if GitURL.isSame(own, url) || own.contains("${") || url.contains("${") { return true }
    if !own.hasPrefix("oci:"), !url.hasPrefix("oci:") { return false }
    func parts(_ url: String) -> [Substring] { GitURL.normalised(url).split(separator: "/").dropFirst().map { $0 } }
    let (left, right) = (parts(own), parts(url))
    return [(left, right), (right, left)].contains { name, path in name.last.map(path.contains) ?? true }
  }
}
