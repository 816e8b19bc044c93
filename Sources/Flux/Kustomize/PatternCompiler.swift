/// A set of characters.
struct CharacterRanges {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false

  /// Whether a character is in the set.
  func contains(_ character: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(character.value) } != isNegated
  }

  /// The sets of `\d`, `\w`, `\s` and their opposites.
  static func shorthand(_ letter: Unicode.Scalar) -> CharacterRanges? {
    switch letter {
    case "d": CharacterRanges(ranges: [48...57])
    case "D": CharacterRanges(ranges: [48...57], isNegated: true)
    case "w": CharacterRanges(ranges: [48...57, 65...90, 95...95, 97...122])
    case "W": CharacterRanges(ranges: [48...57, 65...90, 95...95, 97...122], isNegated: true)
    case "s": CharacterRanges(ranges: [9...10, 12...13, 32...32])
    case "S": CharacterRanges(ranges: [9...10, 12...13, 32...32], isNegated: true)
    default: nil
    }
  }
}

/// Turns an expression into steps.
struct PatternCompiler {
  private let text: [Unicode.Scalar]
  private var position = 0
  private var depth = 0
  private static let limit = 5000

  init(_ source: String) { text = Array(source.unicodeScalars) }

  /// The steps; `nil` for a text that is no expression.
  mutating func compile() -> [Pattern.Step]? {
    guard let steps = alternatives(), position == text.count else { return nil }
    return steps + [.match]
  }

  private var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

  private mutating func alternatives() -> [Pattern.Step]? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 50, var result = sequence() else { return nil }
    while next == "|" {
      position += 1
      guard let other = sequence() else { return nil }
      result = PatternCompiler.either(result, other)
    }
    return result
  }

  /// Moves the targets of jumps when steps are put behind others.
  private static func shifted(_ steps: [Pattern.Step], by offset: Int) -> [Pattern.Step] {
    steps.map { step in
      switch step {
      case .split(let first, let second): .split(first + offset, second + offset)
      case .jump(let target): .jump(target + offset)
      default: step
      }
    }
  }

  private static func either(_ left: [Pattern.Step], _ right: [Pattern.Step]) -> [Pattern.Step] {
    [.split(1, left.count + 2)] + shifted(left, by: 1) + [.jump(left.count + right.count + 2)]
      + shifted(right, by: left.count + 2)
  }

  private mutating func sequence() -> [Pattern.Step]? {
    var result: [Pattern.Step] = []
    while let character = next, character != "|", character != ")" {
      guard let piece = repeated() else { return nil }
      result += PatternCompiler.shifted(piece, by: result.count)
      guard result.count < PatternCompiler.limit else { return nil }
    }
    return result
  }

  private mutating func repeated() -> [Pattern.Step]? {
    guard var piece = atom() else { return nil }
    while let mark = next {
      switch mark {
      case "*": piece = PatternCompiler.times(piece, 0, nil)
      case "+": piece = PatternCompiler.times(piece, 1, nil)
      case "?": piece = PatternCompiler.times(piece, 0, 1)
      case "{":
        guard let bounds = bounds() else { return piece }
        guard bounds.1.map({ $0 >= bounds.0 }) ?? true, piece.count * max(bounds.0, bounds.1 ?? 0) < 2000 else {
          return nil
        }
        piece = PatternCompiler.times(piece, bounds.0, bounds.1)
        position -= 1
      default: return piece
      }
      position += 1
      if next == "?" { position += 1 }
      guard piece.count < PatternCompiler.limit else { return nil }
    }
    return piece
  }

  private static func times(_ piece: [Pattern.Step], _ least: Int, _ most: Int?) -> [Pattern.Step] {
    var result: [Pattern.Step] = []
    for _ in 0..<least { result += shifted(piece, by: result.count) }
    if let most {
      for _ in least..<max(least, most) {
        let start = result.count
        result.append(.split(start + 1, start + 1 + piece.count))
        result += shifted(piece, by: start + 1)
      }
    } else {
      let start = result.count
      result.append(.split(start + 1, start + piece.count + 2))
      result += shifted(piece, by: start + 1)
      result.append(.jump(start))
    }
    return result
  }

  /// Reads `{m}`, `{m,}` or `{m,n}`; `nil` and nothing read where the brace is a plain character.
  private mutating func bounds() -> (Int, Int?)? {
    guard let close = text[position...].firstIndex(of: "}") else { return nil }
    let inner = String(String.UnicodeScalarView(text[(position + 1)..<close]))
    let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
    guard let least = parts.first.flatMap({ Int($0) }), least >= 0, least <= 1000, parts.count <= 2 else { return nil }
    var most: Int? = least
    if parts.count == 2 {
      most = Int(parts[1])
      if most == nil, !parts[1].isEmpty { return nil }
    }
    position = close + 1
    return (least, most)
  }

  private mutating func atom() -> [Pattern.Step]? {
    guard let character = next else { return nil }
    position += 1
    switch character {
    case "(": return group()
    case "[": return characterClass().map { [.set($0)] }
    case ".": return [.any]
    case "^": return [.start]
    case "$": return [.end]
    case "*", "+", "?": return nil
    case "\\": return escape()
    default: return [.character(character)]
    }
  }

  private mutating func group() -> [Pattern.Step]? {
    if next == "?" {
      guard position + 1 < text.count, text[position + 1] == ":" else { return nil }
      position += 2
    }
    guard let inner = alternatives(), next == ")" else { return nil }
    position += 1
    return inner
  }

  private mutating func escape() -> [Pattern.Step]? {
    guard let letter = next else { return nil }
    position += 1
    if let ranges = CharacterRanges.shorthand(letter) { return [.set(ranges)] }
    switch letter {
    case "A": return [.start]
    case "z": return [.end]
    case "n": return [.character("\n")]
    case "t": return [.character("\t")]
    case "b", "B", "Q", "p", "P": return nil
    default: return letter.properties.isAlphabetic ? nil : [.character(letter)]
    }
  }

  private mutating func characterClass() -> CharacterRanges? {
    var result = CharacterRanges()
    if next == "^" {
      result.isNegated = true
      position += 1
    }
    var isFirst = true
    while let character = next, character != "]" || isFirst {
      isFirst = false
      position += 1
      var low = character
      if character == "\\" {
        guard let letter = next else { return nil }
        position += 1
        if let ranges = CharacterRanges.shorthand(letter), !ranges.isNegated {
          result.ranges += ranges.ranges
          continue
        }
        low = letter
      } else if character == "[", next == ":" {
        return nil
      }
      var high = low
      if next == "-", position + 1 < text.count, text[position + 1] != "]" {
        high = text[position + 1]
        position += 2
      }
      guard low.value <= high.value else { return nil }
      result.ranges.append(low.value...high.value)
    }
    guard next == "]" else { return nil }
    position += 1
    return result
  }
}
