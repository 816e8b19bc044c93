/// All literals by their first two bytes: slower than ``LiteralDatabase``, but ready in microseconds where that takes
/// some ten milliseconds, so that looking at a few staged files compiles nothing.
struct LiteralTable: Sendable {
  /// For each pair of bytes the place of its literals in `chains`, and 0 where there are none.
  private let heads: [UInt16]
  /// Runs of indexes of literals, each ended by -1.
  private let chains: [Int32]
  private let literals: [[UInt8]]

  /// Arranges `literals`, which are in lower case and at least two bytes long.
  init(_ literals: [String]) {
    self.literals = literals.map { Array($0.utf8) }
    var groups: [Int: [Int32]] = [:]
    for (index, literal) in self.literals.enumerated() where literal.count >= 2 {
      groups[Int(literal[0]) << 8 | Int(literal[1]), default: []].append(Int32(index))
    }
    var heads = [UInt16](repeating: 0, count: 1 << 16)
    var chains: [Int32] = [-1]
    for (pair, group) in groups {
      heads[pair] = UInt16(chains.count)
      chains += group
      chains.append(-1)
    }
    self.heads = heads
    self.chains = chains
  }

  /// Calls `found` with the index and the end of each literal in `bytes`, in order of their starts.
  func search(_ bytes: UnsafeRawBufferPointer, found: (UInt32, Int) -> Void) {
    guard bytes.count >= 2 else { return }
    heads.withUnsafeBufferPointer { heads in
      var pair = Int(bytes[0].lowered)
      for index in 1..<bytes.count {
        pair = (pair << 8 | Int(bytes[index].lowered)) & 0xFFFF
        var chain = Int(heads[pair])
        if chain == 0 { continue }
        while chains[chain] >= 0 {
          let literal = Int(chains[chain])
          if stands(literals[literal], in: bytes, at: index - 1) {
            found(UInt32(literal), index - 1 + literals[literal].count)
          }
          chain += 1
        }
      }
    }
  }

  private func stands(_ literal: [UInt8], in bytes: UnsafeRawBufferPointer, at start: Int) -> Bool {
    guard bytes.count - start >= literal.count else { return false }
    for offset in literal.indices.dropFirst(2) where bytes[start + offset].lowered != literal[offset] { return false }
    return true
  }
}
