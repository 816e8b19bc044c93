internal import Manifests

/// Which files source-controller leaves out of its artifact: symbolic links, Git's own files, and what `.sourceignore`
/// files and `GitRepository.spec.ignore` name; without any of them, a list of CI files and pictures.
final class SourceIgnore: PathFilter {
  private struct Rule {
    var pattern: IgnorePattern
    var includes: Bool
    var foldersOnly: Bool
    /// The folder whose `.sourceignore` holds the rule.
    var domain: String
    /// How many folders the domain is below the root.
    var depth: Int
  }

  let fingerprint: String
  private var rules: [Rule] = []
  private var known: [String: Bool] = [:]

  private static let always = [".git/", ".gitignore", ".gitmodules", ".gitattributes"]
  private static let defaults = [
    "*.jpg", "*.jpeg", "*.gif", "*.png", "*.wmv", "*.flv", "*.tar.gz", "*.zip", ".github/", ".circleci/",
    ".travis.yml", ".gitlab-ci.yml", "appveyor.yml", ".drone.yml", "cloudbuild.yaml", "codeship-services.yml",
    "codeship-steps.yml", "**/.goreleaser.yml", "**/.sops.yaml", "**/.flux.yaml",
  ]

  /// - Parameter files: the texts of the tree's `.sourceignore` files by folder.
  /// - Parameter specIgnore: `GitRepository.spec.ignore`, which comes last and may take files in again.
  init(files: [(folder: String, text: String)], specIgnore: String?) {
    fingerprint =
      files.map { "\($0.folder)\n\($0.text)" }.sorted().joined(separator: "\0") + "\0\0" + (specIgnore ?? "")
    for line in SourceIgnore.always { add(line, domain: "") }
    var own: [(line: Substring, domain: String)] = []
    for file in files.sorted(by: { $0.folder < $1.folder }) {
      own += SourceIgnore.lines(file.text).map { ($0, file.folder) }
    }
    own += SourceIgnore.lines(specIgnore ?? "").map { ($0, "") }
    if own.isEmpty { for line in SourceIgnore.defaults { add(line, domain: "") } }
    for rule in own { add(String(rule.line), domain: rule.domain) }
  }

  private static func lines(_ text: String) -> [Substring] {
    text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") && $0.contains { !$0.isWhitespace } }
  }

  private func add(_ line: String, domain: String) {
    var text = Substring(line)
    let includes = text.hasPrefix("!")
    if includes { text = text.dropFirst() }
    if !text.hasSuffix("\\ ") { while text.last == " " { text = text.dropLast() } }
    let foldersOnly = text.hasSuffix("/")
    if foldersOnly { text = text.dropLast() }
    guard !text.isEmpty else { return }
    rules.append(
      Rule(
        pattern: IgnorePattern(String(text)), includes: includes, foldersOnly: foldersOnly, domain: domain,
        depth: domain.split(separator: "/").count))
  }

  func excludes(_ path: String, isFolder: Bool) -> Bool {
    if path.isEmpty { return false }
    let key = isFolder ? path + "/" : path
    if let answer = known[key] { return answer }
    let parent = Path.parent(path)
    let answer = (!parent.isEmpty && excludes(parent, isFolder: true)) || isNamed(path, isFolder: isFolder)
    known[key] = answer
    return answer
  }

  /// The last rule that fits decides.
  private func isNamed(_ path: String, isFolder: Bool) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    for rule in rules.reversed() {
      if rule.foldersOnly, !isFolder { continue }
      guard Path.isIn(path, folder: rule.domain), path != rule.domain else { continue }
      if rule.pattern.matches(parts[rule.depth...]) { return !rule.includes }
    }
    return false
  }
}

/// One pattern of an ignore file.
private struct IgnorePattern {
  private let parts: [[UInt8]]
  /// Without a slash but at the end, a pattern fits a name at any depth.
  private let isName: Bool
  private static let anyDepth = Array("**".utf8)

  init(_ text: String) {
    isName = !text.contains("/")
    parts = text.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
  }

  func matches(_ path: ArraySlice<[UInt8]>) -> Bool {
    guard let last = path.last, let first = parts.first else { return false }
    return isName ? IgnorePattern.glob(first, last) : matches(path, parts[...])
  }

  private func matches(_ path: ArraySlice<[UInt8]>, _ parts: ArraySlice<[UInt8]>) -> Bool {
    guard let part = parts.first else { return path.isEmpty }
    if part == IgnorePattern.anyDepth {
      if parts.count == 1 { return !path.isEmpty }
      return path.indices.contains { matches(path[$0...], parts.dropFirst()) }
    }
    guard let name = path.first, IgnorePattern.glob(part, name) else { return false }
    return matches(path.dropFirst(), parts.dropFirst())
  }

  /// Shell patterns of one name: `*`, `?`, `[a-z]`, `\` before a special character; linear but for stars.
  private static func glob(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var position = 0
    var place = 0
    var star: (pattern: Int, name: Int)?
    while place < name.count {
      if position < pattern.count, pattern[position] == UInt8(ascii: "*") {
        star = (position, place)
        position += 1
      } else if position < pattern.count, let width = one(pattern, position, name[place]) {
        position += width
        place += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        position = last.pattern + 1
        place = last.name + 1
      } else {
        return false
      }
    }
    return pattern[position...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// The length of the pattern's piece at a place if it fits a byte.
  private static func one(_ pattern: [UInt8], _ position: Int, _ byte: UInt8) -> Int? {
    switch pattern[position] {
    case UInt8(ascii: "?"): return 1
    case UInt8(ascii: "\\") where position + 1 < pattern.count: return pattern[position + 1] == byte ? 2 : nil
    case UInt8(ascii: "["):
      guard let close = pattern[(position + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { break }
      var inner = Array(pattern[(position + 1)..<close])
      let isNegated = inner.first == UInt8(ascii: "^") || inner.first == UInt8(ascii: "!")
      if isNegated { inner.removeFirst() }
      var isIn = false
      var index = 0
      while index < inner.count {
        if index + 2 < inner.count, inner[index + 1] == UInt8(ascii: "-") {
          if inner[index] <= byte, byte <= inner[index + 2] { isIn = true }
          index += 3
        } else {
          if inner[index] == byte { isIn = true }
          index += 1
        }
      }
      return isIn != isNegated ? close - position + 1 : nil
    default: break
    }
    return pattern[position] == byte ? 1 : nil
  }
}

/// Ignore rules that were used lately, with what they said of paths.
final class IgnoreFilters {
  private var filters: [SourceIgnore] = []

  /// A filter of the same rules.
  func filter(_ fingerprint: String) -> SourceIgnore? { filters.first { $0.fingerprint == fingerprint } }

  /// Keeps a filter.
  func keep(_ filter: SourceIgnore) {
    if filters.count > 7 { filters.removeFirst() }
    filters.append(filter)
  }
}
