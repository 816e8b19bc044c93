internal import Manifests

/// An object's identity as kustomize compares it: the version is part of it, an absent namespace is `default`.
struct ResourceID: Hashable {
  var group: String
  var version: String
  var kind: String
  var name: String
  /// The namespace as written, or the effective one of an earlier identity.
  var namespace: String
  var isClusterScoped: Bool

  private static let noNamespace = "_non_namespaceable_"

  /// Names differ where objects do, nearly always.
  func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(kind)
  }

  /// The namespace that counts when two identities are compared.
  var effectiveNamespace: String {
    if isClusterScoped { return ResourceID.noNamespace }
    return namespace.isEmpty ? "default" : namespace
  }

  /// What two identities of the same object have in common.
  var key: ResourceID {
    var copy = self
    copy.namespace = effectiveNamespace
    copy.isClusterScoped = false
    return copy
  }

  /// `Cluster default/prod`, for people.
  var title: String { namespace.isEmpty ? "\(kind) \(name)" : "\(kind) \(namespace)/\(name)" }
}

/// An identity that was read off an object, equal to those of its twins. Never changes, so that it is passed on without
/// a copy.
final class KnownIdentity: Hashable, Sendable {
  let id: ResourceID
  private let key: ResourceID

  init(_ id: ResourceID) {
    self.id = id
    key = id.key
  }

  static func == (left: KnownIdentity, right: KnownIdentity) -> Bool { left === right || left.key == right.key }

  func hash(into hasher: inout Hasher) { key.hash(into: &hasher) }
}

/// An object on its way through a build.
struct Resource {
  var root: Node {
    didSet { known = nil }
  }
  /// The file it came from.
  var path: String
  /// Earlier identities, the oldest first: `namespace` is the effective one.
  var previous: [(kind: String, name: String, namespace: String)] = []
  var prefixes: [String] = []
  var suffixes: [String] = []
  var allowsNameChange = false
  var allowsKindChange = false
  /// `create`, `merge`, `replace`, or empty for an object that no generator made.
  var behavior = ""
  var needsHash = false
  /// Labels and annotations that change together.
  var shared = SharedValues()

  /// Whether kustomize keeps notes of its own in the annotations by now, so that there always are some.
  var hasNotes: Bool { !previous.isEmpty || !behavior.isEmpty }

  /// The identity, where it was told since the object last changed.
  private var known: KnownIdentity?

  init(root: Node, path: String) {
    self.root = root
    self.path = path
  }

  var apiVersion: String { root.entry("apiVersion")?.value.text ?? "" }
  var kind: String { known?.id.kind ?? root.entry("kind")?.value.text ?? "" }
  var name: String { known?.id.name ?? metadata("name") }
  var namespace: String { known?.id.namespace ?? metadata("namespace") }
  var group: String {
    if let known { return known.id.group }
    let text = apiVersion
    return text.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(text[..<$0]) } ?? ""
  }
  var version: String {
    if let known { return known.id.version }
    let text = apiVersion
    return text.utf8.firstIndex(of: UInt8(ascii: "/")).map { String(text[text.utf8.index(after: $0)...]) } ?? text
  }
  var isClusterScoped: Bool {
    known?.id.isClusterScoped ?? BuiltinKinds.isClusterScoped(apiVersion: apiVersion, kind: kind)
  }

  private func metadata(_ field: String) -> String {
    guard let node = root.entry("metadata")?.value.entry(field)?.value, !node.isNull else { return "" }
    return node.text ?? ""
  }

  /// The identity it has now.
  var id: ResourceID {
    if let known { return known.id }
    return ResourceID(
      group: group, version: version, kind: kind, name: name, namespace: namespace, isClusterScoped: isClusterScoped)
  }

  /// The identity by which twins are found; at hand until the object changes.
  mutating func settledIdentity() -> KnownIdentity {
    if let known { return known }
    let found = KnownIdentity(id)
    known = found
    return found
  }

  /// Its earlier identities, in today's group and version.
  var previousIDs: [ResourceID] {
    previous.map {
      ResourceID(
        group: group, version: version, kind: $0.kind, name: $0.name, namespace: $0.namespace, isClusterScoped: false)
    }
  }

  /// The identity it began with.
  var originalID: ResourceID {
    previous.first.map {
      ResourceID(
        group: group, version: version, kind: $0.kind, name: $0.name, namespace: $0.namespace, isClusterScoped: false)
    } ?? id
  }

  /// Gives a group of shared values another value.
  mutating func overwriteShared(_ group: Origin, with node: Node) {
    var changed = root
    shared.overwrite(group, with: node, in: &changed)
    root = changed
  }

  /// Lets shared values follow where a change of an earlier state overwrote some of them.
  mutating func followShared(from old: Node) {
    guard !shared.isEmpty else { return }
    var changed = root
    if shared.follow(old, to: &changed) { root = changed }
  }

  /// Makes the annotations that kustomize's notes stand in; empty ones are left out in the end.
  mutating func showNotes() {
    guard hasNotes else { return }
    let annotations = root.entry("metadata")?.value.entry("annotations")?.value
    if annotations == nil || annotations?.isNull == true {
      root.update("metadata") { metadata in metadata.update("annotations") { _ in } }
    }
  }

  /// Remembers today's identity before a transformer changes it.
  mutating func rememberID() { previous.append((kind, name, id.effectiveNamespace)) }

  /// The string values under `metadata.labels` or `metadata.annotations`.
  func strings(_ field: String) -> [String: String] {
    var result: [String: String] = [:]
    for entry in root.entry("metadata")?.value.entry(field)?.value.entries ?? [] {
      result[entry.name] = entry.value.text ?? ""
    }
    return result
  }

  /// Sets the name; a plain scalar stays plain, whatever the text.
  mutating func setName(_ text: String, origin: Origin?) { setMetadata("name", text, origin: origin) }

  /// Sets a scalar of the metadata and keeps the way it was quoted.
  mutating func setMetadata(_ field: String, _ text: String, origin: Origin?) {
    root.update("metadata") { metadata in
      guard case .scalar(var scalar) = metadata.entry(field)?.value.value else {
        metadata.set(field, to: Node(.scalar(Scalar(text)), origin: origin))
        return
      }
      if scalar.text == text { return }
      scalar.text = text
      scalar.tag = nil
      let span = metadata.entry(field)?.value.span ?? .none
      metadata.set(field, to: Node(.scalar(scalar), span: span, origin: origin ?? metadata.entry(field)?.value.origin))
    }
  }
}
