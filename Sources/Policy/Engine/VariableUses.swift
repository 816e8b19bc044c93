internal import Manifests

/// The variables that a text uses without a default, told from its bytes.
struct VariableUses {
  /// Their names; the empty one stands for what only Flux can read.
  private(set) var names: Set<String> = []

  /// - Parameter text: the text of a file.
  init(_ text: [UInt8]) {
    text.withUnsafeBytes { bytes in
      var position = 0
      while let dollar = bytes.first(VariableUses.dollar, rarest: 0, from: position) {
        position = dollar + 1
        guard position < bytes.count else { return }
        // Two dollars stand for one, and what follows them for itself.
        if bytes[position] == bytes[dollar] { position += 1 } else { take(bytes[position...]) }
      }
    }
  }

  private static let dollar = Array("$".utf8)

  private mutating func take(_ rest: Slice<UnsafeRawBufferPointer>) {
    guard rest.first == UInt8(ascii: "{") else { return }
    let name = rest.dropFirst().prefix(while: VariableUses.isName)
    let after = rest[name.endIndex...].prefix(2)
    if after.elementsEqual(":=".utf8) || after.elementsEqual(":-".utf8) { return }
    names.insert(after.first == UInt8(ascii: "}") ? String(decoding: name, as: UTF8.self) : "")
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
