/// Measures how a value was made: drawn at random, typed by a person, or written as words.
package enum Randomness {
  /// Shannon entropy in bits a byte.
  package static func entropy(_ bytes: some Collection<UInt8>) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    let total = Double(bytes.count)
    return counts.reduce(into: 0) { sum, count in
      guard count > 0 else { return }
      let share = Double(count) / total
      sum -= share * log2(share)
    }
  }

  /// The mean cost in bits of the letter pairs inside runs of letters, by the frequencies of technical English. Words
  /// cost about 4, letters drawn at random about 7; `nil` where there are fewer than four pairs.
  package static func letterPairCost(_ bytes: some Collection<UInt8>) -> Double? {
    var previous: UInt8?
    var sum = 0
    var pairs = 0
    for byte in bytes {
      guard byte.isLetter else {
        previous = nil
        continue
      }
      let letter = (byte | 0x20) - 0x61
      if let before = previous {
        sum += Int(pairCosts[Int(before) * 26 + Int(letter)])
        pairs += 1
      }
      previous = letter
    }
    return pairs < 4 ? nil : Double(sum) / Double(pairs)
  }

  /// Whether a long value cannot have been drawn at random: few distinct characters, a counting sequence, or the
  /// same piece over and over.
  package static func isDegenerate(_ bytes: some Collection<UInt8>) -> Bool {
    let values = Array(bytes)
    guard values.count >= 8 else { return distinctCount(values) <= 2 }
    let distinct = distinctCount(values.map(\.lowered))
    if distinct <= min(5, values.count / 4 + 1) { return true }
    var ordered = 0
    var repeated = 0
    for index in values.indices.dropFirst() {
      let step = Int(values[index].lowered) - Int(values[index - 1].lowered)
      if step == 1 || step == -1 { ordered += 1 }
      if step == 0 { repeated += 1 }
      if values[index] == 0x30, values[index - 1] == 0x39 { ordered += 1 }
    }
    if (ordered + repeated) * 2 >= values.count { return true }
    return isPeriodic(values) || values.count >= 16 && alternates(values)
  }

  /// How many different bytes there are.
  private static func distinctCount(_ bytes: [UInt8]) -> Int {
    var seen = SIMD4<UInt64>(repeating: 0)
    for byte in bytes { seen[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    return seen.indices.reduce(0) { $0 + seen[$1].nonzeroBitCount }
  }

  /// Whether letters and digits take turns all the way, as hands on a keyboard do: `4d7k2p…`.
  private static func alternates(_ values: [UInt8]) -> Bool {
    values.indices.dropFirst().allSatisfy { index in
      let (byte, before) = (values[index], values[index - 1])
      return byte.isLetter && before.isDigit || byte.isDigit && before.isLetter
    }
  }

  private static func isPeriodic(_ values: [UInt8]) -> Bool {
    for period in 1...12 where period * 2 <= values.count {
      let same = values.indices.dropFirst(period).reduce(0) { $0 + (values[$1] == values[$1 - period] ? 1 : 0) }
      if same * 10 >= (values.count - period) * 9 { return true }
    }
    return false
  }

  /// Base 2 logarithm of a share in 0...1, without the C mathematics library.
  private static func log2(_ share: Double) -> Double {
    let significand = share.significand
    // A series in (s-1)/(s+1) converges to double precision within a dozen terms for 1 <= s < 2.
    let ratio = (significand - 1) / (significand + 1)
    var power = ratio
    var sum = 0.0
    for term in 0..<16 {
      sum += power / Double(2 * term + 1)
      power *= ratio * ratio
    }
    return Double(share.exponent) + 2 * sum / 0.693_147_180_559_945_3
  }

  /// Rounded -log2 of the chance that the column's letter follows the row's; both in alphabetical order, 9 at most.
  private static let pairCosts: [UInt8] = Array(
    """
    95349849597343949353665978\
    49992997539387399559399959\
    49673994594398279583599989\
    39751998399457469659687959\
    59447669896553967234967479\
    39994499299559399486399969\
    59992965399675479348499989\
    29891999399999399795599959\
    66445549998352369643869796\
    79991999999999599914598999\
    49692949499696999929279999\
    39952799399389359855389959\
    26882989499659339965699999\
    39433439497797499942679959\
    75448769697442659364355889\
    39962964496399359354589969\
    89977988898999997989099989\
    47662669396564399345669959\
    59583995477866439942598969\
    39692993399699569356497659\
    63554689599453949323999799\
    29791999299979699969999999\
    38994992299995399539998999\
    59493999499999919992999759\
    48896996599846229634992996\
    48981899698896289988998789
    """.utf8.map { $0 - 0x30 })
}
