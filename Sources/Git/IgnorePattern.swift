/// One line of an ignore file, as `gitignore` documents it.
///
/// Matching keeps all possible places in the pattern at once, so no pattern takes more than its length times the
/// path's.
package struct IgnorePattern: Sendable {
  /// Whether the line lets in again what an earlier one ignores.
  package private(set) var isNegated = false
  /// Whether the line is about folders only.
  package private(set) var isForFolders = false
  /// Whether the line is about the whole path below the file's folder, rather than a name anywhere below it.
  package private(set) var isAnchored = false

  private var tokens: [Token] = []

  private enum Token: Sendable {
    case byte(UInt8)
    /// Any one byte but a slash.
    case one
    /// Any bytes but slashes.
    case many
    /// Any bytes.
    case anything
    /// The start of any number of whole folders: `**/`; always followed by `.inFolder`.
    case folders
    /// Inside a folder's name of `.folders`.
    case inFolder
    /// One byte of a set, never a slash.
    case set([Bool])
  }

  /// Reads a line; `nil` where it is empty, a comment, or can never match.
  package init?(_ line: ArraySlice<UInt8>) {
    var line = Self.withoutTrailingSpaces(line)
    guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
    if first == UInt8(ascii: "!") {
      isNegated = true
      line = line.dropFirst()
    }
    if line.last == UInt8(ascii: "/") {
      isForFolders = true
      line = line.dropLast()
    }
    isAnchored = line.contains(UInt8(ascii: "/"))
    if line.first == UInt8(ascii: "/") { line = line.dropFirst() }
    guard !line.isEmpty, let tokens = Self.tokens(Array(line)) else { return nil }
    self.tokens = tokens
  }

  /// Whether the pattern matches the whole of a text.
  package func matches(_ text: some Sequence<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    var active = [Bool](repeating: false, count: tokens.count + 1)
    enter(0, &active)
    for byte in text {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      for position in tokens.indices where active[position] {
        switch tokens[position] {
        case .byte(let wanted): if byte == wanted { enter(position + 1, &next) }
        case .one: if byte != slash { enter(position + 1, &next) }
        case .many: if byte != slash { enter(position, &next) }
        case .anything: enter(position, &next)
        case .folders: break
        case .inFolder: enter(byte == slash ? position - 1 : position, &next)
        case .set(let members): if members[Int(byte)], byte != slash { enter(position + 1, &next) }
        }
      }
      active = next
    }
    return active[tokens.count]
  }

  /// Marks a place, and those that can be reached from it without a byte.
  private func enter(_ position: Int, _ active: inout [Bool]) {
    var position = position
    while !active[position] {
      active[position] = true
      guard position < tokens.count else { return }
      switch tokens[position] {
      case .many, .anything: position += 1
      case .folders:
        active[position + 1] = true
        position += 2
      default: return
      }
    }
  }

  private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    if line.last == 0x0d { line = line.dropLast() }
    while line.last == 0x20, line.dropLast().last != UInt8(ascii: "\\") { line = line.dropLast() }
    return line
  }

  private static func tokens(_ pattern: [UInt8]) -> [Token]? {
    let (star, slash) = (UInt8(ascii: "*"), UInt8(ascii: "/"))
    var tokens: [Token] = []
    var position = 0
    while position < pattern.count {
      let byte = pattern[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\\"):
        guard position < pattern.count else { return nil }
        tokens.append(.byte(pattern[position]))
        position += 1
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "["):
        guard let set = ByteSet(pattern, &position) else { return nil }
        tokens.append(.set(set.members))
      case star:
        let start = position - 1
        while position < pattern.count, pattern[position] == star { position += 1 }
        let isPair = position - start == 2 && (start == 0 || pattern[start - 1] == slash)
        if isPair, position == pattern.count {
          tokens.append(.anything)
        } else if isPair, pattern[position] == slash {
          tokens += [.folders, .inFolder]
          position += 1
        } else {
          tokens.append(.many)
        }
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }
}

/// The bytes in the brackets of a pattern.
private struct ByteSet {
  private(set) var members = [Bool](repeating: false, count: 256)

  /// Reads what follows an opening bracket and steps over the closing one; `nil` where there is none.
  init?(_ pattern: [UInt8], _ position: inout Int) {
    var isNegated = false
    if position < pattern.count, [UInt8(ascii: "!"), UInt8(ascii: "^")].contains(pattern[position]) {
      isNegated = true
      position += 1
    }
    let start = position
    while position < pattern.count, pattern[position] != UInt8(ascii: "]") || position == start {
      if let name = Self.className(pattern, position) {
        guard let contains = Self.classes[name] else { return nil }
        for byte in UInt8.min...127 where contains(byte) { members[Int(byte)] = true }
        position += name.utf8.count + 4
        continue
      }
      guard let first = Self.byte(pattern, &position) else { return nil }
      var last = first
      if position + 1 < pattern.count, pattern[position] == UInt8(ascii: "-"),
        pattern[position + 1] != UInt8(ascii: "]")
      {
        position += 1
        guard let end = Self.byte(pattern, &position) else { return nil }
        last = end
      }
      if first <= last { for byte in first...last { members[Int(byte)] = true } }
    }
    guard position < pattern.count else { return nil }
    position += 1
    if isNegated { members = members.map { !$0 } }
  }

  private static func byte(_ pattern: [UInt8], _ position: inout Int) -> UInt8? {
    if pattern[position] == UInt8(ascii: "\\") { position += 1 }
    guard position < pattern.count else { return nil }
    defer { position += 1 }
    return pattern[position]
  }

  /// The name in `[:name:]`, where that stands at a place.
  private static func className(_ pattern: [UInt8], _ position: Int) -> String? {
    guard pattern[position...].starts(with: "[:".utf8) else { return nil }
    let name = pattern[(position + 2)...].prefix { (97...122).contains($0) }
    guard pattern[name.endIndex...].starts(with: ":]".utf8) else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  /// The named classes of POSIX.
  private static let classes: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isLetter($0) || isDigit($0) }, "alpha": isLetter, "digit": isDigit,
    "blank": { $0 == 0x20 || $0 == 9 }, "cntrl": { $0 < 32 || $0 == 127 }, "graph": { (33...126).contains($0) },
    "lower": { (97...122).contains($0) }, "upper": { (65...90).contains($0) }, "print": { (32...126).contains($0) },
    "punct": { (33...126).contains($0) && !isLetter($0) && !isDigit($0) },
    "space": { $0 == 0x20 || (9...13).contains($0) },
    "xdigit": { isDigit($0) || (65...70).contains($0) || (97...102).contains($0) },
  ]

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
