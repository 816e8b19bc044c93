internal import Manifests

/// Which files source-controller leaves out of its artifact: symbolic links, Git's own files, and what `.sourceignore`
/// files and `GitRepository.spec.ignore` name; without any of them, a list of CI files and pictures.
package final class SourceIgnore: PathFilter {
  /// How the files are called that leave files out of Flux's artifact.
  package static let fileName = ".sourceignore"

  private struct Rule {
    var pattern: IgnorePattern
    var includes: Bool
    var foldersOnly: Bool
    /// The folder whose `.sourceignore` holds the rule.
    var domain: String
    /// How many folders the domain is below the root.
    var depth: Int

    func fits(_ path: String, _ parts: [[UInt8]], isFolder: Bool) -> Bool {
      guard parts.count > depth, Path.isIn(path, folder: domain) else { return false }
      guard let length = pattern.length(in: parts[depth...]) else { return false }
      // What is said of a folder goes for all that is in it.
      return !foldersOnly || isFolder || length < parts.count - depth
    }
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

  /// Whether some rule takes in again what others leave out, so that a file may be there without its folder.
  var includesAgain: Bool { rules.contains(where: \.includes) }

  /// The last rule that fits a path decides, and nothing of its folder is asked: the archiver looks at every file (`Archive`
  /// in Flux's `artifact/storage`), so that a file can be taken in again below a folder that is left out.
  func excludes(_ path: String, isFolder: Bool) -> Bool {
    if path.isEmpty { return false }
    let key = isFolder ? path + "/" : path
    if let answer = known[key] { return answer }
    let parts = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    let answer = rules.last { $0.fits(path, parts, isFolder: isFolder) }.map { !$0.includes } ?? false
    known[key] = answer
    return answer
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
    parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map(Array.init)
  }

  /// How many names of a path, from its first on, the pattern needs to fit; `nil` where it does not fit. What follows
  /// lies in what it fits. As `sourceignore/gitignore` of Flux's `pkg` has it.
  func length(in path: ArraySlice<[UInt8]>) -> Int? {
    guard let first = parts.first else { return nil }
    if isName { return path.firstIndex { IgnorePattern.glob(first, $0) }.map { $0 - path.startIndex + 1 } }
    var rest = path
    var fits = false
    var mayDescend = false
    for (number, part) in parts.enumerated() {
      if part.isEmpty {
        mayDescend = false
      } else if part == IgnorePattern.anyDepth {
        if number == parts.count - 1 { break }
        mayDescend = true
      } else if mayDescend {
        mayDescend = false
        guard let place = rest.firstIndex(where: { IgnorePattern.glob(part, $0) }) else { return nil }
        rest = rest[(place + 1)...]
        fits = true
      } else {
        guard let name = rest.popFirst(), IgnorePattern.glob(part, name) else { return nil }
        fits = true
      }
    }
    return fits ? path.count - rest.count : nil
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
      let isNegated = inner.first == UInt8(ascii: "^")
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
  private struct Known {
    var files: [String: ContentID]
    var specIgnore: String?
    var filter: SourceIgnore
  }

  private var known: [Known] = []

  /// The filter that a tree's `.sourceignore` files and a source make.
  ///
  /// - Parameters:
  ///   - files: the identities of the files by folder.
  ///   - read: gives the text of the file in a folder; `nil` where it can't be read.
  func filter(
    _ files: [String: ContentID], specIgnore: String?, read: (_ folder: String) -> String?
  ) -> SourceIgnore {
    if let found = known.last(where: { $0.specIgnore == specIgnore && $0.files == files }) { return found.filter }
    let texts = files.keys.compactMap { folder in read(folder).map { (folder: folder, text: $0) } }
    let filter = SourceIgnore(files: texts, specIgnore: specIgnore)
    if known.count > 7 { known.removeFirst() }
    known.append(Known(files: files, specIgnore: specIgnore, filter: filter))
    return filter
  }
}
