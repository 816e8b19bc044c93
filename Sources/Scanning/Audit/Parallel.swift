internal import Dispatch
internal import Synchronization

/// Work shared out to threads.
enum Parallel {
  /// Runs a piece of work for each slice of a range, `jobs` at a time; the results come in the order of the slices.
  ///
  /// Slices are handed out as threads become free. `prepare` makes what one thread may keep for all its slices.
  static func map<Tool, Result: Sendable>(

    _ count: Int, slice: Int, jobs: Int, prepare: @Sendable () -> Tool, _ work: @Sendable (Tool, Range<Int>) -> Result
  ) -> [Result] {
    let slices = stride(from: 0, to: count, by: max(1, slice)).map { $0..<min(count, $0 + max(1, slice)) }
    let next = Atomic<Int>(0)
    let results = Mutex<[Result?]>(Array(repeating: nil, count: slices.count))
    @Sendable func run() {
      let tool = prepare()
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < slices.count else { return }
        let result = work(tool, slices[number])
        results.withLock { $0[number] = result }
      }
    }
    let threads = min(max(1, jobs), max(1, slices.count))
    if threads == 1 { run() } else { DispatchQueue.concurrentPerform(iterations: threads) { _ in run() } }
    return results.withLock { $0.compactMap { $0 } }
  }
}
