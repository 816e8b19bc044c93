internal import Manifests

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A waiver in a comment: `# fluxwarden:allow RULE until 2027-01-31 by OWNER: reason`.
///
/// It holds for the line it stands on; where it stands alone, for the next line that is no comment.
package struct WaiverComment: Sendable, Hashable {
  /// One for each rule that it names; they share place, date, owner and reason.
  package var waivers: [Waiver]
  /// The line it is about, from 1.
  package var target: Int
  /// Why it says nothing that could be followed; `nil` where it does.
  package var problem: String?

  /// What every such comment holds.
  package static let mark = Array("fluxwarden:allow".utf8)
}

extension WaiverComment {
  /// All such comments of a text.
  package static func all(in text: [UInt8]) -> [WaiverComment] {
    guard contains(mark: text) else { return [] }
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    var found: [WaiverComment] = []
    for (index, line) in lines.enumerated() {
      guard let start = commentStart(in: line), let at = place(of: mark, in: line[start...]) else { continue }
      let isAlone = line[..<start].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      var target = index
      if isAlone {
        target += 1
        while target < lines.count, isComment(lines[target]) { target += 1 }
      }
      let column = at - line.startIndex
      let end = line.last == 0x0D ? line.count - 1 : line.count
      let span = Span(
        startLine: UInt32(clamping: index + 1), startColumn: UInt32(clamping: column + 1),
        endLine: UInt32(clamping: index + 1), endColumn: UInt32(clamping: max(column, end) + 1))
      let words = String(decoding: line[(at + mark.count)...].prefix(2000), as: UTF8.self)
      found.append(WaiverComment(words, target: target + 1, span: span))
      if found.count >= 1000 { break }
    }
    return found
  }

  /// Whether a text holds the mark at all.
  package static func contains(mark text: [UInt8]) -> Bool { text.withUnsafeBytes { contains(mark: $0) } }

  /// The same of bytes that are lent.
  package static func contains(mark bytes: UnsafeRawBufferPointer) -> Bool {
    // The `x` of the mark is rare in texts, so that the search hops from one to the next.
    let offset = 3
    guard let start = bytes.baseAddress, bytes.count >= mark.count else { return false }
    var place = offset
    let end = bytes.count - mark.count + offset + 1
    while place < end, let hit = memchr(start + place, Int32(mark[offset]), end - place) {
      let found = start.distance(to: UnsafeRawPointer(hit))
      let here = UnsafeRawBufferPointer(rebasing: bytes[(found - offset)..<(found - offset + mark.count)])
      if here.elementsEqual(mark) { return true }
      place = found + 1
    }
    return false
  }

  private init(_ text: String, target: Int, span: Span) {
    self.target = target
    var head = Substring(text)
    var reason = ""
    if let colon = text.firstIndex(of: ":") {
      head = text[..<colon]
      reason = String(text[text.index(after: colon)...]).trimmingComment
    }
    var words = head.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," || $0 == "\r" }).map(String.init)[...]
    var rules: [String] = []
    var until: String?
    var owner: String?
    problem = nil
    while let word = words.popFirst() {
      switch word {
      case "until": until = words.popFirst() ?? ""
      case "by": owner = words.popFirst()
      case "-->", "*/": break
      default: rules.append(word)
      }
    }
    waivers = rules.map { Waiver(rule: $0, reason: reason, owner: owner, until: until, span: span) }
    if rules.isEmpty {
      problem = "names no rule"
      waivers = [Waiver(rule: "", reason: reason, owner: owner, until: until, span: span)]
    } else if let until, Day(until) == nil {
      problem = "has the date \(until.shortened), which is no day such as 2027-01-31"
    }
  }

  /// Where a comment starts in a line: `#`, `//`, `--`, `;` or `<!--`, at the start or after a space.
  private static func commentStart(in line: ArraySlice<UInt8>) -> Int? {
    guard let mark = place(of: mark, in: line) else { return nil }
    let signs = ["#", "//", "--", ";", "<!--", "/*"].map { Array($0.utf8) }
    return line.indices.prefix { $0 < mark }.first { index in
      let isFree = index == line.startIndex || line[index - 1] == 0x20 || line[index - 1] == 0x09
      return isFree
        && signs.contains { sign in
          line[index...].starts(with: sign)
            && line[(index + sign.count)..<mark].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        }
    }
  }

  /// Whether a line is nothing but a comment.
  private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.drop { $0 == 0x20 || $0 == 0x09 }
    return text.first == UInt8(ascii: "#") || text.starts(with: Array("//".utf8))
      || text.starts(with: Array("<!--".utf8))
  }

  private static func place(of word: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    guard line.count >= word.count else { return nil }
    return (line.startIndex...(line.endIndex - word.count)).first {
      line[$0] == word[0] && line[$0...].starts(with: word)
    }
  }
}

extension String {
  /// The text without spaces and closing comment signs around it.
  fileprivate var trimmingComment: String {
    var text = self[...]
    for end in ["-->", "*/", "\r"] where text.hasSuffix(end) { text = text.dropLast(end.count) }
    let start = text.drop { $0.isWhitespace }
    return String(String(start.reversed().drop { $0.isWhitespace }.reversed()))
  }
}
