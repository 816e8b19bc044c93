package import Manifests

/// What keeps Flux from applying a Kustomization although its build succeeds: an object that the API server does not take,
/// or a source of variables that is gone.
package struct Refusal: Sendable {
  /// What becomes of the object that is refused.
  package enum End: Sendable, Hashable {
    /// It stays as it is, and nothing beside it is applied or deleted.
    case stays
    /// Flux deletes it and makes it anew, as it does with `force`; what is beside it is applied.
    case isRecreated
    /// Flux deletes it, and the API server does not take a new one either: nothing beside it is applied or deleted.
    case isLost
  }

  /// The Kustomization that applies the object.
  package let owner: Owner
  /// The object that is refused; `nil` where the Kustomization as a whole is.
  package let object: ObjectIdentity?
  /// Why nothing is applied, as part of a sentence.
  package let reason: String
  /// What has to be done for everything to go on, as the end of `as soon as`.
  package let mending: String
  package let end: End

  /// Why an object is deleted that stays in Git.
  package static let deletion = "the API server refuses the edit, and force deletes the object"

  /// An object that the API server does not take.
  package init(of object: AppliedObject, by owner: Owner, end: End = .stays) {
    self.owner = owner
    self.object = object.object.identity.key
    self.end = end
    reason = "the API server refuses \(object.object.identity.title)"
    mending = "the refusal of \(object.object.identity.title) is mended"
  }

  /// A Kustomization that Flux does not come to apply.
  package init(of owner: Owner, because reason: String, until mending: String) {
    self.owner = owner
    self.object = nil
    self.end = .stays
    self.reason = reason
    self.mending = mending
  }
}

/// All refusals of a change, and how far they reach.
package struct Refusals: Sendable {
  private struct Slot: Hashable {
    let root: String
    let owner: ObjectIdentity
    var object: ObjectIdentity?
  }

  private var stops: [Slot: Refusal] = [:]
  private var objects: [Slot: Refusal] = [:]
  private var all: [Refusal] = []
  /// Objects that go because what is refused is meant to be them.
  private var misspelt: [Slot: Refusal] = [:]

  /// None.
  package init() {}

  /// - Parameter changes: what becomes of all objects. A Kustomization that would come or go, and is applied with what is
  ///   refused, does neither, and so do its objects.
  package init(_ found: [Refusal], among changes: [ObjectChange]) {
    all = found
    for refusal in found {
      if refusal.end != .isRecreated { stops[Refusals.slot(refusal.owner)] = stop(of: refusal.owner) ?? refusal }
      if let object = refusal.object { objects[Refusals.slot(refusal.owner, object)] = refusal }
    }
    if stops.isEmpty { return }
    findMisspelt(among: changes)
    let children = changes.filter { change in
      change.identity.map { $0.group == FluxKustomization.group && $0.kind == "Kustomization" } ?? false
        && (change.before == nil || change.after == nil) && [.applied, .pruned].contains(change.verdict)
    }
    var isGrowing = !children.isEmpty
    while isGrowing {
      isGrowing = false
      for child in children {
        guard let owner = (child.after ?? child.before)?.owner, let identity = child.identity,
          let refusal = stop(of: owner)
        else { continue }
        let slot = Slot(root: owner.root, owner: identity)
        if stops[slot] == nil {
          stops[slot] = refusal
          isGrowing = true
        }
      }
    }
  }

  /// Finds what goes while an object of its name comes in another group, or in another version, that is refused.
  private mutating func findMisspelt(among changes: [ObjectChange]) {
    let names = Dictionary(
      objects.map { (Name(root: $0.root, $0.object), $1) }, uniquingKeysWith: { first, _ in first })
    for change in changes where change.after == nil {
      guard let owner = change.before?.owner, let identity = change.identity,
        let refusal = names[Name(root: owner.root, identity.key)], refusal.owner.identity == owner.identity
      else { continue }
      misspelt[Refusals.slot(owner, identity.key)] = refusal
      misspelt[Slot(root: owner.root, owner: identity)] = refusal
    }
  }

  private struct Name: Hashable {
    let root: String
    let kind: String?
    let namespace: String?
    let name: String?

    init(root: String, _ identity: ObjectIdentity?) {
      (self.root, kind, namespace, name) = (root, identity?.kind, identity?.namespace, identity?.name)
    }
  }

  /// The refusal for which an object goes that would not go were it spelt right: itself, or all that it applies.
  package func misspelling(of object: AppliedObject) -> Refusal? {
    guard let owner = object.owner else { return nil }
    return misspelt[Refusals.slot(owner, object.object.identity.key)] ?? misspelt[Refusals.slot(owner)]
  }

  /// Whether nothing is refused.
  package var isEmpty: Bool { objects.isEmpty && stops.isEmpty }

  private static func slot(_ owner: Owner, _ object: ObjectIdentity? = nil) -> Slot {
    Slot(root: owner.root, owner: owner.identity, object: object)
  }

  /// Why a Kustomization applies and deletes nothing; `nil` where it does.
  package func stop(of owner: Owner) -> Refusal? { stops[Refusals.slot(owner)] }

  /// What becomes of objects once the refusals count: what is refused and what is beside it stays as it is, and what Flux
  /// deletes and makes anew goes and comes.
  package func carriedOut(_ changes: [ObjectChange]) -> [ObjectChange] {
    isEmpty ? changes : changes.flatMap(carriedOut)
  }

  private func carriedOut(_ change: ObjectChange) -> [ObjectChange] {
    guard change.verdict == .applied || change.verdict == .pruned,
      let owner = (change.after ?? change.before)?.owner, let identity = change.identity
    else { return [change] }
    if change.after != nil, let refusal = objects[Refusals.slot(owner, identity.key)] {
      return end(of: change, refusal.end)
    }
    guard let refusal = stop(of: owner) else { return [change] }
    var copy = change
    copy.verdict = .stalled
    copy.verdictReason = refusal.reason
    return [copy]
  }

  private func end(of change: ObjectChange, _ end: Refusal.End) -> [ObjectChange] {
    var old = change
    var new = change
    switch end {
    case .stays:
      new.verdict = .rejected
      new.verdictReason = "the API server refuses it"
      return [new]
    case .isRecreated, .isLost:
      old.after = nil
      old.verdict = .pruned
      old.verdictReason = Refusal.deletion
      new.before = nil
      new.verdict = end == .isLost ? .rejected : .applied
      new.verdictReason = end == .isLost ? "the API server refuses the new one as well" : nil
      return [old, new]
    }
  }
}

extension Refusals {
  /// The same with the Kustomizations that stop because a ConfigMap or Secret goes from which they take variables:
  /// kustomize-controller fails where `substituteFrom` names what is not there, unless it is `optional`.
  package func with(lostSourcesOf states: AppliedStates?) -> Refusals {
    guard let states else { return self }
    let found = states.changes.flatMap { change -> [Refusal] in
      guard let owner = change.before?.owner, stop(of: owner) == nil else { return [] }
      return states.after.users(ofLost: change).filter { $0.user.owner.identity != owner.identity }.map { user, _ in
        let title = change.identity?.title ?? ""
        return Refusal(
          of: user.owner, because: "\(title), from which it takes variables, is gone", until: "\(title) is there again")
      }
    }
    return found.isEmpty ? self : Refusals(all + found, among: states.changes)
  }
}

extension AppliedState {
  /// The Kustomizations that can not do without a ConfigMap or Secret which Flux deletes, with the place that names it.
  package func users(ofLost change: ObjectChange) -> [(user: AppliedKustomization, node: Node)] {
    guard change.after == nil, change.verdict == .pruned, let source = change.before, let root = source.owner?.root,
      let identity = change.identity, identity.group.isEmpty, ["ConfigMap", "Secret"].contains(identity.kind)
    else { return [] }
    let name = FluxKustomization.Reference(kind: identity.kind, namespace: identity.namespace, name: identity.name)
    return (self.root(root)?.kustomizations ?? []).compactMap { user in
      user.settings.variableSources.first { $0.reference == name && $0.node["optional"]?.bool != true }
        .map { (user, $0.node) }
    }
  }
}
