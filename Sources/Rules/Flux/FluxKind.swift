internal import Manifests

/// Names of the Flux API.
enum FluxKind {
  static let kustomizeGroup = "kustomize.toolkit.fluxcd.io"
  static let sourceGroup = "source.toolkit.fluxcd.io"
  static let kustomization = GroupKind(group: kustomizeGroup, kind: "Kustomization")
  static let gitRepository = GroupKind(group: sourceGroup, kind: "GitRepository")
  static let ociRepository = GroupKind(group: sourceGroup, kind: "OCIRepository")
  static let helmRepository = GroupKind(group: sourceGroup, kind: "HelmRepository")
  static let helmChart = GroupKind(group: sourceGroup, kind: "HelmChart")
  static let bucket = GroupKind(group: sourceGroup, kind: "Bucket")
  static let helmRelease = GroupKind(group: "helm.toolkit.fluxcd.io", kind: "HelmRelease")
  /// The Flux Operator's description of a whole Flux installation.
  static let instance = GroupKind(group: "fluxcd.controlplane.io", kind: "FluxInstance")

  /// All kinds of sources.
  static let sources = [gitRepository, ociRepository, helmRepository, helmChart, bucket]

  /// The names of Flux's controllers, which are also those of their Deployments and images.
  static let controllers: Set<String> = [
    "source-controller", "kustomize-controller", "helm-controller", "notification-controller",
    "image-reflector-controller", "image-automation-controller", "source-watcher",
  ]

  /// The controllers that Flux's install makes cluster-admin.
  static let rulers: Set<String> = ["kustomize-controller", "helm-controller"]

  /// The full name of an annotation or label of kustomize-controller: `kustomize.toolkit.fluxcd.io/prune`.
  static func marker(_ name: String) -> String { markers[name] ?? "\(kustomizeGroup)/\(name)" }

  /// The names that are asked of every object.
  private static let markers = Dictionary(
    uniqueKeysWithValues: ["prune", "reconcile", "ssa", "force", "name", "namespace"].map {
      ($0, "\(kustomizeGroup)/\($0)")
    })
}

/// Kinds of Kubernetes itself that several rules ask for.
enum CoreKind {
  static let namespace = GroupKind(group: "", kind: "Namespace")
  static let configMap = GroupKind(group: "", kind: "ConfigMap")
  static let secret = GroupKind(group: "", kind: "Secret")
  static let serviceAccount = GroupKind(group: "", kind: "ServiceAccount")
  static let volumeClaim = GroupKind(group: "", kind: "PersistentVolumeClaim")
  static let volume = GroupKind(group: "", kind: "PersistentVolume")
  static let statefulSet = GroupKind(group: "apps", kind: "StatefulSet")
  static let deployment = GroupKind(group: "apps", kind: "Deployment")
  static let resourceDefinition = GroupKind(group: "apiextensions.k8s.io", kind: "CustomResourceDefinition")
  static let networkPolicy = GroupKind(group: "networking.k8s.io", kind: "NetworkPolicy")
}

extension References {
  static let fluxKustomization = "https://fluxcd.io/flux/components/kustomize/kustomizations/"
  static let fluxForce = "https://fluxcd.io/flux/components/kustomize/kustomizations/#force"
  static let fluxDeletion = "https://fluxcd.io/flux/components/kustomize/kustomizations/#deletion-policy"
  static let fluxControl =
    "https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources"
  static let fluxDecryption = "https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption"
  static let fluxSources = "https://fluxcd.io/flux/components/source/gitrepositories/"
  static let fluxFAQ = "https://fluxcd.io/flux/faq/"
  static let fluxSecurity = "https://fluxcd.io/flux/security/"
  static let kustomizeFields = "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/"
}
