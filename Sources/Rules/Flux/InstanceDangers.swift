internal import Flux
internal import Manifests
internal import Policy

/// What an edit of a FluxInstance does to Flux's own controllers, as an edit of their manifests would.
struct InstanceDangers {
  private let edit: InstanceEdit

  init(_ edit: InstanceEdit) { self.edit = edit }

  /// What is to be said of it.
  ///
  /// - Parameter isApproved: whether an image or artifact comes from where Flux's do.
  func violations(_ isApproved: (String) -> Bool) -> [Violation] {
    guard let (before, after) = edit.kept else { return [] }
    return [artifact(before, after, isApproved), components(before, after), tenancy(before, after)].compactMap { $0 }
      + patches(before, after)
  }

  private func artifact(_ before: InstanceSpec, _ after: InstanceSpec, _ isApproved: (String) -> Bool) -> Violation? {
    func place(_ spec: InstanceSpec) -> String? {
      guard let text = spec["distribution", "artifact"]?.text, !text.contains("${") else { return nil }
      return ImageName(text.hasPrefix("oci://") ? String(text.dropFirst(6)) : text).repository
    }
    guard let new = place(after), new != place(before), !isApproved(new) else { return nil }
    return edit.change.violation(
      "\(edit.change.title) installs Flux from the manifests in \(new): whoever writes there is cluster-admin.",
      at: after.field("distribution", "artifact"), severity: .critical)
  }

  private func components(_ before: InstanceSpec, _ after: InstanceSpec) -> Violation? {
    guard after["components"]?.hasUnknown != true, before["components"]?.hasUnknown != true else { return nil }
    let lost = before.components.subtracting(after.components)
      .map { ControllerDanger(kind: .removed, controller: $0) }.sorted { $0.rank < $1.rank }
    guard let first = lost.first else { return nil }
    let names = lost.map(\.controller).joined(separator: ", ")
    return edit.change.violation(
      "\(edit.change.title) no longer installs \(names), whose definitions go with all objects of theirs: \(first.loss).",
      at: after.field("components"), severity: first.isMinor ? .medium : nil)
  }

  private func tenancy(_ before: InstanceSpec, _ after: InstanceSpec) -> Violation? {
    let key = "multitenant"
    guard before["cluster", key]?.isTrue == true, after["cluster", key]?.isTrue ?? false == false,
      after["cluster", key]?.isUnknown != true
    else { return nil }
    return edit.change.violation(
      "\(edit.change.title) no longer locks tenants in: they refer to each other's namespaces and run as cluster-admin.",
      at: after.field("cluster", key))
  }

  private func patches(_ before: InstanceSpec, _ after: InstanceSpec) -> [Violation] {
    var seen: Set<[String]> = []
    let told = edit.newSettings.compactMap { setting -> Violation? in
      guard setting.isFor("Deployment"), let danger = danger(setting),
        seen.insert(["\(danger.kind)", danger.controller]).inserted
      else { return nil }
      let lead = "A patch of \(edit.change.title)"
      return edit.violation(
        "\(lead): \(danger.sentence(danger.controller, isOne: true, danger.arguments))", at: setting,
        severity: danger.isMinor ? .medium : nil)
    }
    return told + [unlocked(before, after)].compactMap { $0 }
  }

  /// What one setting does to the first controller that it is for.
  private func danger(_ setting: PatchSetting) -> ControllerDanger? {
    let names = setting.names(among: FluxKind.controllers).map { ControllerDanger(kind: .scaled, controller: $0) }
    guard let name = names.min(by: { $0.rank < $1.rank })?.controller else { return nil }
    let last = setting.path.split(separator: "/").last ?? ""
    if setting.path == "$patch", setting.value == "delete" { return ControllerDanger(kind: .removed, controller: name) }
    if setting.path == "spec/replicas", Int(setting.value) == 0 {
      return ControllerDanger(kind: .scaled, controller: name)
    }
    if setting.path == "spec/template/spec/serviceAccountName", setting.value != name {
      return ControllerDanger(kind: .account(setting.value), controller: name)
    }
    guard last == "args" else { return nil }
    let arguments = ControllerArguments([setting.value])
    if arguments.isNarrowed {
      return ControllerDanger(kind: .narrowed, controller: name, arguments: [setting.value])
    }
    let insecure = ControllerArguments.insecure.filter(arguments.isOn)
    return insecure.isEmpty ? nil : ControllerDanger(kind: .insecure, controller: name, arguments: insecure)
  }

  /// Arguments that kept tenants apart and that no patch writes any more.
  private func unlocked(_ before: InstanceSpec, _ after: InstanceSpec) -> Violation? {
    func locks(_ spec: InstanceSpec) -> [String] {
      let arguments = ControllerArguments(spec.patched.map(\.value).filter { $0.hasPrefix("--") })
      return ControllerArguments.lockdown.filter(arguments.isOn)
    }
    let kept = locks(after)
    let lost = locks(before).filter { !kept.contains($0) }
    guard !lost.isEmpty, after["cluster", "multitenant"]?.isTrue != true else { return nil }
    let danger = ControllerDanger(kind: .lockdown, controller: "kustomize-controller", arguments: lost)
    return edit.change.violation(
      danger.sentence("\(edit.change.title)", isOne: true, lost), at: after.field("kustomize", "patches"))
  }
}
