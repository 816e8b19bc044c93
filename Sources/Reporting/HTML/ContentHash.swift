internal import Crypto

/// The name by which a content-security policy knows a style sheet or a script that it lets through.
enum ContentHash {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

  /// `'sha256-…'` of an element's content.
  static func source(_ text: String) -> String { "'sha256-\(base64(Array(SHA256.hash(data: Array(text.utf8)))))'" }

  private static func base64(_ bytes: [UInt8]) -> String {
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(bytes.count, start + 3)]
      let number = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 {
        text.append(place <= part.count ? letters[number >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
  }
}
