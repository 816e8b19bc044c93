internal import Policy

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Takes the time of one stage after another.
struct StageClock {
  private var wall = ContinuousClock.now
  private var cores = StageClock.processorSeconds
  /// The stages so far.
  private(set) var stages: [Report.Statistics.Stage] = []

  /// Ends the stage that began with the clock or with the end of the stage before.
  mutating func end(_ name: String) {
    let now = ContinuousClock.now
    let processor = StageClock.processorSeconds
    let elapsed = wall.duration(to: now).components
    stages.append(
      Report.Statistics.Stage(
        name: name, seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18,
        coreSeconds: processor - cores))
    wall = now
    cores = processor
  }

  /// Processor time of this process so far, in seconds.
  private static var processorSeconds: Double {
    var time = timespec()
    guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
