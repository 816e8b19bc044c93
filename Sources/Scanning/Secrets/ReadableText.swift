internal import Manifests

extension UnsafeRawBufferPointer {
  /// The bytes with a question mark for each one that no YAML may hold: what is not UTF-8, and control characters. `nil`
  /// where there is none, and for UTF-16.
  ///
  /// For libyaml one such byte is the end of the text, often of what stands before it too, since it decodes 16 kB ahead.
  /// Flux would not apply the file, but a password in it has leaked all the same.
  var readable: [UInt8]? {
    if isUTF16 { return nil }
    var text: [UInt8]?
    var index = 0
    while index < count {
      let length = characterLength(at: index)
      if length == 0 {
        if text == nil { text = Array(self) }
        text?[index] = UInt8(ascii: "?")
      }
      index += length == 0 ? 1 : length
    }
    return text
  }

  /// How many bytes the character at `index` has; 0 where YAML allows none there.
  private func characterLength(at index: Int) -> Int {
    let first = self[index]
    if first < 0x80 { return first >= 0x20 && first != 0x7F || [0x09, 0x0A, 0x0D].contains(first) ? 1 : 0 }
    var rest = self[index..<Swift.min(index + 4, count)].makeIterator()
    var decoder = UTF8()
    guard case .scalarValue(let character) = decoder.decode(&rest) else { return 0 }
    let isControl = character.value < 0xA0 && character.value != 0x85
    return isControl || character.value == 0xFFFE || character.value == 0xFFFF ? 0 : UTF8.width(character)
  }
}
