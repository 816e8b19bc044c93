/// Values that a blank parts from their name.
extension AssignmentReader {
  /// The value at `index` behind `name` and blanks: `--password VALUE`, `requirepass VALUE`, `secret "VALUE";`.
  func directiveValue(_ index: Int, _ name: Range<Int>) -> Assignment? {
    // `--password VALUE`, Docker's `ENV PASSWORD VALUE`, `requirepass VALUE`, `setx TOKEN VALUE`.
    if isDirective(name) || name.lowerBound >= 2 && isFlag(name) || stands(behind: Self.setters, name) {
      return value(from: index, name: name, separator: 0x20)
    }
    if isQuote(bytes[index]), let quoted = quotedDirective(index, name) { return quoted }
    if let mentioned = mentionedValue(index, name) { return mentioned }
    if isQuote(bytes[index]) { return nil }
    guard readsScalars else { return nil }
    // fluentd's `password VALUE`: a name and one word on a line.
    if startsLine(name), isLineDirective(name), isLoneWord(index) {
      return value(from: index, name: name, separator: 0x20)
    }
    return accountValue(index, name)
  }

  /// The value of a sentence: in backticks behind its name, or in quotes behind `to `.
  private func mentionedValue(_ index: Int, _ name: Range<Int>) -> Assignment? {
    var start = index
    if bytes.holds("to ", at: index) {
      start = skipBlanks(index + 3)
      guard start < bytes.count, isQuote(bytes[start]) else { return nil }
    } else if bytes[index] != 0x60 {
      return nil
    }
    guard var value = value(from: start, name: name, separator: 0x3D), value.isQuoted else { return nil }
    value.isMentioned = true
    return value
  }

  /// The text in quotes behind a name to the end of the line, as in nginx, BIND and Gradle, behind `set` also in code, or
  /// behind a keyword of Clojure.
  private func quotedDirective(_ index: Int, _ name: Range<Int>) -> Assignment? {
    guard let quoted = value(from: index, name: name, separator: 0x3D), quoted.isQuoted else { return nil }
    if bytes[name.lowerBound - (name.lowerBound > 0 ? 1 : 0)] == 0x3A, bytes[index] == 0x22 {
      return name.lowerBound < 2 || !bytes[name.lowerBound - 2].isAlphanumeric ? quoted : nil
    }
    if stands(behind: ["set ", "set $"], name) { return quoted }
    let end = skipBlanks(quoted.value.upperBound + 1)
    guard readsScalars, startsStatement(name), end >= bytes.count || bytes[end] == 0x3B || bytes[end].isNewline else {
      return nil
    }
    return quoted
  }

  /// Whether at most one word stands before `name` on its line, or a colon: a sentence has more.
  private func startsStatement(_ name: Range<Int>) -> Bool {
    var line = name.lowerBound
    while line > 0, name.lowerBound - line < 160, bytes[line - 1] != 0x0A { line -= 1 }
    let words = bytes[line..<name.lowerBound].split(whereSeparator: \.isBlank)
    return words.count < 2 || words.last?.elementsEqual(":".utf8) == true
  }

  /// The password of an account of a router or an installer: `username bob password 0 VALUE`, `neighbor IP password VALUE`,
  /// `d-i passwd/root-password password VALUE`. A digit other than 0 before it says that it is encrypted.
  private func accountValue(_ index: Int, _ name: Range<Int>) -> Assignment? {
    guard bytes[name].elementsEqual("password".utf8) || bytes[name].elementsEqual("secret".utf8) else { return nil }
    var line = name.lowerBound
    while line > 0, name.lowerBound - line < 160, bytes[line - 1] != 0x0A { line -= 1 }
    line = skipBlanks(line)
    guard
      (["username ", "neighbor ", "d-i ", "enable "] as [StaticString]).contains(where: { bytes.holds($0, at: line) })
    else { return nil }
    var start = index
    if start + 1 < bytes.count, bytes[start].isDigit, bytes[start + 1].isBlank {
      guard bytes[start] == 0x30 else { return nil }
      start = skipBlanks(start + 1)
    }
    return isLoneWord(start) ? value(from: start, name: name, separator: 0x20) : nil
  }

  /// Whether the name is a directive that its value follows after a blank.
  private func isDirective(_ name: Range<Int>) -> Bool {
    ["requirepass", "masterauth", "insecure-password", "rocommunity", "rwcommunity"].contains {
      bytes[name].elementsEqual($0.utf8)
    }
  }

  /// Whether the name is a directive of fluentd, Fluent Bit, keepalived, mosquitto or OpenLDAP, each of which has a line.
  private func isLineDirective(_ name: Range<Int>) -> Bool {
    (["password", "passwd", "http_passwd", "auth_pass", "remote_password", "rootpw", "bindpw"] as [StaticString])
      .contains {
        name.count == $0.utf8CodeUnitCount && bytes.holds($0, at: name.lowerBound)
      }
  }

  /// Whether one word of six bytes or more stands from `index` to the end of the line.
  private func isLoneWord(_ index: Int) -> Bool {
    var end = index
    while end < bytes.count, end - index < 256, !bytes[end].isSpace { end += 1 }
    return end - index >= 6 && (end == bytes.count || bytes[end].isNewline)
  }

  /// Whether the name is an option, or a variable in a Dockerfile.
  private func isFlag(_ name: Range<Int>) -> Bool {
    bytes[name.lowerBound - 1] == 0x2D || stands(behind: ["ENV ", "ARG "], name)
  }

  /// What stands before a name that a value follows: in Windows, in C's and fish's shells, in tools and in C.
  private static let setters: [StaticString] = [
    "setx ", "setenv ", "set -gx ", "set -ux ", "set -x ", "configure set ", "#define ",
  ]

  /// Whether one of `words` stands right before `name`, as it is spelled there; those in lower case in any case.
  private func stands(behind words: [StaticString], _ name: Range<Int>) -> Bool {
    words.contains { word in
      let start = name.lowerBound - word.utf8CodeUnitCount
      guard start >= 0, start == 0 || !bytes[start - 1].isAlphanumeric else { return false }
      return bytes.holds(word, at: start)
        || bytes[start..<name.lowerBound].elementsEqual(
          UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
  }
}
