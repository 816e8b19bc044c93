internal import Manifests
internal import Policy

/// Places with columns in UTF-16 units, as SARIF readers count by default.
struct UTF16Place {
  /// Lines as they were, columns in UTF-16 units.
  var numbers: PlaceNumbers

  /// - Parameter lines: the lines around the place, where they are known; elsewhere columns stay bytes, which is the
  ///   same in ASCII.
  init(_ location: Location, lines: [Finding.ExcerptLine]) {
    numbers = PlaceNumbers(location.span)
    let startLine = numbers.startLine
    let endLine = numbers.endLine
    let start = lines.first { $0.number == startLine }?.text
    let end = lines.first { $0.number == endLine }?.text
    numbers.startColumn = UTF16Place.column(numbers.startColumn, in: start)
    numbers.endColumn = UTF16Place.column(numbers.endColumn, in: end)
  }

  /// The UTF-16 column, from 1, of a byte column of a line; bytes beyond the line's end count as one unit each.
  static func column(_ byteColumn: Int, in line: String?) -> Int {
    guard let line else { return byteColumn }
    var bytes = byteColumn - 1
    var units = 0
    for scalar in line.unicodeScalars {
      guard bytes > 0 else { break }
      bytes -= UTF8.width(scalar)
      units += UTF16.width(scalar)
    }
    return units + max(0, bytes) + 1
  }
}
