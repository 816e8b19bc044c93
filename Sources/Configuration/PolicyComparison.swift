package import Manifests
package import Policy

/// What a change of the configuration and the baseline lets pass that was not let pass before.
package struct PolicyComparison {
  /// Something that became milder, with its place in the new file.
  package struct Loosening: Sendable, Hashable {
    /// The sentence about it.
    package var message: String
    package var span: Span
    /// What it is about: a key or a rule.
    package var subject: String
  }

  private let defaults: [String: Severity]

  /// - Parameter rules: the catalogue, for the severities that hold where nothing is set.
  package init(rules: some Sequence<RuleInfo>) {
    defaults = Dictionary(rules.map { ($0.id, $0.severity) }, uniquingKeysWith: { first, _ in first })
  }

  /// What became milder, waivers aside.
  package func loosenings(from old: Settings, to new: Settings) -> [Loosening] {
    var found: [Loosening] = []
    func add(_ subject: String, _ message: String, _ span: Span) {
      found.append(Loosening(message: message, span: span, subject: subject))
    }
    for id in Set(old.rules.keys).union(new.rules.keys).sorted() {
      let span = new.rules[id]?.span ?? .none
      let wasOn = old.rules[id]?.isEnabled ?? true
      if wasOn, new.rules[id]?.isEnabled == false {
        add(id, "The rule \(id) is turned off.", span)
        continue
      }
      guard new.rules[id]?.isEnabled ?? true, let standard = defaults[id] else { continue }
      let before = wasOn ? old.rules[id]?.severity ?? standard : .low
      let after = new.rules[id]?.severity ?? standard
      if after < before { add(id, "The rule \(id) counts as \(after.rawValue) instead of \(before.rawValue).", span) }
    }
    let order = ["low", "medium", "high", "critical", "never"]
    func rank(_ value: String?) -> Int { order.firstIndex(of: value ?? "high") ?? 2 }
    if rank(new.failOn?.text) > rank(old.failOn?.text) {
      let word = new.failOn?.text ?? "high"
      add("failOn", "A run only fails from \(word) on.", new.failOn?.span ?? .none)
    }
    if Set(old.syncRoots.map(\.text)) != Set(new.syncRoots.map(\.text)) {
      let words = new.syncRoots.map(\.text)
      let message =
        words.isEmpty
        ? "The folders that Flux starts from are no longer named: sync.roots is gone."
        : "Only what Flux applies from \(words.joined(separator: ", ")) is followed."
      add("sync.roots", message, new.syncRoots.first?.span ?? .none)
    }
    let known = Set(old.excluded.map(\.text))
    for item in new.excluded where !known.contains(item.text) {
      add("paths.exclude", "Findings in \(item.text) no longer count.", item.span)
    }
    for list in Settings.AllowList.allCases {
      let known = Set(old.values(list))
      for item in new.allowed[list] ?? [] where !known.contains(item.text) {
        add("allowed.\(list.rawValue)", "\(item.text) is added to allowed.\(list.rawValue).", item.span)
      }
    }
    for type in old.credentials {
      guard let now = new.credentials.first(where: { $0.id == type.id }) else {
        add(type.id, "The credential type \(type.id) is no longer searched.", .none)
        continue
      }
      if now.pattern != type.pattern || now.severity < type.severity {
        add(type.id, "The credential type \(type.id) is searched by another pattern or counts less.", now.span)
      }
    }
    return found
  }

  /// The waivers that were not there before, compared as values: one that only moved within the file is old.
  package static func added(from old: [Waiver], to new: [Waiver]) -> [Waiver] {
    var known: [Waiver: Int] = [:]
    for waiver in old { known[waiver.withoutPlace, default: 0] += 1 }
    return new.filter { waiver in
      let count = known[waiver.withoutPlace] ?? 0
      known[waiver.withoutPlace] = count - 1
      return count <= 0
    }
  }
}

extension Waiver {
  /// The waiver as a value to compare.
  fileprivate var withoutPlace: Waiver {
    var copy = self
    copy.span = .none
    return copy
  }
}
