internal import Flux
internal import Manifests

/// What the kustomizations of trees read besides their resources: patches, transformers, the files of generators. An edit
/// of such a file changes objects that stand elsewhere.
final class BuildInputs {
  /// What an edit of a file does to the objects that stand elsewhere.
  enum Use {
    /// Nothing is made of it.
    case none
    /// It is the text of one value of a generated ConfigMap or Secret.
    case content
    /// What is built depends on it.
    case decisive
  }

  /// A file in which Flux Kustomizations stand.
  private struct Steering {
    var path: String
    var entry: FileEntry
    /// Whether any of them may patch or rename what it builds, or replace variables.
    var mayChange: Bool
  }

  private let engine: Engine
  private let cache: ManifestCache
  private let index: TreeIndex
  private var readings = FolderMemo<KustomizationReading>(limit: 1 << 15)
  private var steering = FolderMemo<Steering>(limit: 1 << 14)
  /// What was last asked of a tree: each file of a change asks it of the same one.
  private var lastEdited: (tree: any FileTree, kinds: Set<String?>)?
  private var lastVariables: (tree: any FileTree, names: VariableNames)?

  init(_ engine: Engine, _ cache: ManifestCache, _ index: TreeIndex) {
    self.engine = engine
    self.cache = cache
    self.index = index
  }

  private static let kustomization = GroupKind(group: FluxKustomization.group, kind: "Kustomization")
  private static let instance = GroupKind(group: "fluxcd.controlplane.io", kind: "FluxInstance")
  /// The kinds of the objects that variables come from.
  static let variableKinds: Set = ["ConfigMap", "Secret"]

  /// What the kustomizations of a tree make of an edit of a file, which they name, or a folder around it, as something
  /// else than a resource, or out of whose objects, of some kinds, they copy values.
  ///
  /// A kustomization that can't be read counts as one that reads the file: whoever builds it says what is wrong.
  func use(of path: String, kinds: Set<String>, in tree: any FileTree) -> Use {
    var contents: [(kind: String, name: String)] = []
    var copied: Set<String?> = []
    for reading in readings(in: tree) {
      guard reading.isKnown else { return .decisive }
      if reading.places.contains(where: { Path.isIn(path, folder: $0) }) { return .decisive }
      copied.formUnion(reading.sources)
      for made in reading.contents where made.place == path { contents.append((made.kind, made.name)) }
    }
    if copied.contains(where: { $0.map(kinds.contains) ?? true }) { return .decisive }
    guard !contents.isEmpty else { return .none }
    let isPlain = contents.allSatisfy { kind, name in
      !copied.contains(kind) && !engine.speaks(ofObjects: GroupKind(group: "", kind: kind), named: name)
    }
    return isPlain && !variables(in: tree).mayName(contents.map(\.name)) ? .content : .decisive
  }

  /// Whether a file may hold a ConfigMap or Secret that variables come from.
  func holdsVariables(_ entry: FileEntry, at path: String, in tree: any FileTree) -> Bool {
    guard let manifest = try? cache.manifest(entry, at: path, in: tree), manifest.problem == nil else { return true }
    let names = manifest.objects.filter {
      $0.identity.group.isEmpty && BuildInputs.variableKinds.contains($0.identity.kind)
    }
    return variables(in: tree).mayName(names.map(\.identity.name))
  }

  /// Whether a JSON patch, or a replacement, is about objects of a kind: where a field goes from one, a build may fail.
  func edit(_ kind: String, in tree: any FileTree) -> Bool {
    let edited = editedKinds(in: tree)
    return edited.contains(kind) || edited.contains(nil)
  }

  private func editedKinds(in tree: any FileTree) -> Set<String?> {
    if let lastEdited, lastEdited.tree === tree { return lastEdited.kinds }
    var kinds: Set<String?> = []
    for reading in readings(in: tree) { kinds.formUnion(reading.edited) }
    for object in changing(in: tree) {
      for patch in object["spec", "patches"]?.items ?? [] { kinds.formUnion(KustomizationReading.edited(by: patch)) }
    }
    lastEdited = (tree, kinds)
    return kinds
  }

  /// Whether Flux may apply anything from a tree, as far as its files tell.
  func mayApply(_ tree: any FileTree) -> Bool {
    if !engine.syncRoots.isEmpty { return true }
    if !steering(in: tree).isEmpty || !index.objects(of: BuildInputs.instance, in: tree).isEmpty { return true }
    // The chart of the operator makes an instance of its values.
    let release = GroupKind(group: "helm.toolkit.fluxcd.io", kind: "HelmRelease")
    return index.objects(of: release, in: tree).contains {
      $0.object["spec", "values", "instance", "sync"] != nil
    }
  }

  /// Whether a tree defines variables, or leaves open what they are: it has no value for another one.
  func define(_ names: Set<String>, in tree: any FileTree) -> Bool {
    let said = variables(in: tree)
    var missing = names.subtracting(said.defined)
    if missing.isEmpty || !said.areReplaced || said.isUnclear { return true }
    var unseen = said.sources
    for kind in BuildInputs.variableKinds {
      for found in index.objects(of: GroupKind(group: "", kind: kind), in: tree) {
        let called = said.called(found.object.identity.name)
        guard !called.isEmpty else { continue }
        unseen.subtract(called)
        for field in ["data", "stringData"] {
          for entry in found.object[field]?.entries ?? [] { missing.remove(entry.name) }
        }
      }
    }
    // What only a cluster has, or a generator makes, may define anything.
    return missing.isEmpty || !unseen.isEmpty
  }

  /// Whether variables are replaced in a tree.
  func replaceVariables(in tree: any FileTree) -> Bool { variables(in: tree).areReplaced }

  /// Whether Flux may gather the files of a folder that holds no kustomization: some Flux Kustomization is about it, or
  /// about a folder around it.
  func mayGather(_ folder: String, in tree: any FileTree) -> Bool {
    if engine.syncRoots.contains(where: { Path.isIn(folder, folder: Path.joined($0)) }) { return true }
    for found in index.objects(of: BuildInputs.kustomization, in: tree) {
      guard let path = FluxKustomization(found.object, file: found.path)?.path else { return true }
      if Path.isIn(folder, folder: path) { return true }
    }
    // What an operator is told to start with is a path somewhere in these.
    return !index.objects(of: BuildInputs.instance, in: tree).isEmpty
  }

  /// What all of a tree says of where variables come from.
  private func variables(in tree: any FileTree) -> VariableNames {
    if let lastVariables, lastVariables.tree === tree { return lastVariables.names }
    var names = VariableNames()
    for object in changing(in: tree) { names.add(object) }
    for reading in readings(in: tree) {
      names.formUnion(reading.variables)
      for place in reading.places where ChangeBuilder.isManifest(place) {
        guard let entry = (try? tree.entry(at: place)) ?? nil, entry.kind == .file,
          let text = try? tree.contents(of: entry, at: place)
        else { continue }
        names.add(text)
      }
    }
    lastVariables = (tree, names)
    return names
  }

  /// The files of a tree in which Flux Kustomizations may stand.
  private func steering(in tree: any FileTree) -> [Steering] {
    index.made(of: tree, &steering) { folder, entry in
      let path = Path.join(folder, entry.name)
      guard ChangeBuilder.isManifest(entry.name), !FixtureFolders.hold(path),
        let bytes = index.text(of: entry, at: path, in: tree, mayHold: BuildInputs.kustomization)
      else { return nil }
      let mayChange = bytes.withUnsafeBytes { text in BuildInputs.changes.contains { text.holds($0) } }
      return Steering(path: path, entry: entry, mayChange: mayChange)
    }
  }

  private static let changes = ["postBuild", "patches", "namePrefix", "nameSuffix"].map { Array($0.utf8) }

  /// The Flux Kustomizations of a tree that may patch or rename what they build, or replace variables.
  private func changing(in tree: any FileTree) -> [KubernetesObject] {
    steering(in: tree).filter(\.mayChange).flatMap { file -> [KubernetesObject] in
      guard let manifest = try? cache.manifest(file.entry, at: file.path, in: tree) else { return [] }
      return manifest.objects.filter { $0.groupKind == BuildInputs.kustomization }
    }
  }

  /// The fields of a kind, and of others of its name, that rules only look at as they are built.
  func builtFields(of kind: String) -> [GroupKind: [String]]? { engine.builtFields[kind] }

  /// What the kustomizations of a tree read, without those that read nothing.
  private func readings(in tree: any FileTree) -> [KustomizationReading] {
    index.made(of: tree, &readings) { folder, entry in
      guard KustomizationFileView.names.contains(entry.name) else { return nil }
      let path = Path.join(folder, entry.name)
      guard let bytes = try? tree.contents(of: entry, at: path) else { return KustomizationReading(isKnown: false) }
      guard KustomizationReading.mayRead(bytes) else { return nil }
      let view = KustomizationFileView(path: path, manifest: cache.manifest(entry, bytes: bytes))
      guard let root = view?.root else { return KustomizationReading(isKnown: false) }
      var reading = KustomizationReading(root, folder)
      reading.variables.add(bytes)
      return reading.isEmpty ? nil : reading
    }
  }
}
