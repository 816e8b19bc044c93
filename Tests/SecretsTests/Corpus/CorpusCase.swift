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
