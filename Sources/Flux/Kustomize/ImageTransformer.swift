internal import Manifests

/// Sets names, tags and digests of container images.
struct ImageTransformer {
  private let rule: KustomizationFile.ImageRule
  private let path: String
  private let pattern: Pattern
  private let origin: Origin

  /// - Throws: `badTransformer` where the image's name is no expression.
  init(_ rule: KustomizationFile.ImageRule, path: String) throws(BuildProblem) {
    self.rule = rule
    self.path = path
    let tail = "(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?"
    guard let pattern = Pattern(rule.name + tail) else {
      throw BuildProblem(
        .badTransformer, path: path, span: rule.node.span, message: "the name of an image cannot be read")
    }
    self.pattern = pattern
    origin = rule.node.origin ?? Origin(path: path, cause: "images")
  }

  /// Changes the images of an object: those of everything called `containers` or `initContainers`, and those at the
  /// listed fields. Definitions of custom resources are left alone.
  func transform(_ resource: inout Resource, _ specs: [FieldSpec]) throws(BuildProblem) {
    guard resource.kind != "CustomResourceDefinition" else { return }
    try walk(&resource.root)
    let group = resource.group
    let version = resource.version
    let kind = resource.kind
    for spec in specs where spec.selects(group: group, version: version, kind: kind) {
      do {
        try FieldWalk(creates: spec.creates, created: .none).visit(&resource.root, spec.steps[...], update)
      } catch {
        throw placed(error)
      }
    }
  }

  private func placed(_ problem: BuildProblem) -> BuildProblem {
    var copy = problem
    copy.path = path
    copy.span = rule.node.span
    return copy
  }

  private static let lists: Set<String> = ["containers", "initContainers"]

  /// Whether there is anything to find below, so that trees without containers are not rebuilt.
  private func holdsContainers(_ node: Node) -> Bool {
    switch node.value {
    case .mapping(let entries):
      entries.contains { ImageTransformer.lists.contains($0.name) || holdsContainers($0.value) }
    case .sequence(let items): items.contains(where: holdsContainers)
    default: false
    }
  }

  private func walk(_ node: inout Node) throws(BuildProblem) {
    guard holdsContainers(node) else { return }
    switch node.value {
    case .mapping(var entries):
      for index in entries.indices {
        try walk(&entries[index].value)
        guard ImageTransformer.lists.contains(entries[index].name),
          case .sequence(var items) = entries[index].value.value
        else { continue }
        for item in items.indices { try container(&items[item]) }
        entries[index].value.value = .sequence(items)
      }
      node.value = .mapping(entries)
    case .sequence(var items):
      for index in items.indices { try walk(&items[index]) }
      node.value = .sequence(items)
    default: return
    }
  }

  private func container(_ node: inout Node) throws(BuildProblem) {
    guard case .mapping(var entries) = node.value else {
      if node.isNull { return }
      throw placed(BuildProblem(.badTransformer, path: "", message: "a container has to be a mapping"))
    }
    guard let index = entries.firstIndex(where: { $0.key.text == "image" }) else { return }
    try update(&entries[index].value)
    node.value = .mapping(entries)
  }

  private func update(_ node: inout Node) throws(BuildProblem) {
    guard case .scalar(var scalar) = node.value else {
      throw placed(BuildProblem(.badTransformer, path: "", message: "an image has to be a string"))
    }
    guard !node.isNull, pattern.matches(scalar.text) else { return }
    scalar.text = renamed(scalar.text)
    scalar.tag = nil
    node = Node(.scalar(scalar), span: rule.node.span, origin: origin)
  }

  private func renamed(_ image: String) -> String {
    var (name, tag, digest) = ImageTransformer.split(image)
    if !rule.newName.isEmpty { name = rule.newName }
    if !rule.newTag.isEmpty {
      tag = rule.newTag
      digest = rule.digest
    } else if !rule.digest.isEmpty {
      tag = ""
      digest = rule.digest
    } else if !rule.tagSuffix.isEmpty {
      tag += rule.tagSuffix
      digest = ""
    }
    return name + (tag.isEmpty ? "" : ":" + tag) + (digest.isEmpty ? "" : "@" + digest)
  }

  /// Name, tag and digest of `[host[:port]/]name[:tag][@digest]`.
  static func split(_ image: String) -> (name: String, tag: String, digest: String) {
    var start = image.startIndex
    if let slash = image.firstIndex(of: "/"), slash > image.startIndex { start = slash }
    let at = image[start...].firstIndex(of: "@")
    let colon = image[start...].firstIndex(of: ":")
    let digest = at.map { String(image[image.index(after: $0)...]) } ?? ""
    if let colon, at.map({ colon < $0 }) ?? true {
      let tag = image[image.index(after: colon)..<(at ?? image.endIndex)]
      return (String(image[..<colon]), String(tag), digest)
    }
    return (at.map { String(image[..<$0]) } ?? image, "", digest)
  }
}
