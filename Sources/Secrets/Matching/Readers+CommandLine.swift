/// Passwords on command lines.
extension Readers {
  /// Reads `curl -u user:password`, `sshpass -p password`, `mysql -ppassword` on the line that starts at `start`.
  func commandLine(at start: Int, into run: inout ScanRun) {
    let words = words(from: start)
    guard words.count > 1, let form = CommandForm.all.first(where: { bytes.holds($0.start, at: start) })?.form else {
      return
    }
    if words.contains(where: { isWord($0, "--password-stdin") }) { return piped(words, at: start, into: &run) }
    for (place, word) in words.enumerated().dropFirst() {
      let next = place + 1 < words.count ? words[place + 1] : nil
      switch form {
      case .userOption(let names):
        let joined = names.first { isWord(word.prefix($0.utf8CodeUnitCount + 1), $0, 0x3D) }
        let pair = joined.map { word.dropFirst($0.utf8CodeUnitCount + 1) }
        guard let pair = pair ?? (names.contains { isWord(word, $0) } ? next : nil),
          let colon = bytes[pair].firstIndex(of: 0x3A), !bytes.holds("://", at: colon)
        else { continue }
        // govc's `user:password@host`.
        let at = bytes.holds("govc ", at: start) ? bytes[pair].lastIndex(of: 0x40) : nil
        typed(colon + 1..<max(colon + 1, at ?? pair.upperBound), into: &run)
      case .option(let names):
        if names.contains(where: { isWord(word, $0) }), let next { typed(next, into: &run) }
      case .joined:
        if isWord(word, "-p"), let next, next.lowerBound == word.upperBound + 1, !bytes[word.upperBound].isBlank {
          typed(next, into: &run)
        }
        guard word.count > 4, bytes[word].starts(with: "-p".utf8), bytes[word.lowerBound + 2] != 0x6F else { continue }
        typed(word.lowerBound + 2..<word.upperBound, into: &run)
      case .word, .quotedWord, .pair, .batch, .percent, .input: break
      }
    }
    positional(words, form, into: &run)
    if case .input(let option) = form, option.map({ name in words.contains { isWord($0, name) } }) ?? true {
      piped(words, at: start, into: &run)
    }
  }

  /// Reads what a command is given on its standard input: `echo password | tool`, `tool <<< password`.
  private func piped(_ words: [Range<Int>], at start: Int, into run: inout ScanRun) {
    echoed(before: start, into: &run)
    if let mark = words.firstIndex(where: { isWord($0, "<<<") }), mark + 1 < words.count {
      typed(words[mark + 1], into: &run)
    }
  }

  /// Reads a password by its place: `mc alias set NAME URL USER PASSWORD`, `htpasswd -nb USER PASSWORD`,
  /// `stats auth USER:PASSWORD`, `smbclient //HOST/SHARE -U USER%PASSWORD`.
  private func positional(_ words: [Range<Int>], _ form: CommandForm, into run: inout ScanRun) {
    let others = words.filter { bytes[$0.lowerBound] != 0x2D }
    switch form {
    case .word(let place):
      if place < others.count { typed(others[place], into: &run) }
    case .quotedWord(let place):
      guard place < others.count, [0x22, 0x27].contains(bytes[others[place].lowerBound - 1]) else { return }
      typed(others[place], into: &run)
    case .pair(let place):
      guard place < others.count, let colon = bytes[others[place]].lastIndex(of: 0x3A) else { return }
      typed(colon + 1..<others[place].upperBound, into: &run)
    case .batch:
      let options = words.filter { bytes[$0.lowerBound] == 0x2D }
      if options.contains(where: { bytes[$0].contains(0x62) }), others.count > 2, let last = others.last {
        typed(last, into: &run)
      }
    case .percent:
      guard let option = words.firstIndex(where: { isWord($0, "-U") }), option + 1 < words.count,
        let percent = bytes[words[option + 1]].firstIndex(of: 0x25)
      else { return }
      typed(percent + 1..<words[option + 1].upperBound, into: &run)
    case .userOption, .option, .joined, .input: return
    }
  }

  /// Reads the `>password` of a user in the access rules of Redis, on the line that `start` stands in.
  func accessRule(at start: Int, into run: inout ScanRun) {
    var from = start
    while from > 0, start - from < 512, bytes[from - 1] != 0x0A { from -= 1 }
    var isUser = false
    var hasRule = false
    var password: Range<Int>?
    while from < bytes.count, from - start < 512, bytes[from] != 0x0A {
      var end = from
      while end < bytes.count, end - from < 256, !bytes[end].isSpace, bytes[end] != 0x22, bytes[end] != 0x27 {
        end += 1
      }
      if isWord(from..<end, "user") { isUser = true }
      if end > from, "+~&".utf8.contains(bytes[from]) { hasRule = true }
      if isUser, end - from > 4, bytes[from] == 0x3E { password = from + 1..<end }
      from = end + 1
    }
    if hasRule, let password { typed(password, into: &run) }
  }

  /// Whether a word is `text` to the letter, and `end` behind it.
  private func isWord(_ word: Range<Int>, _ text: StaticString, _ end: UInt8) -> Bool {
    word.last.map { bytes[$0] == end } ?? false && isWord(word.dropLast(), text)
  }

  /// Whether a word is `text` to the letter.
  private func isWord(_ word: Range<Int>, _ text: StaticString) -> Bool {
    word.count == text.utf8CodeUnitCount
      && (0..<word.count).allSatisfy { bytes[word.lowerBound + $0] == text.utf8Start[$0] }
  }

  /// The words of a line, quotes aside, until it ends, a pipe begins, or the backtick closes that opened before `start`.
  private func words(from start: Int) -> [Range<Int>] {
    let end = codeEnd(start) ?? bytes.count
    var words: [Range<Int>] = []
    var index = start
    while index < end, index - start < 1024, words.count < 40, bytes[index] != 0x0A, bytes[index] != 0x7C {
      while index < end, isBetweenWords(index) { index += 1 }
      let from = index
      while index < end, !bytes[index].isSpace, bytes[index] != 0x22, bytes[index] != 0x27 { index += 1 }
      // What follows goes to a file, or is another command.
      if index > from, endsCommand(from..<index) { break }
      if index > from { words.append(from..<index) } else if index < end, bytes[index] == 0x0D { break }
      if index < end, bytes[index] == 0x0A { break }
    }
    return words
  }

  /// Where the backtick closes that opened on the line before `start`, as around a command in Markdown.
  private func codeEnd(_ start: Int) -> Int? {
    var isOpen = false
    var place = start
    while place > 0, start - place < 240, bytes[place - 1] != 0x0A {
      place -= 1
      if bytes[place] == 0x60 { isOpen.toggle() }
    }
    guard isOpen else { return nil }
    return bytes[start..<min(bytes.count, start + 1024)].prefix { $0 != 0x0A }.firstIndex(of: 0x60)
  }

  /// Whether the byte at `index` parts words: a blank, a quote, or the comma of a list behind one.
  private func isBetweenWords(_ index: Int) -> Bool {
    let byte = bytes[index]
    return byte.isBlank || byte == 0x22 || byte == 0x27 || byte == 0x2C && index > 0 && bytes[index - 1] == 0x22
  }

  /// Whether `word` ends a command or the list of its words.
  private func endsCommand(_ word: Range<Int>) -> Bool {
    bytes[word.lowerBound] == 0x3E
      || ["2>", "&&", "||", ";", "]", "],"].contains { bytes[word].elementsEqual($0.utf8) }
  }

  /// Reads `echo "password" |` before a command that takes it from its standard input; of `user:password` the latter.
  private func echoed(before start: Int, afterColon: Bool = false, into run: inout ScanRun) {
    var end = start
    // The literal may stand within the command: `helm registry login`.
    while end > 0, start - end < 24, bytes[end - 1].isLower || bytes[end - 1].isBlank { end -= 1 }
    guard end > 0, bytes[end - 1] == 0x7C else { return }
    end -= 1
    while end > 0, bytes[end - 1].isBlank || bytes[end - 1] == 0x7C { end -= 1 }
    while end > 0, bytes[end - 1] == 0x22 || bytes[end - 1] == 0x27 { end -= 1 }
    var from = end
    while from > 0, end - from < 256, !bytes[from - 1].isSpace, bytes[from - 1] != 0x22, bytes[from - 1] != 0x27 {
      from -= 1
    }
    // The last word of what another command prints: `echo $(aws ecr get-login-password --region $REGION) |`.
    if end > from, bytes[end - 1] == 0x29, !bytes[from..<end].contains(0x28) { return }
    if afterColon {
      guard let colon = bytes[from..<end].firstIndex(of: 0x3A) else { return }
      from = colon + 1
    }
    typed(from..<end, into: &run)
  }

  /// Reads `echo 'user:password' | chpasswd`, and the lines `user:password` of cloud-init's `chpasswd: {list: …}`.
  func changedPasswords(at start: Int, _ end: Int, into run: inout ScanRun) {
    echoed(before: start, afterColon: true, into: &run)
    guard end < bytes.count, bytes[end] == 0x3A else { return }
    var line = end
    for _ in 0..<8 {
      guard let feed = bytes[line..<min(bytes.count, line + 256)].firstIndex(of: 0x0A) else { return }
      var from = feed + 1
      while from < bytes.count, bytes[from].isBlank || bytes[from] == 0x2D || bytes[from] == 0x22 { from += 1 }
      line = from
      var colon = from
      while colon < bytes.count, bytes[colon].isAlphanumeric || bytes[colon] == 0x5F { colon += 1 }
      guard colon > from, colon + 1 < bytes.count, bytes[colon] == 0x3A, !bytes[colon + 1].isSpace else { continue }
      var stop = colon + 1
      while stop < bytes.count, stop - colon < 256, !bytes[stop].isSpace, bytes[stop] != 0x22 { stop += 1 }
      typed(colon + 1..<stop, into: &run)
    }
  }

  private func typed(_ range: Range<Int>, into run: inout ScanRun) {
    guard range.count >= 5 else { return }
    let value = Array(bytes[range])
    guard case .secret(let look) = ValueJudge.appearance(of: value, kind: .password, place: .generic) else { return }
    keep("command-line-password", range, look, into: &run)
  }
}
