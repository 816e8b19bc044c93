internal import Flux
internal import Manifests

/// The command-line arguments of one of Flux's controllers.
struct ControllerArguments {
  /// What each argument is set to, the last time it stands there.
  private var values: [String: String] = [:]
  /// Where they stand.
  private(set) var path: FieldPath?
  /// Whether a variable stands among them.
  private(set) var hasUnknown = false

  init(_ controller: KubernetesObject) {
    for container in PodTemplate(controller)?.containers ?? [] {
      guard let list = container.node["args"] else { continue }
      path = path ?? container.path.key("args")
      for item in list.items { take(item) }
    }
  }

  /// Arguments that stand by themselves, as the values of patches do.
  init(_ texts: [String]) {
    for text in texts { take(text) }
  }

  private mutating func take(_ item: Node) {
    guard let text = item.text, !text.contains("${") else {
      hasUnknown = true
      return
    }
    take(text)
  }

  private mutating func take(_ text: String) {
    guard text.hasPrefix("--") else { return }
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    values[String(parts[0])] = parts.count == 2 ? String(parts[1]) : "true"
  }

  /// What `--no-cross-namespace-refs=true` and the like keep apart: Flux's guide to multi-tenancy.
  static let lockdown = [
    "--no-cross-namespace-refs", "--no-remote-bases", "--default-service-account",
    "--default-decryption-service-account", "--default-kubeconfig-service-account",
  ]

  /// Whether a controller knows an argument of ``lockdown``: each has flags of its own (`main.go` of the controllers).
  static func isKnown(_ argument: String, to controller: String) -> Bool {
    switch argument {
    case "--no-remote-bases", "--default-decryption-service-account": controller == "kustomize-controller"
    case "--default-service-account", "--default-kubeconfig-service-account":
      ["kustomize-controller", "helm-controller"].contains(controller)
    default: controller != "source-controller"
    }
  }

  /// What no cluster should need.
  static let insecure = ["--insecure-kubeconfig-exec", "--insecure-kubeconfig-tls"]

  /// Whether the objects of all namespaces are looked after.
  static let everywhere = "--watch-all-namespaces"

  /// What `flux install` writes, in one release or the other, or as it is told to.
  private static let ofReleases: Set<String> = [
    "--events-addr", everywhere, "--log-level", "--log-encoding", "--enable-leader-election", "--storage-path",
    "--storage-addr", "--storage-adv-addr", "--metrics-addr", "--health-addr",
  ]

  /// Whether an argument is there and not switched off.
  func isOn(_ name: String) -> Bool { values[name].map { !["", "false", "0"].contains($0) } ?? false }

  /// Whether only Flux's own namespace is looked after.
  var isNarrowed: Bool { values[ControllerArguments.everywhere] == "false" }

  /// Arguments that are new or have another value, and that no release of Flux writes.
  func foreign(since before: ControllerArguments) -> [String] {
    values.filter { before.values[$0.key] != $0.value && !ControllerArguments.ofReleases.contains($0.key) }
      .filter { !ControllerArguments.lockdown.contains($0.key) }
      .map(\.key).sorted()
  }
}
