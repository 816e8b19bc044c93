internal import Flux
internal import Manifests

/// What the admission webhook of a kind refuses beyond the definition, and where.
struct Validation {
  private(set) var problems: [SchemaProblem] = []
  let applied: AppliedObject
  /// Whether the object is new, which some checks are limited to.
  let isNew: Bool

  private var root: Node { applied.object.root }

  /// Every problem of an object.
  init(of applied: AppliedObject, isNew: Bool) {
    self.applied = applied
    self.isNew = isNew
    switch applied.object.groupKind {
    case EKSAnywhere.cluster: checkCluster(ClusterSpec(applied))
    case Kinds.vSphereDatacenter, Kinds.tinkerbellDatacenter, Kinds.nutanixDatacenter, Kinds.cloudStackDatacenter,
      Kinds.snowDatacenter:
      checkDatacenter()
    case Kinds.snowPool: checkSnowPool()
    case Kinds.vSphereMachine, Kinds.tinkerbellMachine, Kinds.nutanixMachine, Kinds.cloudStackMachine,
      Kinds.snowMachine:
      checkMachine()
    case Kinds.iam, Kinds.oidc, Kinds.fluxConfig, Kinds.gitOpsConfig: checkAccess()
    default: break
    }
  }

  /// The value of a field; `null` counts as absent.
  func value(_ path: FieldPath) -> Node? { FieldPlace(path, in: root).value }

  /// The text of a field; empty where there is none, or it is no scalar.
  func text(_ path: FieldPath) -> String { value(path)?.text ?? "" }

  /// Whether nothing can be said of a field: it, or what holds it, is not in the repository or has variables.
  func isOpen(_ path: FieldPath) -> Bool {
    var here = root
    for step in path.steps {
      if here.isUnknown { return true }
      guard let next = FieldPlace(FieldPath([step]), in: here).value else { return false }
      here = next
    }
    return here.hasUnknown || (here.text ?? "").contains("${")
  }

  /// Reports a value.
  ///
  /// - Parameter late: whether the API server accepts it and only the controller, or the CLI, does not.
  mutating func refuse(_ path: FieldPath, _ allowed: String, late: Bool = false) {
    guard !isOpen(path) else { return }
    problems.append(SchemaProblem(path: path, reason: .notAllowed(allowed), node: value(path) ?? root, isLate: late))
  }

  /// Reports fields that are absent or empty.
  mutating func require(_ paths: FieldPath..., late: Bool = false) {
    for path in paths where Optional(value(path)).flatMap({ $0 }).isEmpty && !isOpen(path) {
      problems.append(SchemaProblem(path: path, reason: .missing, node: root, isLate: late))
    }
  }

  /// Reports a text that is none of some; an absent or empty one passes.
  mutating func require(_ path: FieldPath, oneOf allowed: [String], late: Bool = false) {
    let text = text(path)
    if !text.isEmpty, !allowed.contains(text) { refuse(path, allowed.joined(separator: " or "), late: late) }
  }

  /// The items of a list with their paths.
  func items(_ path: FieldPath) -> [(path: FieldPath, node: Node)] {
    let name = path.schemaPath.split(separator: ".").last.map(String.init) ?? ""
    return ListItem.all(in: value(path), named: name).map { (path.appending($0.step), $0.node) }
  }
}
