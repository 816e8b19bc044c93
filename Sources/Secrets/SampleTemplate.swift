/// A text with holes that are filled at run time, so that no token stands in the source.
///
/// `{n36}` is a class and a length: `a` lower case letters, `u` upper case, `d` digits, `h` lower case hexadecimal,
/// `H` upper case hexadecimal, `n` letters and digits, `l` lower case and digits, `U` upper case and digits, `w`
/// letters, digits, `-` and `_`, `b` the base64 alphabet, `t` base 32. `{crc30}` is 30 letters and digits followed by
/// their six checksum digits, `{uuid}` a UUID, `{jwt}` a JSON Web Token, `{der}` the lines of a PEM body, `{basic}`
/// base64 of a user and a password, `{nkey}` a seed of NATS with its checksum, `{password}` a password, `{|}` nothing: it parts a literal in two. `«` and `»` mark the secret; without them all of the text
/// is the secret. Everything else is taken as it is.
package struct SampleTemplate: Sendable {
  /// The text as UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// The marked part of `bytes`.
  package private(set) var secret: Range<Int> = 0..<0

  private var state: UInt64

  /// Fills the holes of `template`; the same template and seed give the same text.
  package init(_ template: String, seed: UInt64 = 1) {
    state = template.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ (seed &* 0x9E37_79B9_7F4A_7C15)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    var start: Int?
    var end: Int?
    var rest = Substring(template)
    while let character = rest.popFirst() {
      switch character {
      case "«": start = bytes.count
      case "»": end = bytes.count
      case "{":
        if let close = rest.firstIndex(of: "}"), let filling = fill(String(rest[..<close])) {
          bytes += filling
          rest = rest[rest.index(after: close)...]
        } else {
          bytes.append(0x7B)
        }
      default: bytes += Array(String(character).utf8)
      }
    }
    secret = (start ?? 0)..<(end ?? bytes.count)
  }

  private mutating func fill(_ hole: String) -> [UInt8]? {
    switch hole {
    case "|": return []
    case "uuid":
      let groups = [8, 4, 4, 4, 12].map { draw("0123456789abcdef", $0) }
      return Array(groups.joined(separator: [0x2D]))
    case "jwt":
      let header = Base64.encode(Array(#"{"alg":"RS256","typ":"JWT"}"#.utf8), url: true)
      let claims = Base64.encode(
        Array(
          #"{"iss":"kubernetes/serviceaccount","sub":"\#(String(decoding: draw(Self.lower, 9), as: UTF8.self))"}"#.utf8),
        url: true)
      return header + [0x2E] + claims + [0x2E] + draw(Self.word, 43)
    case "der":
      let body = Base64.encode(
        [0x30, 0x82, 0x04, 0xA4, 0x02, 0x01, 0x00] + (0..<380).map { _ in UInt8(next() & 0xFF) })
      return Array(
        stride(from: 0, to: body.count, by: 64).map { body[$0..<min($0 + 64, body.count)] }.joined(separator: [0x0A]))
    case "basic": return Base64.encode(Array("deployer:".utf8) + draw(Self.alphanumeric, 18))
    case "nkey": return NKey.userSeed((0..<32).map { _ in UInt8(next() & 0xFF) })
    case "password":
      return draw(Self.lower, 5) + draw("23456789", 2) + draw("!%+=", 1) + draw(Self.upper, 3) + draw(Self.lower, 4)
    default: break
    }
    if hole.hasPrefix("crc"), let length = Int(hole.dropFirst(3)) {
      let body = draw(Self.alphanumeric, length)
      return body + Checksum.base62Digits(of: body)
    }
    guard let kind = hole.first, let alphabet = Self.classes[kind], let length = Int(hole.dropFirst()) else {
      return nil
    }
    return draw(alphabet, length)
  }

  /// Draws `length` characters; no two neighbours are the same, so that short values stay varied.
  private mutating func draw(_ alphabet: String, _ length: Int) -> [UInt8] {
    let letters = Array(alphabet.utf8)
    var drawn: [UInt8] = []
    while drawn.count < length {
      let byte = letters[Int(next() % UInt64(letters.count))]
      if byte != drawn.last { drawn.append(byte) }
    }
    return drawn
  }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  private static let lower = "abcdefghijklmnopqrstuvwxyz"
  private static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let digits = "0123456789"
  private static let alphanumeric = lower + upper + digits
  private static let word = alphanumeric + "-_"
  private static let classes: [Character: String] = [
    "a": lower, "u": upper, "d": digits, "h": digits + "abcdef", "H": digits + "ABCDEF", "n": alphanumeric,
    "l": lower + digits, "U": upper + digits, "w": word, "b": alphanumeric + "+/", "t": upper + "234567",
  ]
}
