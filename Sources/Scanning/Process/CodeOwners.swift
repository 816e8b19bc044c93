internal import Flux
internal import Git

/// Who has to review which file, as GitHub and GitLab read it from `CODEOWNERS`: the last line that matches a path
/// decides, and one without an owner takes the owners away.
struct CodeOwners {
  private struct Line {
    var pattern: IgnorePattern
    /// Whether the pattern ends in `/*` and so is about the files of one folder alone.
    var isShallow: Bool
    var hasOwner: Bool
  }

  /// Where the file stands.
  let path: String
  private let lines: [Line]

  /// The places at which GitHub and GitLab look, in GitHub's order.
  static let paths = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]

  /// The first of the files that a tree has; `nil` without one.
  init?(in tree: any FileTree) throws(FileTreeError) {
    for path in CodeOwners.paths {
      guard let entry = try tree.entry(at: path), entry.kind == .file else { continue }
      self.init(path: path, text: try tree.contents(of: entry, at: path))
      return
    }
    return nil
  }

  /// Reads the lines of a file.
  init(path: String, text: [UInt8]) {
    self.path = path
    var lines: [Line] = []
    var sectionHasOwner = false
    for text in text.split(separator: 0x0A) {
      let words = CodeOwners.words(text)
      guard let first = words.first, first.first != UInt8(ascii: "#") else { continue }
      if first.first == UInt8(ascii: "[") || first.starts(with: "^[".utf8) {
        // A section of GitLab; owners behind its name are those of its lines without any.
        sectionHasOwner = words.contains(where: CodeOwners.isOwner)
        continue
      }
      guard let pattern = IgnorePattern(first[...]) else { continue }
      let hasOwner = words.dropFirst().prefix { $0.first != UInt8(ascii: "#") }.contains(where: CodeOwners.isOwner)
      lines.append(
        Line(
          pattern: pattern, isShallow: first.suffix(2).elementsEqual("/*".utf8), hasOwner: hasOwner || sectionHasOwner))
    }
    self.lines = lines
  }

  /// Whether somebody owns the file at a path.
  func owns(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: 0x2F)
    return lines.last { line in CodeOwners.matches(line, parts) }?.hasOwner ?? false
  }

  private static func matches(_ line: Line, _ parts: [Substring.UTF8View]) -> Bool {
    for count in (1...max(1, parts.count)).reversed() where count <= parts.count {
      let isFile = count == parts.count
      if isFile ? line.pattern.isForFolders : line.isShallow { continue }
      let text = line.pattern.isAnchored ? Array(parts[..<count].joined(separator: [0x2F])) : Array(parts[count - 1])
      if line.pattern.matches(text) { return true }
    }
    return false
  }

  private static func isOwner(_ word: [UInt8]) -> Bool { word.contains(UInt8(ascii: "@")) && word.count > 1 }

  /// The words of a line; a blank with a backslash before it belongs to its word.
  private static func words(_ line: ArraySlice<UInt8>) -> [[UInt8]] {
    var words: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in line {
      if byte == 0x20 || byte == 0x09 || byte == 0x0D, !isEscaped {
        if words.last?.isEmpty == false { words.append([]) }
      } else {
        words[words.count - 1].append(byte)
      }
      isEscaped = byte == 0x5C && !isEscaped
    }
    return words.filter { !$0.isEmpty }
  }
}
