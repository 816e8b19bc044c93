internal import Manifests

/// Keeps, where one edit fires several rules, only the most telling finding.
struct Supersession {
  /// For each rule, the rules that it silences, also through others.
  private let silenced: [String: Set<String>]

  init(_ infos: [RuleInfo]) {
    let direct = Dictionary(infos.map { ($0.id, Set($0.supersedes)) }, uniquingKeysWith: { $0.union($1) })
    silenced = direct.mapValues { first in
      var all = first
      var open = Array(first)
      while let next = open.popLast() {
        for further in direct[next] ?? [] where all.insert(further).inserted { open.append(further) }
      }
      return all
    }
  }

  /// The findings without those that another one of the same edit supersedes.
  func applied(to findings: [Finding]) -> [Finding] {
    guard findings.count > 1 else { return findings }
    let rules = Set(findings.map(\.rule))
    let strong = findings.filter { silenced[$0.rule].map { !$0.isDisjoint(with: rules) } ?? false }
    guard !strong.isEmpty else { return findings }
    // What is said of a secret silences only what is said of the same file, and there may be thousands of both.
    var secrets: [String: [Finding]] = [:]
    for finding in strong where finding.category == .secret {
      for path in Set(([finding.location].compactMap { $0 } + finding.related).map(\.path)) {
        secrets[path, default: []].append(finding)
      }
    }
    let others = strong.filter { $0.category != .secret }
    return findings.filter { finding in
      !others.contains { silences($0, finding) }
        && !(secrets[finding.location?.path ?? ""]?.contains { silences($0, finding) } ?? false)
    }
  }

  private func silences(_ strong: Finding, _ weak: Finding) -> Bool {
    guard silenced[strong.rule]?.contains(weak.rule) == true else { return false }
    return sameValue(strong, weak) || sameObject(strong, weak)
  }

  private func sameObject(_ strong: Finding, _ weak: Finding) -> Bool {
    guard let subject = strong.subject, let other = weak.subject, subject.isSameObject(as: other) else { return false }
    // Two files may hold a Secret of the same name, each with values of its own.
    if strong.category == .secret, strong.location?.path != weak.location?.path { return false }
    guard let field = strong.field else { return true }
    return weak.field.map { field.holds($0) } ?? true
  }

  private func sameValue(_ strong: Finding, _ weak: Finding) -> Bool {
    guard let place = strong.location, let other = weak.location else { return false }
    // A finding about encryption speaks of all values of its object, which are its related places.
    let places = strong.category == .secret ? [place] + strong.related : [place]
    return places.contains { $0.path == other.path && $0.side == other.side && $0.span.touches(other.span) }
  }
}

extension Finding.Subject {
  fileprivate func isSameObject(as other: Finding.Subject) -> Bool {
    let namespaces = [namespace, other.namespace].map { $0 == "default" ? "" : $0 }
    return kind == other.kind && name == other.name && namespaces[0] == namespaces[1]
  }
}
