internal import Configuration
internal import Flux
internal import Manifests
internal import Policy

extension WaiverPass {
  /// Waivers that met a finding and do not hold; in a state all of those that do not hold.
  func failing() -> [Finding] {
    let all: Bool
    if case .state = sides.kind { all = true } else { all = false }
    var found: [Finding] = []
    for (index, waiver) in policy.settings.waivers.enumerated() where all || used.settings.contains(index) {
      found += failure(of: waiver, in: Settings.path)
    }
    found += failuresOfBaseline()
    var seen: Set<String> = []
    for (path, waiver) in used.failing where seen.insert("\(path):\(waiver.span.startLine):\(waiver.rule)").inserted {
      found += failure(of: waiver, in: path)
    }
    guard all else { return found }
    for (path, comment) in trustedComments() {
      for waiver in comment.waivers where seen.insert("\(path):\(waiver.span.startLine):\(waiver.rule)").inserted {
        found += failure(of: waiver, in: path)
      }
    }
    return found
  }

  /// A baseline's findings end together as a rule: they are told together.
  private func failuresOfBaseline() -> [Finding] {
    let over = policy.baseline.waivers.indices.filter { index in
      used.baseline.contains(index) && !policy.baseline.waivers[index].holds(on: today)
    }
    guard let first = over.first else { return [] }
    if over.count == 1 { return failure(of: policy.baseline.waivers[first], in: Baseline.path) }
    let text = "\(over.count) accepted findings of the baseline are past their end date or give no reason."
    return PolicyFinding.make(
      "suppression-expired", text, Baseline.path, policy.baseline.waivers[first].span, extra: "baseline",
      scanner.engine.infos)
  }

  private func failure(of waiver: Waiver, in path: String) -> [Finding] {
    let reasonless = waiver.reason.isEmpty
    let expired = !reasonless && waiver.isExpired(on: today)
    guard reasonless || expired else { return [] }
    let rule = reasonless ? "suppression-without-reason" : "suppression-expired"
    let text =
      reasonless
      ? "The waiver of \(waiver.rule) gives no reason, so it does not hold."
      : "The waiver of \(waiver.rule) ended on \(waiver.until ?? ""), so it no longer holds."
    return PolicyFinding.make(rule, text, path, waiver.span, extra: waiver.identity, scanner.engine.infos)
  }

  /// Waivers that met nothing. A credential may be waived for the sake of the history alone, so that only an audit of
  /// all of it can tell; of everything else only the present state.
  func unused(ofHistory: Bool) -> [Finding] {
    var found: [Finding] = []
    for (index, waiver) in policy.settings.waivers.enumerated() where !used.settings.contains(index) {
      guard waiver.holds(on: today), (waiver.fingerprint != nil) == ofHistory else { continue }
      let text = "The waiver of \(waiver.rule)\(waiver.scope) matches nothing."
      found += PolicyFinding.make(
        "suppression-unused", text, Settings.path, waiver.span, extra: waiver.identity, scanner.engine.infos)
    }
    guard !ofHistory else { return found }
    for (path, comment) in trustedComments() {
      for waiver in comment.waivers where waiver.holds(on: today) {
        guard !used.comments.contains("\(path):\(waiver.span.startLine):\(waiver.rule)") else { continue }
        let near = NearestWord.to(waiver.rule, among: scanner.engine.infos.keys)
        let hint =
          scanner.engine.infos[waiver.rule] != nil
          ? "" : " There is no such rule\(near.map { ": did you mean \($0)?" } ?? ".")"
        let text = comment.problem.map { "The waiver \($0)." } ?? "The waiver of \(waiver.rule) matches nothing.\(hint)"
        found += PolicyFinding.make(
          "suppression-unused", text, path, waiver.span, extra: waiver.identity, scanner.engine.infos)
      }
    }
    let left = policy.baseline.waivers.indices.filter {
      !used.baseline.contains($0) && scanner.engine.infos[policy.baseline.waivers[$0].rule]?.category != .secret
    }
    if let first = left.first {
      let text =
        left.count == 1
        ? "One finding of the baseline is there no more: run `fluxwarden baseline` to take it out."
        : "\(left.count) findings of the baseline are there no more: run `fluxwarden baseline` to take them out."
      found += PolicyFinding.make(
        "suppression-unused", text, Baseline.path, policy.baseline.waivers[first].span, extra: "baseline",
        scanner.engine.infos)
    }
    return found
  }

  /// All waivers in comments of the files that were looked at, as the trusted commit has them.
  private func trustedComments() -> [(String, WaiverComment)] {
    sides.files.filter { $0.new.map { sides.marked.contains($0.id) } ?? false }.flatMap { file in
      (((try? comments.file(file.path)) ?? nil)?.comments ?? []).map { (file.path, $0) }
    }
  }
}

extension Waiver {
  /// What tells it from other waivers, whatever its line.
  var identity: String { [rule, object, path?.text, fingerprint, until].map { $0 ?? "" }.joined(separator: " ") }

  /// What it is limited to, as part of a sentence.
  var scope: String {
    (object.map { " on \($0)" } ?? "") + (path.map { " in \($0.text)" } ?? "")
  }
}
