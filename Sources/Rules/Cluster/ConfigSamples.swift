internal import Policy

extension Samples {
  /// An EKS Anywhere object other than a Cluster, its spec in flow style.
  static func config(
    _ kind: String, _ spec: String, name: String = "prod", namespace: String = "default", annotations: String = ""
  ) -> String {
    let annotated = annotations.isEmpty ? "" : "\n  annotations: {\(annotations)}"
    return """
      apiVersion: anywhere.eks.amazonaws.com/v1alpha1
      kind: \(kind)
      metadata:
        name: \(name)
        namespace: \(namespace)\(annotated)
      spec: {\(spec)}

      """
  }
}

extension Example {
  /// An edit of the spec of one object, in flow style.
  static func spec(_ title: String, _ kind: String, _ before: String?, _ after: String) -> Example {
    Example(title, before: before.map { Samples.config(kind, $0) }, after: Samples.config(kind, after))
  }

  /// An edit of a line of a Cluster's spec; an empty text is no line.
  static func clusterSpec(_ title: String, _ before: String?, _ after: String) -> Example {
    Example(title, before: before.map { Samples.cluster(extra: $0) }, after: Samples.cluster(extra: after))
  }

  /// An edit of a line of a Cluster's control plane.
  static func controlPlane(_ title: String, _ before: String?, _ after: String) -> Example {
    func text(_ line: String) -> String {
      Samples.cluster(controlPlane: line.isEmpty ? "count: 3" : "count: 3\n    \(line)")
    }
    return Example(title, before: before.map(text), after: text(after))
  }

  /// An edit of the only worker group of a Cluster, in flow style.
  static func worker(_ title: String, _ before: String?, _ after: String) -> Example {
    Example(
      title, before: before.map { Samples.cluster(workers: "{name: md-0, \($0)}") },
      after: Samples.cluster(workers: "{name: md-0, \(after)}"))
  }

  /// An edit of a Cluster's annotations, in flow style.
  static func annotations(_ title: String, _ before: String?, _ after: String) -> Example {
    Example(
      title, before: before.map { Samples.cluster(annotations: $0) }, after: Samples.cluster(annotations: after))
  }
}
