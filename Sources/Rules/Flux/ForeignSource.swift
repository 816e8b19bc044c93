internal import Flux
internal import Manifests
internal import Policy

extension KustomizationSpec {
  /// Whether its source is described in the repository and is another than this repository, whose folders then mean
  /// nothing to its path: what Flux was started with reads another one.
  ///
  /// A tenant's path is often a folder that stands here too, such as `./k8s` or `./deploy`.
  func readsOther(in view: any StateView) -> Bool {
    guard !isSyncRoot, sourceIdentity?.name != "flux-system", let source = source(in: view) else { return false }
    let own = view.objects(of: FluxKind.kustomization).lazy.map { KustomizationSpec($0) }
      .filter { $0.isSyncRoot || $0.sourceIdentity?.name == "flux-system" }
    var isKnown = false
    for other in own {
      if other.names(self.sourceIdentity) { return false }
      let isGit = source.object.groupKind == FluxKind.gitRepository
      let known = other.sources(in: view).map(\.object)
      let described = known.isEmpty ? [view.onlyInstance].compactMap { $0 } : known
      if described.isEmpty {
        // What Flux was started with is made outside the repository; an artifact of another name is another one.
        isKnown = isKnown || !isGit
        continue
      }
      if described.contains(where: { $0.isMade(ofSameAs: source.object) }) { return false }
      isKnown = true
    }
    return isKnown
  }

  private func names(_ source: SourceIdentity?) -> Bool {
    guard let own = sourceIdentity, let source else { return false }
    return own.isSame(as: source)
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
