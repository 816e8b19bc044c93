import CVectorscan

/// All literals of all types in one Vectorscan database; one pass over a text finds where any of them ends.
final class LiteralDatabase: @unchecked Sendable {
  /// Where a literal ends in the searched bytes.
  struct Hit {
    /// The index into the literals given at creation.
    var literal: UInt32
    /// The offset after its last byte.
    var end: UInt32
  }

  fileprivate let database: OpaquePointer

  /// Compiles `literals`, which are matched without regard to case and may hold any byte.
  init(_ literals: [String]) throws(SecretsError) {
    var storage: [CChar] = []
    var starts: [Int] = []
    var lengths: [Int] = []
    for literal in literals {
      starts.append(storage.count)
      lengths.append(literal.utf8.count)
      storage.append(contentsOf: literal.utf8.map { CChar(bitPattern: $0) })
      storage.append(0)
    }
    let flags = [UInt32](repeating: UInt32(HS_FLAG_CASELESS), count: literals.count)
    let ids = (0..<UInt32(literals.count)).map { $0 }
    var result: OpaquePointer?
    let status = storage.withUnsafeBufferPointer { storage -> hs_error_t in
      let pointers = starts.map { start in storage.baseAddress.map { $0 + start } }
      var error: UnsafeMutablePointer<hs_compile_error_t>?
      let status = hs_compile_lit_multi(
        pointers, flags, ids, lengths, UInt32(literals.count), UInt32(HS_MODE_BLOCK), nil, &result, &error)
      if let error { hs_free_compile_error(error) }
      return status
    }
    guard status == HS_SUCCESS, let result else { throw .database(code: Int(status)) }
    database = result
  }

  deinit { hs_free_database(database) }
}

/// Working memory for searching with a ``LiteralDatabase``, one a thread.
final class LiteralSearcher {
  private let database: LiteralDatabase
  private let scratch: OpaquePointer
  private var hits = HitBuffer()

  init(_ database: LiteralDatabase) throws(SecretsError) {
    var scratch: OpaquePointer?
    let status = hs_alloc_scratch(database.database, &scratch)
    guard status == HS_SUCCESS, let scratch else { throw .database(code: Int(status)) }
    self.database = database
    self.scratch = scratch
  }

  deinit {
    hits.storage.deallocate()
    hs_free_scratch(scratch)
  }

  /// Lists the hits in `bytes` (at most 4 GB of them) in order of their ends. The list is good until the next search.
  func search(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<LiteralDatabase.Hit> {
    hits.count = 0
    guard let base = bytes.baseAddress else { return UnsafeBufferPointer(start: nil, count: 0) }
    withUnsafeMutablePointer(to: &hits) { hits in
      let status = hs_scan(
        database.database, base.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), 0, scratch,
        { id, _, end, _, context in
          context?.assumingMemoryBound(to: HitBuffer.self).pointee.append(id, end)
          return 0
        }, hits)
      precondition(status == HS_SUCCESS, "a literal search failed although its scratch is its own")
    }
    return UnsafeBufferPointer(start: hits.storage, count: hits.count)
  }
}

/// A growing list that the C callback can write to without reference counting.
private struct HitBuffer {
  var storage = UnsafeMutablePointer<LiteralDatabase.Hit>.allocate(capacity: 4096)
  var capacity = 4096
  var count = 0

  @inline(__always)
  mutating func append(_ literal: UInt32, _ end: UInt64) {
    if count == capacity { grow() }
    storage[count] = LiteralDatabase.Hit(literal: literal, end: UInt32(truncatingIfNeeded: end))
    count += 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<LiteralDatabase.Hit>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: storage, count: count)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}
