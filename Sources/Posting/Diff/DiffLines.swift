/// The lines of a file that a pull request shows, by the forge's own diff.
package struct DiffLines: Sendable {
  /// A line that is shown.
  package struct Line: Sendable, Hashable {
    /// Its number in the old file; `nil` for an added line.
    package var old: Int?
    /// Its number in the new file; `nil` for a removed line.
    package var new: Int?
    package var text: String
    /// Which hunk of the file it stands in.
    package var hunk: Int
  }

  /// The path after the change, and before it.
  package var path: String
  package var oldPath: String
  package private(set) var lines: [Line] = []

  /// - Parameter patch: the hunks of a unified diff, without the lines that name the files.
  package init(path: String, oldPath: String, patch: String) {
    self.path = path
    self.oldPath = oldPath
    var (old, new, hunk) = (0, 0, -1)
    for line in patch.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("@@ ") {
        guard let start = DiffLines.starts(of: line) else { continue }
        (old, new) = start
        hunk += 1
        continue
      }
      guard hunk >= 0, let sign = line.first else { continue }
      let text = String(line.dropFirst())
      switch sign {
      case "+":
        lines.append(Line(old: nil, new: new, text: text, hunk: hunk))
        new += 1
      case "-":
        lines.append(Line(old: old, new: nil, text: text, hunk: hunk))
        old += 1
      case " ":
        lines.append(Line(old: old, new: new, text: text, hunk: hunk))
        old += 1
        new += 1
      default: break
      }
    }
  }

  /// The shown line with a number of one of the files.
  package func line(_ number: Int, isOld: Bool) -> Line? { lines.first { (isOld ? $0.old : $0.new) == number } }

  /// `@@ -OLD,COUNT +NEW,COUNT @@`.
  private static func starts(of header: Substring) -> (old: Int, new: Int)? {
    let words = header.split(separator: " ")
    guard words.count >= 3, words[1].hasPrefix("-"), words[2].hasPrefix("+") else { return nil }
    func number(_ word: Substring) -> Int? { word.dropFirst().split(separator: ",").first.flatMap { Int($0) } }
    guard let old = number(words[1]), let new = number(words[2]) else { return nil }
    return (old, new)
  }

  /// The files of a whole diff as `git diff` prints it, quoted names included.
  package static func files(of diff: [UInt8]) -> [DiffLines] {
    var files: [DiffLines] = []
    var (old, new) = ("", "")
    var patch: [Substring] = []
    var isInside = false
    func flush() {
      if isInside { files.append(DiffLines(path: new, oldPath: old, patch: patch.joined(separator: "\n"))) }
      patch = []
    }
    for line in String(decoding: diff, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("diff --git ") {
        flush()
        isInside = true
        (old, new) = ("", "")
      } else if patch.isEmpty, line.hasPrefix("--- ") {
        old = path(line.dropFirst(4))
        if new.isEmpty { new = old }
      } else if patch.isEmpty, line.hasPrefix("+++ ") {
        let name = path(line.dropFirst(4))
        new = name.isEmpty ? old : name
        if old.isEmpty { old = new }
      } else if patch.isEmpty, line.hasPrefix("rename from ") {
        old = unquoted(line.dropFirst("rename from ".count))
      } else if patch.isEmpty, line.hasPrefix("rename to ") {
        new = unquoted(line.dropFirst("rename to ".count))
      } else if line.hasPrefix("@@ ") || !patch.isEmpty {
        patch.append(line)
      }
    }
    flush()
    return files
  }

  private static func path(_ text: Substring) -> String {
    let name = unquoted(text)
    return name == "/dev/null" ? "" : String(name.dropFirst(2))
  }

  private static func unquoted(_ text: Substring) -> String {
    let text = text.prefix { $0 != "\t" }
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.count >= 2 else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.dropFirst().dropLast().utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch next {
      case UInt8(ascii: "n"): bytes.append(10)
      case UInt8(ascii: "t"): bytes.append(9)
      case UInt8(ascii: "r"): bytes.append(13)
      case 48...55:
        let digits = [next] + rest.prefix(2)
        rest = rest.dropFirst(2)
        bytes.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1 & 7) }))
      default: bytes.append(next)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
