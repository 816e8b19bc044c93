#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What one run of a program cost.
struct Measurement {
  /// Seconds from start to end.
  var seconds: Double
  /// Seconds of processor time, all cores together.
  var coreSeconds: Double
  /// The largest resident memory, in bytes.
  var memory: Int
  /// The exit status; 128 and the signal's number where a signal ended it.
  var status: Int32
}

/// A command that is measured.
struct MeasuredCommand {
  /// What it is called in the table.
  let name: String
  let program: String
  let arguments: [String]
  /// The file that takes its standard error.
  var errors = "/dev/null"

  /// Runs it once in a folder; `nil` where it can't be started. Its output is thrown away.
  func run(in folder: String) -> Measurement? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let words = ["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder, program] + arguments
    let pointers = words.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var process: pid_t = 0
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawn(&process, "/bin/sh", &actions, nil, pointers, environ) == 0 else { return nil }
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) == -1, errno == EINTR {}
    let elapsed = start.duration(to: clock.now).components
    let signal = status & 0x7F
    #if os(Linux)
      let unit = 1024
    #else
      let unit = 1
    #endif
    return Measurement(
      seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18,
      coreSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), memory: usage.ru_maxrss * unit,
      status: signal == 0 ? status >> 8 & 0xFF : 128 + signal)
  }

  private func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

extension [Double] {
  /// The middle value, or the mean of the two in the middle; 0 of none.
  var median: Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}
