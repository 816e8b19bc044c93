internal import Scanning
internal import Synchronization

/// Says how far an audit is: one line that is drawn anew on a terminal, a line every ten seconds anywhere else.
final class ProgressBar: Sendable {
  private struct State {
    var line: ProgressLine
    /// What stands before the words.
    var label = ""
    var shown = ContinuousClock.now
    var isDirty = false
  }

  private let state: Mutex<State>
  private let isTerminal: Bool

  /// - Returns: `nil` where nothing is to be shown.
  init?(isShown: Bool, isTerminal: Bool) {
    guard isShown else { return nil }
    self.isTerminal = isTerminal
    state = Mutex(State(line: ProgressLine(since: .now)))
  }

  /// Starts anew, with some words in front.
  func begin(_ label: String) {
    state.withLock { state in
      state.line = ProgressLine(since: .now)
      state.label = label
    }
  }

  /// Shows at most so much, whatever thread calls.
  var handler: AuditProgress.Handler {
    { progress in
      self.state.withLock { state in
        let now = ContinuousClock.now
        state.line.follow(progress, at: now)
        guard state.shown.duration(to: now) > (self.isTerminal ? .milliseconds(66) : .seconds(10)) else { return }
        state.shown = now
        state.isDirty = self.isTerminal
        if self.isTerminal {
          StandardError.write("\r\u{1B}[2K" + state.line.bar(after: state.label, width: Terminal.width - 1))
        } else {
          StandardError.write("fluxwarden: \(state.label)\(state.line.words)\n")
        }
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
}
