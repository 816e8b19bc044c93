internal import Flux
internal import Manifests
internal import Policy

extension Change {
  /// The objects that a Flux Kustomization applied before and none applies after.
  var vanished: [ObjectChange] {
    (applied?.changes ?? []).filter { $0.after == nil && $0.before?.owner != nil && $0.verdict != .moved }
  }

  /// How an object goes that is applied no more: `leaves Git`, or `is no longer applied` where its file still holds it.
  func exit(of removed: AppliedObject) -> String {
    guard removed.owner != nil, after.exists(removed.path) else { return "leaves Git" }
    let isRenamed = removed.object["metadata", "name"]?.origin != nil
    let isThere = after.objects(under: String(removed.folder)).contains {
      $0.path == removed.path && $0.object.groupKind == removed.object.groupKind
        && (isRenamed || $0.object.identity.name == removed.object.identity.name)
    }
    return isThere ? "is no longer applied" : "leaves Git"
  }

  /// The Kustomizations that both sides have, where they differ.
  var keptKustomizations: [(before: AppliedKustomization, after: AppliedKustomization)] {
    (applied?.edited ?? []).compactMap { before, after in before.map { ($0, after) } }
  }
}

/// Objects that vanish together, and how bad that is. Where Flux deletes some, it is about those alone; else about those
/// that are deleted later, where there are such.
struct Loss {
  let objects: [AppliedObject]
  let stake: Stake
  /// Whether Flux would delete them, or may.
  let isDeleted: Bool
  /// What becomes of them, as a sentence without its end: `Flux deletes Cluster default/prod`.
  let fate: String

  /// `nil` where nothing vanishes.
  init?(_ changes: [ObjectChange]) {
    guard !changes.isEmpty else { return nil }
    func gone(_ verdicts: Verdict...) -> [ObjectChange] { changes.filter { verdicts.contains($0.verdict) } }
    let deleted = gone(.pruned, .unknown)
    let later = gone(.stalled, .pathMissing)
    let chosen = [deleted, later].first { !$0.isEmpty } ?? changes
    objects = chosen.compactMap(\.before)
    stake = objects.map { Stake(of: $0.object) }.max() ?? .plain
    isDeleted = !deleted.isEmpty
    if isDeleted {
      fate = Loss.deletion(certain: gone(.pruned), possible: gone(.unknown))
    } else if let first = later.first {
      fate = Loss.postponed(objects, like: first)
    } else {
      fate = "\(Loss.title(objects)) \(objects.count > 1 ? "are" : "is") left unmanaged"
    }
  }

  /// A severity for what is lost.
  func severity(_ base: Severity) -> Severity {
    let scaled = stake == .plain ? .low : stake.severity(base)
    return isDeleted ? scaled : scaled.milder
  }

  /// `Cluster default/prod and 3 more objects`, the most valuable one first.
  var title: String { Loss.title(objects) }

  /// Where the lost objects are named, at most ten.
  var places: [Location] { objects.prefix(10).map { $0.nameLocation(side: .before) } }

  private static func title(_ objects: [AppliedObject]) -> String {
    let first = objects.max { Stake(of: $0.object) < Stake(of: $1.object) }?.object.identity.title ?? "nothing"
    let more = objects.count - 1
    return more > 0 ? "\(first) and \(Count.of(more, "more object"))" : first
  }

  /// What Flux deletes, and what it deletes unless the object is in what the repository does not show.
  private static func deletion(certain: [ObjectChange], possible: [ObjectChange]) -> String {
    let parts = [("deletes", certain), ("may delete", possible)].filter { !$0.1.isEmpty }
    return "Flux " + parts.map { "\($0.0) \(title($0.1.compactMap(\.before)))" }.joined(separator: " and ")
  }

  /// What stays while its Kustomization applies and deletes nothing.
  private static func postponed(_ objects: [AppliedObject], like change: ObjectChange) -> String {
    let (verb, pronoun) = objects.count == 1 ? ("stays", "it") : ("stay", "them")
    let reason = change.verdictReason.map { ", as \($0)" } ?? ""
    return "\(title(objects)) \(verb) for now\(reason): \(change.whenDeleted(pronoun))"
  }
}

extension StateView {
  /// Whether the kustomization file of a folder leads to a file, through those of other folders too.
  func leads(from start: String, to path: String) -> Bool {
    var open = [start]
    var seen = Set(open)
    while let next = open.popLast(), seen.count < 10_000 {
      guard let file = kustomization(in: next) else { continue }
      if file.path == path { return true }
      for (listed, _, _) in file.listed {
        if listed == path { return true }
        if seen.insert(listed).inserted { open.append(listed) }
      }
    }
    return false
  }
}

extension KustomizationFileView {
  /// What the file lists, resolved against its folder, with the value that says so; addresses are left out.
  var listed: [(path: String, node: Node, field: String)] {
    KustomizationFileView.listing.flatMap { field in
      (root[field]?.items ?? []).compactMap { node -> (path: String, node: Node, field: String)? in
        guard let text = node.text, RemoteAddress(text) == nil else { return nil }
        return (KustomizationFileView.resolve(text, in: folder), node, field)
      }
    }
  }
}

extension String {
  /// Whether a path is another one or lies beneath it; everything lies beneath the root folder.
  func isUnder(_ folder: String) -> Bool { Path.isIn(self, folder: folder) }
}

extension Span {
  /// The beginning of a file, for what is about the file as a whole.
  static let start = Span(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
}

extension Example {
  /// An edit under the Flux Kustomization `flux-system` of `clusters/mgmt`; a path that begins with a slash begins at
  /// the root of the tree.
  static func fleet(_ title: String, before: [String: String], after: [String: String]) -> Example {
    func side(_ files: [String: String]) -> [String: String] {
      let named = files.map {
        ($0.key.hasPrefix("/") ? String($0.key.dropFirst()) : "clusters/mgmt/\($0.key)", $0.value)
      }
      return Dictionary(named, uniquingKeysWith: { $1 }).merging(
        ["clusters/mgmt/flux-system/gotk-sync.yaml": Samples.flux()], uniquingKeysWith: { own, _ in own })
    }
    return Example(title, before: side(before), after: side(after))
  }
}
