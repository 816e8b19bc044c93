internal import Manifests

/// Which objects a patch or a replacement is for. Empty fields fit everything.
package struct Selector: Sendable {
  /// Whole-string regular expressions, with regard to case.
  package var group = ""
  package var version = ""
  package var kind = ""
  package var name = ""
  package var namespace = ""
  /// Label selectors as `kubectl -l` takes them.
  package var labelSelector = ""
  package var annotationSelector = ""
  /// Where the selector stands.
  package var place = PatchTarget(path: "", span: .none)

  package init() {}

  /// Whether nothing is asked of group, version, kind, name and namespace.
  var isEmpty: Bool { group.isEmpty && version.isEmpty && kind.isEmpty && name.isEmpty && namespace.isEmpty }
}

/// A selector ready for use.
struct SelectorMatcher {
  let selector: Selector
  private let group: Pattern
  private let version: Pattern
  private let kind: Pattern
  private let name: Pattern
  private let namespace: Pattern
  private let labels: LabelSelector
  private let annotations: LabelSelector

  /// - Throws: `badSelector` for an expression that cannot be read.
  init(_ selector: Selector, path: String) throws(BuildProblem) {
    self.selector = selector
    func pattern(_ text: String) throws(BuildProblem) -> Pattern {
      guard let pattern = Pattern(text) else {
        throw BuildProblem(
          .badSelector, path: path, span: selector.place.span, message: "a selector is no regular expression")
      }
      return pattern
    }
    func selectorOf(_ text: String) throws(BuildProblem) -> LabelSelector {
      guard let found = LabelSelector(text) else {
        throw BuildProblem(
          .badSelector, path: path, span: selector.place.span, message: "a label selector cannot be read")
      }
      return found
    }
    group = try pattern(selector.group)
    version = try pattern(selector.version)
    kind = try pattern(selector.kind)
    name = try pattern(selector.name)
    namespace = try pattern(selector.namespace)
    labels = try selectorOf(selector.labelSelector)
    annotations = try selectorOf(selector.annotationSelector)
  }

  /// Whether labels and annotations fit.
  func matchesMetadata(_ resource: Resource) -> Bool {
    (labels.isEmpty || labels.matches(resource.strings("labels")))
      && (annotations.isEmpty || annotations.matches(resource.strings("annotations")))
  }

  /// Whether an identity fits; the namespace is compared as given.
  func matches(_ id: ResourceID) -> Bool {
    matchesKind(group: id.group, version: id.version, kind: id.kind) && name.matches(id.name)
      && namespace.matches(id.namespace)
  }

  private func matchesKind(group: String, version: String, kind: String) -> Bool {
    self.group.matches(group) && self.version.matches(version) && self.kind.matches(kind)
  }

  /// Whether a patch with this target is for the object: by its first or its present name and namespace.
  func selects(_ resource: Resource) -> Bool {
    let now = resource.id
    guard matchesKind(group: now.group, version: now.version, kind: now.kind) else { return false }
    let first = resource.originalID
    guard namespace.matches(first.effectiveNamespace) || namespace.matches(now.effectiveNamespace),
      name.matches(first.name) || name.matches(now.name)
    else { return false }
    return matchesMetadata(resource)
  }
}

/// A label selector: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
struct LabelSelector {
  private enum Requirement {
    case exists(String)
    case absent(String)
    case anyOf(String, [String])
    case noneOf(String, [String])
  }

  private var requirements: [Requirement] = []

  /// Whether everything fits.
  var isEmpty: Bool { requirements.isEmpty }

  /// `nil` for a text that is no selector.
  init?(_ text: String) {
    for part in LabelSelector.parts(text) {
      guard let requirement = LabelSelector.requirement(part) else { return nil }
      requirements.append(requirement)
    }
  }

  /// Splits at commas outside parentheses.
  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append(current)
        current = ""
      } else {
        current.append(character)
      }
    }
    parts.append(current)
    return parts.map(trimmed).filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let head = text.drop { $0.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(head[...last])
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: "/"):
          true
        default: false
        }
      }
  }

  private static func requirement(_ text: String) -> Requirement? {
    if text.hasPrefix("!"), !text.contains("=") {
      let key = trimmed(text.dropFirst())
      return isName(key) ? .absent(key) : nil
    }
    for (mark, isPositive) in [("!=", false), ("==", true), ("=", true)] {
      if let range = range(of: mark, in: text) {
        let key = trimmed(text[..<range.lowerBound])
        let value = trimmed(text[range.upperBound...])
        guard isName(key), value.isEmpty || isName(value) else { return nil }
        return isPositive ? .anyOf(key, [value]) : .noneOf(key, [value])
      }
    }
    if let open = text.firstIndex(of: "("), text.hasSuffix(")") {
      let words = text[..<open].split(whereSeparator: \.isWhitespace).map(String.init)
      let values = text[text.index(after: open)...].dropLast().split(separator: ",").map { trimmed($0) }
      guard words.count == 2, isName(words[0]) else { return nil }
      switch words[1] {
      case "in": return .anyOf(words[0], values)
      case "notin": return .noneOf(words[0], values)
      default: return nil
      }
    }
    return isName(text) ? .exists(text) : nil
  }

  private static func range(of mark: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(mark) { return start..<text.index(start, offsetBy: mark.count) }
      start = text.index(after: start)
    }
    return nil
  }

  /// Whether a set of labels fits.
  func matches(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { requirement in
      switch requirement {
      case .exists(let key): labels[key] != nil
      case .absent(let key): labels[key] == nil
      case .anyOf(let key, let values): labels[key].map(values.contains) ?? false
      case .noneOf(let key, let values): labels[key].map { !values.contains($0) } ?? true
      }
    }
  }
}
