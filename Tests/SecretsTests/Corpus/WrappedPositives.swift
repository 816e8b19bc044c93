@testable import Secrets

/// Marked secrets in every encoding, alone and within larger texts.
enum WrappedPositives {
  static let cases: [CorpusCase] = secrets.enumerated().flatMap { number, secret in
    wrappings.map { name, wrap in
      let inner = SampleTemplate(secret, seed: UInt64(number + 500)).bytes
      let wrapped = wrap(inner)
      let head = Array("kind: Secret\ndata:\n  value: ".utf8)
      return CorpusCase(
        family: "encodings", name: "\(name) of \(secret.prefix(8))", path: "secret.yaml",
        bytes: head + wrapped + [0x0A], secret: head.count..<head.count + wrapped.count)
    }
  }

  private static let secrets = [
    "ghp_{crc30}", "glpat-{w20}", "export AWS_ACCESS_KEY_ID=AKIA{t16}\n",
    "{\"auths\":{\"ghcr.io\":{\"auth\":\"{basic}\"}}}",
    "-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n", "[default]\naws_secret_access_key = {b40}\n",
    "postgres://app:{n20}@db.corp.test/app", "password: {password}\nuser: app\n",
  ]

  private static let wrappings: [(String, @Sendable ([UInt8]) -> [UInt8])] = [
    ("base64", { Base64.encode($0) }),
    ("base64 without padding", { Base64.encode($0).filter { $0 != 0x3D } }),
    ("base64url", { Base64.encode($0, url: true) }),
    ("base64 twice", { Base64.encode(Base64.encode($0)) }),
    ("base64 three times", { Base64.encode(Base64.encode(Base64.encode($0))) }),
    ("folded base64", { fold(Base64.encode($0)) }),
    ("hex", { $0.flatMap { Array(String($0 >> 4, radix: 16).utf8) + Array(String($0 & 15, radix: 16).utf8) } }),
    (
      "percent",
      {
        $0.flatMap { byte -> [UInt8] in
          byte.isAlphanumeric ? [byte] : Array("%\(String(byte >> 4, radix: 16))\(String(byte & 15, radix: 16))".utf8)
        }
      }
    ),
    ("base64 of UTF-16", { Base64.encode($0.flatMap { [$0, 0] }) }),
  ]

  /// Lines of 76 characters within a block scalar.
  private static func fold(_ text: [UInt8]) -> [UInt8] {
    let lines = stride(from: 0, to: text.count, by: 76).map { Array(text[$0..<min($0 + 76, text.count)]) }
    return Array(lines.joined(separator: Array("\n    ".utf8)))
  }
}
