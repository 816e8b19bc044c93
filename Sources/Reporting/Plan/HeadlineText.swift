internal import Flux
internal import Manifests

/// What is gained and lost as a whole, in words.
enum HeadlineText {
  /// `1 cluster, 13 machines and 1 namespace lost; 2 persistent volume claims gained`; `nil` for neither.
  static func of(_ headline: Plan.Headline) -> String? {
    let tallies = [
      (headline.lost, "lost"), (headline.gained, "gained"),
      (headline.atRisk, "perhaps deleted and made again"),
    ]
    var parts = tallies.compactMap { tally, verb in nouns(tally).map { "\($0) \(verb)" } }
    if headline.lacksMachines { parts.append("machines whose number is not in the repository come or go") }
    if let first = headline.unseen.first {
      let more = headline.unseen.count - 1
      let names = first.qualifiedName + (more > 0 ? " and \(more) more" : "")
      parts.append("what \(names) \(more > 0 ? "delete" : "deletes") is not known, as it is in another repository")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// Whether anything is lost.
  static func isLoss(_ headline: Plan.Headline) -> Bool { headline.lost != Plan.Headline.Tally() }

  private static func nouns(_ tally: Plan.Headline.Tally) -> String? {
    let counts = [
      (tally.clusters, "cluster"), (tally.machines, "machine"), (tally.namespaces, "namespace"),
      (tally.persistentVolumeClaims, "persistent volume claim"),
    ]
    let nouns = counts.filter { $0.0 > 0 }.map { Decimal.count($0.0, $0.1) }
    return nouns.isEmpty ? nil : joined(nouns)
  }

  private static func joined(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
