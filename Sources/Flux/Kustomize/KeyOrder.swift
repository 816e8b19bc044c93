/// go-yaml's order of mapping keys: letters after everything else, runs of digits by their value.
enum KeyOrder {
  /// Whether the first key is printed before the second.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let first = Array(left.unicodeScalars)
    let second = Array(right.unicodeScalars)
    for index in 0..<min(first.count, second.count) where first[index] != second[index] {
      let leftLetter = first[index].properties.isAlphabetic && first[index].properties.numericType == nil
      let rightLetter = second[index].properties.isAlphabetic && second[index].properties.numericType == nil
      if leftLetter && rightLetter { return first[index].value < second[index].value }
      if leftLetter || rightLetter { return rightLetter }
      return numbers(first, second, from: index)
    }
    return first.count < second.count
  }

  private static func numbers(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar], from index: Int) -> Bool {
    var start: (Int64, Int64) = (0, 0)
    if first[index] == "0" || second[index] == "0" {
      var back = index - 1
      while back >= 0, isDigit(first[back]) {
        if first[back] != "0" {
          start = (1, 1)
          break
        }
        back -= 1
      }
    }
    let left = run(first, from: index, start: start.0)
    let right = run(second, from: index, start: start.1)
    if left.value != right.value { return left.value < right.value }
    if left.end != right.end { return left.end < right.end }
    return first[index].value < second[index].value
  }

  private static func run(_ text: [Unicode.Scalar], from index: Int, start: Int64) -> (value: Int64, end: Int) {
    var value = start
    var end = index
    while end < text.count, isDigit(text[end]) {
      value = value &* 10 &+ Int64(text[end].value - 48)
      end += 1
    }
    return (value, end)
  }

  private static func isDigit(_ character: Unicode.Scalar) -> Bool { character.value >= 48 && character.value <= 57 }
}
