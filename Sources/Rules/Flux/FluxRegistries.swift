internal import Flux
internal import Manifests
internal import Policy

/// Where Flux's own images and manifests may come from.
struct FluxRegistries {
  private let step: Change

  init(_ step: Change) { self.step = step }

  private static let known = [
    "public.ecr.aws/eks-anywhere/fluxcd/", "ghcr.io/fluxcd/", "docker.io/fluxcd/", "ghcr.io/controlplaneio-fluxcd/",
  ]

  /// Whether an image or artifact comes from Flux, EKS Anywhere or a mirror that a cluster names. Nearly always the
  /// first is so, and no cluster is asked.
  func hold(_ image: String) -> Bool {
    let repository = ImageName(image).repository
    if FluxRegistries.known.contains(where: { repository.hasPrefix($0) }) { return true }
    return step.after.objects(of: EKSAnywhere.cluster).contains {
      guard let mirror = $0.object["spec", "registryMirrorConfiguration", "endpoint"]?.text else { return false }
      return repository.hasPrefix("\(mirror)/") || repository.hasPrefix("\(mirror):")
    }
  }
}
