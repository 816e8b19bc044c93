internal import Manifests

/// What builds are made of, kept from one to the next; bounded, one per thread.
///
/// From one commit to the next almost every folder of a large build stays what it was. Equal folders come to the very
/// same objects in memory, so that the last steps know them again.
final class BuildMemo {
  /// A folder of known content, under the rules that leave files out of Flux's artifact.
  private struct Key: Hashable {
    var path: String
    var content: ContentID
    var ignoreRules: String
  }

  private struct Known {
    var accumulation: Accumulation
    /// What was looked at elsewhere: components, files of other folders.
    var outside: [Dependency]
  }

  /// An object before and after the last steps of a build.
  private struct Finished {
    var resource: Resource
    /// `nil` for one that is not printed.
    var result: (object: BuiltObject, key: ResourceOrder.Key)?
  }

  /// What a transformer is to one object: all that its result depends on beside the object.
  struct Transformation: Hashable {
    /// The field of the kustomization that asks for it.
    var field: String
    /// What it says: a namespace, a patch.
    var text: String
    /// The file and place where it says so, which the result's values name as their origin.
    var file: String
    var span: Span
  }

  /// A patch's text with the file and place where it is written.
  struct InlinePatch: Hashable {
    var text: String
    var origin: Origin
    var span: Span
  }

  private struct Transformed: Hashable {
    var transformation: Transformation
    var object: UnsafeRawPointer
  }

  private var namingFields = Recent<UnsafeRawPointer, (root: Node, fields: [TransformerTables.NamingField])>(
    limit: 2500)
  private var patches: [InlinePatch: ParsedFile] = [:]
  private var known = Recent<Key, Known>(limit: 40_000)
  private var transformed = Recent<Transformed, (input: Node, result: Node)>(limit: 4000)
  private var finished = Recent<UnsafeRawPointer, Finished>(limit: 2500)

  /// What a transformer makes of an object; worked out once for each object in memory.
  func transformed(
    _ root: Node, _ transformation: Transformation, _ work: (Node) throws(BuildProblem) -> Node
  ) throws(BuildProblem) -> Node {
    guard let place = root.entriesPlace else { return try work(root) }
    let key = Transformed(transformation: transformation, object: place)
    if let found = transformed[key], found.input.span == root.span, found.input.origin == root.origin {
      return found.result
    }
    let result = try work(root)
    transformed.keep((root, result), under: key, cost: 1)
    return result
  }

  /// The fields of an object that hold names, by kustomize's own tables.
  func namingFields(
    of root: Node, _ work: () -> [TransformerTables.NamingField]
  ) -> [TransformerTables.NamingField] {
    guard let place = root.entriesPlace else { return work() }
    if let found = namingFields[place] { return found.fields }
    let fields = work()
    namingFields.keep((root, fields), under: place, cost: 1)
    return fields
  }

  /// A patch that is written in a kustomization, as it was read.
  func inlinePatch(_ patch: InlinePatch, _ work: () -> ParsedFile) -> ParsedFile {
    if let found = patches[patch] { return found }
    let parsed = work()
    if patches.count > 500 { patches.removeAll() }
    patches[patch] = parsed
    return parsed
  }

  /// The object, or its absence, that the last steps make of another; worked out once for each object in memory.
  func finished(
    _ resource: Resource, _ work: (Resource) throws(BuildProblem) -> (object: BuiltObject, key: ResourceOrder.Key)?
  ) throws(BuildProblem) -> (object: BuiltObject, key: ResourceOrder.Key)? {
    // While the memo holds the entries, nothing else can stand at their place.
    guard let place = resource.root.entriesPlace else { return try work(resource) }
    if let found = finished[place], found.resource.path == resource.path,
      found.resource.root.span == resource.root.span, found.resource.root.origin == resource.root.origin
    {
      return found.result
    }
    let result = try work(resource)
    finished.keep(Finished(resource: resource, result: result), under: place, cost: 1)
    return result
  }

  /// A kept accumulation of a folder that still holds.
  ///
  /// - Parameter chain: the folders that are being built: one that leads back to them is a cycle.
  func accumulation(of path: String, _ entry: FileEntry, chain: [String], in reader: FolderReader) -> Accumulation? {
    guard let found = known[Key(path: path, content: entry.id, ignoreRules: reader.ignoreRules)] else { return nil }
    guard found.outside.allSatisfy({ reader.holds($0) }) else { return nil }
    let leadsBack = found.accumulation.kustomizations.contains { file in
      let folder = Path.parent(file)
      return !Path.isIn(folder, folder: path) && chain.contains { Path.isIn($0, folder: folder) }
    }
    return leadsBack ? nil : found.accumulation
  }

  /// Keeps an accumulation, unless it failed: then what it would have looked at is not known.
  func keep(_ accumulation: Accumulation, of path: String, _ entry: FileEntry, ignoreRules: String) {
    guard accumulation.failure == nil, !accumulation.problems.contains(where: \.isFailure) else { return }
    let outside = accumulation.dependencies.filter { !Path.isIn($0.key, folder: path) }
    known.keep(
      Known(accumulation: accumulation, outside: outside.map { Dependency(path: $0.key, id: $0.value) }),
      under: Key(path: path, content: entry.id, ignoreRules: ignoreRules),
      cost: accumulation.dependencies.count + 10 * accumulation.accumulator.map.resources.count)
  }
}
