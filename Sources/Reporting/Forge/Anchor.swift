internal import Manifests
internal import Policy

/// Where a reader who is shown nothing but the new files sees a finding.
///
/// A deleted line is on no page of a code scanner's pull-request view, so such a finding goes to a line that survives.
struct Anchor {
  /// The place to show; on the side before only where nothing better is known.
  var location: Location?
  /// The finding's own place where the anchor is another one.
  var own: Location?

  /// Finds the place with the help of `RenderOptions.survivingPlace`.
  init(_ finding: Finding, _ options: RenderOptions) {
    location = finding.location
    guard let place = finding.location, place.side == .before else { return }
    let surviving = options.survivingPlace?(finding) ?? finding.related.first { $0.side == .after }
    guard let surviving else { return }
    location = surviving
    own = place
  }

  /// `The place is gone: PATH:LINE:COLUMN before the change.`, where that needs saying.
  var remark: String? {
    guard let place = own ?? location, place.side == .before else { return nil }
    return "The place is gone: \(place.title) before the change."
  }
}

extension Finding {
  /// The finding in a few plain sentences, a line each, control characters spelled out: for readers that show no
  /// fields of their own.
  ///
  /// - Parameter anchor: where it will be shown.
  func sentences(at anchor: Anchor) -> [String] {
    var lines = [message.printable]
    if let repository { lines.append("Repository: \(repository.printable)") }
    if let subject {
      lines.append("Object: \(subject.title)" + (field.map { ", field \($0.description.printable)" } ?? ""))
    }
    if before != nil || after != nil {
      let old = before.map { $0.shortened(to: 200).printable } ?? "(absent)"
      let new = after.map { $0.shortened(to: 200).printable } ?? "(absent)"
      lines.append("Change: \(old) → \(new)")
    }
    if let verdictName { lines.append("Effect: \(VerdictSentence.of(verdictName))") }
    if let exposure {
      let label = category == .secret ? "Exposed" : exposure.isLive ? "Stands" : "Stood"
      lines.append("\(label): \(ExposureSentence.of(exposure, category)).")
    }
    if let commit { lines.append("Commit: \(commit.id.prefix(10)), \(commit.date.prefix(10))".printable) }
    if let remark = anchor.remark { lines.append(remark) }
    if !remediation.isEmpty { lines.append("Do: \(remediation.printable)") }
    return lines
  }
}

/// Numbers findings that share a fingerprint, because readers of reports fold equal ones into one.
struct FingerprintCounter {
  private var counts: [String: Int] = [:]

  /// How many findings had this fingerprint so far, this one included.
  mutating func next(_ fingerprint: String) -> Int {
    counts[fingerprint, default: 0] += 1
    return counts[fingerprint, default: 1]
  }
}
