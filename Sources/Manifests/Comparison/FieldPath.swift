/// The way to a field in an object, printed as `spec.workerNodeGroupConfigurations[md-0].count`.
package struct FieldPath: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// One step of the way.
  package enum Step: Hashable, Sendable {
    case key(String)
    /// An item of a list without keys, counted from 0.
    case index(Int)
    /// An item of a list whose items have a key: the value of that key.
    case item(String)
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }

  /// A path of plain keys, separated by dots.
  package init(stringLiteral text: String) {
    steps = text.split(separator: ".").map { .key(String($0)) }
  }

  /// Reads a path as `description` prints it: what stands in brackets is taken for an item. `nil` for any other text.
  package init?(printed text: String) {
    var steps: [Step] = []
    var rest = text[...]
    while !rest.isEmpty {
      if rest.first == "[" {
        let ends = rest.indices.dropFirst().first { index in
          let after = rest[rest.index(after: index)...].first
          return rest[index] == "]" && (after == nil || after == "." || after == "[")
        }
        guard let end = ends else { return nil }
        steps.append(.item(String(rest[rest.index(after: rest.startIndex)..<end])))
        rest = rest[rest.index(after: end)...]
      } else {
        if !steps.isEmpty { rest = rest.dropFirst() }
        let name = rest.prefix { $0 != "." && $0 != "[" }
        steps.append(.key(String(name)))
        rest = rest.dropFirst(name.count)
      }
    }
    self.init(steps)
    guard description == text else { return nil }
  }

  package func key(_ name: String) -> FieldPath { FieldPath(steps + [.key(name)]) }

  package func index(_ number: Int) -> FieldPath { FieldPath(steps + [.index(number)]) }

  package func item(_ name: String) -> FieldPath { FieldPath(steps + [.item(name)]) }

  /// Whether the other path is this one or leads through it.
  package func holds(_ other: FieldPath) -> Bool { other.steps.starts(with: steps) }

  /// The keys alone, items and indices left out: `spec.workerNodeGroupConfigurations.count`.
  package var schemaPath: String {
    steps.compactMap { step in
      if case .key(let name) = step { return name }
      return nil
    }.joined(separator: ".")
  }

  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let name) where name.contains(where: { $0 == "." || $0 == "/" || $0 == "[" }): text += "[\(name)]"
      case .key(let name): text += text.isEmpty ? name : ".\(name)"
      case .index(let number): text += "[\(number)]"
      case .item(let name): text += "[\(name)]"
      }
    }
    return text
  }
}
