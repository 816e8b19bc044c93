internal import Scanning

/// How far an audit is, in one line: commits, objects, how many in a second, and how long the stage still takes.
struct ProgressLine {
  private var progress: AuditProgress?
  private var stageStart: ContinuousClock.Instant
  private var now: ContinuousClock.Instant

  /// Nothing yet.
  init(since start: ContinuousClock.Instant) {
    stageStart = start
    now = start
  }

  /// Takes a report. Threads may overtake each other: what lies behind is left out.
  mutating func follow(_ progress: AuditProgress, at time: ContinuousClock.Instant) {
    if let old = self.progress, old.phase == progress.phase, old.done >= progress.done { return }
    if self.progress?.phase != progress.phase {
      // The stage began when the one before had ended; its first report comes a little later.
      stageStart = self.progress == nil ? stageStart : now
    }
    self.progress = progress
    now = time
  }

  /// `reading files: 31,000 of 62,501 objects, 35,000/s, 1 s left`.
  var words: String {
    guard let progress else { return "starting" }
    return "\(progress.phase.rawValue): \(details(progress))"
  }

  /// The words behind a bar and a label, cut to a number of cells.
  func bar(after label: String = "", width: Int) -> String {
    guard let progress else { return "" }
    let share = progress.total == 0 ? 1 : min(1, Double(progress.done) / Double(progress.total))
    let cells = 24
    let filled = Int(share * Double(cells))
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: cells - filled)
    return String("\(bar) \(Int(share * 100)) %  \(label)\(words)".prefix(max(0, width)))
  }

  private func details(_ progress: AuditProgress) -> String {
    let count = "\(Self.grouped(progress.done)) of \(Self.grouped(progress.total)) \(progress.phase.unit)"
    let elapsed = stageStart.duration(to: now).seconds
    guard elapsed > 0.05, progress.done > 0 else { return count }
    let rate = Double(progress.done) / elapsed
    let left = Double(max(0, progress.total - progress.done)) / rate
    return "\(count), \(Self.grouped(Self.rounded(rate)))/s, \(Self.time(left)) left"
  }

  /// A number with two digits that tell, as nobody reads more of a rate.
  private static func rounded(_ rate: Double) -> Int {
    let number = Int(min(rate, 1e12))
    var scale = 1
    while number / scale >= 100 { scale *= 10 }
    return number / scale * scale
  }

  /// `12 s`, `3 min 05 s`.
  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e7).rounded(.up))
    guard whole >= 60 else { return "\(whole) s" }
    return "\(whole / 60) min \(whole % 60 < 10 ? "0" : "")\(whole % 60) s"
  }

  private static func grouped(_ number: Int) -> String {
    var text = ""
    let digits = String(number)
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}

extension AuditProgress.Phase {
  /// What is counted.
  fileprivate var unit: String {
    switch self {
    case .walking, .judging: "commits"
    case .reading: "objects"
    }
  }
}

extension Duration {
  /// Seconds with their fraction.
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
