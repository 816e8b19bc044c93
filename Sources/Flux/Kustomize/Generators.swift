internal import Manifests

/// Makes ConfigMaps and Secrets out of literals, files and environment files.
struct Generators {
  let folder: FolderAccess

  private func fail(_ node: Node, _ message: String) -> BuildProblem {
    BuildProblem(.badGenerator, path: folder.kustomization, span: node.span, message: message)
  }

  /// The object of one generator entry.
  func make(
    _ kind: String, _ rule: KustomizationFile.GeneratorRule, global: KustomizationFile.GeneratorOptions?
  ) throws(BuildProblem) -> Resource {
    guard !rule.name.isEmpty else { throw fail(rule.node, "a generator needs a name") }
    guard ["", "create", "merge", "replace"].contains(rule.behavior) else {
      throw fail(rule.node, "the behavior of a generator is none of create, merge and replace")
    }
    let origin = Origin(path: folder.kustomization, cause: kind == "Secret" ? "secretGenerator" : "configMapGenerator")
    func text(_ value: String) -> Node {
      Node(.scalar(Scalar(value, tag: .string)), span: rule.node.span, origin: origin)
    }
    var metadata = [Entry(key: .plain("name"), value: text(rule.name))]
    if !rule.namespace.isEmpty { metadata.append(Entry(key: .plain("namespace"), value: text(rule.namespace))) }
    let options = merged(rule.options, global)
    for (field, pairs) in [("labels", options?.labels ?? []), ("annotations", options?.annotations ?? [])]
    where !pairs.isEmpty {
      let entries = pairs.map { Entry(key: .plain($0.key), value: text($0.value.value)) }
      metadata.append(Entry(key: .plain(field), value: Node(.mapping(entries))))
    }
    var root = Node(
      .mapping([
        Entry(key: .plain("apiVersion"), value: text("v1")), Entry(key: .plain("kind"), value: text(kind)),
        Entry(key: .plain("metadata"), value: Node(.mapping(metadata), span: rule.node.span, origin: origin)),
      ]), span: rule.node.span)
    if kind == "Secret" { root.set("type", to: text(rule.type.isEmpty ? "Opaque" : rule.type)) }
    try addData(of: rule, kind: kind, origin: origin, to: &root)
    if options?.isImmutable == true { root.set("immutable", to: Node(.scalar(Scalar("true")))) }
    var resource = Resource(root: root, path: folder.kustomization)
    resource.behavior = rule.behavior.isEmpty ? "create" : rule.behavior
    resource.needsHash = options?.disablesNameSuffixHash != true
    return resource
  }

  private func merged(
    _ local: KustomizationFile.GeneratorOptions?, _ global: KustomizationFile.GeneratorOptions?
  ) -> KustomizationFile.GeneratorOptions? {
    guard let global else { return local }
    var result = local ?? KustomizationFile.GeneratorOptions()
    result.labels += global.labels.filter { pair in !result.labels.contains { $0.key == pair.key } }
    result.annotations += global.annotations.filter { pair in !result.annotations.contains { $0.key == pair.key } }
    result.disablesNameSuffixHash = result.disablesNameSuffixHash || global.disablesNameSuffixHash
    result.isImmutable = result.isImmutable || global.isImmutable
    return result
  }

  /// A key with its bytes and the place they come from.
  private struct Datum {
    var key: String
    var bytes: [UInt8]
    var span: Span
    var origin: Origin
  }

  private func addData(
    of rule: KustomizationFile.GeneratorRule, kind: String, origin: Origin, to root: inout Node
  ) throws(BuildProblem) {
    var data: [Datum] = []
    for env in rule.envs { data += try lines(of: env, origin) }
    for literal in rule.literals { data.append(try datum(literal, origin)) }
    for file in rule.files { data.append(try contents(of: file, origin)) }
    var seen: Set<String> = []
    for datum in data where !seen.insert(datum.key).inserted {
      throw fail(rule.node, "the generator sets the key \(datum.key) twice")
    }
    if kind == "Secret" { root.set("data", to: Node(.mapping([]))) }
    for datum in data.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let text = kind == "Secret" ? nil : String(validating: datum.bytes, as: UTF8.self)
      let value = Node(
        .scalar(Scalar(text ?? Base64.wrapped(datum.bytes), tag: .string)), span: datum.span, origin: datum.origin)
      let field = kind == "Secret" || text != nil ? "data" : "binaryData"
      root.update(field) { $0.set(datum.key, to: value) }
    }
  }

  private func datum(_ literal: PlacedText, _ origin: Origin) throws(BuildProblem) -> Datum {
    guard let mark = literal.value.firstIndex(of: "="), mark > literal.value.startIndex else {
      throw fail(literal.node, "a literal is not of the form key=value")
    }
    var value = literal.value[literal.value.index(after: mark)...]
    if let quote = value.first, value.count >= 2, quote == value.last, quote == "\"" || quote == "'" {
      value = value.dropFirst().dropLast()
    }
    return Datum(
      key: String(literal.value[..<mark]), bytes: Array(value.utf8), span: literal.node.span, origin: origin)
  }

  private func contents(of file: PlacedText, _ origin: Origin) throws(BuildProblem) -> Datum {
    let parts = file.value.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, !(parts.first ?? "").isEmpty, !(parts.last ?? "").isEmpty else {
      throw fail(file.node, "a file is not of the form path or key=path")
    }
    let path = parts.last ?? ""
    let key = parts.count == 2 ? parts[0] : Path.name(path)
    let (found, bytes) = try folder.load(PlacedText(path, node: file.node))
    return Datum(
      key: key, bytes: bytes, span: Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1),
      origin: Origin(path: found, cause: origin.cause))
  }

  private func lines(of file: PlacedText, _ origin: Origin) throws(BuildProblem) -> [Datum] {
    let (found, bytes) = try folder.load(file)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw fail(file.node, "an environment file is not UTF-8")
    }
    var data: [Datum] = []
    let source = Origin(path: found, cause: origin.cause)
    for (number, whole) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map(Substring.init).enumerated()
    {
      var line = whole.hasSuffix("\r") ? whole.dropLast() : whole
      if number == 0, line.hasPrefix("\u{FEFF}") { line = line.dropFirst() }
      line = line.drop { $0.isWhitespace }
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let place = UInt32(clamping: number + 1)
      let end = UInt32(clamping: whole.utf8.count + 1)
      data.append(
        Datum(
          key: String(parts[0]), bytes: parts.count > 1 ? Array(parts[1].utf8) : [],
          span: Span(startLine: place, startColumn: 1, endLine: place, endColumn: end), origin: source))
    }
    return data.filter { !$0.key.isEmpty }
  }

  /// Adds a generated object to a map, merges it into the one of the same identity, or replaces that.
  static func absorb(_ made: Resource, into map: inout ResourceMap, at path: String) throws(BuildProblem) {
    let matches = map.matches(anyOf: made.id)
    func fail(_ message: String) -> BuildProblem {
      BuildProblem(.badGenerator, path: path, span: made.root.span, subject: made.id.title, message: message)
    }
    guard let place = matches.first else {
      guard made.behavior == "create" else {
        throw fail("\(made.id.title) does not exist, so there is nothing to \(made.behavior)")
      }
      try map.append(made)
      return
    }
    guard matches.count == 1 else { throw fail("several objects could be the one to \(made.behavior)") }
    let old = map.resources[place]
    guard made.behavior != "create" else { throw fail("\(made.id.title) exists already") }
    map.resources[place] = combined(made, with: old)
  }

  private static func combined(_ made: Resource, with old: Resource) -> Resource {
    var result = made
    result.previous = old.previous
    result.prefixes = old.prefixes
    result.suffixes = old.suffixes
    result.behavior = old.behavior
    result.needsHash = old.needsHash && made.needsHash
    for field in ["labels", "annotations"] {
      let both = union(
        made.root.entry("metadata")?.value.entry(field)?.value, old.root.entry("metadata")?.value.entry(field)?.value)
      if let both { result.root.update("metadata") { $0.set(field, to: both) } }
    }
    result.root.update("metadata") { metadata in
      for field in ["name", "namespace"] {
        if let node = old.root.entry("metadata")?.value.entry(field)?.value {
          metadata.set(field, to: node)
        } else {
          metadata.remove(field)
        }
      }
    }
    guard made.behavior == "merge" else { return result }
    for field in ["data", "binaryData"] {
      if let both = union(made.root.entry(field)?.value, old.root.entry(field)?.value) {
        result.root.set(field, to: both)
      }
    }
    return result
  }

  /// Two mappings of strings as one. What the older one has of numbers and truth values becomes strings.
  private static func union(_ new: Node?, _ old: Node?) -> Node? {
    guard let old, old.isMapping else { return new }
    var result = Node(.mapping([]), span: old.span, origin: old.origin)
    if let new, new.isMapping { result = new }
    for entry in old.entries where result.entry(entry.name) == nil {
      var value = entry.value
      if !value.isUnknown { value.value = .scalar(Scalar(value.text ?? "", tag: .string)) }
      result.set(entry.name, to: value)
    }
    return result
  }
}

/// Base64 as kustomize writes it into a Secret.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// One line; from seventy characters on, lines of seventy, each with its line feed.
  static func wrapped(_ bytes: [UInt8]) -> String {
    let text = encoded(bytes)
    guard text.count >= 70 else { return String(decoding: text, as: UTF8.self) }
    var result: [UInt8] = []
    var start = 0
    while start < text.count {
      let end = min(start + 70, text.count)
      result += text[start..<end] + [0x0A]
      start = end
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      let second = index + 1 < bytes.count ? bytes[index + 1] : 0
      let third = index + 2 < bytes.count ? bytes[index + 2] : 0
      result.append(alphabet[Int(first >> 2)])
      result.append(alphabet[Int((first & 3) << 4 | second >> 4)])
      result.append(index + 1 < bytes.count ? alphabet[Int((second & 15) << 2 | third >> 6)] : UInt8(ascii: "="))
      result.append(index + 2 < bytes.count ? alphabet[Int(third & 63)] : UInt8(ascii: "="))
      index += 3
    }
    return result
  }

  /// The bytes of a text; spaces and line feeds count for nothing, `nil` for what is no base64.
  static func decoded(_ text: String) -> [UInt8]? {
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 where byte != 0x0A && byte != 0x20 && byte != 0x0D && byte != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }
}
