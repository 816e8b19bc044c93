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

  /// The database of ``Catalogue/shared``, compiled when first asked for.
  static let shared: Result<LiteralDatabase, SecretsError> = Result { () throws(SecretsError) in
    try LiteralDatabase(Catalogue.shared.texts)
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

/// Searches for literals with working memory of its own, one a thread. The first bytes are searched with a
/// ``LiteralTable``; once there are more than a few files, the database is compiled, by whichever thread is first.
final class LiteralSearcher {
  /// How many bytes are searched before the database is worth its compilation.
  static let tableBytes = 512 << 10

  private let catalogue: Catalogue
  private var database: LiteralDatabase?
  private var scratch: OpaquePointer?
  private var isPrepared = false
  private var searched = 0
  private var hits = HitBuffer()

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  deinit {
    hits.storage.deallocate()
    if let scratch { hs_free_scratch(scratch) }
  }

  /// Lists the hits in `bytes` (at most 4 GB of them) in order of their ends. The list is good until the next search.
  func search(_ bytes: UnsafeRawBufferPointer) -> UnsafeBufferPointer<LiteralDatabase.Hit> {
    hits.count = 0
    searched += bytes.count
    if !isPrepared, searched > Self.tableBytes { prepare() }
    if !searchDatabase(bytes) {
      hits.count = 0
      catalogue.table.search(bytes) { literal, end in hits.append(literal, UInt64(end)) }
      var found = UnsafeMutableBufferPointer(start: hits.storage, count: hits.count)
      found.sort { ($0.end, $0.literal) < ($1.end, $1.literal) }
    }
    return UnsafeBufferPointer(start: hits.storage, count: hits.count)
  }

  /// Compiles the database if no thread has, and makes scratch space. Where Vectorscan cannot run, on a processor
  /// without SSSE3 or NEON, the table goes on finding the same.
  private func prepare() {
    isPrepared = true
    guard case .success(let database) = LiteralDatabase.shared else { return }
    guard hs_alloc_scratch(database.database, &scratch) == HS_SUCCESS else { return }
    self.database = database
  }

  /// False where there is no database, or it could not search.
  private func searchDatabase(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let database, let scratch, let base = bytes.baseAddress else { return false }
    return withUnsafeMutablePointer(to: &hits) { hits in
      hs_scan(
        database.database, base.assumingMemoryBound(to: CChar.self), UInt32(bytes.count), 0, scratch,
        { id, _, end, _, context in
          context?.assumingMemoryBound(to: HitBuffer.self).pointee.append(id, end)
          return 0
        }, hits) == HS_SUCCESS
    }
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
