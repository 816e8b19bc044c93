internal import Secrets

/// The lines `NAME=value` of a dotenv or INI file, told apart by whether SOPS encrypted the value.
struct EncryptedLines {
  /// A value in clear.
  struct Value {
    var name: String
    /// The place of the value.
    var range: Range<Int>
  }

  /// The names whose values are encrypted.
  private(set) var encrypted: Set<String> = []
  /// Values that are in clear and not empty, SOPS's own lines aside.
  private(set) var clear: [Value] = []
  var isEncrypted: Bool { !encrypted.isEmpty }

  /// Reads the first thousands of lines.
  init(_ bytes: UnsafeRawBufferPointer) {
    var start = 0
    var lines = 0
    while start < bytes.count, lines < 20_000 {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      read(bytes, start..<end)
      start = end + 1
      lines += 1
    }
  }

  private mutating func read(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) {
    guard line.count < 8192, let equal = bytes[line].firstIndex(of: UInt8(ascii: "=")), bytes[line.lowerBound] != 0x23
    else { return }
    let name = bytes[line.lowerBound..<equal].filter { $0 != 0x20 && $0 != 0x09 }
    var start = equal + 1
    var end = line.upperBound
    while start < end, bytes[start] <= 0x20 || bytes[start] == 0x22 || bytes[start] == 0x27 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 || bytes[end - 1] == 0x22 || bytes[end - 1] == 0x27 { end -= 1 }
    guard !name.isEmpty, start < end, !name.starts(with: "sops_".utf8) else { return }
    let text = String(decoding: name, as: UTF8.self)
    if Ciphertext.isSOPS(bytes[start..<end]) {
      encrypted.insert(text)
    } else {
      clear.append(Value(name: text, range: start..<end))
    }
  }
}
