/// What was worked out recently, up to a cost: when it is reached, what was not asked for again since is forgotten.
package struct Recent<Key: Hashable, Value> {
  private var young: [Key: (value: Value, cost: Int)] = [:]
  private var old: [Key: (value: Value, cost: Int)] = [:]
  private var cost = 0
  private let limit: Int

  /// - Parameter limit: the cost of what is kept, of which up to twice as much is there for a while.
  package init(limit: Int) { self.limit = limit }

  /// What is kept under a key.
  package subscript(key: Key) -> Value? {
    mutating get {
      if let found = young[key] { return found.value }
      guard let found = old.removeValue(forKey: key) else { return nil }
      keep(found.value, under: key, cost: found.cost)
      return found.value
    }
  }

  /// Keeps a value.
  package mutating func keep(_ value: Value, under key: Key, cost: Int) {
    if self.cost > limit {
      old = young
      young = [:]
      self.cost = 0
    }
    self.cost += cost
    young[key] = (value, cost)
  }
}
