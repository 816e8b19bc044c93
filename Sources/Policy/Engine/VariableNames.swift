internal import Flux
internal import Manifests

/// What the Flux Kustomizations of a tree say in `postBuild`, wherever that is written: in themselves, or in a patch of
/// them.
struct VariableNames {
  /// The names of the ConfigMaps and Secrets that `substituteFrom` gives.
  private(set) var sources: Set<String> = []
  /// The variables that `substitute` defines.
  private(set) var defined: Set<String> = []
  /// Whether some source or variable has a name that is only known to a cluster.
  private(set) var isUnclear = false
  /// Whether kustomizations rename objects, so that a name in a file is only a part of the one that is given.
  var areRenamed = false

  /// Whether variables are replaced anywhere.
  var areReplaced: Bool { !sources.isEmpty || !defined.isEmpty || isUnclear }
  /// Whether there is nothing.
  var isEmpty: Bool { !areReplaced && !areRenamed }

  private static let words = ["substitute", "postBuild"].map { Array($0.utf8) }

  /// Adds what a Flux Kustomization says of itself, or gives to what it applies.
  mutating func add(_ object: KubernetesObject) {
    collect(object["spec", "postBuild"])
    for patch in object["spec", "patches"]?.items ?? [] {
      if let text = patch["patch"]?.text { add(Array(text.utf8)) }
    }
    if object["spec", "namePrefix"] != nil || object["spec", "nameSuffix"] != nil { areRenamed = true }
  }

  /// Adds what a text says that may hold a patch of a Flux Kustomization, or be one.
  mutating func add(_ text: [UInt8]) {
    guard text.withUnsafeBytes({ text in VariableNames.words.contains { text.holds($0) } }) else { return }
    for document in YAMLStream.parse(text).documents {
      guard let root = document.root else {
        isUnclear = true
        continue
      }
      collect(root)
    }
  }

  private mutating func collect(_ node: Node?) {
    guard let node else { return }
    // A patch stands in a kustomization as a text.
    if let text = node.text, text.contains("\n") || text.contains("{") { add(Array(text.utf8)) }
    for item in node.items { collect(item) }
    for entry in node.entries {
      switch entry.name {
      case "substituteFrom": addSources(entry.value)
      case "substitute": addVariables(entry.value)
      default: collect(entry.value)
      }
    }
    // An operation of a JSON patch.
    guard let path = node["path"]?.text, let value = node["value"] else { return }
    let parts = path.split(separator: "/").map(String.init)
    if parts.contains("substituteFrom") { addSources(value) }
    guard let place = parts.firstIndex(of: "substitute") else { return }
    if place + 1 < parts.count { defined.insert(parts[place + 1]) } else { addVariables(value) }
  }

  private mutating func addSources(_ node: Node) {
    for source in node.items.isEmpty ? [node] : node.items {
      if let name = source["name"]?.text, !name.contains("${") { sources.insert(name) } else { isUnclear = true }
    }
  }

  private mutating func addVariables(_ node: Node) {
    if node.isUnknown { isUnclear = true }
    for entry in node.entries { defined.insert(entry.name) }
  }

  /// Adds all that another one holds.
  mutating func formUnion(_ other: VariableNames) {
    sources.formUnion(other.sources)
    defined.formUnion(other.defined)
    isUnclear = isUnclear || other.isUnclear
    areRenamed = areRenamed || other.areRenamed
  }

  /// Whether one of some objects, as they are called in their files, may be a source.
  func mayName(_ written: [String]) -> Bool { written.contains { isUnclear || !called($0).isEmpty } }

  /// The sources that an object may be, as it is called in its file.
  func called(_ written: String) -> Set<String> {
    if written.contains("${") { return sources }
    return sources.filter { $0 == written || areRenamed && $0.contains(written) }
  }
}
