/// Who put a value where it is, when that was not the object's own file: a patch, a generator, a transformer.
package final class Origin: Sendable, Hashable {
  /// The file whose text holds the value, relative to the root of the tree.
  package let path: String
  /// What set it, in words: `patch`, `images`, `postBuild.substitute` …
  package let cause: String

  package init(path: String, cause: String) {
    self.path = path
    self.cause = cause
  }

  package static func == (left: Origin, right: Origin) -> Bool { left.path == right.path && left.cause == right.cause }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(cause)
  }
}

/// What a value that only the cluster has is made of; equal ones give equal values there.
package final class UnknownValue: Sendable, Hashable {
  /// The text with its variables, as it is written.
  package let text: String
  /// What the repository knows of the variables in it, in a fixed order: values, or ciphertexts. Never printed.
  private let inputs: [String]

  package init(_ text: String, inputs: [String] = []) {
    self.text = text
    self.inputs = inputs
  }

  package static func == (left: UnknownValue, right: UnknownValue) -> Bool {
    left === right || left.text == right.text && left.inputs == right.inputs
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// One key of a mapping with its value; both know their place.
package struct Entry: Sendable {
  package var key: Node
  package var value: Node

  package init(key: Node, value: Node) {
    self.key = key
    self.value = value
  }

  /// The key's text.
  package var name: String { key.text ?? "" }

  /// Whether its key is a scalar of a text.
  fileprivate func isNamed(_ name: String) -> Bool {
    if case .scalar(let scalar) = key.value { return scalar.text == name }
    return false
  }
}

/// A YAML value and its place.
package struct Node: Sendable {
  /// The three shapes of YAML, and the value nobody can know from the repository alone.
  package enum Value: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping([Entry])
    /// A value that exists but whose content is not in the repository (a variable of the cluster, a remote base), with
    /// what it is made of where that is known.
    case unknown(UnknownValue?)
  }

  package var value: Value
  /// Where it stands in the file that holds it.
  package var span: Span
  /// The file that holds it, or `nil` for the object's own.
  package var origin: Origin?

  package init(_ value: Value, span: Span = .none, origin: Origin? = nil) {
    self.value = value
    self.span = span
    self.origin = origin
  }

  /// A quoted string that stands in no file.
  package static func string(_ text: String) -> Node { Node(.scalar(Scalar(text, style: .doubleQuoted))) }

  /// The text of a scalar, whatever its type.
  package var text: String? {
    if case .scalar(let scalar) = value { return scalar.text }
    return nil
  }

  /// What a scalar means; `nil` for anything else.
  package var meaning: Scalar.Meaning? {
    if case .scalar(let scalar) = value { return scalar.meaning }
    return nil
  }

  /// The text, if the value is a string to Flux.
  package var string: String? {
    if case .scalar(let scalar) = value, scalar.meaning == .string { return scalar.text }
    return nil
  }

  /// The number, if the value is an integer; `3.0` is one, as it is for the API server.
  package var int: Int? {
    switch meaning {
    case .int(let number): return Int(number)
    case .float(let number): return Int(exactly: number)
    default: return nil
    }
  }

  /// The truth value, if the value is a boolean.
  package var bool: Bool? {
    if case .bool(let flag) = meaning { return flag }
    return nil
  }

  /// Whether the API server would treat the value as absent (`null`, `~`, nothing).
  package var isNull: Bool { meaning == .null }

  /// Whether nobody can know the value from the repository.
  package var isUnknown: Bool {
    if case .unknown = value { return true }
    return false
  }

  /// The items of a sequence, else none.
  package var items: [Node] {
    if case .sequence(let items) = value { return items }
    return []
  }

  /// The entries of a mapping, else none.
  package var entries: [Entry] {
    if case .mapping(let entries) = value { return entries }
    return []
  }

  /// Where a mapping's entries lie in memory: while something holds them, only the same entries lie there. `nil` for
  /// what has no entries.
  package var entriesPlace: UnsafeRawPointer? {
    guard case .mapping(let entries) = value, !entries.isEmpty else { return nil }
    return entries.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
  }

  /// Whether this is a mapping.
  package var isMapping: Bool {
    if case .mapping = value { return true }
    return false
  }

  /// Whether this is a sequence.
  package var isSequence: Bool {
    if case .sequence = value { return true }
    return false
  }

  /// The entry of a key in a mapping.
  package func entry(_ key: String) -> Entry? {
    guard case .mapping(let entries) = value else { return nil }
    return Node.place(of: key, in: entries).map { entries[$0] }
  }

  /// Where the entry of a key stands. The entries are compared where they lie: a copy of each that is passed would cost
  /// more than the comparison.
  static func place(of key: String, in entries: [Entry]) -> Int? {
    entries.withUnsafeBufferPointer { entries in
      entries.indices.first { entries[$0].isNamed(key) }
    }
  }

  /// The value under a chain of keys; `null` counts as absent, as it does for the API server.
  package subscript(_ keys: String...) -> Node? { self[keys] }

  /// The value under a chain of keys; `null` counts as absent, as it does for the API server.
  package subscript(_ keys: [String]) -> Node? {
    guard let last = keys.last else { return isNull ? nil : self }
    guard case .mapping(var entries) = value else { return nil }
    for key in keys.dropLast() {
      guard let place = Node.place(of: key, in: entries), case .mapping(let next) = entries[place].value.value else {
        return nil
      }
      entries = next
    }
    guard let place = Node.place(of: last, in: entries), !entries[place].value.isNull else { return nil }
    return entries[place].value
  }

  /// The number of nodes in this tree, itself included.
  package var nodeCount: Int {
    switch value {
    case .scalar, .unknown: return 1
    case .sequence(let items): return items.reduce(1) { $0 + $1.nodeCount }
    case .mapping(let entries): return entries.reduce(1) { $0 + 1 + $1.value.nodeCount }
    }
  }

  /// What an unknown value is made of, as it is written: `echo.${DOMAIN}`.
  package var unknownText: String? {
    if case .unknown(let made) = value { return made?.text }
    return nil
  }

  /// Whether two values mean the same: mappings without order, scalars by meaning, sequences in order.
  ///
  /// An unknown value equals nothing but another one that is made of the same.
  package func means(_ other: Node) -> Bool {
    switch (value, other.value) {
    case (.scalar(let left), .scalar(let right)):
      let meaning = left.meaning
      guard meaning == right.meaning else { return false }
      return meaning != .string && meaning != .timestamp || left.text == right.text
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && left.indices.allSatisfy { left[$0].means(right[$0]) }
    case (.mapping(let left), .mapping(let right)):
      guard left.count == right.count else { return false }
      if left.indices.allSatisfy({ left[$0].name == right[$0].name }) {
        return left.indices.allSatisfy { left[$0].value.means(right[$0].value) }
      }
      let twins = Dictionary(right.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
      return left.allSatisfy { entry in twins[entry.name].map { entry.value.means($0) } ?? false }
    case (.unknown(let left?), .unknown(let right?)): return left == right
    default: return false
    }
  }
}
