internal import Flux
internal import Manifests
internal import Policy

/// What describes a Flux installation of the Flux Operator: a FluxInstance, or the values of the chart that makes it.
struct InstanceSpec {
  let applied: AppliedObject
  private let node: Node
  /// The way from the object to what describes the installation.
  private let path: FieldPath

  /// `nil` for any other object.
  init?(_ applied: AppliedObject) {
    let object = applied.object
    switch object.groupKind {
    case FluxKind.instance:
      guard let spec = object["spec"] else { return nil }
      (node, path) = (spec, "spec")
    case FluxKind.helmRelease:
      guard let values = object["spec", "values", "instance"], InstanceSpec.isChart(object, values) else { return nil }
      (node, path) = (values, "spec.values.instance")
    default: return nil
    }
    self.applied = applied
  }

  /// Whether a release is of the chart `flux-instance`, so that its values are those of an instance.
  private static func isChart(_ object: KubernetesObject, _ values: Node) -> Bool {
    let names = [
      object.identity.name, object["spec", "chart", "spec", "chart"]?.text, object["spec", "chartRef", "name"]?.text,
    ]
    return names.contains { $0?.contains("flux-instance") ?? false } || values["sync", "path"] != nil
  }

  /// A value of it.
  subscript(_ keys: String...) -> Node? { node[keys] }

  /// The way from the object to one of its fields: `spec.values.instance.sync` for `sync`.
  func field(_ keys: String...) -> FieldPath { keys.reduce(path) { $0.key($1) } }

  /// The controllers that it installs.
  var components: Set<String> {
    guard let list = self["components"] else { return InstanceSpec.usualComponents }
    return Set(list.items.compactMap(\.text))
  }

  private static let usualComponents: Set<String> = [
    "source-controller", "kustomize-controller", "helm-controller", "notification-controller",
  ]

  /// What its patches set in the controllers, and in the sync's source and Kustomization.
  var patched: [PatchSetting] { PatchSetting.all(in: self["kustomize", "patches"]?.items ?? []) }
}

/// A change of a Flux installation's description.
struct InstanceEdit {
  let change: ObjectChange
  let before: InstanceSpec?
  let after: InstanceSpec?

  /// `nil` for any other object.
  init?(_ change: ObjectChange) {
    let (before, after) = (change.before.flatMap { InstanceSpec($0) }, change.after.flatMap { InstanceSpec($0) })
    guard before != nil || after != nil else { return nil }
    (self.change, self.before, self.after) = (change, before, after)
  }

  /// Both sides of one that stays.
  var kept: (before: InstanceSpec, after: InstanceSpec)? {
    guard let before, let after else { return nil }
    return (before, after)
  }

  /// What its patches set from now on.
  var newSettings: [PatchSetting] {
    let old = Set((before?.patched ?? []).map(\.identity))
    return (after?.patched ?? []).filter { !old.contains($0.identity) }
  }

  /// A violation at what sets a value.
  func violation(_ message: String, at setting: PatchSetting, severity: Severity? = nil) -> Violation {
    let field = (after ?? before)?.field("kustomize", "patches")
    var violation = change.violation(message, at: field ?? FieldPath(), severity: severity)
    if let after { violation.location = after.applied.location(of: setting.place, side: .after) }
    (violation.before, violation.after) = (nil, setting.value)
    return violation
  }
}

extension Change {
  /// The descriptions of Flux installations that differ.
  var instanceEdits: [InstanceEdit] { objects.compactMap { InstanceEdit($0) } }
}
