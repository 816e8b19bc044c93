internal import Manifests

extension Node {
  /// Whether two values are written alike, place by place; quick where they are the same in memory.
  func isSame(as other: Node) -> Bool {
    guard span == other.span, origin == other.origin else { return false }
    switch (value, other.value) {
    case (.scalar(let left), .scalar(let right)): return left == right
    case (.unknown(let left), .unknown(let right)): return left == right
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      if let place = entriesPlace, place == other.entriesPlace { return true }
      return left.count == right.count
        && zip(left, right).allSatisfy { $0.key.isSame(as: $1.key) && $0.value.isSame(as: $1.value) }
    default: return false
    }
  }
}
