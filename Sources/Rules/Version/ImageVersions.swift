internal import Flux
internal import Manifests
internal import Policy

/// A cluster whose machines would boot an image of another Kubernetes version.
struct ImageVersionMismatch: ChangeRule {
  let info = RuleInfo(
    "image-version-mismatch", .high, .version,
    summary: "The Kubernetes version of a cluster and the name of its operating system image do not fit.",
    why: "EKS Anywhere checks that the image belongs to the version; where it does not, the cluster is stuck.",
    remediation: "Change kubernetesVersion and the template, image or osImageURL in the same commit.",
    references: [References.upgrade], groupsSameEdits: true,
    examples: [
      Example(
        "the version moves alone", before: pair("\"1.32\"", "ubuntu-1-32"), after: pair("⟦\"1.33\"⟧", "ubuntu-1-32")),
      Example(
        "the image moves alone", before: pair("\"1.32\"", "ubuntu-1-32"), after: pair("\"1.32\"", "⟦ubuntu-1-33⟧")),
      Example("both move", before: pair("\"1.32\"", "ubuntu-1-32"), after: pair("\"1.33\"", "ubuntu-1-33")),
      Example("a name without a version", before: pair("\"1.32\"", "golden"), after: pair("\"1.33\"", "golden")),
    ])

  var kinds: KindSelection { .kinds([EKSAnywhere.cluster] + Array(MachineImage.fields.keys)) }

  func judge(_ step: Change) -> [Violation] {
    let touched = step.objects.compactMap { $0.after?.object }
    guard touched.contains(where: { kinds.includes($0.groupKind) }) else { return [] }
    let identities = Set(touched.map(\.identity.key))
    let old = step.before.objects(of: EKSAnywhere.cluster)
    return step.after.objects(of: EKSAnywhere.cluster).flatMap { applied -> [Violation] in
      let cluster = ClusterSpec(applied)
      let before = old.first { $0.object.identity.key == applied.object.identity.key }.map { ClusterSpec($0) }
      let known = before.map { ClusterRole.all(of: $0, in: step.before) } ?? []
      let isTouched = identities.contains(applied.object.identity.key)
      let roles = ClusterRole.all(of: cluster, in: step.after).filter { role in
        guard isTouched || identities.contains(role.image.holder.object.identity.key) else { return false }
        guard role.image.contradicts(role.version) else { return false }
        return !known.contains {
          $0.title == role.title && $0.version == role.version && $0.image.text == role.image.text
        }
      }
      return Self.violations(roles, known, cluster)
    }
  }

  /// One violation for each place, whatever the number of roles.
  private static func violations(_ roles: [ClusterRole], _ known: [ClusterRole], _ cluster: ClusterSpec) -> [Violation]
  {
    var places: Set<Location> = []
    return roles.compactMap { role in
      let old = known.first { $0.title == role.title }
      let isVersion = old.map { $0.version != role.version } ?? true
      let version = FieldPlace(role.versionPath, in: cluster.applied.object.root)
      let place =
        isVersion
        ? cluster.applied.location(of: version.mark, side: .after)
        : role.image.holder.location(of: role.image.node, side: .after)
      guard places.insert(place).inserted else { return nil }
      return Violation(
        "\(cluster.title) runs Kubernetes \(role.version) on \(role.title), but the image \(role.image.text) is of another.",
        object: isVersion ? cluster.applied : role.image.holder, field: isVersion ? role.versionPath : role.image.path,
        before: isVersion ? old?.version.description : old?.image.text,
        after: isVersion ? role.version.description : role.image.text, location: place)
    }
  }

  private static func pair(_ version: String, _ image: String) -> String {
    Samples.cluster(
      version: version, controlPlane: "count: 3\n    machineGroupRef: {kind: VSphereMachineConfig, name: cp}",
      workers: "{name: md-0, count: 3, machineGroupRef: {kind: VSphereMachineConfig, name: cp}}")
      + "---\n" + Samples.config("VSphereMachineConfig", "template: \(image)", name: "cp")
  }
}

/// The normal upgrade, to be seen by whoever reviews it.
struct KubernetesUpgrade: ClusterRule {
  let info = RuleInfo(
    "k8s-upgrade", .medium, .version,
    summary: "The Kubernetes version of a cluster or worker group goes up by one minor version.",
    why: "Every machine of the cluster is replaced, one after the other; APIs that the new version removed are gone.",
    remediation: "Change the template, image or osImageURL in the same commit and check the removed APIs first.",
    references: [References.upgrade],
    examples: [
      Example(
        "one minor version", before: Samples.cluster(version: "\"1.32\""), after: Samples.cluster(version: "⟦\"1.33\"⟧")
      ),
      Example(
        "another way to quote", before: Samples.cluster(version: "\"1.33\""), after: Samples.cluster(version: "'1.33'")),
    ])

  func judge(_ edit: ClusterEdit) -> [Violation] {
    guard let after = edit.after else { return [] }
    return edit.versionChanges.filter { $0.minors == 1 }.compactMap { version in
      let roles = ClusterRole.all(of: after, in: edit.step.after).filter { $0.versionPath == version.path }
      let choosesItself = [Kinds.snowDatacenter.kind, Kinds.tinkerbellDatacenter.kind].contains(after.datacenterKind)
      let fits =
        after.datacenterKind == Kinds.dockerDatacenter.kind || roles.isEmpty && choosesItself
        || isNormal(version, roles, edit)
      let end = fits ? "" : "; no image is seen to move with it"
      return edit.object.violation(
        "\(version.title) is upgraded from Kubernetes \(version.old) to \(version.new) and all its machines are replaced\(end).",
        at: version.path, severity: fits ? .low : nil)
    }
  }

  /// Whether every image of the upgraded machines tells the new version and comes from where the old one came from. An
  /// image that is named by an id tells none, and only has to be another one.
  private func isNormal(_ version: VersionChange, _ roles: [ClusterRole], _ edit: ClusterEdit) -> Bool {
    guard !roles.isEmpty, let before = edit.before else { return false }
    let old = ClusterRole.all(of: before, in: edit.step.before)
    return roles.allSatisfy { role in
      let was = old.first { $0.title == role.title }?.image.text
      if role.image.isOpaque { return was != role.image.text }
      guard MachineImage.versions(in: role.image.text).contains(version.new) else { return false }
      guard let was else { return true }
      return OSImageChanged.source(of: was) == OSImageChanged.source(of: role.image.text)
    }
  }
}

/// Another operating system on the machines of a cluster.
struct OSImageChanged: ChangeRule {
  let info = RuleInfo(
    "os-image-changed", .medium, .supplyChain,
    summary: "The operating system image of machines changes.",
    why: "The image is root on every machine that boots it, control plane included; the machines are replaced.",
    remediation: "Build images with image-builder or take them from AWS, and pin the source; use https.",
    references: [References.bestPractices], groupsSameEdits: true,
    examples: [
      .spec("another template", "VSphereMachineConfig", "template: /DC/vm/a", "template: ⟦/DC/vm/b⟧"),
      .spec(
        "another host", "TinkerbellMachineConfig", "osImageURL: \"https://a.example/u.gz\"",
        "osImageURL: ⟦\"https://b.example/u.gz\"⟧"),
      .spec("a new config", "VSphereMachineConfig", nil, "template: /DC/vm/a"),
    ])

  var kinds: KindSelection { .kinds(Array(MachineImage.fields.keys) + [EKSAnywhere.cluster]) }

  func judge(_ step: Change) -> [Violation] {
    let kept = Self.sharedImages(step)
    return (step.objects + step.objects.flatMap { $0.switchedConfigs(in: step) }).flatMap { change -> [Violation] in
      guard let after = change.after, change.before != nil, let fields = MachineImage.fields[after.object.groupKind]
      else {
        return []
      }
      let edit = ObjectEdit(change, in: step)
      return fields.flatMap { edit.values($0) }.filter { field in
        field.before?.isUnknown != true && field.after?.isUnknown != true && FieldTest.differs.holds(field)
          && !kept.contains([field.before?.text ?? "", field.after?.text ?? ""])
      }.prefix(1).compactMap { field in
        let old = field.before?.text ?? ""
        let new = field.after?.text ?? ""
        let isOpaque = MachineImage.isOpaque(field.path)
        let (severity, reason) = Self.weight(old, new, isOpaque: isOpaque, step)
        return edit.violation(
          "Machines of \(edit.title) boot \(new.isEmpty ? "another image" : new)\(old.isEmpty ? "" : " instead of \(old)")\(reason).",
          at: field.path, severity: severity)
      }
    }
  }

  /// On bare metal the address of an image stands in the datacenter config or in the machine configs: the edits, as old
  /// and new text, that only carry it from the one to the other.
  private static func sharedImages(_ step: Change) -> Set<[String]> {
    let kinds = [Kinds.tinkerbellDatacenter, Kinds.tinkerbellMachine]
    func images(_ side: KeyPath<ObjectChange, AppliedObject?>) -> [GroupKind: Set<String>] {
      var found: [GroupKind: Set<String>] = [:]
      for case let applied? in step.objects.map({ $0[keyPath: side] }) where kinds.contains(applied.object.groupKind) {
        if let image = MachineImage(of: applied) { found[applied.object.groupKind, default: []].insert(image.text) }
      }
      return found
    }
    let (old, new) = (images(\.before), images(\.after))
    var edits: Set<[String]> = []
    for (from, to) in [(kinds[0], kinds[1]), (kinds[1], kinds[0])] where old[to] == nil && new[from] == nil {
      for image in old[from] ?? [] where old[from] == new[to] { edits.formUnion([[image, ""], ["", image]]) }
    }
    return edits
  }

  private static func weight(
    _ old: String, _ new: String, isOpaque: Bool, _ step: Change
  ) -> (severity: Severity?, reason: String) {
    if new.hasPrefix("http://"), !old.hasPrefix("http://") { return (.high, ", fetched without TLS") }
    if !new.isEmpty, !old.isEmpty, source(of: old) != source(of: new), new.contains("://") {
      return (.high, ", from another host")
    }
    if old.hasPrefix("http://"), new == "https://" + old.dropFirst("http://".count) { return (.low, ", now with TLS") }
    let was = MachineImage.versions(in: old)
    let now = MachineImage.versions(in: new)
    let follows = step.objects.contains { change in
      guard change.identity.map({ GroupKind($0) }) == EKSAnywhere.cluster else { return false }
      return ClusterEdit(change, in: step).versionChanges.contains {
        $0.minors == 1 && (isOpaque || was.contains($0.old) && now.contains($0.new))
      }
    }
    return follows && source(of: old) == source(of: new) ? (.low, ", together with the Kubernetes version") : (nil, "")
  }

  /// Where an image comes from: a URL's host, else nothing.
  static func source(of text: String) -> String { text.contains("://") ? Canonical.host(text) : "" }
}
