package import Manifests

/// A Flux `Kustomization` as its `spec` says it, with the places of what it says. Never changes, so that states can share
/// it.
package final class FluxKustomization: Sendable {
  /// The API group of the kind.
  package static let group = "kustomize.toolkit.fluxcd.io"

  /// What a Kustomization, a variable source or a source reference names.
  package struct Reference: Hashable, Sendable {
    package var kind: String
    package var namespace: String
    package var name: String

    package init(kind: String, namespace: String, name: String) {
      self.kind = kind
      self.namespace = namespace
      self.name = name
    }
  }

  /// An entry of `postBuild.substituteFrom`.
  package struct VariableSource: Sendable {
    package var reference: Reference
    package var node: Node
  }

  package let identity: ObjectIdentity
  /// The file that holds the object.
  package let file: String
  /// The whole object.
  package let root: Node
  /// `spec.path`, normalised; `nil` where it is not known.
  package let path: String?
  /// Whether `spec.path` is written at all.
  let hasPath: Bool
  package let source: Reference
  package let prunes: Bool
  package let isSuspended: Bool
  package let isForced: Bool
  package let deletionPolicy: String
  /// The Kustomizations that have to be ready first, but for those of which an expression says when they are.
  package let dependsOn: [Reference]
  package let variableSources: [VariableSource]
  /// `postBuild.substitute`.
  package let variables: [Entry]
  /// Whether variables are substituted even where none is defined.
  package let substitutesAlways: Bool
  /// Whether the objects go to another cluster, through `spec.kubeConfig`.
  package let isRemote: Bool
  /// Whether `spec.decryption` is set.
  package let decrypts: Bool
  /// Whether a marker keeps Flux from applying the object itself, so that edits of it have no effect.
  let isFrozen: Bool
  /// The FluxInstance, or the HelmRelease of one, whose sync the Flux Operator makes it of; `nil` where it is written
  /// as it is.
  package let maker: ObjectIdentity?

  /// Reads a Kustomization; `nil` for an object of another kind.
  package init?(_ object: KubernetesObject, file: String, maker: ObjectIdentity? = nil) {
    guard object.identity.group == FluxKustomization.group, object.identity.kind == "Kustomization" else { return nil }
    let spec = object["spec"]
    let namespace = object.identity.namespace
    func text(_ keys: String...) -> String? { spec?[keys]?.text }
    func flag(_ key: String) -> Bool { spec?[key]?.bool ?? false }
    func reference(_ node: Node, kind: String) -> Reference {
      Reference(
        kind: node["kind"]?.text ?? kind, namespace: node["namespace"]?.text ?? namespace,
        name: node["name"]?.text ?? "")
    }
    identity = object.identity
    self.file = file
    root = object.root
    let written = text("path") ?? ""
    let isUnknown = spec?["path"]?.isUnknown ?? false
    hasPath = spec?["path"] != nil
    path = isUnknown || written.contains("${") ? nil : Path.joined(written)
    source =
      spec?["sourceRef"].map { reference($0, kind: "GitRepository") }
      ?? Reference(kind: "GitRepository", namespace: namespace, name: "")
    prunes = spec?["prune"]?.bool ?? true
    isSuspended = flag("suspend")
    isForced = flag("force")
    deletionPolicy = text("deletionPolicy") ?? "MirrorPrune"
    dependsOn =
      spec?["dependsOn"]?.items.filter { $0["readyExpr"] == nil && $0["name"]?.text?.contains("${") == false }
      .map { reference($0, kind: "Kustomization") } ?? []
    variableSources =
      spec?["postBuild", "substituteFrom"]?.items.map { node in
        var source = reference(node, kind: "")
        source.namespace = namespace
        return VariableSource(reference: source, node: node)
      } ?? []
    variables = spec?["postBuild", "substitute"]?.entries ?? []
    substitutesAlways = text("postBuild", "substituteStrategy") == "Always"
    isRemote = spec?["kubeConfig"] != nil
    decrypts = spec?["decryption"] != nil
    isFrozen = Guard.freezing(object) != nil
    self.maker = maker
  }

  /// A Kustomization that stands in no file as such: what the Flux operator makes of a sync, or what bootstrap writes.
  convenience init?(
    name: String, namespace: String, path: String, file: String, span: Span, sourceKind: String = "GitRepository",
    maker: ObjectIdentity? = nil
  ) {
    func entry(_ key: String, _ value: Node) -> Entry { Entry(key: .plain(key), value: value) }
    func mapping(_ entries: [Entry]) -> Node { Node(.mapping(entries), span: span) }
    func text(_ value: String) -> Node { Node(.scalar(Scalar(value, tag: .string)), span: span) }
    let source = mapping([entry("kind", text(sourceKind)), entry("name", text(name))])
    let spec = mapping([
      entry("path", text("./" + path)), entry("prune", .plain("true")), entry("sourceRef", source),
    ])
    let root = mapping([
      entry("apiVersion", text("\(FluxKustomization.group)/v1")), entry("kind", text("Kustomization")),
      entry("metadata", mapping([entry("name", text(name)), entry("namespace", text(namespace))])),
      entry("spec", spec),
    ])
    guard let object = KubernetesObject(root) else { return nil }
    self.init(object, file: file, maker: maker)
  }

  /// What the Flux Operator makes of the sync of a FluxInstance, or of one in the values of the chart that makes it; `nil`
  /// for other objects and where nothing is synced.
  package convenience init?(syncOf object: KubernetesObject, file: String) {
    let identity = object.identity
    let sync: Node? =
      switch (identity.group, identity.kind) {
      case ("fluxcd.controlplane.io", "FluxInstance"): object["spec", "sync"]
      case ("helm.toolkit.fluxcd.io", "HelmRelease"): object["spec", "values", "instance", "sync"]
      default: nil
      }
    guard let sync else { return nil }
    self.init(
      sync: sync, namespace: identity.namespace.isEmpty ? "flux-system" : identity.namespace, file: file,
      maker: identity)
  }

  /// What the Flux Operator makes of a sync in a file of values for the chart `flux-instance`, which a HelmRelease of that
  /// name takes from a generated ConfigMap; `nil` for a file that holds something else.
  convenience init?(syncOfValues values: Node, file: String) {
    guard let maker = FluxKustomization.maker(in: values), let sync = values["instance", "sync"], sync["url"] != nil
    else { return nil }
    self.init(sync: sync, namespace: maker.namespace, file: file, maker: maker)
  }

  /// What makes a Kustomization of a sync in a document: the object that it is, or the HelmRelease that takes it for its
  /// values.
  static func maker(in document: Node) -> ObjectIdentity? {
    if let object = KubernetesObject(document) { return object.identity }
    guard document["apiVersion"] == nil, document["kind"] == nil, document["instance"] != nil else { return nil }
    return ObjectIdentity(
      group: "helm.toolkit.fluxcd.io", kind: "HelmRelease", namespace: "flux-system", name: "flux-instance")
  }

  private convenience init?(sync: Node, namespace: String, file: String, maker: ObjectIdentity) {
    guard let folder = sync["path"], let path = folder.text else { return nil }
    let kind = sync["kind"]?.text ?? "GitRepository"
    // The root of an artifact is not that of this repository, which it was cut from.
    if kind != "GitRepository", Path.joined(path).isEmpty { return nil }
    self.init(
      name: sync["name"]?.text ?? "flux-system", namespace: namespace, path: path, file: file, span: folder.span,
      sourceKind: kind, maker: maker)
  }

  /// Whether it is what `flux bootstrap` writes.
  var isBootstrapped: Bool { Path.name(file) == "gotk-sync.yaml" || identity.name == "flux-system" }

  /// The owner that objects of this Kustomization have under a sync root.
  package func owner(root: String) -> Owner {
    Owner(
      identity: identity, root: root, path: path ?? "", prunes: prunes, isSuspended: isSuspended,
      deletionPolicy: deletionPolicy)
  }

  /// Merges the fields that change objects into the root kustomization, as Flux does before the build.
  func apply(to file: inout KustomizationFile, exists: (String) -> Bool) {
    guard let spec = root["spec"] else { return }
    let cause = Origin(path: self.file, cause: "\(identity.title)")
    func placed(_ key: String) -> PlacedText? {
      guard let node = spec[key], let text = node.text, !text.isEmpty else { return nil }
      return PlacedText(text, node: node.origin == nil ? node.attributed(to: cause) : node)
    }
    if let namespace = placed("targetNamespace") { file.namespace = namespace }
    if let prefix = placed("namePrefix") { file.namePrefix = prefix }
    if let suffix = placed("nameSuffix") { file.nameSuffix = suffix }
    let decoder = FieldDecoder(path: self.file, isLenient: true)
    for node in spec["patches"]?.items ?? [] {
      guard var rule = try? decoder.patchRule(node) else { continue }
      rule.path = nil
      if let patch = rule.patch, patch.node.origin == nil {
        rule.patch = PlacedText(patch.value, node: patch.node.attributed(to: cause))
      }
      file.patches.append(rule)
    }
    let mayMiss = spec["ignoreMissingComponents"]?.bool ?? false
    for node in spec["components"]?.items ?? [] {
      guard let text = node.text else { continue }
      if mayMiss, let path = Path.resolve(text, in: file.folder), !exists(path) { continue }
      file.components.append(PlacedText(text, node: node.attributed(to: cause)))
    }
    for node in spec["images"]?.items ?? [] {
      guard var rule = try? decoder.imageRule(node) else { continue }
      rule.node = node.attributed(to: cause)
      FluxKustomization.merge(rule, into: &file.images)
    }
  }

  private static func merge(
    _ rule: KustomizationFile.ImageRule, into images: inout [KustomizationFile.ImageRule]
  ) {
    guard let index = images.firstIndex(where: { $0.name == rule.name }) else {
      images.append(rule)
      return
    }
    if !rule.newName.isEmpty { images[index].newName = rule.newName }
    if !rule.newTag.isEmpty || !rule.digest.isEmpty {
      images[index].newTag = rule.newTag
      images[index].digest = rule.digest
    }
    images[index].node = rule.node
  }
}
