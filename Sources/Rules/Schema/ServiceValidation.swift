internal import Flux
internal import Manifests

extension Validation {
  /// The checks of what a Cluster's machines reach for: proxies, a registry mirror, roles for pods, packages.
  mutating func checkServices(_ cluster: ClusterSpec) {
    checkProxies()
    checkRegistryMirror()
    if value("spec.podIamConfig") != nil { require("spec.podIamConfig.serviceAccountIssuer") }
    if cluster.isSelfManaged { return }
    for name in ["controller", "cronjob"] where value(FieldPath("spec.packages").key(name)) != nil {
      refuse(FieldPath("spec.packages").key(name), "only on a management cluster")
    }
  }

  private mutating func checkProxies() {
    guard value("spec.proxyConfiguration") != nil else { return }
    for name in ["httpProxy", "httpsProxy"] {
      let path = FieldPath("spec.proxyConfiguration").key(name)
      require(path)
      if !text(path).isEmpty, !Addresses.isHostAndPort(text(path)) { refuse(path, "host:port") }
    }
  }

  private mutating func checkRegistryMirror() {
    let mirror: FieldPath = "spec.registryMirrorConfiguration"
    guard value(mirror) != nil else { return }
    require(mirror.key("endpoint"))
    let port = text(mirror.key("port"))
    if !port.isEmpty, !Addresses.isPort(port) { refuse(mirror.key("port"), "a port") }
    let namespaces = items(mirror.key("ociNamespaces"))
    for (path, _) in namespaces { require(path.key("registry")) }
    // The account that publishes the curated packages, in any region.
    let packages = namespaces.filter { $0.node["registry"]?.text?.contains("783794618700.dkr.ecr.") ?? false }
    if packages.count > 1 { refuse(packages[1].path, "one mirror of the curated packages") }
  }

  /// Labels of nodes are labels of Kubernetes.
  mutating func checkLabels(_ cluster: ClusterSpec) {
    for holder in [ClusterSpec.controlPlanePath] + cluster.workers.map(\.path) {
      let path = holder.key("labels")
      for entry in value(path)?.entries ?? [] {
        if !LabelSyntax.isKey(entry.name) { refuse(path.key(entry.name), "a name that a label may have") }
        guard let text = entry.value.string else { continue }
        if !LabelSyntax.isValue(text) { refuse(path.key(entry.name), "a text that a label may have") }
      }
    }
  }
}

/// What Kubernetes lets a label be (`ValidateLabels` of apimachinery).
enum LabelSyntax {
  /// Whether a text may be a label's value: up to 63 letters, digits, `-`, `_` and `.`, a letter or digit at both ends.
  static func isValue(_ text: String) -> Bool { text.isEmpty || isName(text) }

  /// Whether a text may be a label's key: such a name, with a domain and a slash before it or not.
  static func isKey(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last, isName(String(name)) else { return false }
    return parts.count == 1 || isDomain(parts[0])
  }

  private static func isName(_ text: String) -> Bool {
    let isFit = text.allSatisfy { isAlphanumeric($0) || "-_.".contains($0) }
    guard isFit, let first = text.first, let last = text.last else { return false }
    return text.utf8.count <= 63 && isAlphanumeric(first) && isAlphanumeric(last)
  }

  private static func isDomain(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.count <= 253
      && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        !label.isEmpty && label.first != "-" && label.last != "-"
          && label.allSatisfy { isAlphanumeric($0) && !$0.isUppercase || $0 == "-" }
      }
  }

  private static func isAlphanumeric(_ letter: Character) -> Bool {
    letter.isASCII && (letter.isLetter || letter.isNumber)
  }
}
