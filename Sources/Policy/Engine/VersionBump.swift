internal import Manifests

/// The most frequent edit of all: a newer version of a chart, an image or an artifact, and nothing else.
///
/// No rule has anything to say about it, so that a history full of them need not be built and compared. It is told
/// from the bytes, and only in files that hold nothing but releases and artifacts.
package enum VersionBump {
  /// Kinds whose `tag`, `version`, `digest` and `image` name a version of what they already named.
  private static let kinds: Set<String> = ["HelmRelease", "OCIRepository", "HelmChart"]
  private static let keys: Set<String> = ["tag", "version", "digest", "image"]

  /// Whether two versions of a file differ in versions alone.
  package static func isOnly(_ old: [UInt8], _ new: [UInt8]) -> Bool {
    let middle = DifferingLines.middle(old, new)
    var (before, after) = (middle.old, middle.new)
    while !before.isEmpty || !after.isEmpty {
      guard let left = takeLine(&before), let right = takeLine(&after) else { return false }
      if left == right { continue }
      guard isBump(String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self)) else { return false }
    }
    return holdsReleasesOnly(new) && holdsReleasesOnly(old)
  }

  /// The next line without its break; `nil` where there is none.
  private static func takeLine(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !text.isEmpty else { return nil }
    let end = text.firstIndex(of: 0x0A) ?? text.endIndex
    defer { text = end == text.endIndex ? text[end...] : text[(end + 1)...] }
    return text[..<end]
  }

  /// Whether each line that begins with `kind:` names a kind of ours, and there is one.
  private static func holdsReleasesOnly(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { text in
      var found = false
      var position = 0
      while let hit = text.first(kindKey, rarest: 0, from: position) {
        position = hit + kindKey.count
        guard hit == 0 || text[hit - 1] == 0x0A else { continue }
        let value = text[position...].prefix { $0 != 0x0A }
        let kind = String(decoding: value, as: UTF8.self).filter { !$0.isWhitespace }
        guard kinds.contains(kind) else { return false }
        found = true
      }
      return found
    }
  }

  private static let kindKey = Array("kind:".utf8)

  private static func isBump(_ old: String, _ new: String) -> Bool {
    if old.isComment, new.isComment { return true }
    guard let before = parts(old), let after = parts(new), before.head == after.head else { return false }
    guard keys.contains(before.key), isVersion(before.value), isVersion(after.value) else { return false }
    if before.value.contains("sha256:"), !after.value.contains("sha256:") { return false }
    return before.key != "image" || name(before.value) == name(after.value)
  }

  /// A line as what stands before its value, its key and its value; `nil` for anything but a plain `key: value`.
  private static func parts(_ line: String) -> (head: Substring, key: String, value: Substring)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let key = line[..<colon].drop { $0 == " " || $0 == "-" }
    let value = line[line.index(after: colon)...].drop { $0 == " " }
    return value.isEmpty ? nil : (line[..<colon], String(key), value)
  }

  /// Whether a value is a plain version, digest or image name, with nothing that a template or an anchor would need.
  private static func isVersion(_ value: Substring) -> Bool {
    value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._-+@:/\"'".utf8.contains(byte)
      }
    }
  }

  /// An image's name without its tag and digest.
  private static func name(_ image: Substring) -> Substring {
    let plain = image.prefix { $0 != "@" }
    guard let colon = plain.lastIndex(of: ":"), !plain[colon...].contains("/") else { return plain }
    return plain[..<colon]
  }
}

extension String {
  /// Whether the line is a comment, or blank.
  fileprivate var isComment: Bool {
    let start = drop { $0 == " " }
    return start.isEmpty || start.first == "#" && !start.contains("fluxwarden")
  }
}
