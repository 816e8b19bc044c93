internal import Crypto
internal import Git

extension HistoryCache {
  /// How the line begins that says what a file is, whatever its version.
  static let opening = Array("fluxwarden audit cache ".utf8)
  private static let magic = opening + Array("1\n".utf8)
  private static let kinds: [EntryKind] = [.file, .executable, .link, .folder, .submodule]

  /// The cache as the bytes of a file: a line that says what it is, the key, columns of numbers, and the SHA-256 of all
  /// of it. Numbers have the machine's order of bytes, which is the same wherever Swift runs.
  ///
  /// - Parameter key: what the cache depends on, 32 characters.
  func encoded(key: String) -> [UInt8] {
    var writer = ColumnWriter(capacity: items.count * 64 + records.count * 16 + commits.count * 128)
    writer.add(HistoryCache.magic)
    writer.add(Array(key.utf8))
    writer.add([UInt8(holdsClusters ? 1 : 0), UInt8(appliesFixtures ? 1 : 0)])
    let texts = paths.map { Array($0.utf8) }
    writer.add(texts.map { UInt32($0.count) })
    writer.add(Array(texts.joined()))
    writer.add(traits.map(\.rawValue))
    writer.add(Array(packs.joined(separator: "\n").utf8))
    writer.add(items.map(\.id))
    writer.add(items.map(\.marks.rawValue))
    writer.add(items.map { $0.look ?? .max })
    writer.add(items.map(\.names))
    writer.add(items.map { UInt64($0.size) })
    writer.add(items.map(\.path))
    writer.add(records.map(\.path))
    writer.add(records.map(\.old))
    writer.add(records.map(\.new))
    writer.add(records.map { HistoryCache.number(of: $0.oldKind) | HistoryCache.number(of: $0.newKind) << 4 })
    writer.add(commits.map(\.node.id))
    writer.add(commits.map(\.node.tree))
    writer.add(commits.map(\.node.seconds))
    writer.add(commits.map { UInt32($0.node.parents.count) })
    writer.add(commits.flatMap(\.node.parents))
    writer.add(commits.map { $0.parentTree ?? .zero })
    writer.add(commits.map { UInt32($0.records.count) })
    writer.add(commits.map(\.marks.rawValue))
    writer.add(commits.map(\.age))
    writer.add(commits.map { $0.edit?.high ?? 0 })
    writer.add(commits.map { $0.edit?.low ?? 0 })
    writer.add(commits.map { UInt16($0.speaking.count) })
    writer.add(commits.flatMap(\.speaking))
    writer.add(commits.map { UInt32($0.findings.count) })
    writer.add(commits.flatMap(\.findings))
    writer.seal(SHA256.hash(data: writer.bytes))
    return writer.bytes
  }

  /// The cache that a file holds; `nil` where the bytes are not what was once written, or were written for another key.
  init?(_ bytes: [UInt8], key: String) {
    let read = bytes.withUnsafeBytes { bytes -> HistoryCache? in
      guard bytes.count > SHA256.byteCount else { return nil }
      let content = UnsafeRawBufferPointer(rebasing: bytes.dropLast(SHA256.byteCount))
      var reader = ColumnReader(content)
      guard reader.next(UInt8.self) == HistoryCache.magic, reader.next(UInt8.self) == Array(key.utf8),
        SHA256.hash(data: content) == bytes.suffix(SHA256.byteCount)
      else { return nil }
      var cache = HistoryCache()
      guard let flags = reader.next(UInt8.self, count: 2), cache.readPaths(&reader), cache.readItems(&reader),
        cache.readRecords(&reader), cache.readCommits(&reader), reader.isAtEnd
      else { return nil }
      cache.holdsClusters = flags[0] == 1
      cache.appliesFixtures = flags[1] == 1
      return cache
    }
    guard let read else { return nil }
    self = read
  }

  private mutating func readPaths(_ reader: inout ColumnReader) -> Bool {
    guard let lengths = reader.next(UInt32.self), let texts = reader.next(UInt8.self),
      lengths.reduce(UInt64(0), { $0 + UInt64($1) }) == UInt64(texts.count)
    else { return false }
    var start = 0
    paths = lengths.map { length in
      defer { start += Int(length) }
      return String(decoding: texts[start..<start + Int(length)], as: UTF8.self)
    }
    guard let marks = reader.next(UInt8.self, count: paths.count), let names = reader.next(UInt8.self) else {
      return false
    }
    traits = marks.map { PathMarks(rawValue: $0) }
    packs = String(decoding: names, as: UTF8.self).split(separator: "\n").map(String.init)
    return true
  }

  private mutating func readItems(_ reader: inout ColumnReader) -> Bool {
    guard let ids = reader.ids() else { return false }
    guard let marks = reader.next(UInt16.self, count: ids.count),
      let looks = reader.next(UInt16.self, count: ids.count),
      let names = reader.next(UInt64.self, count: ids.count), let sizes = reader.next(UInt64.self, count: ids.count),
      let read = reader.next(Int32.self, count: ids.count)
    else { return false }
    let range = -1..<Int32(clamping: paths.count)
    guard read.allSatisfy(range.contains), sizes.allSatisfy({ $0 < 1 << 40 }) else { return false }
    items = ids.indices.map { number in
      Item(
        id: ids[number], marks: ItemMarks(rawValue: marks[number]), look: looks[number] == .max ? nil : looks[number],
        names: names[number],
        size: Int(sizes[number]), path: read[number])
    }
    return true
  }

  private mutating func readRecords(_ reader: inout ColumnReader) -> Bool {
    guard let places = reader.next(Int32.self) else { return false }
    guard let old = reader.next(Int32.self, count: places.count),
      let new = reader.next(Int32.self, count: places.count),
      let kinds = reader.next(UInt8.self, count: places.count)
    else { return false }
    let (known, items) = (0..<Int32(clamping: paths.count), -1..<Int32(clamping: items.count))
    guard places.allSatisfy(known.contains), old.allSatisfy(items.contains), new.allSatisfy(items.contains),
      kinds.allSatisfy({ $0 & 15 < HistoryCache.kinds.count && $0 >> 4 < HistoryCache.kinds.count })
    else { return false }
    records = places.indices.map { number in
      Record(
        path: places[number], old: old[number], new: new[number], oldKind: HistoryCache.kinds[Int(kinds[number] & 15)],
        newKind: HistoryCache.kinds[Int(kinds[number] >> 4)])
    }
    return true
  }

  private mutating func readCommits(_ reader: inout ColumnReader) -> Bool {
    guard let ids = reader.ids() else { return false }
    let count = ids.count
    guard let trees = reader.ids(count: count), let seconds = reader.next(Int64.self, count: count),
      let parentCounts = reader.next(UInt32.self, count: count), let parents = reader.ids(),
      let parentTrees = reader.ids(count: count), let recordCounts = reader.next(UInt32.self, count: count),
      let marks = reader.next(UInt8.self, count: count), let ages = reader.next(UInt8.self, count: count),
      let high = reader.next(UInt64.self, count: count), let low = reader.next(UInt64.self, count: count),
      parentCounts.reduce(UInt64(0), { $0 + UInt64($1) }) == UInt64(parents.count),
      recordCounts.reduce(UInt64(0), { $0 + UInt64($1) }) == UInt64(records.count)
    else { return false }
    guard let ruleCounts = reader.next(UInt16.self, count: count), let rules = reader.next(UInt16.self),
      ruleCounts.reduce(UInt64(0), { $0 + UInt64($1) }) == UInt64(rules.count),
      let findingCounts = reader.next(UInt32.self, count: count), let findings = reader.next(UInt8.self),
      findingCounts.reduce(UInt64(0), { $0 + UInt64($1) }) == UInt64(findings.count)
    else { return false }
    var (firstParent, firstRecord, firstRule, firstFinding) = (0, 0, 0, 0)
    commits = ids.indices.map { number in
      let ownParents = firstParent..<firstParent + Int(parentCounts[number])
      let ownRecords = firstRecord..<firstRecord + Int(recordCounts[number])
      let ownRules = firstRule..<firstRule + Int(ruleCounts[number])
      let ownFindings = firstFinding..<firstFinding + Int(findingCounts[number])
      (firstParent, firstRecord, firstRule) = (ownParents.upperBound, ownRecords.upperBound, ownRules.upperBound)
      firstFinding = ownFindings.upperBound
      let isEdit = high[number] != 0 || low[number] != 0
      return Commit(
        node: CommitNode(
          id: ids[number], tree: trees[number], parents: Array(parents[ownParents]), seconds: seconds[number]),
        parentTree: parentTrees[number] == .zero ? nil : parentTrees[number], records: ownRecords,
        marks: CommitMarks(rawValue: marks[number]),
        edit: isEdit ? EditDigest(high: high[number], low: low[number]) : nil,
        speaking: Array(rules[ownRules]), findings: Array(findings[ownFindings]), age: ages[number])
    }
    return true
  }

  private static func number(of kind: EntryKind) -> UInt8 { UInt8(kinds.firstIndex(of: kind) ?? 0) }
}

extension ColumnWriter {
  /// Adds a list of ids.
  fileprivate mutating func add(_ ids: [ObjectID]) {
    add(ids.map(\.high))
    add(ids.map(\.middle))
    add(ids.map(\.low))
  }
}

extension ColumnReader {
  /// The next list of ids.
  fileprivate mutating func ids(count wanted: Int? = nil) -> [ObjectID]? {
    guard let high = next(UInt64.self, count: wanted) else { return nil }
    guard let middle = next(UInt64.self, count: high.count), let low = next(UInt32.self, count: high.count) else {
      return nil
    }
    return high.indices.map { ObjectID(high: high[$0], middle: middle[$0], low: low[$0]) }
  }
}
