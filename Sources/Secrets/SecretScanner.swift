#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds credentials in bytes. Make one for each thread; it is cheap, the compiled literals and patterns are shared.
///
/// One pass of a literal search over the text says where something may begin; a pattern or a reader then looks at the
/// place. Encoded parts are unwrapped and searched in the same way. Work and memory are bounded whatever the bytes are;
/// what a bound left out is listed in the result.
package final class SecretScanner {
  /// The bounds of one call of ``scan(_:context:)``.
  package enum Bounds {
    /// How many encodings are undone, one within another.
    package static let depth = 8
    /// How many bytes are unwrapped in all.
    package static let decodedBytes = 64 << 20
    /// How many bytes a compressed member gives.
    package static let inflatedBytes = 8 << 20
    /// How many matches are kept.
    package static let matches = 10_000
    /// How many bytes a search looks at in one go.
    static let segment = 1 << 20
    /// How far two neighbouring segments overlap; no literal is longer.
    static let overlap = 64
    /// Bytes given to patterns for each byte of text, and besides.
    static let work = (factor: 48, base: 32 << 20)
  }

  let catalogue: Catalogue
  let matcher: PatternMatcher
  private let searcher: LiteralSearcher
  private var patterns: [Pattern?]
  private var meanings = MeaningCache()
  /// Where each type's last match in the present layer ended; it is not tried again before.
  var resume: [Int]

  /// Makes a scanner of all types; throws where memory is out.
  package init() throws(SecretsError) {
    catalogue = Catalogue.shared
    matcher = try PatternMatcher()
    searcher = LiteralSearcher(catalogue)
    patterns = Array(repeating: nil, count: catalogue.types.count)
    resume = Array(repeating: 0, count: catalogue.types.count)
  }

  /// Gets ready what the search of many files needs, in some tens of milliseconds: the first search that needs it then
  /// need not wait.
  package static func prepare() { _ = LiteralDatabase.shared }

  /// Finds all credentials in `bytes`.
  package func scan(_ bytes: UnsafeRawBufferPointer, context: ScanContext = ScanContext()) -> ScanResult {
    var run = ScanRun(textBytes: bytes.count, context: context)
    if Unwrapping.isUTF16(bytes) {
      scanUTF16(bytes, into: &run)
    } else if Inflation.isMember(bytes) {
      scanMember(bytes, into: &run)
    } else {
      scan(Layer(bytes: bytes), into: &run)
    }
    return run.result(types: catalogue.types)
  }

  /// Finds all credentials in `bytes`.
  package func scan(_ bytes: [UInt8], context: ScanContext = ScanContext()) -> ScanResult {
    bytes.withUnsafeBytes { scan($0, context: context) }
  }

  /// Searches one layer, then the layers wrapped in it.
  func scan(_ layer: Layer, into run: inout ScanRun) {
    let bytes = layer.bytes
    let isBinary = bytes.baseAddress.map { memchr($0, 0, min(bytes.count, 8000)) != nil } ?? false
    let escaped = read(layer, isText: !isBinary && !layer.isArchive, into: &run)
    for word in escaped { unescape(word, in: layer, into: &run) }
    unwrap(layer, into: &run)
  }

  /// Looks at every place in `layer` where a literal stands; gives the words whose escapes are to be undone.
  private func read(_ layer: Layer, isText: Bool, into run: inout ScanRun) -> [Range<Int>] {
    let bytes = layer.bytes
    let reading = PlaceReading(scanner: self, layer: layer, isText: isText)
    var start = 0
    while start < bytes.count {
      let from = max(0, start - Bounds.overlap)
      let end = min(bytes.count, start + Bounds.segment)
      for hit in searcher.search(UnsafeRawBufferPointer(rebasing: bytes[from..<end])) {
        let place = from + Int(hit.end)
        if place <= start && start > 0 { continue }
        reading.read(literal: Int(hit.literal), end: place, into: &run)
      }
      start = end
    }
    return reading.escaped
  }

  /// What `name` promises, remembered for the next time.
  func meaning(of name: UnsafeRawBufferPointer) -> NameMeaning { meanings.meaning(of: name, catalogue) }

  /// The pattern of the type at `index`, compiled when first needed.
  ///
  /// Every pattern is compiled in a test of the registry, so a failure here is a lack of memory; it is noted as a limit.
  func pattern(_ index: Int, source: String, into run: inout ScanRun) -> Pattern? {
    if let pattern = patterns[index] { return pattern }
    do throws(SecretsError) {
      let pattern = try PatternStore.shared.pattern(index, source: source)
      patterns[index] = pattern
      return pattern
    } catch {
      run.note(.pattern(id: catalogue.types[index].id))
      return nil
    }
  }
}

/// Bytes that are searched, and how they came out of the bytes that were given.
struct Layer {
  var bytes: UnsafeRawBufferPointer
  /// The wrappings that were undone, outermost first.
  var encodings: [Encoding] = []
  /// The place of the outermost wrapping; nothing for the given bytes themselves.
  var outer: Range<Int>?
  /// Whether it came out of a file that is compressed: names and values in it belong to files that nobody knows.
  var isArchive = false
  /// Whether it is a word whose escapes were undone.
  var isUnescaped = false
}

/// What one call of ``SecretScanner/scan(_:context:)`` has gathered and used up.
struct ScanRun {
  /// A match before overlaps are settled.
  struct Candidate {
    var type: Int
    var range: Range<Int>
    var encodings: [Encoding]
    var checksum: ChecksumState?
    var isHighEntropy: Bool
    var secret: SecretBytes
    var prefixLength: Int
  }

  var context: ScanContext
  var candidates: [Candidate] = []
  /// Whether a word of Secrets or of encrypted files was seen.
  var mentionsSecrets = false
  private(set) var limits: [ScanLimit] = []
  private(set) var work: Int
  private(set) var decodable = SecretScanner.Bounds.decodedBytes

  init(textBytes: Int, context: ScanContext) {
    self.context = context
    work = textBytes * SecretScanner.Bounds.work.factor + SecretScanner.Bounds.work.base
  }

  /// Notes a bound once.
  mutating func note(_ limit: ScanLimit) {
    if !limits.contains(limit) { limits.append(limit) }
  }

  /// Takes `bytes` from what patterns may look at; false where nothing is left.
  mutating func spend(_ bytes: Int) -> Bool {
    work -= bytes
    if work < 0 { note(.work) }
    return work >= 0
  }

  /// Lets patterns look at what a compressed file holds as at a text of that many bytes.
  mutating func allow(textBytes: Int) { work += textBytes * SecretScanner.Bounds.work.factor }

  /// Takes `bytes` from what may be unwrapped.
  mutating func spendDecoded(_ bytes: Int) {
    decodable -= bytes
    if decodable <= 0 { note(.decodedBytes(limit: SecretScanner.Bounds.decodedBytes)) }
  }

  /// Keeps a match.
  mutating func add(_ candidate: Candidate) {
    guard candidates.count < SecretScanner.Bounds.matches * 4 else {
      note(.matches(limit: SecretScanner.Bounds.matches))
      return
    }
    candidates.append(candidate)
  }

  /// Settles overlaps: the more specific type wins, then the less wrapped match, then the
  /// longer one, then the earlier type.
  func result(types: [CredentialType]) -> ScanResult {
    var result = ScanResult()
    result.limits = limits
    result.mentionsSecrets = mentionsSecrets
    if candidates.isEmpty { return result }
    let order = candidates.sorted { left, right in
      let leftRank = types[left.type].rank
      let rightRank = types[right.type].rank
      if leftRank != rightRank { return leftRank > rightRank }
      if left.encodings.count != right.encodings.count { return left.encodings.count < right.encodings.count }
      if left.range.count != right.range.count { return left.range.count > right.range.count }
      if left.range.lowerBound != right.range.lowerBound { return left.range.lowerBound < right.range.lowerBound }
      return left.type < right.type
    }
    var kept: [Candidate] = []
    var taken = TakenRanges()
    for candidate in order where taken.take(candidate) { kept.append(candidate) }
    kept.sort { $0.range.lowerBound < $1.range.lowerBound }
    if kept.count > SecretScanner.Bounds.matches {
      kept.removeLast(kept.count - SecretScanner.Bounds.matches)
      let limit = ScanLimit.matches(limit: SecretScanner.Bounds.matches)
      if !result.limits.contains(limit) { result.limits.append(limit) }
    }
    result.matches = kept.map { match(of: $0, type: types[$0.type]) }
    return result
  }

  private func match(of candidate: Candidate, type: CredentialType) -> SecretMatch {
    let severity = candidate.checksum == .invalid ? min(type.severity, .medium) : type.severity
    let shown = candidate.secret.withBytes { bytes in
      bytes.prefix(type.prefix.utf8.count).elementsEqual(type.prefix.utf8) && bytes.count >= type.prefix.utf8.count + 4
        ? type.prefix : ""
    }
    return SecretMatch(
      type: type, range: candidate.range, encodings: candidate.encodings, checksum: candidate.checksum,
      severity: severity, redacted: shown + "****", isHighEntropy: candidate.isHighEntropy, secret: candidate.secret)
  }
}

extension UnsafeRawBufferPointer {
  /// Where `part` first stands, byte for byte.
  func firstExactPlace(of part: UnsafeRawBufferPointer) -> Int? {
    guard let first = part.first, part.count <= count else { return nil }
    var index = 0
    while index <= count - part.count {
      if self[index] == first, self[index..<index + part.count].elementsEqual(part) { return index }
      index += 1
    }
    return nil
  }
}
