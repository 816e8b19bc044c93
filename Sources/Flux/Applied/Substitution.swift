package import Manifests

/// The variables of a Flux Kustomization.
struct Variables: Equatable {
  /// What each name is worth; `nil` for a value that only the cluster has.
  var values: [String: String?] = [:]
  /// Whether a source is not in the repository, so that any name may have a value.
  var isOpen = false
  /// The ciphertexts of values that the repository holds only encrypted.
  private var sealed: [String: String] = [:]

  /// What a name is worth.
  func value(_ name: String) -> Template.Value {
    switch values[name] {
    case .some(.some(let text)): .text(text)
    case .some(.none): .unknown
    case nil: isOpen ? .unknown : .undefined
    }
  }

  /// What a text makes that only the cluster can work out.
  func unknown(_ text: String) -> Node.Value {
    var text = text
    let names = text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return Set(values.keys).union(sealed.keys).filter { bytes.holds(Array($0.utf8)) }.sorted()
    }
    return .unknown(UnknownValue(text, inputs: names.map { "\($0)=\((values[$0] ?? nil) ?? sealed[$0] ?? "")" }))
  }

  /// Whether Flux substitutes at all.
  var isEmpty: Bool { values.isEmpty && !isOpen }

  /// Adds what a ConfigMap or Secret holds; later sources win.
  mutating func add(_ source: Node?) {
    guard let source else {
      isOpen = true
      return
    }
    let isSecret = source["kind"]?.text == "Secret"
    let isEncrypted = source["sops"] != nil
    for entry in source["data"]?.entries ?? [] {
      let text = entry.value.text
      let isDecoded = isSecret && !isEncrypted
      add(entry, isDecoded ? text.flatMap(Variables.decoded) : text, isEncrypted)
    }
    for entry in source["stringData"]?.entries ?? [] { add(entry, entry.value.text, isEncrypted) }
  }

  /// Adds a value; what only Flux can decrypt has none here, also where a generator took it from an encrypted file.
  private mutating func add(_ entry: Entry, _ text: String?, _ isEncrypted: Bool) {
    let isSealed = isEncrypted || text?.hasPrefix("ENC[AES256_GCM,") ?? false
    values[entry.name] = .some(isSealed ? nil : text.map(Variables.onOneLine))
    if isSealed { sealed[entry.name] = text }
  }

  private static func decoded(_ text: String) -> String? {
    Base64.decoded(text).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// Adds `postBuild.substitute`, which wins over every source.
  mutating func add(_ entries: [Entry]) {
    for entry in entries {
      values[entry.name] = .some(entry.value.isUnknown ? nil : entry.value.text.map(Variables.onOneLine))
    }
  }

  private static func onOneLine(_ text: String) -> String {
    text.utf8.contains(0x0A) ? text.filter { $0 != "\n" } : text
  }
}

/// Replaces variables in built objects.
struct Substitution {
  let variables: Variables
  private(set) var problems: [BuildProblem] = []
  /// What the result depends on: the variables that were asked for, with what they were worth.
  private(set) var used: [String: Template.Value] = [:]
  /// Whether it depends on more than those.
  private(set) var usesAll = false

  /// What the origin of a value with replaced variables says.
  static let cause = "postBuild.substitute"

  init(variables: Variables) { self.variables = variables }

  /// Whether an object asks to be left alone.
  static func isDisabled(_ object: KubernetesObject) -> Bool {
    let key = "kustomize.toolkit.fluxcd.io/substitute"
    return object.annotation(key) == "disabled" || object.label(key) == "disabled"
  }

  /// The object with its variables replaced.
  mutating func apply(to built: BuiltObject) -> BuiltObject {
    guard !Substitution.isDisabled(built.object), Substitution.isNeeded(built.object.root) else { return built }
    let root = node(built.object.root, path: built.path, isItem: false)
    guard let object = KubernetesObject(root) else { return built }
    return BuiltObject(object: object, path: built.path)
  }

  private static func isNeeded(_ node: Node) -> Bool {
    switch node.value {
    case .scalar(let scalar): Template.isNeeded(scalar.text)
    case .sequence(let items): items.contains(where: isNeeded)
    case .mapping(let entries): entries.contains { isNeeded($0.value) || isNeeded($0.key) }
    case .unknown: false
    }
  }

  private mutating func node(_ node: Node, path: String, isItem: Bool) -> Node {
    var copy = node
    switch node.value {
    case .unknown: break
    case .sequence(let items):
      copy.value = .sequence(items.map { self.node($0, path: path, isItem: true) })
    case .mapping(let entries):
      copy.value = .mapping(
        entries.map { entry in
          let key = self.node(entry.key, path: path, isItem: false)
          return Entry(key: key.isUnknown ? entry.key : key, value: self.node(entry.value, path: path, isItem: false))
        })
    case .scalar(let scalar):
      guard Template.isNeeded(scalar.text), case .string(let text) = scalar.canonical else { return node }
      var template = Template(text)
      do {
        let result = try template.evaluate { name in
          let value = variables.value(name)
          used[name] = value
          return value
        }
        copy = typed(result, like: text, node, path: path, isItem: isItem)
        copy.origin = Origin(path: node.origin?.path ?? path, cause: Substitution.cause)
      } catch {
        copy.value = variables.unknown(text)
        usesAll = true
        note(error, node, path)
      }
    }
    return copy
  }

  /// The text as Flux reads it again: without quotes it may become a number, a truth value or nothing.
  private mutating func typed(_ text: String, like source: String, _ node: Node, path: String, isItem: Bool) -> Node {
    var copy = node
    guard ScalarText.string(source).style == .plain else {
      copy.value = .scalar(Scalar(text, tag: .string))
      return copy
    }
    let stream = YAMLStream.parse(Array("- \(text)\n".utf8))
    guard stream.firstProblem == nil, let item = stream.documents.first?.root?.items.first,
      isItem || !item.isMapping || text.hasPrefix("{")
    else {
      problems.append(
        BuildProblem(
          .badSubstitution, path: node.origin?.path ?? path, span: node.span,
          message: "the text is no YAML any more once its variables are replaced"))
      copy.value = variables.unknown(source)
      usesAll = true
      return copy
    }
    copy.value = JSONPatch.typed(item).value
    return copy
  }

  private mutating func note(_ failure: Template.Failure, _ node: Node, _ path: String) {
    let place = node.origin?.path ?? path
    switch failure {
    case .unknown: break
    case .malformed:
      problems.append(
        BuildProblem(
          .badSubstitution, path: place, span: node.span, message: "Flux cannot read the ${…} in this text"))
    case .undefined(let name):
      problems.append(
        BuildProblem(
          .undefinedVariable, path: place, span: node.span, subject: name,
          message: "the variable \(name) has no value and no default"))
    }
  }
}

extension Node {
  /// Whether Flux replaced variables in the value.
  package var isSubstituted: Bool { origin?.cause == Substitution.cause }
}
