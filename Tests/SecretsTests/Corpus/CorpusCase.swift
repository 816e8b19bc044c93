@testable import Secrets

/// A text of the corpus: what it is called, where it could stand, and what must be found in it.
struct CorpusCase: Sendable {
  var family: String
  var name: String
  /// The path the text could have; it decides how assignments are judged.
  var path: String
  var bytes: [UInt8]
  /// Where the secret stands; nothing where the text holds none.
  var secret: Range<Int>?
  /// The types that would be right.
  var types: Set<String> = []

  /// A text with a secret, whose `template` marks it as ``SampleTemplate`` says.
  static func positive(_ family: String, _ name: String, _ path: String, _ template: String, seed: UInt64 = 1) -> Self {
    let sample = SampleTemplate(template, seed: seed)
    return CorpusCase(family: family, name: name, path: path, bytes: sample.bytes, secret: sample.secret)
  }

  /// A text without a secret.
  static func negative(_ family: String, _ name: String, _ path: String, _ template: String, seed: UInt64 = 1) -> Self {
    CorpusCase(family: family, name: name, path: path, bytes: SampleTemplate(template, seed: seed).bytes, secret: nil)
  }
}

extension CorpusCase {
  /// The cases of lines `family | path | text`.
  static func positives(_ lines: String) -> [CorpusCase] {
    parts(lines).map { .positive($0[0], "\($0[1]): \($0[2].prefix(40))", $0[1], $0[2]) }
  }

  /// The cases of lines `family | path | text`.
  static func negatives(_ lines: String) -> [CorpusCase] {
    parts(lines).map { .negative($0[0], "\($0[1]): \($0[2].prefix(40))", $0[1], $0[2]) }
  }

  private static func parts(_ lines: String) -> [[String]] {
    lines.split(separator: "\n").map { line in
      let parts = line.split(separator: "|", maxSplits: 2).map(String.init)
      let text = parts[2].dropFirst().replacing("⏎", with: "\n").replacing("⇥", with: "\t")
      return [parts[0].trimmed, parts[1].trimmed, String(text)]
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}
