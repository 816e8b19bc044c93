internal import Manifests

/// The patches of one kustomization.
struct PatchRun {
  let access: FolderAccess
  let isComplete: Bool
  /// How many objects each target fitted.
  private(set) var matches: [PatchTarget: Int] = [:]

  init(access: FolderAccess, isComplete: Bool) {
    self.access = access
    self.isComplete = isComplete
  }

  /// A patch as it was read.
  private enum Content {
    case merges([Resource])
    case json(JSONPatch)
  }

  private func fail(_ node: Node, _ message: String) -> BuildProblem {
    BuildProblem(.badPatch, path: access.kustomization, span: node.span, message: message)
  }

  /// `patches`: each with or without a target, inline or from a file.
  mutating func apply(_ rules: [KustomizationFile.PatchRule], to map: inout ResourceMap) throws(BuildProblem) {
    var contents: [Content] = []
    for rule in rules { contents.append(try read(rule)) }
    for (rule, content) in zip(rules, contents) {
      switch content {
      case .json(let patch):
        guard let target = rule.target else { throw fail(rule.node, "a JSON patch needs a target") }
        try apply(patch, to: target, keepsIdentity: true, in: &map, transformation(rule))
      case .merges(let patches): try apply(patches, rule, to: &map)
      }
    }
  }

  /// `patchesJson6902`: always with a target that has a name.
  mutating func applyJSON(_ rules: [KustomizationFile.PatchRule], to map: inout ResourceMap) throws(BuildProblem) {
    for rule in rules {
      guard let target = rule.target, !target.name.isEmpty else {
        throw fail(rule.node, "an entry of patchesJson6902 needs a target with a name")
      }
      guard case .json(let patch) = try read(rule), !patch.isEmpty else {
        throw fail(rule.node, "an entry of patchesJson6902 is no JSON patch")
      }
      try apply(patch, to: target, keepsIdentity: false, in: &map)
    }
  }

  /// `patchesStrategicMerge`: file names or patches themselves.
  func applyOldStyle(_ texts: [PlacedText], to map: inout ResourceMap) throws(BuildProblem) {
    var patches: [Resource] = []
    for text in texts {
      if let inline = inline(text), let found = try? ManifestReading.objects(inline, at: access.kustomization),
        !found.isEmpty
      {
        patches += found
      } else {
        let (path, parsed) = try access.parse(text)
        patches += try ManifestReading.objects(attributed(parsed, to: path), at: path)
      }
    }
    if !texts.isEmpty, patches.isEmpty { throw fail(texts[0].node, "the patch is empty") }
    for patch in patches {
      guard let place = try target(of: patch, in: map) else { continue }
      try merge(PatchRun.withStringMetadata(patch), into: place, in: &map)
      try refresh(&map)
    }
  }

  /// What a patch that is written in the kustomization is to an object; `nil` for one from a file.
  private func transformation(_ rule: KustomizationFile.PatchRule) -> BuildMemo.Transformation? {
    rule.patch.map { text in
      BuildMemo.Transformation(
        field: "patches", text: text.value, file: text.node.origin?.path ?? access.kustomization,
        span: text.node.span)
    }
  }

  private func attributed(_ parsed: ParsedFile, to path: String) -> ParsedFile {
    var copy = parsed
    let origin = Origin(path: path, cause: "patch")
    copy.documents = parsed.documents.map { $0.attributed(to: origin) }
    return copy
  }

  /// An inline text as YAML, its places shifted to where they stand in the file.
  private func inline(_ text: PlacedText) -> ParsedFile? {
    let origin = text.node.origin ?? Origin(path: access.kustomization, cause: "patch")
    let start = text.node.span
    func read() -> ParsedFile {
      var parsed = ParsedFile(Array(text.value.utf8))
      parsed.documents = parsed.documents.map { $0.shifted(below: start).attributed(to: origin) }
      return parsed
    }
    let patch = BuildMemo.InlinePatch(text: text.value, origin: origin, span: start)
    let parsed = access.reader.memo?.inlinePatch(patch, read) ?? read()
    return parsed.syntaxProblem == nil ? parsed : nil
  }

  /// The text as kustomize reads it: without blanks at its end, so that a block at its end loses its line feed.
  private static func trimmed(_ text: PlacedText) -> PlacedText {
    let bytes = text.value.utf8
    guard let last = bytes.lastIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return text }
    return PlacedText(String(text.value[...last]), node: text.node)
  }

  private func read(_ rule: KustomizationFile.PatchRule) throws(BuildProblem) -> Content {
    let parsed: ParsedFile
    let path: String
    var isJSON = false
    switch (rule.patch, rule.path) {
    case (nil, nil): throw fail(rule.node, "a patch has neither a text nor a path")
    case (.some, .some): throw fail(rule.node, "a patch has both a text and a path")
    case (let patch?, nil):
      path = access.kustomization
      guard let found = inline(PatchRun.trimmed(patch)) else { throw fail(patch.node, "the patch is no YAML") }
      parsed = found
      isJSON = patch.value.first { !$0.isWhitespace } == "["
    case (nil, let file?):
      let (found, read) = try access.parse(file)
      path = found
      if let problem = read.syntaxProblem {
        throw BuildProblem(.badPatch, path: path, span: problem.span, message: problem.reason)
      }
      parsed = attributed(read, to: path)
      isJSON = read.documents.first.map { $0.isSequence && $0.span.startColumn == 1 && isFlow($0) } ?? false
    }
    if let first = parsed.documents.first, first.isSequence {
      return .json(try JSONPatch(first, file: path, isJSON: isJSON))
    }
    do {
      var patches = try ManifestReading.objects(parsed, at: path)
      if rule.allowsNameChange || rule.allowsKindChange {
        for index in patches.indices {
          // kustomize notes it in the patch's annotations, which become strings on the way.
          patches[index] = PatchRun.withStringMetadata(patches[index], ["annotations"])
          patches[index].allowsNameChange = rule.allowsNameChange
          patches[index].allowsKindChange = rule.allowsKindChange
        }
      }
      return .merges(patches)
    } catch {
      throw BuildProblem(
        .badPatch, path: error.path, span: error.span,
        message: "the patch is no strategic merge patch: \(error.message)")
    }
  }

  /// Whether a list at the top of a file is written with brackets.
  private func isFlow(_ node: Node) -> Bool {
    guard case .sequence(let items) = node.value, let first = items.first else { return true }
    return first.span.startLine == node.span.startLine ? first.span.startColumn == node.span.startColumn + 1 : false
  }

  private mutating func apply(
    _ patches: [Resource], _ rule: KustomizationFile.PatchRule, to map: inout ResourceMap
  ) throws(BuildProblem) {
    guard let selector = rule.target else {
      for patch in patches {
        guard let place = try target(of: patch, in: map) else { continue }
        try merge(patch, into: place, in: &map)
      }
      try refresh(&map)
      return
    }
    if patches.isEmpty { return }
    guard patches.count == 1, let patch = patches.first else {
      throw fail(rule.node, "a patch with a target holds several objects")
    }
    for index in try places(of: selector, in: map) {
      try merge(
        PatchRun.withStringMetadata(patch), into: index, in: &map, transformation(rule))
    }
    try refresh(&map)
  }

  /// kustomize reads a patch's labels and annotations as strings when the patch has a target: `null` is a text then.
  private static func withStringMetadata(
    _ patch: Resource, _ fields: [String] = ["labels", "annotations"]
  ) -> Resource {
    var copy = patch
    copy.root.update("metadata") { metadata in
      for field in fields {
        guard let node = metadata.entry(field)?.value else { continue }
        let entries = node.entries.map { entry -> Entry in
          var result = entry
          result.value.value = .scalar(Scalar(entry.value.text ?? "", tag: .string))
          return result
        }
        if entries.isEmpty {
          metadata.remove(field)
        } else {
          var strings = node
          strings.value = .mapping(entries)
          metadata.set(field, to: strings)
        }
      }
    }
    return copy
  }

  /// The objects that a target fits, which are counted.
  private mutating func places(of target: Selector, in map: ResourceMap) throws(BuildProblem) -> [Int] {
    let matcher = try SelectorMatcher(target, path: access.kustomization)
    let places = map.resources.indices.filter { matcher.selects(map.resources[$0]) }
    matches[target.place, default: 0] += places.count
    return places
  }

  /// The object a patch without a target names; `nil` where it may be in a source that was not fetched.
  private func target(of patch: Resource, in map: ResourceMap) throws(BuildProblem) -> Int? {
    let places = map.matches(anyOf: patch.id).filter { !map.resources[$0].root.isNull }
    if places.count == 1 { return places[0] }
    if places.isEmpty, !isComplete { return nil }
    let span = patch.root.entry("metadata")?.value.entry("name")?.value.span ?? patch.root.span
    throw BuildProblem(
      places.isEmpty ? .patchTargetMissing : .ambiguousTarget, path: patch.root.origin?.path ?? access.kustomization,
      span: span, subject: patch.id.title,
      message: places.isEmpty
        ? "the patch is for \(patch.id.title), which is not in the build" : "several objects fit \(patch.id.title)")
  }

  private func merge(
    _ patch: Resource, into place: Int, in map: inout ResourceMap,
    _ transformation: BuildMemo.Transformation? = nil
  ) throws(BuildProblem) {
    let changesIdentity = patch.allowsNameChange || patch.allowsKindChange
    if changesIdentity { map.resources[place].rememberID() }
    let resource = map.resources[place]
    map.resources[place].root = try changed(resource, changesIdentity ? nil : transformation) {
      (root) throws(BuildProblem) in try merged(patch, into: root, of: resource)
    }
    map.resources[place].followShared(from: resource.root)
  }

  /// What a change makes of an object; the same change of the same object in memory is made once.
  private func changed(
    _ resource: Resource, _ transformation: BuildMemo.Transformation?, _ work: (Node) throws(BuildProblem) -> Node
  ) throws(BuildProblem) -> Node {
    guard let transformation, let memo = access.reader.memo else { return try work(resource.root) }
    return try memo.transformed(resource.root, transformation, work)
  }

  /// An object with a patch merged into it, `null` where the patch deletes it. Its identity stays unless the patch may
  /// change it.
  private func merged(_ patch: Resource, into root: Node, of resource: Resource) throws(BuildProblem) -> Node {
    let name = root.entry("metadata")?.value.entry("name")?.value
    let namespace = root.entry("metadata")?.value.entry("namespace")?.value
    let kind = root.entry("kind")?.value
    let version = root.entry("apiVersion")?.value
    let merged: Node?
    do {
      merged = try StrategicMerge.merge(patch.root, into: root)
    } catch {
      var problem = error
      if problem.path.isEmpty { problem.path = access.kustomization }
      problem.subject = resource.id.title
      throw problem
    }
    guard var result = merged else { return Node(.scalar(Scalar("null"))) }
    if let version { result.set("apiVersion", to: version) }
    if !patch.allowsKindChange, let kind { result.set("kind", to: kind) }
    result.update("metadata") { metadata in
      if !patch.allowsNameChange, let name { metadata.set("name", to: name) }
      if let namespace { metadata.set("namespace", to: namespace) } else { metadata.remove("namespace") }
    }
    return result
  }

  private mutating func apply(
    _ patch: JSONPatch, to target: Selector, keepsIdentity: Bool, in map: inout ResourceMap,
    _ transformation: BuildMemo.Transformation? = nil
  ) throws(BuildProblem) {
    for index in try places(of: target, in: map) {
      if keepsIdentity { map.resources[index].rememberID() }
      let resource = map.resources[index]
      map.resources[index].root = try changed(resource, keepsIdentity ? transformation : nil) {
        (root) throws(BuildProblem) in
        var copy = resource
        copy.root = root
        copy.showNotes()
        try patch.apply(to: &copy.root)
        return copy.root.rewritten()
      }
      map.resources[index].shared = SharedValues()
    }
    try refresh(&map)
  }

  /// Drops what was deleted and finds out whether two objects became one.
  private func refresh(_ map: inout ResourceMap) throws(BuildProblem) {
    map.resources.removeAll { $0.root.isNull }
    _ = map.reindex()
  }
}

extension Node {
  /// The node with places counted from the line of a block scalar that holds its text.
  func shifted(below start: Span) -> Node {
    guard start != .none else { return self }
    let lines = start.startLine
    var copy = self
    if start.startLine == start.endLine {
      copy.span = start
    } else if span != .none {
      copy.span.startLine += lines
      copy.span.endLine += lines
    }
    switch value {
    case .scalar, .unknown: break
    case .sequence(let items): copy.value = .sequence(items.map { $0.shifted(below: start) })
    case .mapping(let entries):
      copy.value = .mapping(
        entries.map { Entry(key: $0.key.shifted(below: start), value: $0.value.shifted(below: start)) })
    }
    return copy
  }
}
