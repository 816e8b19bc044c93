/// A regular expression that is matched against a whole text, or searched in it, in time linear in the text.
///
/// kustomize uses Go's expressions, which never backtrack; this is the part of them that names and images need:
/// literals, `.`, classes, groups, alternatives, `* + ? {m,n}`, `^ $`, `\d \w \s`.
struct Pattern {
  private let program: [Step]
  private let literal: String?
  private let isEmpty: Bool
  private let isWhole: Bool

  /// One step of the machine that reads a text.
  enum Step {
    case character(Unicode.Scalar)
    case any
    case set(CharacterRanges)
    case split(Int, Int)
    case jump(Int)
    case start
    case end
    case match
  }

  /// - Parameter isWhole: whether the whole text has to fit; otherwise a part of it is enough.
  /// - Returns: `nil` for a text that is no expression, or one that grows beyond reason.
  init?(_ text: String, isWhole: Bool = true) {
    isEmpty = text.isEmpty
    self.isWhole = isWhole
    let isPlain = !text.unicodeScalars.contains { "\\.+*?()|[]{}^$".unicodeScalars.contains($0) }
    literal = isPlain ? text : nil
    guard !isPlain else {
      program = []
      return
    }
    var compiler = PatternCompiler(text)
    guard let steps = compiler.compile() else { return nil }
    program = steps
  }

  /// Whether the text fits; an empty pattern fits everything.
  func matches(_ text: String) -> Bool {
    if isEmpty { return true }
    if let literal { return isWhole ? text == literal : Pattern.contains(text, literal) }
    let characters = Array(text.unicodeScalars)
    var current: [Int] = []
    var marks = [Int](repeating: -1, count: program.count)
    var isFound = false
    for position in 0...characters.count {
      var next: [Int] = []
      if position == 0 || !isWhole { follow(0, at: position, characters.count, &current, &marks) }
      for state in current {
        switch program[state] {
        case .match:
          if !isWhole || position == characters.count { isFound = true }
        case .character(let wanted):
          if position < characters.count, characters[position] == wanted { next.append(state + 1) }
        case .any:
          if position < characters.count, characters[position] != "\n" { next.append(state + 1) }
        case .set(let ranges):
          if position < characters.count, ranges.contains(characters[position]) { next.append(state + 1) }
        default: break
        }
      }
      if isFound { return true }
      current = []
      for state in next { follow(state, at: position + 1, characters.count, &current, &marks) }
    }
    return false
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    guard !part.isEmpty else { return true }
    let whole = Array(text.utf8)
    let wanted = Array(part.utf8)
    guard whole.count >= wanted.count else { return false }
    return (0...(whole.count - wanted.count)).contains { whole[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }

  /// Adds the states that are reached from one without reading a character.
  private func follow(_ state: Int, at position: Int, _ count: Int, _ list: inout [Int], _ marks: inout [Int]) {
    var stack = [state]
    while let next = stack.popLast() {
      guard marks[next] != position else { continue }
      marks[next] = position
      switch program[next] {
      case .jump(let target): stack.append(target)
      case .split(let first, let second): stack += [second, first]
      case .start: if position == 0 { stack.append(next + 1) }
      case .end: if position == count { stack.append(next + 1) }
      default: list.append(next)
      }
    }
  }
}
