import Testing

@testable import Secrets

@Suite struct EncodedRunsTests {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_".utf8)

  private func found(_ text: [UInt8]) -> [Range<Int>] {
    text.withUnsafeBytes { bytes in
      var runs = EncodedRuns(bytes)
      var found: [Range<Int>] = []
      while let run = runs.next() { found.append(run) }
      return found
    }
  }

  /// The runs, looked for byte by byte.
  private func expected(_ text: [UInt8]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for place in 0...text.count where place == text.count || !Self.digits.contains(text[place]) {
      if place - start >= EncodedRuns.minimumLength { runs.append(start..<place) }
      start = place + 1
    }
    return runs
  }

  @Test func `exactly the bytes of both alphabets make a run`() {
    for byte in UInt8.min...UInt8.max {
      let text = Array(repeating: UInt8(ascii: "a"), count: 200).enumerated().map { $0 == 100 ? byte : $1 }
      #expect(found(text) == (Self.digits.contains(byte) ? [0..<200] : [0..<100, 101..<200]), "\(byte)")
    }
  }

  @Test(arguments: [1, 22, 23, 24, 25, 40, 63, 64, 65, 127, 128, 129, 300])
  func `a run is found wherever it starts and whatever follows`(length: Int) {
    for start in 0..<130 {
      for rest in [0, 1, 63, 64, 65] {
        let text: [UInt8] =
          Array(repeating: 0x20, count: start) + Array(repeating: 0x61, count: length)
          + Array(repeating: 0x2E, count: rest)
        #expect(found(text) == expected(text), "\(length) bytes at \(start), \(rest) behind")
      }
    }
  }

  @Test func `runs side by side are found as byte by byte`() {
    var state: UInt64 = 7
    func next(_ limit: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % limit)
    }
    for _ in 0..<100 {
      var text: [UInt8] = []
      for _ in 0..<next(40) {
        for _ in 0..<next(60) { text.append(Self.digits[next(66)]) }
        for _ in 0..<next(4) { text.append([0x20, 0x2C, 0x2E, 0x3D, 0x0A, 0xC3, 0x00][next(7)]) }
      }
      #expect(found(text) == expected(text))
    }
  }

  @Test func `what is skipped is in no run`() {
    let text = Array(repeating: UInt8(ascii: "a"), count: 30) + [0x0A] + Array(repeating: UInt8(ascii: "b"), count: 120)
    text.withUnsafeBytes { bytes in
      var runs = EncodedRuns(bytes)
      #expect(runs.next() == 0..<30)
      runs.skip(to: 90)
      #expect(runs.next() == 90..<151)
      runs.skip(to: 151)
      #expect(runs.next() == nil && runs.next() == nil)
    }
  }
}
