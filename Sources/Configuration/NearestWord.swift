/// Finds the word that was probably meant.
package enum NearestWord {
  /// The nearest of some words: the same but for case, or a few letters away; `nil` where none is that near.
  package static func to(_ word: String, among words: some Collection<String>) -> String? {
    let lowered = word.lowercased()
    let candidates = words.map { (word: $0, distance: distance(lowered, $0.lowercased())) }
    let best = candidates.min { ($0.distance, $0.word) < ($1.distance, $1.word) }
    guard let best, best.distance <= max(1, min(3, word.count / 2)) else { return nil }
    return best.word
  }

  /// The number of letters to insert, delete or replace; long words are not measured.
  package static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count <= 96, right.count <= 96 else { return .max }
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (letter == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
