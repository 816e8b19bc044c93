internal import Flux

/// What is gained and lost as a whole, in words.
enum HeadlineText {
  /// `1 cluster, 13 machines and 1 namespace lost; 2 persistent volume claims gained`; `nil` for neither.
  static func of(_ headline: Plan.Headline) -> String? {
    let counts = [
      (headline.clusters, "cluster"), (headline.machines, "machine"), (headline.namespaces, "namespace"),
      (headline.persistentVolumeClaims, "persistent volume claim"),
    ]
    var parts: [String] = []
    for (sign, verb) in [(-1, "lost"), (1, "gained")] {
      let nouns = counts.filter { $0.0.signum() == sign }.map { Decimal.count(abs($0.0), $0.1) }
      if !nouns.isEmpty { parts.append("\(joined(nouns)) \(verb)") }
    }
    if headline.lacksMachines { parts.append("machines whose number is not in the repository come or go") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Whether anything is lost.
  static func isLoss(_ headline: Plan.Headline) -> Bool {
    [headline.clusters, headline.machines, headline.namespaces, headline.persistentVolumeClaims].contains { $0 < 0 }
  }

  private static func joined(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
