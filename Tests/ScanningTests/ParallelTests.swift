import Synchronization
import Testing

@testable import Scanning

/// Work shared out to threads.
@Suite struct ParallelTests {
  private struct Refused: Error {}

  @Test func `every slice is done once and the results come in order`() throws {
    let slices = try Parallel.map(1000, slice: 7, jobs: 4, prepare: { _ throws(Refused) in 0 }) { _, slice in slice }
    #expect(slices.flatMap { Array($0) } == Array(0..<1000))
  }

  @Test func `where one thread can not start the others do its part`() throws {
    let started = Atomic<Int>(0)
    let slices = try Parallel.map(
      100, slice: 1, jobs: 4,
      prepare: { _ throws(Refused) in
        if started.wrappingAdd(1, ordering: .relaxed).oldValue == 0 { throw Refused() }
        return 0
      }
    ) { _, slice in slice.lowerBound }
    #expect(slices == Array(0..<100))
  }

  @Test func `where no thread can start the failure is thrown and nothing is called done`() {
    #expect(throws: Refused.self) {
      try Parallel.map(10, slice: 1, jobs: 3, prepare: { _ throws(Refused) -> Int in throw Refused() }) { _, _ in 0 }
    }
  }

  @Test func `nothing to do needs no thread`() throws {
    let none = try Parallel.map(0, slice: 1, jobs: 3, prepare: { _ throws(Refused) -> Int in throw Refused() }) { $1 }
    #expect(none.isEmpty)
  }
}
