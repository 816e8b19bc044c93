internal import Policy

/// How long something was in the history, in words.
enum ExposureSentence {
  /// Since when, until when, and where it still is; without a full stop, control characters spelled out.
  ///
  /// - Parameter category: a secret is removed, any other edit is taken back.
  static func of(_ exposure: Finding.Exposure, _ category: Category = .secret) -> String {
    let since = "since \(exposure.introducedAt.prefix(10)) (\(exposure.introduced.prefix(10)))"
    let days = Decimal.count(exposure.days, "day")
    let isSecret = category == .secret
    var text: String
    if let removed = exposure.removed {
      let day = exposure.removedAt.map { " on \($0.prefix(10))" } ?? ""
      text = "\(since), \(isSecret ? "removed" : "taken back")\(day) (\(removed.prefix(10))) after \(days)"
    } else {
      text = "\(since), for \(days)"
    }
    if exposure.isLive { text += isSecret ? "; still there" : "; still so" }
    guard let first = exposure.refs.first else { return text.printable }
    let rest = exposure.refs.count - 1
    text += exposure.isLive ? " in \(first)" : "; still in the history of \(first)"
    return (text + (rest > 0 ? " and \(Decimal.count(rest, "other ref"))" : "")).printable
  }
}

extension Finding.Exposure {
  /// The word in front of the sentence: `exposed`, `stands`, `stood`.
  func label(_ category: Category) -> String { category == .secret ? "exposed" : isLive ? "stands" : "stood" }
}
