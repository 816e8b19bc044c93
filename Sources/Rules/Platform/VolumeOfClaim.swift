internal import Flux
internal import Manifests
internal import Policy

extension StateView {
  /// Whether a claim is on volumes that Git holds and that stay when the claim goes: one that names it or is named by
  /// it, else those of a storage class that makes none by itself.
  func keepsVolume(of claim: KubernetesObject) -> Bool {
    let volumes = objects(of: CoreKind.volume).map(\.object)
    var own = volumes.filter { $0.isBound(to: claim) }
    if own.isEmpty, let name = claim["spec", "storageClassName"]?.text, claim["spec", "volumeName"] == nil {
      let isProvisioned = objects(of: GroupKind(group: "storage.k8s.io", kind: "StorageClass")).contains {
        $0.object.identity.name == name && $0.object["provisioner"]?.text != "kubernetes.io/no-provisioner"
      }
      if isProvisioned { return false }
      own = volumes.filter { $0["spec", "csi"] == nil && ($0["spec", "storageClassName"]?.text ?? "") == name }
    }
    // A volume that a person wrote stays unless it says otherwise.
    return !own.isEmpty
      && own.allSatisfy { volume in
        volume["spec", "persistentVolumeReclaimPolicy"].map { $0.text == "Retain" } ?? true
      }
  }
}

extension KubernetesObject {
  /// Whether a volume and a claim name each other.
  fileprivate func isBound(to claim: KubernetesObject) -> Bool {
    if claim["spec", "volumeName"]?.text == identity.name { return true }
    guard let reference = self["spec", "claimRef"], reference["name"]?.text == claim.identity.name else { return false }
    return (reference["namespace"]?.text ?? "") == claim.identity.namespace
  }
}
