internal import Policy

extension CoreImmutableEdit {
  /// Edits of objects that a Flux Kustomization applies.
  static let examples: [Example] = [
    .app("another image of a Job", job("web:1"), job("⟦web:2⟧")),
    .app("a Job that deletes itself when it is done", job("web:1", ttl), job("web:2", ttl)),
    .app("another class of a claim", claim("fast", "1Gi"), claim("⟦slow⟧", "1Gi")),
    .app("a claim grows", claim("fast", "1Gi"), claim("fast", "2Gi")),
    .app("a claim shrinks", claim("fast", "2Gi"), claim("fast", "⟦1Gi⟧")),
  ]

  private static let ttl = "ttlSecondsAfterFinished: 60, "

  private static func job(_ image: String, _ more: String = "") -> String {
    Samples.object(
      "batch/v1", "Job", "migrate", namespace: "web",
      "spec:\n  {\(more)template: {spec: {containers: [{name: a, image: \(image)}]}}}")
  }

  private static func claim(_ storageClass: String, _ size: String) -> String {
    Samples.object(
      "v1", "PersistentVolumeClaim", "data", namespace: "web",
      "spec: {storageClassName: \(storageClass), resources: {requests: {storage: \(size)}}}")
  }
}

extension Example {
  /// An edit of an object that a Flux Kustomization applies.
  fileprivate static func app(_ title: String, _ before: String, _ after: String) -> Example {
    let apps = Samples.flux("apps", path: "./apps")
    return .fleet(
      title, before: ["apps.yaml": apps, "/apps/app.yaml": before], after: ["apps.yaml": apps, "/apps/app.yaml": after])
  }
}
