internal import Flux
internal import Manifests

/// What one kustomization reads besides its resources, and what it does to the objects of others.
struct KustomizationReading {
  /// Whether it could be read itself.
  var isKnown = true
  /// Whatever may be a path in the fields that name files, from the root.
  var places: [String] = []
  /// The files whose text becomes a value, with the generated object.
  var contents: [(place: String, kind: String, name: String)] = []
  /// The kinds of the objects whose values are copied into others; `nil` stands for any.
  var sources: Set<String?> = []
  /// The kinds of the objects in which a field must stand that a patch or a replacement names; `nil` stands for any.
  var edited: Set<String?> = []
  /// What it says of variables and names.
  var variables = VariableNames()
  /// Whether there is nothing of all this.
  var isEmpty: Bool {
    isKnown && places.isEmpty && contents.isEmpty && sources.isEmpty && edited.isEmpty && variables.isEmpty
  }

  /// The fields of a kustomization that name files which are no resources.
  private static let fields = [
    "patches", "patchesStrategicMerge", "patchesJson6902", "transformers", "generators", "validators", "configurations",
    "crds", "openapi", "replacements", "vars", "helmCharts",
  ]
  /// The fields whose entries make an object of files, with its kind.
  private static let generators = ["configMapGenerator": "ConfigMap", "secretGenerator": "Secret"]
  private static let words = (fields + generators.keys + ["namePrefix", "nameSuffix"]).map { Array($0.utf8) }

  /// One of which nothing is known but, perhaps, that it can't be read.
  init(isKnown: Bool) { self.isKnown = isKnown }

  /// Whether a kustomization's text may speak of anything of this.
  static func mayRead(_ text: [UInt8]) -> Bool {
    text.withUnsafeBytes { text in words.contains { text.holds($0) } }
  }

  /// What a kustomization in a folder says that it reads.
  init(_ root: Node, _ folder: String) {
    var written: [String] = []
    for field in KustomizationReading.fields { KustomizationReading.collect(root.entry(field)?.value, into: &written) }
    for (field, kind) in KustomizationReading.generators {
      for generator in root.entry(field)?.value.items ?? [] { take(generator, kind, folder, &written) }
    }
    // The folder itself, or one around it, is none of its inputs.
    places = written.compactMap { Path.resolve($0, in: folder) }.filter {
      !$0.isEmpty && !Path.isIn(folder, folder: $0)
    }
    for replacement in root.entry("replacements")?.value.items ?? [] {
      sources.insert(replacement["source", "kind"]?.text)
      // In a file of its own it may be about anything.
      let targets = replacement["targets"]?.items ?? []
      edited.formUnion(targets.isEmpty ? [nil] : targets.map { KustomizationReading.plainKind($0["select", "kind"]) })
    }
    for field in ["patches", "patchesJson6902"] {
      for patch in root.entry(field)?.value.items ?? [] { edited.formUnion(KustomizationReading.edited(by: patch)) }
    }
    for variable in root.entry("vars")?.value.items ?? [] { sources.insert(variable["objref", "kind"]?.text) }
    variables.areRenamed = ["namePrefix", "nameSuffix", "transformers"].contains { root[$0] != nil }
  }

  /// Takes what a generator of objects of a kind reads; all but the files whose text becomes a value is among the others.
  private mutating func take(_ generator: Node, _ kind: String, _ folder: String, _ others: inout [String]) {
    for entry in generator.entries where entry.name != "files" {
      KustomizationReading.collect(entry.value, into: &others)
    }
    for file in generator["files"]?.items ?? [] {
      guard let text = file.text else { continue }
      let target = text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) } ?? text
      guard let place = Path.resolve(target, in: folder) else { continue }
      contents.append((place, kind, generator["name"]?.text ?? ""))
    }
  }

  /// The kinds of the objects in which a patch names fields that must be there: one of operations, which a file with a
  /// target may be too.
  static func edited(by patch: Node) -> Set<String?> {
    if let text = patch["patch"]?.text {
      guard text.contains("op:") || text.contains("\"op\"") else { return [] }
      // One of a Flux Kustomization may give it patches of its own.
      if text.contains("patches") { return [nil] }
    }
    return patch["target"].map { [plainKind($0["kind"])] } ?? []
  }

  /// A kind that is no pattern of several; else `nil`.
  private static func plainKind(_ node: Node?) -> String? {
    node?.text.flatMap { $0.allSatisfy { $0.isLetter || $0.isNumber } ? $0 : nil }
  }

  /// Collects all texts of one line: a path is among them, perhaps behind a key's name.
  private static func collect(_ node: Node?, into paths: inout [String]) {
    guard let node else { return }
    if let text = node.text {
      guard !text.isEmpty, text.utf8.count < 4096, !text.utf8.contains(0x0a) else { return }
      paths.append(text)
      if let sign = text.firstIndex(of: "=") { paths.append(String(text[text.index(after: sign)...])) }
    }
    for item in node.items { collect(item, into: &paths) }
    for entry in node.entries { collect(entry.value, into: &paths) }
  }
}
