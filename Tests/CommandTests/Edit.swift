import TestSupport

/// A repository whose branch `change` turns some files into others, and what the program says of it.
struct Edit {
  let repository: TestRepository

  /// - Parameter after: all files after the change; those that are only in `before` are deleted.
  init(_ before: [String: String], _ after: [String: String]) throws {
    repository = try TestRepository()
    for (path, text) in before { try repository.write(path, text) }
    try repository.commit("before")
    try repository.git("checkout --quiet -b change")
    for path in before.keys where after[path] == nil { try repository.delete(path) }
    for (path, text) in after where before[path] != text { try repository.write(path, text) }
    try repository.commit("after")
  }

  /// The report of a review.
  func review() throws -> ReportJSON { try repository.report("review", "main") }

  /// The plan of a change, `null` where there is none.
  func plan() throws -> JSON { try repository.report("plan", "main").value["plan"] }
}

/// Objects of Flux and Kubernetes, as short as they can be.
enum Home {
  /// The sync of `clusters/hq`, and what stands beside it in every test.
  static let base = [
    "clusters/hq/flux-system/gotk-sync.yaml": Manifest.sync,
    "clusters/hq/flux-system/kustomization.yaml": "resources: [gotk-sync.yaml]\n",
  ]

  /// A Flux Kustomization in the namespace `flux-system`.
  static func flux(_ name: String, path: String, namespace: String = "flux-system", spec: [String] = ["prune: true"])
    -> String
  {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      interval: 10m
      path: ./\(path)
      sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
    \(spec.map { "  " + $0 }.joined(separator: "\n"))

    """
  }

  /// An object that is nothing but its name.
  static func object(
    _ kind: String, _ name: String, namespace: String? = "default", apiVersion: String = "v1", more: String = ""
  ) -> String {
    let place = namespace.map { ", namespace: \($0)" } ?? ""
    return
      "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: \(name)\(place)\(more.isEmpty ? "" : ", " + more)}\n"
  }
}
