internal import Configuration
internal import Flux
internal import Manifests
internal import Policy

/// What a change does to the configuration, the baseline and the waivers: it takes effect once it has landed, and those
/// who let it land are told.
struct PolicyChangePass {
  private let sides: JudgedSides
  private let infos: [String: RuleInfo]
  /// The catalogue without what the trusted configuration turns off or adds: both sides are read as any later run will.
  private let catalogue: [RuleInfo]
  private let known: [String]

  init(_ scanner: Scanner, _ sides: JudgedSides) {
    self.sides = sides
    infos = scanner.engine.infos
    catalogue = scanner.options.policy.catalogue
    known = catalogue.map(\.id)
  }

  /// One finding for each loosening and each waiver that is added.
  func findings(_ diagnostics: inout [Diagnostic]) -> [Finding] {
    do throws(FileTreeError) {
      return try settings() + baseline() + comments()
    } catch {
      diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
      return []
    }
  }

  // MARK: Configuration

  private func settings() throws(FileTreeError) -> [Finding] {
    guard isTouched(Settings.path) else { return [] }
    let old = try text(Settings.path, sides.before).map { Settings.read($0, known: known).0 } ?? Settings()
    guard let new = try readable(Settings.path, { Settings.read($0, known: known) }) else {
      return try unreadable(Settings.path)
    }
    let isGone = try sides.after.entry(at: Settings.path) == nil
    let loosened = PolicyComparison(rules: catalogue).loosenings(from: old, to: new).flatMap { item in
      finding(
        "policy-loosened", item.message + " It takes effect once this has landed.", Settings.path, item.span,
        isGone: isGone, extra: "\(item.subject) \(item.message)")
    }
    let added = PolicyComparison.added(from: old.waivers, to: new.waivers).flatMap { waiver in
      finding(
        "suppression-added", "A waiver of \(waiver.rule)\(waiver.scope) is added to the configuration\(end(waiver)).",
        Settings.path, waiver.span, extra: waiver.identity)
        + (waiver.reason.isEmpty
          ? finding(
            "suppression-without-reason", "The waiver of \(waiver.rule) gives no reason, so it will not hold.",
            Settings.path, waiver.span, extra: waiver.identity) : [])
    }
    return loosened + added
  }

  private func baseline() throws(FileTreeError) -> [Finding] {
    guard isTouched(Baseline.path) else { return [] }
    let old = try text(Baseline.path, sides.before).map { Baseline.read($0, known: known).0 } ?? Baseline()
    guard let new = try readable(Baseline.path, { Baseline.read($0, known: known) }) else {
      return try unreadable(Baseline.path)
    }
    let added = PolicyComparison.added(from: old.waivers, to: new.waivers)
    guard let first = added.first else { return [] }
    let rules = Set(added.map(\.rule)).sorted()
    let names = rules.prefix(5).joined(separator: ", ") + (rules.count > 5 ? " and \(rules.count - 5) more rules" : "")
    let number = added.count == 1 ? "One finding is" : "\(added.count) findings are"
    return finding(
      "suppression-added", "\(number) added to the baseline: \(names).", Baseline.path, first.span,
      extra: added.map(\.identity).sorted().joined(separator: "\n"))
  }

  /// What a file says after the change; `nil` where it could not be read. A file that is not there says nothing.
  private func readable<Value>(
    _ path: String, _ read: ([UInt8]) -> (Value, [SettingsProblem])
  ) throws(FileTreeError) -> Value? {
    guard let entry = try sides.after.entry(at: path) else { return read([]).0 }
    guard entry.kind == .file else { return nil }
    let (value, problems) = read(try sides.after.contents(of: entry, at: path))
    return problems.isEmpty ? value : nil
  }

  private func unreadable(_ path: String) throws(FileTreeError) -> [Finding] {
    var reason = "it is no file any more"
    var span = Span.none
    if let entry = try sides.after.entry(at: path), entry.kind == .file {
      let bytes = try sides.after.contents(of: entry, at: path)
      let problems =
        path == Settings.path ? Settings.read(bytes, known: known).1 : Baseline.read(bytes, known: known).1
      reason = problems.first?.description ?? "it cannot be read"
      span = problems.first?.span ?? .none
    } else if try sides.after.entry(at: path)?.kind == .link {
      reason = "it is a symbolic link"
    }
    return finding(
      "policy-loosened", "\(path) cannot be read after this change, so that every later run fails: \(reason).", path,
      span, extra: "unreadable")
  }

  // MARK: Comments

  private func comments() throws(FileTreeError) -> [Finding] {
    let marked = sides.files.filter { file in file.new.map { sides.marked.contains($0.id) } ?? false }
    guard !marked.isEmpty else { return [] }
    var known: [String: Int] = [:]
    for file in sides.files where file.old?.kind == .file {
      guard let text = try text(file.path, sides.before), let old = CommentedFile(path: file.path, text: text) else {
        continue
      }
      for comment in old.comments { known[key(comment, old), default: 0] += 1 }
    }
    var found: [Finding] = []
    for file in marked {
      guard let text = try text(file.path, sides.after), let new = CommentedFile(path: file.path, text: text) else {
        continue
      }
      for comment in new.comments {
        let key = key(comment, new)
        let left = known[key] ?? 0
        known[key] = left - 1
        guard left <= 0, let waiver = comment.waivers.first else { continue }
        let rules = comment.waivers.map(\.rule).joined(separator: ", ")
        found += finding(
          "suppression-added",
          "A comment waives \(rules)\(end(waiver)). It does not hold for this change, only once it has landed.",
          file.path, waiver.span, extra: key)
        if waiver.reason.isEmpty {
          found += finding(
            "suppression-without-reason", "The waiver of \(rules) gives no reason, so it will not hold.", file.path,
            waiver.span, extra: key)
        }
      }
    }
    return found
  }

  /// What a waiver says and what it stands beside.
  private func key(_ comment: WaiverComment, _ file: CommentedFile) -> String {
    let words = comment.waivers.map { "\($0.identity) \($0.owner ?? "") \($0.reason)" }.joined(separator: "\n")
    return "\(words)\n\(file.anchor(of: comment))"
  }

  // MARK: Parts

  private func isTouched(_ path: String) -> Bool { sides.files.contains { $0.path == path } }

  private func text(_ path: String, _ tree: (any FileTree)?) throws(FileTreeError) -> [UInt8]? {
    guard let tree, let entry = try tree.entry(at: path), entry.kind == .file else { return nil }
    return try tree.contents(of: entry, at: path)
  }

  private func end(_ waiver: Waiver) -> String {
    (waiver.until.map { " until \($0)" } ?? "") + (waiver.reason.isEmpty ? "" : ": \(waiver.reason)")
  }

  private func finding(
    _ rule: String, _ message: String, _ path: String, _ span: Span, isGone: Bool = false, extra: String
  ) -> [Finding] {
    PolicyFinding.make(rule, message, path, span, side: isGone ? .before : .after, extra: extra, infos)
  }
}
