/// A fixed list of short texts, of which a value is asked whether it holds or starts with one: one look at each byte
/// instead of a search for each text.
struct TextSet: Sendable {
  private let texts: [[UInt8]]
  /// For each pair of bytes, as ``slot(_:_:)`` folds them, the first of its texts in `chains`; 0 where there is none.
  private let heads: [UInt16]
  /// Runs of indexes of texts, each ended by -1.
  private let chains: [Int16]

  /// Arranges `texts`, which are in lower case and at least two bytes long.
  init(_ texts: [String]) {
    self.texts = texts.map { Array($0.utf8) }
    var groups: [Int: [Int16]] = [:]
    for (index, text) in self.texts.enumerated() where text.count >= 2 {
      groups[Self.slot(text[0], text[1]), default: []].append(Int16(index))
    }
    var heads = [UInt16](repeating: 0, count: 1024)
    var chains: [Int16] = [-1]
    for (slot, group) in groups {
      heads[slot] = UInt16(chains.count)
      chains += group
      chains.append(-1)
    }
    self.heads = heads
    self.chains = chains
  }

  /// Five bits of each byte: the same for a letter in either case.
  @inline(__always)
  private static func slot(_ first: UInt8, _ second: UInt8) -> Int { Int(first & 31) << 5 | Int(second & 31) }

  /// Whether any of the texts stands in `value`, without regard to case.
  func stand(in value: [UInt8]) -> Bool {
    guard value.count >= 2 else { return false }
    return heads.withUnsafeBufferPointer { heads in
      value.withUnsafeBufferPointer { value in
        for index in 0..<value.count - 1 where heads[Self.slot(value[index], value[index + 1])] != 0 {
          if start(value, at: index) { return true }
        }
        return false
      }
    }
  }

  /// Whether `value` starts with any of the texts, without regard to case.
  func start(_ value: [UInt8]) -> Bool {
    guard value.count >= 2 else { return false }
    return value.withUnsafeBufferPointer { start($0, at: 0) }
  }

  /// Marks in `found`, which is as long as the list, each text that stands in `value`, without regard to case.
  func mark(in value: [UInt8], _ found: inout [Bool]) {
    guard value.count >= 2 else { return }
    for place in 0..<value.count - 1 {
      var chain = Int(heads[Self.slot(value[place], value[place + 1])])
      while chain != 0, chains[chain] >= 0 {
        let index = Int(chains[chain])
        let text = texts[index]
        if !found[index], value.count - place >= text.count,
          text.indices.allSatisfy({ value[place + $0].lowered == text[$0] })
        {
          found[index] = true
        }
        chain += 1
      }
    }
  }

  /// How many texts there are.
  var count: Int { texts.count }

  private func start(_ value: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
    var chain = Int(heads[Self.slot(value[place], value[place + 1])])
    while chain != 0, chains[chain] >= 0 {
      let text = texts[Int(chains[chain])]
      if value.count - place >= text.count, text.indices.allSatisfy({ value[place + $0].lowered == text[$0] }) {
        return true
      }
      chain += 1
    }
    return false
  }
}
