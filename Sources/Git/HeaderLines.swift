/// The header lines of a commit or tag object, up to the empty line before the message. Continuation lines (of a
/// signature, say) are lines of their own that start with a space.
struct HeaderLines {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The next line; `nil` at the empty line, which is stepped over, or the end.
  mutating func next() -> HeaderLine? {
    guard position < bytes.count else { return nil }
    var end = position
    while end < bytes.count, bytes[end] != 0x0a { end += 1 }
    let line = HeaderLine(bytes: UnsafeRawBufferPointer(rebasing: bytes[position..<end]))
    position = min(end + 1, bytes.count)
    return line.bytes.isEmpty ? nil : line
  }

  /// What follows the lines read so far: the message, once `next` has given `nil`.
  var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[position...]) }
}

/// One header line.
struct HeaderLine {
  let bytes: UnsafeRawBufferPointer

  /// Whether the line starts with a key and a space.
  func key(_ key: StaticString) -> Bool {
    let length = key.utf8CodeUnitCount
    guard bytes.count > length, bytes[length] == 0x20 else { return false }
    return key.withUTF8Buffer { bytes.prefix(length).elementsEqual($0) }
  }

  /// What follows the key, whose length includes the space.
  func value(after length: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[min(length, bytes.count)...])
  }

  /// The id after the key; `nil` where the rest of the line is none.
  func id(after length: Int) -> ObjectID? {
    guard bytes.count == length + 40 else { return nil }
    var digits = bytes[length...].makeIterator()
    return ObjectID(digits: &digits)
  }

  /// The time at the end of a signature: seconds since 1970 and the offset in minutes; zeros where it is illegible.
  var time: (seconds: Int64, offset: Int) {
    let start = (bytes.lastIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
    let fields = bytes[start...].split(separator: 0x20)
    guard let first = fields.first, let seconds = Int64(String(decoding: first, as: UTF8.self)) else { return (0, 0) }
    guard fields.count > 1, let zone = Int(String(decoding: fields[1], as: UTF8.self)), abs(zone) < 10000 else {
      return (seconds, 0)
    }
    return (seconds, zone / 100 * 60 + zone % 100)
  }

  /// The signature after the key, whose length includes the space.
  func signature(after length: Int, _ encoding: TextEncoding) -> Signature {
    let value = value(after: length)
    let time = time
    let open = value.firstIndex(of: UInt8(ascii: "<")) ?? value.count
    let close = value.lastIndex(of: UInt8(ascii: ">")) ?? value.count
    let name = UnsafeRawBufferPointer(rebasing: value[..<open].dropLast(while: 0x20))
    let email =
      open < close
      ? UnsafeRawBufferPointer(rebasing: value[(open + 1)..<close]) : UnsafeRawBufferPointer(start: nil, count: 0)
    return Signature(
      name: encoding.decode(name), email: encoding.decode(email), seconds: time.seconds, offset: time.offset)
  }
}

/// How the texts of a commit are encoded.
enum TextEncoding {
  case utf8
  /// ISO 8859-1, the only other encoding met in practice: every byte is a character.
  case latin1

  /// The encoding that a commit's header names; UTF-8 where it is one we do not know.
  init(name: UnsafeRawBufferPointer) {
    let name = String(decoding: name, as: UTF8.self).lowercased()
    self = ["iso-8859-1", "iso8859-1", "latin1", "latin-1"].contains(name) ? .latin1 : .utf8
  }

  /// The text of some bytes.
  func decode(_ bytes: UnsafeRawBufferPointer) -> String {
    switch self {
    case .utf8:
      return String(decoding: bytes, as: UTF8.self)
    case .latin1:
      var text = ""
      text.unicodeScalars.append(contentsOf: bytes.lazy.map { Unicode.Scalar($0) })
      return text
    }
  }
}

extension Slice where Base == UnsafeRawBufferPointer {
  fileprivate func dropLast(while byte: UInt8) -> Self {
    var slice = self
    while slice.last == byte { slice.removeLast() }
    return slice
  }
}
