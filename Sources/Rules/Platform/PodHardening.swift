internal import Flux
internal import Manifests
internal import Policy

/// What keeps a pod from taking over its node, removed.
struct PodHardening: ObjectRule {
  var kinds: KindSelection { .kinds(PodTemplate.kinds) }

  let info = RuleInfo(
    "pod-hardening-removed", .high, .hardening,
    summary: "A pod loses what keeps it from taking over its node.",
    why: """
      Privileged containers, the node's namespaces, added capabilities, the container runtime's socket or root with a \
      writable file system are the usual way from one container to the whole cluster.
      """,
    remediation: "Restore the securityContext, and grant the one capability or path that is needed instead.",
    references: [References.eksPods, References.podSecurity], groupsSameEdits: true,
    examples: [
      .file(
        "a container becomes privileged", "apps/web.yaml", before: pod("securityContext: {privileged: false}"),
        after: pod("securityContext: {privileged: ⟦true⟧}")),
      .file(
        "root is allowed again", "apps/web.yaml", before: pod("securityContext: {runAsNonRoot: ⟦true⟧}"),
        after: pod("securityContext: {}")),
      .file(
        "the node's network is used", "apps/web.yaml", before: pod("image: a"),
        after: pod("image: a", spec: "hostNetwork: ⟦true⟧, ")),
      .file("the image moves on", "apps/web.yaml", before: pod("image: \"a:1\""), after: pod("image: \"a:2\"")),
      .file(
        "root is forbidden for the whole pod instead", "apps/web.yaml",
        before: pod("securityContext: {runAsNonRoot: true}"),
        after: pod("image: a", spec: "securityContext: {runAsNonRoot: true}, ")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let object = change.after?.object, let after = PodTemplate(object) else { return [] }
    let before = change.before.flatMap { PodTemplate($0.object) }
    if change.before != nil, before == nil { return [] }
    let exposures = self.exposures(change, before, after)
    return exposures + (before.map { losses(change, $0, after) } ?? [])
  }

  // MARK: What is wrong in itself

  private func exposures(_ change: ObjectChange, _ before: PodTemplate?, _ after: PodTemplate) -> [Violation] {
    let old = Set(before.map { PodHardening.open($0).map(\.key) } ?? [])
    let new = PodHardening.open(after).filter { !old.contains($0.key) && (before != nil || $0.isGrave) }
    var told: [String: Violation] = [:]
    var order: [String] = []
    for found in new {
      let violation = change.violation(
        "\(change.title) \(found.text).", at: found.path, new: found.node, severity: before == nil ? .medium : .high)
      let key = found.container ?? found.key
      guard let first = told[key] else {
        told[key] = violation
        order.append(key)
        continue
      }
      told[key] = first.adding(violation, named: found.node.text ?? "")
    }
    return order.compactMap { told[$0] }
  }

  private struct Exposure {
    var key: String
    var path: FieldPath
    var node: Node
    var text: String
    /// Whether a new object with it is told of too.
    var isGrave = true
    /// For a capability, the container that gets it: several are one finding.
    var container: String?
  }

  private static func open(_ pod: PodTemplate) -> [Exposure] {
    var found: [Exposure] = []
    for (name, isGrave) in [("hostNetwork", false), ("hostPID", true), ("hostIPC", true)] {
      guard let node = pod.spec[name], node.isTrue else { continue }
      found.append(
        Exposure(
          key: name, path: pod.path.key(name), node: node, text: "shares the node's \(name.dropFirst(4))",
          isGrave: isGrave))
    }
    for (index, volume) in (pod.spec["volumes"]?.items ?? []).enumerated() {
      guard let node = volume["hostPath", "path"], let path = node.text, isDangerous(path, volume, pod) else {
        continue
      }
      let place = pod.path.key("volumes").item(volume["name"]?.text ?? String(index)).key("hostPath").key("path")
      found.append(
        Exposure(
          key: "hostPath \(path)", path: place, node: node, text: "mounts \(path) of its node", isGrave: isSocket(path))
      )
    }
    return found + pod.containers.flatMap(open)
  }

  private static func open(_ container: PodTemplate.Container) -> [Exposure] {
    var found: [Exposure] = []
    let context = container.path.key("securityContext")
    if let node = container.node["securityContext", "privileged"], node.isTrue {
      found.append(
        Exposure(
          key: "\(container.name) privileged", path: context.key("privileged"), node: node,
          text: "runs container \(container.name) privileged"))
    }
    for node in container.node["securityContext", "capabilities", "add"]?.items ?? [] {
      guard let name = node.text, !harmless.contains(name) else { continue }
      found.append(
        Exposure(
          key: "\(container.name) \(name)", path: context.key("capabilities").key("add").item(name), node: node,
          text: "gives container \(container.name) the capability \(name)",
          isGrave: name == "SYS_ADMIN" || name == "ALL", container: "\(container.name) capabilities"))
    }
    return found
  }

  /// Capabilities that a container runtime grants by default, or that only concern low ports and the clock of locks.
  private static let harmless: Set<String> = [
    "NET_BIND_SERVICE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
    "SYS_CHROOT",
    "AUDIT_WRITE", "SETFCAP", "MKNOD", "IPC_LOCK",
  ]

  private static func isSocket(_ path: String) -> Bool {
    ["docker.sock", "containerd.sock", "crio.sock", "cri-dockerd.sock"].contains { path.hasSuffix($0) }
  }

  private static func isDangerous(_ path: String, _ volume: Node, _ pod: PodTemplate) -> Bool {
    if isSocket(path) { return true }
    let name = volume["name"]?.text
    let mounts = pod.containers.flatMap { $0.node["volumeMounts"]?.items ?? [] }.filter { $0["name"]?.text == name }
    return mounts.contains { !($0["readOnly"]?.isTrue ?? false) }
  }

  // MARK: What was better before

  private func losses(_ change: ObjectChange, _ before: PodTemplate, _ after: PodTemplate) -> [Violation] {
    after.containers.flatMap { container -> [Violation] in
      guard let old = before.container(named: container.name) else { return [] }
      let lost = PodHardening.guards.compactMap { guarding -> Violation? in
        guard guarding.holds(before.spec, old.node), !guarding.holds(after.spec, container.node) else { return nil }
        let keys = ["securityContext"] + guarding.keys
        let inPod = after.spec[keys] ?? (container.node[keys] == nil ? before.spec[keys] : nil)
        let path = keys.reduce(old.node[keys] == nil && inPod != nil ? after.path : container.path) { $0.key($1) }
        return change.violation(
          "Container \(container.name) of \(change.title) \(guarding.text).", at: path,
          old: old.node[keys] ?? before.spec[keys], new: container.node[keys] ?? after.spec[keys])
      }
      return gathered(lost, "Container \(container.name) of \(change.title)", container.path.key("securityContext"))
    }
  }

  /// The losses of one container as one finding, where there are several.
  private func gathered(_ lost: [Violation], _ lead: String, _ path: FieldPath) -> [Violation] {
    guard lost.count > 1, var whole = lost.first else { return lost }
    let texts = lost.map { $0.message.dropFirst(lead.count + 1).dropLast() }
    whole.message = "\(lead) \(texts.dropLast().joined(separator: ", ")) and \(texts[texts.count - 1])."
    whole.field = path
    (whole.before, whole.after, whole.sameEdit) = (nil, nil, texts.joined(separator: ", "))
    for place in lost.dropFirst().compactMap(\.location) where place != whole.location && !whole.related.contains(place)
    {
      whole.related.append(place)
    }
    return [whole]
  }

  private struct Guard: Sendable {
    var keys: [String]
    var text: String
    /// Whether the pod's and the container's specifications keep it.
    var holds: @Sendable (_ pod: Node, _ container: Node) -> Bool
  }

  private static let guards: [Guard] = [
    Guard(keys: ["runAsNonRoot"], text: "may run as root again") { effective("runAsNonRoot", $0, $1)?.isTrue ?? false },
    Guard(keys: ["runAsUser"], text: "runs as root") { (effective("runAsUser", $0, $1)?.int ?? 1) != 0 },
    Guard(keys: ["readOnlyRootFilesystem"], text: "may write to its root file system again") {
      $1["securityContext", "readOnlyRootFilesystem"]?.isTrue ?? false
    },
    Guard(keys: ["allowPrivilegeEscalation"], text: "may gain privileges again") {
      $1["securityContext", "allowPrivilegeEscalation"]?.isFalse ?? false
    },
    Guard(keys: ["capabilities", "drop"], text: "keeps capabilities that it dropped before") {
      ($1["securityContext", "capabilities", "drop"]?.items ?? []).contains { $0.text?.uppercased() == "ALL" }
    },
    Guard(keys: ["seccompProfile"], text: "runs without the system call filter that it had") {
      let type = effective("seccompProfile", $0, $1)?["type"]?.text
      return type == "RuntimeDefault" || type == "Localhost"
    },
  ]

  /// The container's own value, else the pod's.
  private static func effective(_ key: String, _ pod: Node, _ container: Node) -> Node? {
    container["securityContext", key] ?? pod["securityContext", key]
  }

  private static func pod(_ container: String, spec: String = "") -> String {
    Samples.object(
      "apps/v1", "Deployment", "web", "spec:", "  template:",
      "    spec: {\(spec)containers: [{name: web, \(container)}]}")
  }
}

extension Violation {
  /// The same with another capability of the same container: `gives … the capabilities SYS_ADMIN, NET_RAW.`
  fileprivate func adding(_ other: Violation, named name: String) -> Violation {
    var whole = self
    let lead = message.replacing("the capability ", with: "the capabilities ").dropLast()
    whole.message = "\(lead), \(name)."
    whole.after = [after, name].compactMap { $0 }.joined(separator: ", ")
    if let place = other.location { whole.related.append(place) }
    return whole
  }
}

/// Limits and requests taken away from a container.
struct ResourcesRemoved: ObjectRule {
  var kinds: KindSelection { .kinds(PodTemplate.kinds) }

  let info = RuleInfo(
    "resources-removed", .low, .hardening,
    summary: "A container loses its resource requests or its memory limit.",
    why: "Without requests it is placed anywhere and evicted first; without a memory limit it can starve its node.",
    remediation: "Restore the requests and the memory limit.",
    references: [References.eksPods], groupsSameEdits: true,
    examples: [
      .file(
        "the resources are removed", "apps/web.yaml",
        before: pod("resources: ⟦{requests: {cpu: 10m}, limits: {memory: 64Mi}}⟧"), after: pod("image: a")),
      .file(
        "the limit is raised", "apps/web.yaml", before: pod("resources: {limits: {memory: 64Mi}}"),
        after: pod("resources: {limits: {memory: 128Mi}}")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (old, new) = change.kept, let before = PodTemplate(old.object), let after = PodTemplate(new.object) else {
      return []
    }
    return after.containers.compactMap { container -> Violation? in
      guard let was = before.container(named: container.name) else { return nil }
      let lost = [
        ["resources"], ["resources", "requests"], ["resources", "limits"], ["resources", "limits", "memory"],
      ]
      .first { keys in was.node[keys].map { !$0.isVoid } ?? false && container.node[keys].map(\.isVoid) ?? true }
      guard let lost else { return nil }
      return change.violation(
        "Container \(container.name) of \(change.title) loses its \(lost.joined(separator: ".")).",
        at: lost.reduce(container.path) { $0.key($1) }, old: was.node[lost], new: container.node[lost])
    }
  }

  private static func pod(_ container: String) -> String {
    Samples.object(
      "apps/v1", "Deployment", "web", "spec: {template: {spec: {containers: [{name: web, \(container)}]}}}")
  }
}

/// Service account tokens mounted into pods that did without.
struct TokenAutomount: ObjectRule {
  var kinds: KindSelection { .kinds(PodTemplate.kinds + [CoreKind.serviceAccount]) }

  let info = RuleInfo(
    "token-automount-enabled", .medium, .access,
    summary: "A service account token is mounted into pods again.",
    why: "Whoever gets into such a pod can talk to the API server with the rights of its service account.",
    remediation: "Keep `automountServiceAccountToken: false`, and true only in the pod that calls the API.",
    references: [References.eksIdentity], groupsSameEdits: true,
    examples: [
      .file(
        "the token is mounted again", "apps/account.yaml",
        before: Samples.object("v1", "ServiceAccount", "web", "automountServiceAccountToken: false"),
        after: Samples.object("v1", "ServiceAccount", "web", "automountServiceAccountToken: ⟦true⟧")),
      .file(
        "the default is written out", "apps/account.yaml", before: Samples.object("v1", "ServiceAccount", "web"),
        after: Samples.object("v1", "ServiceAccount", "web", "automountServiceAccountToken: true")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (old, new) = change.kept else { return [] }
    let key = "automountServiceAccountToken"
    let path = new.object.groupKind == CoreKind.serviceAccount ? FieldPath() : PodTemplate(new.object)?.path
    guard let path, let before = old.object.root.value(at: path), let after = new.object.root.value(at: path),
      before[key]?.isFalse == true, after[key].map({ !$0.isFalse && !$0.isUnknown }) ?? true
    else { return [] }
    return [change.violation("\(change.title) mounts its service account token into pods again.", at: path.key(key))]
  }
}
