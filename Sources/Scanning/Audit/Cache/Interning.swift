internal import Git

/// Gives paths and items their numbers.
struct Interning {
  private var paths: [String: Int32] = [:]
  private var items: [ObjectID: Int32] = [:]
  private var isReady = false

  /// The number of a path, which is added where it is new.
  mutating func path(_ text: String, _ cache: inout HistoryCache) -> Int32 {
    prepare(cache)
    if let known = paths[text] { return known }
    let number = Int32(cache.paths.count)
    cache.paths.append(text)
    cache.traits.append(HistoryCache.PathMarks(text))
    paths[text] = number
    return number
  }

  /// The number of what stands at a path, which is added where it is new.
  mutating func item(_ id: ObjectID, _ cache: inout HistoryCache) -> Int32 {
    prepare(cache)
    if let known = items[id] { return known }
    let number = Int32(cache.items.count)
    cache.items.append(HistoryCache.Item(id: id))
    items[id] = number
    return number
  }

  /// Learns what the cache holds; for a history without news that is not needed.
  private mutating func prepare(_ cache: HistoryCache) {
    guard !isReady else { return }
    isReady = true
    for (number, path) in cache.paths.enumerated() { paths[path] = Int32(number) }
    for (number, item) in cache.items.enumerated() { items[item.id] = Int32(number) }
  }
}
