import Testing

import Manifests

/// What was worked out recently.
@Suite struct RecentTests {
  @Test func `what is asked for stays and the rest is forgotten`() {
    var recent = Recent<Int, String>(limit: 10)
    for number in 0..<100 {
      recent.keep("\(number)", under: number, cost: 1)
      #expect(recent[0] == "0")
    }
    #expect(recent[1] == nil && recent[99] == "99")
  }

  @Test func `a value is kept through the next change of generations only where it was used`() {
    var recent = Recent<Int, Int>(limit: 2)
    for number in 0..<4 { recent.keep(number, under: number, cost: 1) }
    #expect(recent[0] == 0)
    for number in 4..<8 { recent.keep(number, under: number, cost: 1) }
    #expect(recent[1] == nil)
  }
}
