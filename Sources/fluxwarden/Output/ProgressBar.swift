internal import Scanning
internal import Synchronization

/// One line on a terminal that says how far an audit is.
final class ProgressBar: Sendable {
  private struct State {
    var shown = ContinuousClock.now
    var isDirty = false
  }

  private let state = Mutex(State())

  /// - Returns: `nil` where nothing is to be shown.
  init?(isShown: Bool) {
    guard isShown else { return nil }
  }

  /// Draws at most fifteen times a second, whatever thread calls.
  var handler: AuditProgress.Handler {
    { progress in
      self.state.withLock { state in
        guard state.shown.duration(to: .now) > .milliseconds(66) else { return }
        state.shown = .now
        state.isDirty = true
        StandardError.write("\r\u{1B}[2K" + ProgressBar.line(progress))
      }
    }
  }

  /// Takes the line away.
  func clear() {
    state.withLock { state in
      if state.isDirty { StandardError.write("\r\u{1B}[2K") }
      state.isDirty = false
    }
  }

  private static func line(_ progress: AuditProgress) -> String {
    let width = 24
    let share = progress.total == 0 ? 1 : Double(progress.done) / Double(progress.total)
    let filled = Int(share * Double(width))
    let bar = String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
    return "\(bar) \(Int(share * 100)) %  \(progress.phase.rawValue)  \(progress.done)/\(progress.total)"
  }
}
