internal import Manifests

/// The values of a key wherever it stands in a text, without parsing: what comes after the key, a colon and white space.
struct KeyValues: Sequence, IteratorProtocol {
  /// A value as far as it is made of letters, digits, dots and dashes.
  struct Value {
    /// Where its key begins.
    var key: Int
    var token: Range<Int>
    /// Whether the value is written in a way that only a parser understands: an alias, a tag, a block, an escape.
    var isUnclear: Bool
  }

  private let key: [UInt8]
  private let rarest: Int
  private let text: UnsafeRawBufferPointer
  private var position = 0

  /// - Parameter rarest: which letter of the key is the rarest in such texts; it is looked for first.
  init(of key: String, rarest: Int, in text: UnsafeRawBufferPointer) {
    self.key = Array(key.utf8)
    self.rarest = rarest
    self.text = text
  }

  mutating func next() -> Value? {
    while let hit = text.first(key, rarest: rarest, from: position) {
      position = hit + key.count
      if let value = value(of: hit, from: position) { return value }
    }
    return nil
  }

  /// The value of a key that ends at a place; `nil` where no colon follows, so that it is no key.
  private func value(of hit: Int, from start: Int) -> Value? {
    var place = start
    if place < text.count, text[place] == UInt8(ascii: "\"") || text[place] == UInt8(ascii: "'") { place += 1 }
    while place < text.count, text[place] == 0x20 || text[place] == 0x09 { place += 1 }
    guard place < text.count, text[place] == UInt8(ascii: ":") else { return nil }
    place += 1
    while place < text.count, KeyValues.isBlank(text[place]) { place += 1 }
    if place < text.count, text[place] == UInt8(ascii: "\"") || text[place] == UInt8(ascii: "'") { place += 1 }
    let first = place
    while place < text.count, KeyValues.isPlain(text[place]) { place += 1 }
    let isUnclear = place < text.count && (place == first ? "&*!|>#".utf8.contains(text[place]) : text[place] == 0x5C)
    return Value(key: hit, token: first..<place, isUnclear: isUnclear)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"): true
    default: false
    }
  }
}
