internal import Flux
internal import Manifests
internal import Policy

/// Flux's controllers from another registry.
struct FluxImageOverride: ChangeRule {
  var kinds: KindSelection { .kinds([CoreKind.deployment, FluxKind.instance]) }

  let info = RuleInfo(
    "flux-image-override", .critical, .supplyChain,
    summary: "A Flux controller's image comes from a registry that is not Flux's or EKS Anywhere's.",
    why: """
      Flux's controllers run as cluster-admin of the management cluster: their image is arbitrary code there and, \
      through \
      it, in every workload cluster.
      """,
    remediation: """
      Use `public.ecr.aws/eks-anywhere/fluxcd/` or `ghcr.io/fluxcd/`, or a mirror that the cluster's \
      registryMirrorConfiguration names.
      """,
    references: [References.bestPractices, References.fluxSecurity], groupsSameEdits: true,
    examples: [
      .file(
        "a patch takes another registry", "clusters/mgmt/flux-system/kustomization.yaml",
        before: patched("public.ecr.aws/eks-anywhere/fluxcd/source-controller:v1"),
        after: patched("registry.example.com/fluxcd/source-controller:v1", marked: true)),
      .file(
        "the controller takes another registry", "clusters/mgmt/flux-system/gotk-components.yaml",
        before: controller("ghcr.io/fluxcd/source-controller:v1.6.0"),
        after: controller("⟦ghcr.io/mallory/source-controller:v1.6.0⟧")),
      .file(
        "a container that runs first comes from elsewhere", "clusters/mgmt/flux-system/gotk-components.yaml",
        before: controller("ghcr.io/fluxcd/source-controller:v1.6.0"),
        after: controller("ghcr.io/fluxcd/source-controller:v1.6.0")
          + "      initContainers:\n      - name: init\n        image: ⟦registry.example.com/init:1⟧\n"),
      .file(
        "the patch moves to the next version", "clusters/mgmt/flux-system/kustomization.yaml",
        before: patched("public.ecr.aws/eks-anywhere/fluxcd/source-controller:v1"),
        after: patched("public.ecr.aws/eks-anywhere/fluxcd/source-controller:v2")),
      .file(
        "a patch of the Flux Operator's instance takes another registry", "clusters/mgmt/flux.yaml",
        before: Samples.instance(sync: nil), after: Samples.instance(sync: nil) + operatorPatch),
      .file(
        "another image policy of an application", "apps/web.yaml",
        before: Samples.object("apps/v1", "Deployment", "web", "spec: {template: {spec: {containers: [{image: a}]}}}"),
        after: Samples.object("apps/v1", "Deployment", "web", "spec: {template: {spec: {containers: [{image: b}]}}}")),
    ])

  func judge(_ step: Change) -> [Violation] {
    let registries = FluxRegistries(step)
    return step.objects.flatMap { judge($0, registries) } + step.instanceEdits.flatMap { judge($0, registries) }
      + step.kustomizations.filter { step.applied?.reaches($0.path) != true }.flatMap { judge($0, registries) }
  }

  private func judge(_ change: ObjectChange, _ registries: FluxRegistries) -> [Violation] {
    guard let after = change.after, after.object.isFluxController else { return [] }
    let old = Set(
      (change.before?.object.containers ?? []).compactMap { $0.node["image"]?.text }.map { ImageName($0).repository })
    return after.object.containers.compactMap { container in
      guard let image = container.node["image"], let text = image.text,
        !old.contains(ImageName(text).repository), !registries.hold(text)
      else { return nil }
      return change.violation(
        "\(change.title) runs \(ImageName(text).repository) as cluster-admin.", at: container.path.key("image"),
        new: image, sameEdit: FluxImageOverride.registry(of: text))
    }
  }

  /// Where an image comes from, its own name aside: what the controllers of all clusters take alike is one edit.
  private static func registry(of image: String) -> String { Path.parent(ImageName(image).repository) }

  private func judge(_ edit: InstanceEdit, _ registries: FluxRegistries) -> [Violation] {
    guard let after = edit.after else { return [] }
    var found: [Violation] = []
    if let text = after["distribution", "registry"]?.text, !text.contains("${"),
      text != edit.before?["distribution", "registry"]?.text, !registries.hold("\(text)/controller")
    {
      found.append(
        edit.change.violation(
          "\(edit.change.title) takes Flux's controllers from \(text).", at: after.field("distribution", "registry")))
    }
    guard edit.before != nil else { return found }
    let images = edit.newSettings.filter { $0.isFor("Deployment") && $0.path.hasSuffix("containers/image") }
    return found
      + images.compactMap { setting in
        let repository = ImageName(setting.value).repository
        let isKnown = edit.before?.patched.contains {
          $0.path == setting.path && ImageName($0.value).repository == repository
        }
        if isKnown == true || registries.hold(setting.value) { return nil }
        return edit.violation(
          "A patch of \(edit.change.title) makes Flux's controllers run \(repository) as cluster-admin.", at: setting)
      }
  }

  private func judge(_ change: KustomizationChange, _ registries: FluxRegistries) -> [Violation] {
    guard let after = change.after, after.isFluxSystem else { return [] }
    let old = Set((change.before?.setImages ?? []).map { ImageName($0.image).repository })
    return after.setImages.compactMap { image, node in
      guard !old.contains(ImageName(image).repository), !registries.hold(image) else { return nil }
      return Violation(
        "\(after.path) makes Flux's controllers run \(ImageName(image).repository) as cluster-admin.", field: "patches",
        after: image, location: Location(path: after.path, side: .after, span: node.span),
        sameEdit: FluxImageOverride.registry(of: image), fingerprintExtra: after.path)
    }
  }

  private static let operatorPatch = """
      kustomize:
        patches:
        - target: {kind: Deployment, name: kustomize-controller}
          patch: ⟦'[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "registry.example.com/kc:v1"}]'⟧

    """

  private static func patched(_ image: String, marked: Bool = false) -> String {
    let patch =
      "'[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\", \"value\": \"\(image)\"}]'"
    return """
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [gotk-components.yaml, gotk-sync.yaml]
      patches:
      - patch: \(marked ? "⟦\(patch)⟧" : patch)
        target: {kind: Deployment, name: source-controller}

      """
  }

  private static func controller(_ image: String) -> String {
    Samples.object(
      "apps/v1", "Deployment", "source-controller", namespace: "flux-system", "spec:", "  template:", "    spec:",
      "      containers:", "      - name: manager", "        image: \(image)")
  }
}

extension KustomizationFileView {
  /// Whether Flux's own manifests are among the resources.
  var isFluxSystem: Bool { (root["resources"]?.items ?? []).contains { $0.text?.isFluxComponents == true } }

  /// The images that inline patches and image transformers write, with the value that says so.
  var setImages: [(image: String, node: Node)] {
    var found: [(image: String, node: Node)] = []
    for patch in (root["patches"]?.items ?? []) + (root["patchesJson6902"]?.items ?? []) {
      guard let node = patch["patch"], let text = node.text else { continue }
      for document in YAMLStream.parse(Array(text.utf8)).documents {
        found += (document.root?.imageTexts ?? []).map { ($0, node) }
      }
    }
    for item in root["patchesStrategicMerge"]?.items ?? [] {
      guard let text = item.text, text.contains("\n") else { continue }
      for document in YAMLStream.parse(Array(text.utf8)).documents {
        found += (document.root?.imageTexts ?? []).map { ($0, item) }
      }
    }
    for item in root["images"]?.items ?? [] {
      if let name = item["newName"], let text = name.text { found.append((text, name)) }
    }
    return found
  }
}

extension Node {
  /// The images that a patch sets: `image` fields of a merge patch, values of JSON patch operations on such a path.
  fileprivate var imageTexts: [String] {
    if let path = self["path"]?.text, path.hasSuffix("/image"), let text = self["value"]?.text { return [text] }
    let own = isMapping ? self["image"]?.text : nil
    return (own.map { [$0] } ?? []) + (items + entries.map(\.value)).flatMap(\.imageTexts)
  }
}

extension KubernetesObject {
  /// The containers of the pods that it makes, the initial ones too.
  fileprivate var containers: [PodTemplate.Container] { PodTemplate(self)?.containers ?? [] }
}
