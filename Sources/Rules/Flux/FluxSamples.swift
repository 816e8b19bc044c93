internal import Policy

extension Samples {
  /// A Flux `Kustomization`.
  ///
  /// - Parameter spec: more lines of `spec`, unindented.
  static func flux(
    _ name: String = "flux-system", namespace: String = "flux-system", path: String = "./clusters/mgmt",
    prune: String = "true", spec: String...
  ) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: \(name)
      namespace: \(namespace)
    spec:
      interval: 10m0s
      path: \(path)
      prune: \(prune)\(spec.map { "\n  \($0)" }.joined())
      sourceRef: {kind: GitRepository, name: flux-system}

    """
  }

  /// An object of any kind, with more lines after its name.
  static func object(
    _ apiVersion: String, _ kind: String, _ name: String, namespace: String = "", annotations: String = "",
    labels: String = "", _ lines: String...
  ) -> String {
    var text = "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata:\n  name: \(name)\n"
    if !namespace.isEmpty { text += "  namespace: \(namespace)\n" }
    if !annotations.isEmpty { text += "  annotations: {\(annotations)}\n" }
    if !labels.isEmpty { text += "  labels: {\(labels)}\n" }
    return text + lines.map { "\($0)\n" }.joined()
  }

  /// A HelmRelease of a chart in a HelmRepository, with more of its `spec`, in flow style.
  static func release(_ name: String, namespace: String = "apps", chart: String, _ spec: String = "") -> String {
    object(
      "helm.toolkit.fluxcd.io/v2", "HelmRelease", name, namespace: namespace, "spec:",
      "  chart: {spec: {chart: \(chart), version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}",
      "  interval: 1h", spec.isEmpty ? "  timeout: 5m" : "  \(spec)")
  }
}

extension Example {
  /// An edit of the file with the Flux Kustomization that Flux was bootstrapped with.
  static func sync(_ title: String, before: String?, after: String?) -> Example {
    file(title, "clusters/mgmt/flux-system/gotk-sync.yaml", before: before, after: after)
  }

  /// An edit of one file; `nil` where it is not there. `others` stand beside it on both sides.
  static func file(
    _ title: String, _ path: String, before: String?, after: String?, others: [String: String] = [:]
  ) -> Example {
    func side(_ text: String?) -> [String: String] {
      others.merging(text.map { [path: $0] } ?? [:]) { $1 }
    }
    return Example(title, before: side(before), after: side(after))
  }
}
