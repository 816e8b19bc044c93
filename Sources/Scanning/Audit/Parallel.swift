internal import Dispatch
internal import Synchronization

/// Work shared out to threads.
enum Parallel {
  /// Runs a piece of work for each slice of a range, `jobs` at a time; the results come in the order of the slices.
  ///
  /// Slices are handed out as threads become free. `prepare` makes what one thread may keep for all its slices; where
  /// it fails for one thread, the others do its part, and where it fails for all the failure is thrown.
  static func map<Tool, Result: Sendable, Failure: Error>(
    _ count: Int, slice: Int, jobs: Int, prepare: @Sendable (_ thread: Int) throws(Failure) -> Tool,
    _ work: @Sendable (Tool, Range<Int>) -> Result
  ) throws(Failure) -> [Result] {
    guard count > 0 else { return [] }
    let slices = stride(from: 0, to: count, by: max(1, slice)).map { $0..<min(count, $0 + max(1, slice)) }
    let next = Atomic<Int>(0)
    let results = Mutex<[Result?]>(Array(repeating: nil, count: slices.count))
    let failure = Mutex<Failure?>(nil)
    @Sendable func run(_ thread: Int) {
      let tool: Tool
      do throws(Failure) {
        tool = try prepare(thread)
      } catch {
        failure.withLock { $0 = error }
        return
      }
      while true {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < slices.count else { return }
        let result = work(tool, slices[number])
        results.withLock { $0[number] = result }
      }
    }
    let threads = min(max(1, jobs), max(1, slices.count))
    if threads == 1 { run(0) } else { DispatchQueue.concurrentPerform(iterations: threads, execute: run) }
    let done = results.withLock { $0.compactMap { $0 } }
    if done.count < slices.count, let failure = failure.withLock({ $0 }) { throw failure }
    return done
  }
}

/// Work that goes on beside other work until its result is asked for.
final class Background<Success: Sendable, Failure: Error>: Sendable {
  private let result = Mutex<Result<Success, Failure>?>(nil)
  private let group = DispatchGroup()

  /// Begins at once, on a thread of its own.
  init(_ work: @escaping @Sendable () throws(Failure) -> Success) {
    DispatchQueue.global().async(group: group) { [self] in
      let found = Result { () throws(Failure) in try work() }
      result.withLock { $0 = found }
    }
  }

  /// The result, once it is there; throws what the work threw.
  func value() throws(Failure) -> Success {
    while true {
      group.wait()
      if let found = result.withLock({ $0 }) { return try found.get() }
    }
  }
}
