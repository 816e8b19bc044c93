internal import Flux
internal import Manifests
internal import Policy

/// Flux's own manifests, edited by hand.
struct FluxComponentsEdited: ChangeRule {
  var kinds: KindSelection { .mentioning(["app.kubernetes.io/part-of"]) }

  let info = RuleInfo(
    "flux-components-edited", .high, .supplyChain,
    summary: "Flux's own component manifests are edited other than by an upgrade.",
    why: """
      `gotk-components.yaml` is generated. Its controllers run as cluster-admin, so a changed argument, role or image \
      there is a change of who rules the cluster; a removed object can uninstall Flux with all that it applies.
      """,
    remediation: """
      Regenerate the file with `flux install --export` or the EKS Anywhere CLI of the wanted version, and put own \
      settings into patches of the kustomization beside it.
      """,
    references: [References.fluxSecurity, References.gitOps],
    examples: [
      .file(
        "an argument is added", path, before: component(),
        after: component(arguments: "[--no-cross-namespace-refs=false]")
          .replacing("name: kustomize-controller", with: "name: ⟦kustomize-controller⟧")),
      .file(
        "the version is raised", path, before: component(),
        after: component(version: "v2.7.0", arguments: "[--events-addr=]")),
      .file("Flux is bootstrapped", path, before: nil, after: component()),
    ])

  func judge(_ step: Change) -> [Violation] {
    let changes = step.objects.filter { change in
      [change.before, change.after].contains { $0?.path.isFluxComponents == true }
        && change.identity?.kind != CoreKind.networkPolicy.kind && !change.onlyMovesImages
        && step.handover(of: change) == nil
    }
    var files: [String: [ObjectChange]] = [:]
    for change in changes { files[(change.before ?? change.after)?.path ?? "", default: []].append(change) }
    return files.sorted { $0.key < $1.key }.compactMap { path, changes in
      step.removesSync(beside: path) || !step.edits(path, changes) ? nil : judge(changes)
    }
  }

  private func judge(_ changes: [ObjectChange]) -> Violation? {
    guard changes.contains(where: { $0.before != nil }) else { return nil }
    if changes.allSatisfy({ $0.after == nil && [.stalled, .pathMissing].contains($0.verdict) }) { return nil }
    let versions = Set(
      changes.compactMap { edit in
        edit.kept.flatMap { kept -> [String]? in
          let pair = [kept.before, kept.after].map { $0.object.label("app.kubernetes.io/version") ?? "" }
          return pair[0] == pair[1] ? nil : pair
        }
      })
    let edited = versions.isEmpty ? changes : changes.filter(rebinds)
    guard let first = edited.first else { return nil }
    let more = edited.count > 1 ? " and \(Count.of(edited.count - 1, "more object"))" : ""
    let lead = "\(first.title)\(more) of Flux itself \(Count.are(edited.count))"
    let isRemoval = edited.allSatisfy { $0.after == nil }
    var violation = first.violation(
      isRemoval
        ? "\(lead) removed: Flux deletes that part of its own installation."
        : versions.isEmpty
          ? "\(lead) edited without a new Flux version."
          : "\(lead) bound otherwise in the new Flux version.",
      severity: edited.allSatisfy(\.onlyNotes)
        ? .low : versions.isEmpty || !edited.allSatisfy(bindsFluxAlone) ? nil : .medium)
    violation.related = edited.dropFirst().prefix(20).compactMap { $0.violation("").location }
    return violation
  }

  /// Whether a binding changes whom it binds; an upgrade has no reason to.
  private func rebinds(_ change: ObjectChange) -> Bool {
    guard let (before, after) = change.kept, before.object.identity.kind.hasSuffix("RoleBinding") else { return false }
    return ["roleRef", "subjects"].contains { key in
      guard let old = before.object[key], let new = after.object[key] else { return true }
      return !old.means(new)
    }
  }

  /// Whether a binding binds nobody but Flux's controllers, and to what a release of Flux binds them.
  private func bindsFluxAlone(_ change: ObjectChange) -> Bool {
    guard let after = change.after?.object, let subjects = after["subjects"]?.items else { return false }
    let role = after["roleRef", "name"]?.text ?? ""
    return (role == "cluster-admin" || role == after.identity.name)
      && subjects.allSatisfy { subject in
        subject["kind"]?.text == "ServiceAccount" && subject["namespace"]?.text == "flux-system"
          && FluxKind.controllers.contains(subject["name"]?.text ?? "")
      }
  }

  private static let path = "clusters/mgmt/flux-system/gotk-components.yaml"

  private static func component(version: String = "v2.6.0", arguments: String = "[]") -> String {
    Samples.object(
      "apps/v1", "Deployment", "kustomize-controller", namespace: "flux-system",
      labels: "app.kubernetes.io/part-of: flux, app.kubernetes.io/version: \(version)", "spec:", "  template:",
      "    spec:",
      "      containers: [{name: manager, image: \"ghcr.io/fluxcd/kustomize-controller:v1\", args: \(arguments)}]")
  }
}

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
    references: [References.bestPractices, References.fluxSecurity],
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
        "another image policy of an application", "apps/web.yaml",
        before: Samples.object("apps/v1", "Deployment", "web", "spec: {template: {spec: {containers: [{image: a}]}}}"),
        after: Samples.object("apps/v1", "Deployment", "web", "spec: {template: {spec: {containers: [{image: b}]}}}")),
    ])

  func judge(_ step: Change) -> [Violation] {
    // Nearly always the images come from where Flux has them, and no cluster has to be asked.
    lazy var mirrors = Set(
      step.after.objects(of: EKSAnywhere.cluster).compactMap {
        $0.object["spec", "registryMirrorConfiguration", "endpoint"]?.text
      })
    func isApproved(_ image: String) -> Bool {
      let repository = ImageName(image).repository
      return FluxImageOverride.approved.contains { repository.hasPrefix($0) }
        || mirrors.contains { repository.hasPrefix("\($0)/") || repository.hasPrefix("\($0):") }
    }
    return step.objects.flatMap { judge($0, isApproved) }
      + step.kustomizations.filter { step.applied?.reaches($0.path) != true }.flatMap { judge($0, isApproved) }
  }

  private func judge(_ change: ObjectChange, _ isApproved: (String) -> Bool) -> [Violation] {
    guard let after = change.after else { return [] }
    if after.object.groupKind == FluxKind.instance {
      let field: FieldPath = "spec.distribution.registry"
      guard let registry = after.object.root.value(at: field), let text = registry.text,
        text != change.before?.object.root.value(at: field)?.text, !isApproved("\(text)/controller")
      else { return [] }
      return [change.violation("\(change.title) takes Flux's controllers from \(text).", at: field)]
    }
    guard after.object.isFluxController else { return [] }
    let old = Set(
      (change.before?.object.containers ?? []).compactMap { $0.node["image"]?.text }.map { ImageName($0).repository })
    return after.object.containers.compactMap { container in
      guard let image = container.node["image"], let text = image.text,
        !old.contains(ImageName(text).repository), !isApproved(text)
      else { return nil }
      return change.violation(
        "\(change.title) runs \(ImageName(text).repository) as cluster-admin.", at: container.path.key("image"),
        new: image)
    }
  }

  private func judge(_ change: KustomizationChange, _ isApproved: (String) -> Bool) -> [Violation] {
    guard let after = change.after, after.isFluxSystem else { return [] }
    let old = Set((change.before?.setImages ?? []).map { ImageName($0.image).repository })
    return after.setImages.compactMap { image, node in
      guard !old.contains(ImageName(image).repository), !isApproved(image) else { return nil }
      return Violation(
        "\(after.path) makes Flux's controllers run \(ImageName(image).repository) as cluster-admin.", field: "patches",
        after: image, location: Location(path: after.path, side: .after, span: node.span), fingerprintExtra: after.path)
    }
  }

  private static let approved = [
    "public.ecr.aws/eks-anywhere/fluxcd/", "ghcr.io/fluxcd/", "docker.io/fluxcd/", "ghcr.io/controlplaneio-fluxcd/",
  ]

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

extension ObjectChange {
  /// Whether nothing but labels and annotations differ, and none of Flux's or Kubernetes' own, which have an effect.
  fileprivate var onlyNotes: Bool {
    guard let before, let after else { return false }
    let fields = FieldChange.between(before.object.root, after.object.root, group: after.object.groupKind.group)
    return !fields.isEmpty
      && fields.allSatisfy { field in
        let steps = field.path.steps
        guard steps.count == 3, steps[0] == .key("metadata"), [.key("labels"), .key("annotations")].contains(steps[1]),
          case .key(let name) = steps[2]
        else { return false }
        return !["kubernetes.io/", "k8s.io/", "fluxcd.io/"].contains { name.contains($0) }
      }
  }

  /// Whether nothing but images differ, and they are newer versions of what they were, or come from elsewhere, of which
  /// ``FluxImageOverride`` tells.
  fileprivate var onlyMovesImages: Bool {
    guard let before, let after else { return false }
    let fields = FieldChange.between(before.object.root, after.object.root, group: after.object.groupKind.group)
    return !fields.isEmpty
      && fields.allSatisfy { field in
        guard field.path.steps.last == .key("image"), let old = field.before?.text, let new = field.after?.text else {
          return false
        }
        let (was, now) = (ImageName(old), ImageName(new))
        return was.repository != now.repository || now.isNewer(than: was)
      }
  }
}

extension Change {
  /// Whether a file of Flux's own manifests goes as a whole, so that what is in it is not to be told one by one.
  func removesFlux(_ path: String) -> Bool { path.isFluxComponents && mode == .edit && !after.exists(path) }

  /// Whether a file differs that holds objects; what patches and variables make of the same file is no edit of it.
  fileprivate func edits(_ path: String, _ changes: [ObjectChange]) -> Bool {
    // Where files are judged as written, a change of an object is an edit of its file.
    if applied == nil { return true }
    func written(_ view: any StateView, _ path: String) -> [KubernetesObject] {
      let folder = Path.parent(path)
      return view.objects(under: folder).filter { $0.path == path }.map(\.object)
    }
    let old = written(before, path)
    let new = written(after, changes.lazy.compactMap(\.after?.path).first ?? path)
    return old.count != new.count || !zip(old, new).allSatisfy { $0.root.means($1.root) }
  }

  /// Whether a file of Flux's own manifests goes together with the sync in its folder, of which other rules tell.
  fileprivate func removesSync(beside path: String) -> Bool {
    guard removesFlux(path) else { return false }
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    return objects.contains {
      $0.after == nil && $0.before?.object.groupKind == FluxKind.kustomization && $0.before?.folder == folder
    }
  }
}

extension String {
  /// Whether a path is that of Flux's generated manifests.
  var isFluxComponents: Bool { hasSuffix("gotk-components.yaml") }
}

extension KubernetesObject {
  /// Whether this is the Deployment of one of Flux's own controllers.
  var isFluxController: Bool {
    groupKind == CoreKind.deployment && FluxKind.controllers.contains(identity.name)
      && (identity.namespace.isEmpty || identity.namespace == "flux-system"
        || label("app.kubernetes.io/part-of") == "flux")
  }

  /// The containers of the pods that it makes, the initial ones too.
  fileprivate var containers: [PodTemplate.Container] { PodTemplate(self)?.containers ?? [] }
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
