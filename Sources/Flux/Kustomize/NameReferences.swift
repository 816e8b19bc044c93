internal import Manifests

/// Rewrites references to objects whose name or namespace a build has changed.
struct NameReferences {
  let tables: TransformerTables
  /// The root's kustomization file, for problems.
  let path: String
  /// What earlier builds came to, where that is kept.
  var memo: BuildMemo?

  /// Rewrites all references; nothing happens where no object ever had another identity.
  func fix(_ map: inout ResourceMap) throws(BuildProblem) {
    try checkBindings(map)
    let changed = map.resources.indices.filter { !map.resources[$0].previous.isEmpty }
    guard !changed.isEmpty else { return }
    var byName: [String: [Int]] = [:]
    for index in changed {
      for name in Set(map.resources[index].previous.map(\.name)) { byName[name, default: []].append(index) }
    }
    for index in map.resources.indices {
      let present = fields(of: map.resources[index])
      if present.isEmpty { continue }
      var root = map.resources[index].root
      let scope = Scope(referrer: map.resources[index], map: map, byName: byName)
      var isChanged = false
      for spec in present { try fix(&root, spec.field, spec.target, scope, &isChanged) }
      // What did not change stays the very same in memory, by which later steps know it again.
      if isChanged { map.resources[index].root = root }
    }
    _ = map.reindex()
  }

  /// The fields of an object that hold names.
  private func fields(of resource: Resource) -> [TransformerTables.NamingField] {
    func found() -> [TransformerTables.NamingField] {
      let first = resource.originalID
      let walk = FieldWalk(creates: false, created: .none)
      return tables.referrers(of: first.kind).filter {
        $0.field.selects(group: first.group, version: first.version, kind: first.kind)
          && walk.mayReach(resource.root, $0.field.steps[...])
      }
    }
    guard let memo, tables.hasBuiltinReferrers, resource.previous.first?.kind ?? resource.kind == resource.kind else {
      return found()
    }
    return memo.namingFields(of: resource.root, found)
  }

  /// kustomize refuses a role binding whose service account has an empty namespace.
  private func checkBindings(_ map: ResourceMap) throws(BuildProblem) {
    for resource in map.resources where resource.kind == "RoleBinding" {
      for subject in resource.root.entry("subjects")?.value.items ?? []
      where subject.entry("kind")?.value.text == "ServiceAccount" {
        guard let namespace = subject.entry("namespace")?.value, namespace.string == nil, !namespace.isUnknown else {
          continue
        }
        throw BuildProblem(
          .badTransformer, path: namespace.origin?.path ?? resource.path, span: namespace.span,
          subject: resource.id.title, message: "\(resource.id.title) has a subject whose namespace is blank")
      }
    }
  }

  private func fix(
    _ root: inout Node, _ spec: FieldSpec, _ target: FieldSpec, _ scope: Scope, _ isChanged: inout Bool
  ) throws(BuildProblem) {
    do {
      try FieldWalk(creates: false, created: .none).visit(&root, spec.steps[...]) { (node) throws(BuildProblem) in
        switch node.value {
        case .scalar: if try scalar(&node, spec, target, scope) { isChanged = true }
        case .mapping: if try mapping(&node, spec, target, scope) { isChanged = true }
        case .sequence(var items):
          for index in items.indices {
            let rewrite = items[index].isMapping ? mapping : scalar
            if try rewrite(&items[index], spec, target, scope) { isChanged = true }
          }
          node.value = .sequence(items)
        case .unknown: return
        }
      }
    } catch {
      if error.kind == .ambiguousTarget { throw error }
      throw BuildProblem(
        .badTransformer, path: scope.referrer.path, span: error.span, subject: spec.path,
        message: "\(scope.referrer.id.title) has a field of another shape at \(spec.path)")
    }
  }

  /// Rewrites a name; tells whether it is another now.
  private func scalar(
    _ node: inout Node, _ spec: FieldSpec, _ target: FieldSpec, _ scope: Scope
  ) throws(BuildProblem) -> Bool {
    guard !node.isNull, case .scalar(var scalar) = node.value else { return false }
    guard let found = try scope.select(scalar.text, nil, spec, target, byNamespace: false) else { return false }
    let name = found.name
    guard name != scalar.text else { return false }
    scalar.text = name
    scalar.tag = nil
    node.value = .scalar(scalar)
    node.origin = found.root.entry("metadata")?.value.entry("name")?.value.origin ?? node.origin
    return true
  }

  /// Rewrites a name with a namespace beside it; tells whether either is another now.
  private func mapping(
    _ node: inout Node, _ spec: FieldSpec, _ target: FieldSpec, _ scope: Scope
  ) throws(BuildProblem) -> Bool {
    guard let nameNode = node.entry("name")?.value else {
      throw BuildProblem(.badTransformer, path: "", span: node.span, message: "a reference has no name")
    }
    let old = nameNode.text ?? ""
    let namespace = node.entry("namespace")?.value.text
    guard let found = try scope.select(old, namespace, spec, target, byNamespace: true) else { return false }
    if found.name == old, found.namespace.isEmpty || found.namespace == namespace { return false }
    if found.name != old { node.set("name", to: text(found.name, "name", of: found)) }
    if !found.namespace.isEmpty, found.namespace != namespace {
      node.set("namespace", to: text(found.namespace, "namespace", of: found))
    }
    return true
  }

  private func text(_ value: String, _ field: String, of resource: Resource) -> Node {
    let source = resource.root.entry("metadata")?.value.entry(field)?.value
    return Node(
      .scalar(Scalar(value)), span: source?.span ?? .none,
      origin: source?.origin ?? Origin(path: resource.path, cause: "reference"))
  }
}

/// The objects that one object may refer to.
private struct Scope {
  let referrer: Resource
  let map: ResourceMap
  let byName: [String: [Int]]
  private let now: ResourceID
  private let accountNamespaces: Set<String>

  init(referrer: Resource, map: ResourceMap, byName: [String: [Int]]) {
    self.referrer = referrer
    self.map = map
    self.byName = byName
    now = referrer.id
    var namespaces: Set<String> = []
    if referrer.kind == "RoleBinding" {
      for subject in referrer.root.entry("subjects")?.value.items ?? []
      where subject.entry("kind")?.value.text == "ServiceAccount" {
        if let namespace = subject.entry("namespace")?.value.text { namespaces.insert(namespace) }
      }
    }
    accountNamespaces = namespaces
  }

  /// The object meant by a name; `nil` where there is none, or none that changed.
  ///
  /// - Throws: `ambiguousTarget` where several objects are meant.
  func select(
    _ name: String, _ namespace: String?, _ spec: FieldSpec, _ target: FieldSpec, byNamespace: Bool
  ) throws(BuildProblem) -> Resource? {
    guard let places = byName[name] else { return nil }
    var candidates = places.map { map.resources[$0] }.filter { couldBeReferenced($0) }
    if let namespace {
      let original = candidates.filter { $0.originalID.effectiveNamespace == namespace }
      let known = map.resources.contains { couldBeReferenced($0) && $0.originalID.effectiveNamespace == namespace }
      candidates = known ? original : candidates.filter { $0.id.effectiveNamespace == namespace }
    }
    candidates = candidates.filter { resource in
      resource.previousIDs.contains { target.selects(group: $0.group, version: $0.version, kind: $0.kind) }
        && fitsRole(resource, spec) && sharesNamespace(resource)
    }
    if candidates.count <= 1 { return candidates.first }
    candidates = candidates.filter { sameAffixes($0, allowsEmpty: true) }
    if candidates.count > 1 { candidates = candidates.filter { sameAffixes($0, allowsEmpty: false) } }
    guard let first = candidates.first, candidates.count > 1 else { return candidates.first }
    let isSame = candidates.allSatisfy {
      $0.name == first.name && (!byNamespace || $0.namespace == first.namespace)
    }
    if isSame { return first }
    throw BuildProblem(
      .ambiguousTarget, path: referrer.path, span: referrer.root.span, subject: name,
      message: "\(now.title) refers to \(name), and several objects of the build had that name")
  }

  private func couldBeReferenced(_ resource: Resource) -> Bool {
    if now.isClusterScoped { return true }
    let id = resource.id
    return id.isClusterScoped || id.effectiveNamespace == now.effectiveNamespace
      || accountNamespaces.contains(resource.namespace)
  }

  private func fitsRole(_ resource: Resource, _ spec: FieldSpec) -> Bool {
    guard spec.path.hasSuffix("roleRef/name"), let role = referrer.root.entry("roleRef")?.value,
      let group = role.entry("apiGroup")?.value.text, let kind = role.entry("kind")?.value.text
    else { return true }
    return resource.previousIDs.contains { $0.kind == kind && (group.isEmpty || $0.group == group) }
  }

  private func sharesNamespace(_ resource: Resource) -> Bool {
    if now.isClusterScoped { return true }
    let id = resource.id
    return id.isClusterScoped || id.kind == "ServiceAccount" || id.effectiveNamespace == now.effectiveNamespace
  }

  private func sameAffixes(_ resource: Resource, allowsEmpty: Bool) -> Bool {
    sameEnding(resource.prefixes, referrer.prefixes, allowsEmpty)
      && sameEnding(resource.suffixes, referrer.suffixes, allowsEmpty)
  }

  private func sameEnding(_ left: [String], _ right: [String], _ allowsEmpty: Bool) -> Bool {
    if allowsEmpty, left.isEmpty || right.isEmpty { return true }
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    return short.isEmpty ? long.isEmpty : Array(long.suffix(short.count)) == short
  }
}
