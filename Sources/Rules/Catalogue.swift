package import Policy

/// Every rule of fluxwarden, in the order in which the documentation lists them.
package enum Catalogue {
  package static let rules: [any Rule] = scale + lifecycle + eksAnywhere + flux

  private static let scale: [any Rule] = [
    WorkersAllZero(), WorkerGroupZero(), WorkerCountDrop(), WorkerCountFieldRemoved(),
  ]

  private static let lifecycle: [any Rule] = [ClusterRemoved.workload, ClusterRemoved.management]
}
