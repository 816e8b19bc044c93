/// Ways to write a value that mean the same to EKS Anywhere.
enum Canonical {
  /// The certificates of a PEM text as a set, white space and what stands around them left out: in a trust store their
  /// order means nothing.
  @Sendable static func pem(_ text: String) -> String {
    var blocks: [String] = []
    var block: [Substring]?
    for line in text.split(whereSeparator: \.isNewline) {
      let trimmed = line.trimmed
      if trimmed.hasPrefix("-----BEGIN") {
        block = []
      } else if trimmed.hasPrefix("-----END") {
        blocks.append((block ?? []).joined())
        block = nil
      } else if block != nil {
        block?.append(trimmed)
      }
    }
    return blocks.isEmpty ? String(text[...].trimmed) : Set(blocks).sorted().joined(separator: "\n")
  }

  /// Whether a text is made of PEM blocks whose bodies are base64.
  static func isPEM(_ text: String) -> Bool {
    let body = pem(text)
    return text.contains("-----END") && !body.isEmpty
      && body.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+/=\n".contains($0)) }
  }

  /// An SSH key without its options and comment: type and base64.
  @Sendable static func sshKey(_ text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let type = words.firstIndex(where: { $0.hasPrefix("ssh-") || $0.hasPrefix("ecdsa-") || $0.hasPrefix("sk-") })
    else { return words.joined(separator: " ") }
    return words[type...].prefix(2).joined(separator: " ")
  }

  /// A registry port; none is 443.
  @Sendable static func port(_ text: String) -> String { text.isEmpty ? "443" : text }

  /// The host of a URL, or of `host/path`, in lower case; empty where there is none.
  @Sendable static func host(_ text: String) -> String {
    var rest = text[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    return (authority.split(separator: "@").last.map(String.init) ?? "").lowercased()
  }

  /// A control plane address; the port that CloudStack fills in is left out.
  @Sendable static func endpoint(_ text: String) -> String { text.hasSuffix(":6443") ? String(text.dropLast(5)) : text }

  /// A duration of Go, `1h30m` or `90m`, in seconds; `nil` where it is none.
  static func seconds(_ text: String) -> Double? {
    let units: [String: Double] = ["h": 3600, "m": 60, "s": 1, "ms": 0.001, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]
    if text == "0" { return 0 }
    var rest = text[...]
    var total = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      let unit = rest.dropFirst(number.count).prefix { !($0.isNumber || $0 == ".") }
      guard let value = Double(number), let factor = units[String(unit)] else { return nil }
      total += value * factor
      rest = rest.dropFirst(number.count + unit.count)
    }
    return total
  }
}

extension Substring {
  /// The text without white space at its ends.
  var trimmed: Substring {
    let head = drop(while: \.isWhitespace)
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return head.prefix(0) }
    return head[...last]
  }
}
