internal import Manifests

/// A field path of a replacement: `spec.containers.[name=app].image`, `data.*`, `spec.ports.0`.
struct FieldPathSearch {
  private let steps: [String]

  init(_ text: String) { steps = FieldPathSearch.split(text) }

  /// Splits at dots that are neither escaped nor in brackets.
  static func split(_ text: String) -> [String] {
    let parts = FieldSpec.split(text, at: ".")
    var result: [String] = []
    var index = 0
    while index < parts.count {
      let part = parts[index]
      index += 1
      guard part.hasPrefix("["), !part.hasSuffix("]") else {
        result.append(part)
        continue
      }
      var pieces = [part]
      while index < parts.count {
        pieces.append(parts[index])
        index += 1
        if pieces.last?.hasSuffix("]") == true { break }
      }
      let whole = pieces.joined(separator: ".")
      if whole.contains("=") {
        result.append(whole)
      } else {
        var inner = Substring(whole)
        while let first = inner.first, first == "[" || first == "]" { inner = inner.dropFirst() }
        while let last = inner.last, last == "[" || last == "]" { inner = inner.dropLast() }
        result.append(String(inner))
      }
    }
    return result
  }

  /// The value at the path, by the rules for a source: no wildcards, `-` is the last item.
  func find(in root: Node) -> Node? {
    var node = root
    for step in steps where !step.isEmpty {
      if let index = Int(step) {
        guard case .sequence(let items) = node.value, index >= 0, index < items.count else { return nil }
        node = items[index]
      } else if step == "-" {
        guard let last = node.items.last else { return nil }
        node = last
      } else if let (key, value) = FieldPathSearch.condition(step) {
        guard
          let item = node.items.first(where: { key.isEmpty ? $0.text == value : $0.entry(key)?.value.text == value })
        else { return nil }
        node = item
      } else {
        guard let next = node.entry(step)?.value else { return nil }
        node = next
      }
    }
    return node
  }

  /// `[name=app]` as its two halves.
  static func condition(_ step: String) -> (key: String, value: String)? {
    guard step.hasPrefix("["), step.hasSuffix("]"), let mark = step.firstIndex(of: "=") else { return nil }
    return (
      String(step[step.index(after: step.startIndex)..<mark]),
      String(step[step.index(after: mark)...].dropLast())
    )
  }

  /// Changes every value the path fits, by the rules for a target.
  ///
  /// - Parameter creates: whether what is missing is made.
  /// - Returns: how many values were changed.
  /// - Throws: `badReplacement` without a place, where the path does not fit the object.
  func change(
    _ root: inout Node, creates: Bool, fresh: Node, _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) -> Int {
    try visit(&root, steps[...], creates ? fresh : nil, change)
  }

  private func bad(_ message: String) -> BuildProblem { BuildProblem(.badReplacement, path: "", message: message) }

  private func visit(
    _ node: inout Node, _ path: ArraySlice<String>, _ fresh: Node?, _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) -> Int {
    guard let step = path.first else {
      try change(&node)
      return 1
    }
    let rest = path.dropFirst()
    if let index = Int(step), index >= 0 { return try item(index, in: &node, rest, fresh, change) }
    if let (key, value) = FieldPathSearch.condition(step) {
      return try items(where: key, value, in: &node, rest, fresh, change)
    }
    if step.hasPrefix("["), step.hasSuffix("]") { throw bad("\(step) does not say what an item has to hold") }
    if step == "*" {
      guard case .sequence(var items) = node.value else { throw bad("a list is expected at *") }
      var count = 0
      for index in items.indices { count += try visit(&items[index], rest, fresh, change) }
      node.value = .sequence(items)
      return count
    }
    return try field(step, in: &node, rest, fresh, change)
  }

  private func field(
    _ step: String, in node: inout Node, _ rest: ArraySlice<String>, _ fresh: Node?,
    _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) -> Int {
    if node.isNull { return 0 }
    guard case .mapping(var entries) = node.value else { throw bad("a mapping is expected at \(step)") }
    if let index = entries.firstIndex(where: { $0.key.text == step }) {
      if !rest.isEmpty, case .scalar(let scalar) = entries[index].value.value, !entries[index].value.isNull {
        guard ParsedFile(Array(scalar.text.utf8)).documents.first?.text == nil else {
          throw bad("a mapping or a list is expected on the way to \(rest.first ?? "")")
        }
        // The path goes on inside a text that is YAML itself: what becomes of it is not worked out.
        entries[index].value.value = .unknown(nil)
        node.value = .mapping(entries)
        return 1
      }
      let count = try visit(&entries[index].value, rest, fresh, change)
      node.value = .mapping(entries)
      return count
    }
    guard let fresh else { return 0 }
    var made = empty(before: rest.first, fresh)
    let count = try visit(&made, rest, fresh, change)
    entries.append(Entry(key: .plain(step), value: made))
    node.value = .mapping(entries)
    return count
  }

  private func empty(before next: String?, _ fresh: Node) -> Node {
    guard let next else {
      switch fresh.value {
      case .mapping: return Node(.mapping([]))
      case .sequence: return Node(.sequence([]))
      default: return Node(.scalar(Scalar("", style: .plain)))
      }
    }
    let isList = Int(next).map { $0 >= 0 } ?? (next.hasPrefix("[") && next.hasSuffix("]"))
    return Node(isList ? .sequence([]) : .mapping([]))
  }

  private func item(
    _ index: Int, in node: inout Node, _ rest: ArraySlice<String>, _ fresh: Node?,
    _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) -> Int {
    guard case .sequence(var items) = node.value else { throw bad("a list is expected at \(index)") }
    if items.count == index, let fresh { items.append(empty(before: rest.first, fresh)) }
    guard index < items.count else { throw bad("the list has no item \(index)") }
    let count = try visit(&items[index], rest, fresh, change)
    node.value = .sequence(items)
    return count
  }

  private func items(
    where key: String, _ value: String, in node: inout Node, _ rest: ArraySlice<String>, _ fresh: Node?,
    _ change: (inout Node) throws(BuildProblem) -> Void
  ) throws(BuildProblem) -> Int {
    guard case .sequence(var items) = node.value else { throw bad("a list is expected at [\(key)=…]") }
    guard let pattern = Pattern(value, isWhole: false) else { throw bad("[\(key)=…] is no regular expression") }
    var count = 0
    for index in items.indices {
      let text = key.isEmpty ? items[index].text : items[index].entry(key)?.value.text
      guard let text, pattern.matches(text) else { continue }
      count += try visit(&items[index], key.isEmpty ? [] : rest, fresh, change)
    }
    if count == 0, let fresh {
      var made = key.isEmpty ? Node.plain(value) : Node(.mapping([Entry(key: .plain(key), value: .plain(value))]))
      count = try visit(&made, key.isEmpty ? [] : rest, fresh, change)
      items.append(made)
    }
    node.value = .sequence(items)
    return count
  }
}
