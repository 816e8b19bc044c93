package import Manifests

/// What Flux will create, change and delete, cluster by cluster and Kustomization by Kustomization.
package struct Plan: Sendable {
  /// What happens to an object.
  package enum Action: String, Sendable, Hashable, CaseIterable {
    case create, change, delete, move
    /// The object leaves Git and stays, or the repository does not tell.
    case unknown

    /// Deletions first, then moves, changes and creations.
    fileprivate var rank: Int {
      switch self {
      case .delete: 0
      case .unknown: 1
      case .move: 2
      case .change: 3
      case .create: 4
      }
    }
  }

  /// A field that differs, its values as text: a Secret's as stars, what only the cluster has as `(unknown)`.
  package struct Field: Sendable {
    package var path: FieldPath
    package var before: String?
    package var after: String?

    package init(path: FieldPath, before: String?, after: String?) {
      self.path = path
      self.before = before
      self.after = after
    }
  }

  /// One object that the change touches.
  package struct Change: Sendable {
    package var action: Action
    package var identity: ObjectIdentity
    package var apiVersion: String
    package var verdict: Verdict
    /// Why, as part of a sentence.
    package var reason: String?
    package var fields: [Field]
    /// The file that holds the object, or held it.
    package var path: String

    /// Whether Flux carries it out: creates, changes, deletes or hands over.
    package var isCarriedOut: Bool { verdict == .applied || verdict == .pruned || verdict == .moved }
  }

  /// A Flux Kustomization with the changes of its objects.
  package struct Kustomization: Sendable {
    package var identity: ObjectIdentity
    /// `applied`, or why nothing is applied.
    package var verdict: Verdict
    /// Why it is not simply applied, as part of a sentence.
    package var reason: String?
    /// What stops it, if anything does.
    package var problem: BuildProblem?
    package var changes: [Change]
  }

  /// One cluster's part.
  package struct Root: Sendable {
    /// The last name of the root's path, which names the cluster in EKS Anywhere's layout.
    package var cluster: String
    package var path: String
    package var kustomizations: [Kustomization]
  }

  package var headline: Headline
  package var roots: [Root]
  /// Changes of files that no Flux Kustomization reaches.
  package var unreached: [Change]

  /// Whether Flux would do nothing at all.
  package var isEmpty: Bool { roots.isEmpty && unreached.isEmpty }

  /// Hides credentials in a value; the second text is what the value is called.
  package typealias Redaction = (_ value: String, _ name: String) -> String

  /// - Parameters:
  ///   - changes: what `AppliedStateBuilder.changes` found between the two states.
  ///   - refusals: what the API server does not take of them.
  ///   - redact: called with every scalar that is shown, but those of Secrets, which are stars.
  package init(
    _ changes: [ObjectChange], before: AppliedState, after: AppliedState, refusals: Refusals = Refusals(),
    redact: @escaping Redaction
  ) {
    let changes = refusals.carriedOut(changes)
    unreached = []
    var byOwner: [Slot: [Change]] = [:]
    var order: [Slot] = []
    let texts = FieldText(redact: redact)
    for change in changes {
      guard let made = Plan.change(change, texts) else { continue }
      guard let owner = (change.after ?? change.before)?.owner else {
        unreached.append(made)
        continue
      }
      let slot = Slot(owner)
      if byOwner[slot] == nil { order.append(slot) }
      byOwner[slot, default: []].append(made)
    }
    headline = Headline(changes, before: before, after: after)
    roots = []
    let stops = Stops(before, after, refusals)
    for kustomization in after.kustomizations where stops.begin(for: kustomization) {
      let slot = Slot(kustomization.owner)
      if byOwner[slot] == nil { order.append(slot) }
    }
    let places = Dictionary(
      (before.kustomizations + after.kustomizations).enumerated().map { (Slot($1.owner), $0) },
      uniquingKeysWith: { first, _ in first })
    order.sort { (places[$0] ?? .max, $0.identity) < (places[$1] ?? .max, $1.identity) }
    for slot in order { add(slot, byOwner[slot] ?? [], stops) }
  }

  private struct Slot: Hashable {
    var root: String
    var identity: ObjectIdentity

    init(_ owner: Owner) {
      root = owner.root
      identity = owner.identity
    }
  }

  private mutating func add(_ slot: Slot, _ changes: [Change], _ stops: Stops) {
    let later = stops.root(slot.root)?.kustomization(slot.identity)
    let (verdict, reason) = later.map(stops.verdict) ?? Plan.fate(of: changes)
    let made = Kustomization(
      identity: slot.identity, verdict: verdict, reason: reason, problem: later?.outcome.failure,
      changes: changes.sorted { ($0.action.rank, $0.identity) < ($1.action.rank, $1.identity) })
    if let index = roots.firstIndex(where: { $0.path == slot.root }) {
      roots[index].kustomizations.append(made)
    } else {
      roots.append(Root(cluster: Path.name(slot.root), path: slot.root, kustomizations: [made]))
    }
  }

  /// What becomes of a Kustomization that leaves Git, told by what becomes of its objects.
  private static func fate(of changes: [Change]) -> (Verdict, String?) {
    let deleted = changes.first { $0.verdict == .pruned }
    let first = deleted ?? changes.first
    return (first?.verdict ?? .pruned, first?.reason ?? "it leaves Git")
  }

  /// A change as the plan shows it; `nil` for one without sides.
  private static func change(_ source: ObjectChange, _ texts: FieldText) -> Change? {
    guard let object = (source.after ?? source.before)?.object else { return nil }
    var fields: [Field] = []
    if let before = source.before?.object, let after = source.after?.object {
      // What SOPS notes about a file is taken away before Flux applies it.
      let changes = FieldChange.between(before.root, after.root, group: object.identity.group)
      fields = changes.filter { $0.path.steps.first != .key("sops") }.map { field($0, of: object.identity, texts) }
    }
    let refusal = source.isRefusedDeletion ? "the API server refuses that, and pruning fails on every reconcile" : nil
    return Change(
      action: action(source), identity: object.identity, apiVersion: object.apiVersion,
      verdict: refusal == nil ? source.verdict : .rejected, reason: refusal ?? source.verdictReason, fields: fields,
      path: (source.after ?? source.before)?.path ?? "")
  }

  private static func action(_ change: ObjectChange) -> Action {
    if change.verdict == .moved { return .move }
    if change.before == nil { return .create }
    if change.after != nil { return .change }
    return change.verdict == .orphaned || change.verdict == .unknown ? .unknown : .delete
  }

  private static func field(_ change: FieldChange, of identity: ObjectIdentity, _ texts: FieldText) -> Field {
    let isSecret = identity.group.isEmpty && identity.kind == "Secret"
    func text(_ node: Node?) -> String? {
      guard let node else { return nil }
      if isSecret, change.path.holdsSecret { return "****" }
      let text = texts.of(node, called: change.path.valueName)
      return isSecret && text.contains("last-applied-configuration") ? "****" : text
    }
    var field = Field(path: change.path, before: text(change.before), after: text(change.after))
    // What was encrypted was meant to be secret, whatever it looks like.
    let isSealed = { (node: Node?) in node?.text?.hasPrefix("ENC[") == true }
    if isSealed(change.before), field.after != nil, !isSealed(change.after) { field.after = "****" }
    if isSealed(change.after), field.before != nil, !isSealed(change.before) { field.before = "****" }
    return field
  }
}

extension FieldPath {
  /// Whether a Secret's values are below the path or at it.
  fileprivate var holdsSecret: Bool {
    guard case .key(let first)? = steps.first else { return true }
    return first == "data" || first == "stringData" || first == "metadata" && schemaPath.contains("last-applied")
  }
}

extension KustomizationOutcome {
  /// What made a build fail.
  package var failure: BuildProblem? {
    if case .failed(let problem) = self { return problem }
    return nil
  }
}
