/// Escapes of single characters, as JSON, YAML, programs and XML write them within a word: PHP's `\/`, `\u005f`, `\x5f`
/// and `&#95;`.
enum Escapes {
  /// The escapes of what joins the parts of many tokens, an underscore or a hyphen: nobody needs to write one so, and a
  /// word that has one is looked at without.
  static let marks = ["\\u005f", "\\u002d", "\\x5f", "\\x2d", "&#95;", "&#45;", "&#x5f;", "&#x2d;"]

  /// The bytes of a word without its escapes, and for each the place it stood at; the last place is the word's end.
  static func undone(_ word: Range<Int>, in bytes: UnsafeRawBufferPointer) -> (text: [UInt8], places: [Int]) {
    var text: [UInt8] = []
    var places: [Int] = []
    var index = word.lowerBound
    while index < word.upperBound {
      places.append(index)
      if let (byte, length) = escape(at: index, word.upperBound, bytes) {
        text.append(byte)
        index += length
      } else {
        text.append(bytes[index])
        index += 1
      }
    }
    return (text, places + [word.upperBound])
  }

  /// `value` without the backslash that PHP writes before a slash in JSON.
  static func slashesUndone(in value: [UInt8]) -> [UInt8] {
    guard value.contains(0x5C), value.firstPlace(of: "\\/".utf8) != nil else { return value }
    return value.indices.filter { value[$0] != 0x5C || $0 + 1 == value.count || value[$0 + 1] != 0x2F }.map {
      value[$0]
    }
  }

  /// The word around an escape: what stands between white space, quotes and the marks of tags.
  static func word(around escape: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int> {
    var start = escape.lowerBound
    var end = escape.upperBound
    while start > 0, escape.lowerBound - start < 512, isOfWord(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, end - escape.upperBound < 2048, isOfWord(bytes[end]) { end += 1 }
    return start..<end
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x27 && byte != 0x3C && byte != 0x3E && byte != 0x60
  }

  /// The character below 128 that an escape at `index` stands for, and the escape's length.
  private static func escape(at index: Int, _ end: Int, _ bytes: UnsafeRawBufferPointer) -> (UInt8, Int)? {
    switch bytes[index] {
    case 0x5C where index + 1 < end:
      switch bytes[index + 1] {
      case 0x2F: return (0x2F, 2)
      case 0x78: return number(bytes, index + 2..<index + 4, end, radix: 16).map { ($0, 4) }
      case 0x75: return number(bytes, index + 2..<index + 6, end, radix: 16).map { ($0, 6) }
      default: return nil
      }
    case 0x26 where index + 3 < end && bytes[index + 1] == 0x23:
      let isHex = bytes[index + 2] | 0x20 == 0x78
      let start = index + (isHex ? 3 : 2)
      guard let close = bytes[start..<min(end, start + 6)].firstIndex(of: 0x3B), close > start else { return nil }
      return number(bytes, start..<close, end, radix: isHex ? 16 : 10).map { ($0, close + 1 - index) }
    default: return nil
    }
  }

  private static func number(
    _ bytes: UnsafeRawBufferPointer, _ digits: Range<Int>, _ end: Int, radix: Int
  ) -> UInt8? {
    guard digits.upperBound <= end,
      let number = Int(String(decoding: bytes[digits], as: UTF8.self), radix: radix), (0x20..<0x7F).contains(number)
    else { return nil }
    return UInt8(number)
  }
}

extension SecretScanner {
  /// Searches a word of `layer` without its escapes; places are those of the word.
  func unescape(_ word: Range<Int>, in layer: Layer, into run: inout ScanRun) {
    let (text, places) = Escapes.undone(word, in: layer.bytes)
    // All words together are hardly longer than what they stand in: they are work, and nothing that is unwrapped.
    guard run.spend(text.count) else { return }
    let first = run.candidates.count
    text.withUnsafeBytes { scan(Layer(bytes: $0, encodings: layer.encodings, isUnescaped: true), into: &run) }
    for index in first..<run.candidates.count {
      let range = run.candidates[index].range
      run.candidates[index].range = layer.outer ?? places[range.lowerBound]..<places[range.upperBound]
    }
  }
}
