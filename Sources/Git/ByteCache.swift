/// The bytes of objects read lately, in two generations: when the younger is full, the older is dropped.
struct ByteCache {
  /// How many bytes a generation holds.
  private let generation: Int
  private var recent: [ObjectID: [UInt8]] = [:]
  private var older: [ObjectID: [UInt8]] = [:]
  private var size = 0

  /// - Parameter generation: how many bytes a generation holds.
  init(generation: Int) { self.generation = generation }

  /// An object's bytes, where they are at hand.
  mutating func find(_ id: ObjectID) -> [UInt8]? {
    if let bytes = recent[id] { return bytes }
    guard let bytes = older[id] else { return nil }
    insert(id, bytes)
    return bytes
  }

  /// Keeps an object's bytes, unless they would take most of a generation.
  mutating func insert(_ id: ObjectID, _ bytes: [UInt8]) {
    guard bytes.count < generation / 8 else { return }
    size += bytes.count + 64
    if size > generation {
      older = recent
      recent = [:]
      size = bytes.count + 64
    }
    recent[id] = bytes
  }
}
