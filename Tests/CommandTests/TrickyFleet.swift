import Testing

/// An edit of a small fleet and the rules that speak of it.
protocol TrickyFleet {}

extension TrickyFleet {
  /// Files beside Flux's own sync and the machine configs.
  typealias Files = [String: String]

  static var cluster: String { Manifest.cluster() }
  static var map: String { Home.object("ConfigMap", "settings") }

  static func fleet(_ files: Files) -> Files {
    let base = [
      "clusters/hq/flux-system/gotk-sync.yaml": Manifest.sync, "clusters/hq/machines.yaml": Manifest.machineConfigs,
    ]
    return base.merging(files) { $1 }
  }

  func review(_ before: Files, _ after: Files) throws -> ReportJSON {
    try Edit(Self.fleet(before), Self.fleet(after)).review()
  }

  /// The rules that speak of an edit of the cluster's file.
  func rules(_ before: String = Self.cluster, _ after: String) throws -> [String] {
    try review([Manifest.path: before], [Manifest.path: after]).rules
  }

  /// The rules that speak of an edit of a text of the cluster's file, which must stand in it.
  func rules(replacing old: String, with new: String) throws -> [String] {
    #expect(Self.cluster.contains(old), "\(old)")
    return try rules(Self.cluster, Self.cluster.replacing(old, with: new))
  }
}
