internal import Manifests

/// kustomize's transformers, each changing the objects of a map in place.
struct Transformers {
  /// The kustomization file that asks for the change.
  let path: String
  /// What earlier builds came to, where that is kept.
  var memo: BuildMemo?

  private func origin(_ cause: String) -> Origin { Origin(path: path, cause: cause) }

  private func placed(_ problem: BuildProblem, _ span: Span) -> BuildProblem {
    guard problem.path.isEmpty else { return problem }
    var copy = problem
    copy.path = path
    copy.span = span
    return copy
  }

  private func apply(
    _ specs: [FieldSpec], created: CreatedField, to resource: inout Resource, span: Span,
    _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) {
    let group = resource.group
    let version = resource.version
    let kind = resource.kind
    for spec in specs where spec.selects(group: group, version: version, kind: kind) {
      let steps = spec.steps
      let walk = FieldWalk(creates: spec.creates, created: created)
      do {
        try walk.visit(&resource.root, steps[...], change)
      } catch {
        throw placed(error, span)
      }
    }
  }

  /// A string value that says who set it.
  private func value(_ text: String, from source: PlacedText, cause: String) -> Node {
    Node(.scalar(Scalar(text, tag: .string)), span: source.node.span, origin: source.node.origin ?? origin(cause))
  }

  /// Sets strings under keys of mappings: labels or annotations.
  func set(
    _ pairs: [KustomizationFile.Pair], at specs: [FieldSpec], cause: String, in map: inout ResourceMap
  ) throws(BuildProblem) {
    let showsNotes = specs.contains { $0.path == "metadata/annotations" }
    for index in map.resources.indices {
      if showsNotes, !pairs.isEmpty { map.resources[index].showNotes() }
      for pair in pairs { try set(pair, at: specs, cause, in: &map.resources[index]) }
    }
  }

  /// Sets one string; what is added at several places is shared from then on.
  private func set(
    _ pair: KustomizationFile.Pair, at specs: [FieldSpec], _ cause: String, in resource: inout Resource
  ) throws(BuildProblem) {
    let node = value(pair.value.value, from: pair.value, cause: cause)
    let shared = resource.shared
    var groups: [Origin] = []
    var added = node
    var count = 0
    try apply(specs, created: .mapping, to: &resource, span: pair.value.node.span) { (target) throws(BuildProblem) in
      if target.isNull { return }
      guard target.isMapping else {
        throw BuildProblem(.badTransformer, path: "", subject: pair.key, message: "\(cause) needs a mapping there")
      }
      guard let old = target.entry(pair.key)?.value else {
        if count == 0, let origin = node.origin { added.origin = Origin(path: origin.path, cause: origin.cause) }
        count += 1
        target.set(pair.key, to: added)
        return
      }
      if let group = shared.group(of: old) {
        if !groups.contains(where: { $0 === group }) { groups.append(group) }
      } else {
        target.set(pair.key, to: node.written(as: old))
      }
    }
    for group in groups { resource.overwriteShared(group, with: node) }
    if count > 1, let origin = added.origin { resource.shared.add(origin) }
  }

  /// The subjects of a role binding that get the namespace.
  enum Subjects: String {
    case named = "defaultOnly"
    case accounts = "allServiceAccounts"
    case none
  }

  /// The namespace transformer.
  ///
  /// - Parameter unsetOnly: whether a namespace that is there already stays.
  func setNamespace(
    _ namespace: PlacedText, _ specs: [FieldSpec], unsetOnly: Bool = false, subjects: Subjects = .named,
    in map: inout ResourceMap
  ) throws(BuildProblem) {
    let node = value(namespace.value, from: namespace, cause: "namespace")
    func set(_ target: inout Node) {
      if !unsetOnly || target.isNull || target.text?.isEmpty ?? true { target = node }
    }
    let others = specs.filter { $0.path != "metadata/namespace" }
    let transformation = BuildMemo.Transformation(
      field: "namespace", text: "\(namespace.value) \(unsetOnly) \(subjects.rawValue)", file: path,
      span: namespace.node.span)
    let memo = specs == TransformerTables.namespaces ? memo : nil
    for index in map.resources.indices {
      map.resources[index].rememberID()
      let resource = map.resources[index]
      func place(_ root: Node) throws(BuildProblem) -> Node {
        var copy = resource
        copy.root = root
        try setNamespace(of: &copy, others, subjects, namespace.node.span, set)
        return copy.root
      }
      map.resources[index].root =
        if let memo { try memo.transformed(resource.root, transformation, place) } else { try place(resource.root) }
    }
    if let twin = map.reindex() {
      throw BuildProblem(
        .namespaceConflict, path: path, span: namespace.node.span, subject: twin.id.title,
        message: "namespace \(namespace.value) makes two objects the same: \(twin.id.title)")
    }
  }

  private func setNamespace(
    of resource: inout Resource, _ specs: [FieldSpec], _ subjects: Subjects, _ span: Span, _ set: (inout Node) -> Void
  ) throws(BuildProblem) {
    let isCore = resource.apiVersion == "v1"
    let isBinding = ["RoleBinding", "ClusterRoleBinding"].contains(resource.kind)
    if !resource.isClusterScoped {
      resource.root.update("metadata") { metadata in
        var own = metadata.entry("namespace")?.value ?? .plain("")
        set(&own)
        metadata.set("namespace", to: own)
      }
    }
    if isBinding { setSubjects(of: &resource, subjects, set) }
    let fitting = specs.filter { spec in
      (isCore || spec.path != "metadata/name") && !(isBinding && spec.path == "subjects/namespace")
    }
    try apply(fitting, created: .scalar, to: &resource, span: span) { (target) throws(BuildProblem) in set(&target) }
  }

  /// Subjects named `default`, or all service accounts, get the namespace.
  private func setSubjects(of resource: inout Resource, _ mode: Subjects, _ set: (inout Node) -> Void) {
    guard mode != .none, case .sequence(var subjects)? = resource.root.entry("subjects")?.value.value else { return }
    let (field, wanted) = mode == .named ? ("name", "default") : ("kind", "ServiceAccount")
    for index in subjects.indices where subjects[index].entry(field)?.value.text == wanted {
      var own = subjects[index].entry("namespace")?.value ?? .plain("")
      set(&own)
      subjects[index].set("namespace", to: own)
    }
    resource.root.update("subjects") { $0.value = .sequence(subjects) }
  }

  private static func keepsName(_ id: ResourceID) -> Bool {
    id.kind == "CustomResourceDefinition" || id.kind == "Namespace"
      || (id.kind == "APIService" && id.group == "apiregistration.k8s.io")
  }

  /// The prefix and suffix transformers.
  func rename(
    prefix: PlacedText?, suffix: PlacedText?, _ specs: [FieldSpec], in map: inout ResourceMap
  ) throws(BuildProblem) {
    guard let text = prefix ?? suffix else { return }
    let cause = prefix == nil ? "nameSuffix" : "namePrefix"
    for index in map.resources.indices {
      let id = map.resources[index].originalID
      if Transformers.keepsName(id) { continue }
      for spec in specs where spec.selects(group: id.group, version: id.version, kind: id.kind) {
        if spec.path == "metadata/name" {
          if prefix != nil {
            map.resources[index].prefixes.append(text.value)
          } else {
            map.resources[index].suffixes.append(text.value)
          }
          map.resources[index].rememberID()
        }
        try apply([spec], created: .scalar, to: &map.resources[index], span: text.node.span) {
          (node) throws(BuildProblem) in
          guard case .scalar(var scalar) = node.value else { return }
          scalar.text = prefix == nil ? scalar.text + text.value : text.value + scalar.text
          scalar.tag = nil
          node = Node(.scalar(scalar), span: text.node.span, origin: text.node.origin ?? origin(cause))
        }
      }
    }
    _ = map.reindex()
  }

  /// The replica count transformer.
  func setReplicas(
    _ rule: KustomizationFile.ReplicaRule, _ specs: [FieldSpec], in map: inout ResourceMap
  ) throws(BuildProblem) {
    var isFound = false
    let node = Node(.scalar(Scalar(String(rule.count))), span: rule.node.span, origin: origin("replicas"))
    for spec in specs {
      for index in map.resources.indices {
        let resource = map.resources[index]
        let ids = resource.previousIDs + [resource.id]
        let fits = ids.contains {
          $0.name == rule.name && spec.selects(group: $0.group, version: $0.version, kind: $0.kind)
        }
        guard fits else { continue }
        isFound = true
        try apply([spec], created: .scalar, to: &map.resources[index], span: rule.node.span) {
          (target) throws(BuildProblem) in target = node
        }
      }
    }
    guard isFound else {
      throw BuildProblem(
        .badTransformer, path: path, span: rule.node.span, subject: rule.name,
        message: "replicas names \(rule.name), and no object that has replicas is called so")
    }
  }
}
