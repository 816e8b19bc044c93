/// The name of a Git object: its 20-byte SHA-1, kept as three big-endian numbers so that it is a plain value.
package struct ObjectID: Hashable, Comparable, Sendable {
  /// Bytes 0 to 7, the first byte highest.
  package let high: UInt64
  /// Bytes 8 to 15.
  package let middle: UInt64
  /// Bytes 16 to 19.
  package let low: UInt32

  /// The id of no object, forty zeros: what Git hands a hook where a reference is created or deleted.
  package static let zero = ObjectID(high: 0, middle: 0, low: 0)
  /// The id of the empty tree, which Git knows without storing it.
  package static let emptyTree = ObjectID(high: 0x4b82_5dc6_42cb_6eb9, middle: 0xa060_e54b_f8d6_9288, low: 0xfbee_4904)

  /// An id from its three numbers.
  package init(high: UInt64, middle: UInt64, low: UInt32) {
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// An id from 40 hexadecimal digits of either case; `nil` for anything else.
  package init?(hex: some StringProtocol) {
    var digits = hex.utf8.makeIterator()
    guard let id = ObjectID(digits: &digits), digits.next() == nil else { return nil }
    self = id
  }

  /// The id at the start of the digits, or `nil` where the first 40 are not all hexadecimal.
  init?(digits: inout some IteratorProtocol<UInt8>) {
    var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    for position in 0..<40 {
      guard let digit = digits.next(), let value = Self.value(ofDigit: digit) else { return nil }
      if position < 16 {
        words.0 = words.0 << 4 | value
      } else if position < 32 {
        words.1 = words.1 << 4 | value
      } else {
        words.2 = words.2 << 4 | value
      }
    }
    self.init(high: words.0, middle: words.1, low: UInt32(words.2))
  }

  /// The id whose 20 bytes start at an address.
  init(at address: UnsafeRawPointer) {
    self.init(
      high: UInt64(bigEndian: address.loadUnaligned(as: UInt64.self)),
      middle: UInt64(bigEndian: address.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      low: UInt32(bigEndian: address.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
  }

  /// The id as 40 lower-case hexadecimal digits.
  package var hex: String {
    String(unsafeUninitializedCapacity: 40) { digits in
      var position = 0
      func write(_ word: UInt64, nibbles: Int) {
        for nibble in stride(from: nibbles - 1, through: 0, by: -1) {
          let value = UInt8(truncatingIfNeeded: word >> (UInt64(nibble) * 4)) & 15
          digits[position] = value < 10 ? 48 + value : 87 + value
          position += 1
        }
      }
      write(high, nibbles: 16)
      write(middle, nibbles: 16)
      write(UInt64(low), nibbles: 8)
      return 40
    }
  }

  /// The first digits of the id, for people: Git's default of seven, unless told otherwise.
  package func abbreviated(to digits: Int = 7) -> String { String(hex.prefix(digits)) }

  /// Hashes the first eight bytes only: they are uniformly spread already, and two ids that share them are unheard of.
  package func hash(into hasher: inout Hasher) { hasher.combine(high) }

  /// What a dictionary asks for: the same, on the short way that a single number has. Histories ask millions of times.
  package func _rawHashValue(seed: Int) -> Int { high._rawHashValue(seed: seed) }

  /// Orders ids as their bytes, which is the order of their hexadecimal forms.
  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.middle != right.middle { return left.middle < right.middle }
    return left.low < right.low
  }

  private static func value(ofDigit digit: UInt8) -> UInt64? {
    switch digit {
    case 48...57: UInt64(digit - 48)
    case 65...70: UInt64(digit - 55)
    case 97...102: UInt64(digit - 87)
    default: nil
    }
  }
}

extension ObjectID: CustomStringConvertible {
  /// The 40 hexadecimal digits.
  package var description: String { hex }
}

/// The four kinds of object in a Git repository.
package enum ObjectKind: String, Sendable, Hashable {
  case commit, tree, blob, tag
}

/// What is known of an object without reading its content.
package struct ObjectHeader: Sendable, Hashable {
  /// The object's kind.
  package let kind: ObjectKind
  /// The size of the content in bytes, as the repository states it.
  package let size: Int

  /// A header from its parts.
  package init(kind: ObjectKind, size: Int) {
    self.kind = kind
    self.size = size
  }
}
