/// A binary heap: the least element is taken first.
struct PriorityQueue<Element: Comparable> {
  private var elements: [Element] = []

  /// Whether nothing is left.
  var isEmpty: Bool { elements.isEmpty }
  /// The element that is taken next.
  var first: Element? { elements.first }

  /// Adds an element.
  mutating func push(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard elements[child] < elements[parent] else { break }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes the first element.
  mutating func pop() -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let first = elements.first else { return last }
    elements[0] = last
    var parent = 0
    while true {
      var next = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < elements.count {
        if elements[child] < elements[next] { next = child }
      }
      guard next != parent else { break }
      elements.swapAt(parent, next)
      parent = next
    }
    return first
  }
}
