package import Manifests

extension KustomizationFile {
  /// Reads a kustomization file's document.
  ///
  /// - Parameter isLenient: as Flux reads the root file: unknown fields vanish, other scalars become strings.
  /// - Throws: what kustomize refuses, with its place.
  package init(_ root: Node?, path: String, isLenient: Bool = false) throws(BuildProblem) {
    self.init(path: path)
    self.root = root
    let decoder = FieldDecoder(path: path, isLenient: isLenient)
    guard let root, !root.isNull else {
      if isLenient { return }
      throw BuildProblem(.emptyKustomization, path: path, message: "the kustomization file is empty")
    }
    guard root.isMapping else { throw decoder.problem(root, "a kustomization file has to be a mapping") }
    var header: [String: Node] = [:]
    for entry in root.entries {
      if ["kind", "apiversion"].contains(entry.name.lowercased()) {
        header[entry.name.lowercased()] = entry.value
      } else {
        try take(entry, decoder)
      }
    }
    try checkHeader(header, decoder)
    let saysSomething = root.entries.contains { entry in
      !["kind", "apiversion"].contains(entry.name.lowercased()) && !isZero(entry.value)
    }
    if !isLenient, !saysSomething {
      throw BuildProblem(
        .emptyKustomization, path: path, span: root.span, message: "the kustomization file says nothing")
    }
  }

  private func isZero(_ node: Node) -> Bool {
    switch node.value {
    case .mapping, .unknown: false
    case .sequence: false
    case .scalar(let scalar): scalar.meaning == .null || scalar.text.isEmpty
    }
  }

  private mutating func checkHeader(_ header: [String: Node], _ decoder: FieldDecoder) throws(BuildProblem) {
    let kindNode = header["kind"]
    let versionNode = header["apiversion"]
    let name = try kindNode.map { (node) throws(BuildProblem) in try decoder.string(node) } ?? ""
    let version = try versionNode.map { (node) throws(BuildProblem) in try decoder.string(node) } ?? ""
    switch name {
    case "", "Kustomization": kind = .kustomization
    case "Component": kind = .component
    default:
      throw BuildProblem(
        .wrongKind, path: path, span: kindNode?.span ?? .none, subject: name,
        message: "the kind of a kustomization file has to be Kustomization or Component")
    }
    let wanted = kind == .component ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1"
    guard version.isEmpty || version == wanted else {
      throw BuildProblem(
        .wrongKind, path: path, span: versionNode?.span ?? .none, subject: version,
        message: "the apiVersion of this kustomization file has to be \(wanted)")
    }
  }

  private mutating func take(_ entry: Entry, _ decoder: FieldDecoder) throws(BuildProblem) {
    let node = entry.value
    switch entry.name.lowercased() {
    case "resources": resources = try decoder.texts(node) + resources
    case "bases": resources += try decoder.texts(node)
    case "components": components = try decoder.texts(node)
    case "configurations": configurations = try decoder.texts(node)
    case "crds": crds = try decoder.texts(node)
    case "generators": generators = try decoder.texts(node)
    case "transformers": transformers = try decoder.texts(node)
    case "validators": validators = try decoder.texts(node)
    case "buildmetadata": buildMetadata = try decoder.texts(node)
    case "namespace": namespace = try decoder.text(node)
    case "nameprefix": namePrefix = try decoder.text(node)
    case "namesuffix": nameSuffix = try decoder.text(node)
    case "commonlabels": commonLabels = try decoder.pairs(node)
    case "commonannotations": commonAnnotations = try decoder.pairs(node)
    case "labels": labels = try decoder.list(node, decoder.labelRule)
    case "patchesstrategicmerge": patchesStrategicMerge = try decoder.texts(node)
    case "patchesjson6902": patchesJSON6902 = try decoder.list(node, decoder.patchRule)
    case "patches": patches = try decoder.list(node, decoder.patchRule)
    case "images": images = try decoder.list(node, decoder.imageRule) + images
    case "imagetags": images += try decoder.list(node, decoder.imageRule)
    case "replicas": replicas = try decoder.list(node, decoder.replicaRule)
    case "replacements": replacements = try decoder.list(node, decoder.replacementRule)
    case "configmapgenerator": configMapGenerators = try decoder.list(node, decoder.generatorRule)
    case "secretgenerator": secretGenerators = try decoder.list(node, decoder.generatorRule)
    case "generatoroptions": generatorOptions = try decoder.generatorOptions(node)
    case "sortoptions": sortOptions = try decoder.sortOptions(node)
    case "metadata": break
    case "vars", "openapi", "helmcharts", "helmglobals", "helmchartinflationgenerator":
      if !node.isNull { unevaluated.append(entry) }
    default: try decoder.refuse(entry)
    }
  }
}
