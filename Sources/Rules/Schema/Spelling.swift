/// Finds the word that was probably meant.
enum Spelling {
  /// The nearest of some words: the same but for case, or at most two letters away; `nil` where none is that near.
  static func nearest(to word: String, among words: some Collection<String>) -> String? {
    let candidates = words.map { (word: $0, distance: distance(word.lowercased(), $0.lowercased())) }
    let best = candidates.min { ($0.distance, $0.word) < ($1.distance, $1.word) }
    guard let best, best.distance <= min(2, word.count / 2) else { return nil }
    return best.word
  }

  /// The number of letters to insert, delete or replace; long words are not measured.
  private static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.utf8)
    let b = Array(right.utf8)
    guard a.count <= 64, b.count <= 64, !b.isEmpty else { return .max }
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in b.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
