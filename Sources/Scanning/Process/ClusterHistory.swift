internal import Flux
internal import Git
internal import Manifests
internal import Policy

/// Follows the EKS Anywhere clusters of `HEAD` back to the commit that last changed their version.
struct ClusterHistory {
  let plan: AuditPlan
  let logs: [ChangeLog]
  let facts: BlobFacts
  let repository: Repository
  let infos: [String: RuleInfo]

  /// The three fields by which a cluster is upgraded, as text.
  private typealias Version = [String]
  private static let fields = [["spec", "kubernetesVersion"], ["spec", "eksaVersion"], ["spec", "bundlesRef"]]

  /// Clusters whose version has stood still for more than a year when the newest commit of `HEAD` was made. The clock
  /// of the history itself is asked, so that an audit of the same commits says the same tomorrow.
  func overdue() throws(GitError) -> [Finding] {
    guard let info = infos["upgrade-overdue"], let head = try repository.head().commit,
      let newest = plan.history.commits.filter({ plan.onHead.contains($0.id) }).map(\.seconds).filter(
        Timestamp.isPlausible
      ).max()
    else { return [] }
    let clusters = clusters(at: try repository.commitNode(head).tree)
    guard !clusters.isEmpty else { return [] }
    let changed = try lastChanges(Set(clusters.map(\.object.identity.key)))
    var found: [Finding] = []
    for cluster in clusters {
      guard let commit = changed[cluster.object.identity.key] else { continue }
      let days = Timestamp.days(from: commit.seconds, to: newest)
      guard days >= 365 else { continue }
      let node = cluster.object["spec", "kubernetesVersion"] ?? cluster.object.root
      var finding = Finding(
        Violation(
          "\(cluster.object.identity.title) has kept its Kubernetes and EKS Anywhere version for \(days) days: its "
            + "certificates are renewed by an upgrade and run out after a year.", object: cluster,
          field: "spec.kubernetesVersion", location: cluster.location(of: node, side: .after)), info)
      finding.commit = Finding.CommitInfo(try repository.commit(commit.id))
      found.append(finding)
    }
    return found
  }

  private func clusters(at tree: ObjectID) -> [AppliedObject] {
    TreeIndex(ManifestCache()).objects(of: EKSAnywhere.cluster, under: "", in: GitTree(tree, in: repository))
  }

  /// The newest commit of `HEAD`'s history in which each cluster has another version than before, or comes.
  private func lastChanges(_ wanted: Set<ObjectIdentity>) throws(GitError) -> [ObjectIdentity: CommitNode] {
    var known: [ObjectID: [ObjectIdentity: Version]] = [:]
    func versions(_ item: TreeItem?) throws(GitError) -> [ObjectIdentity: Version] {
      guard let item, facts.clusters.contains(item.id) else { return [:] }
      if let versions = known[item.id] { return versions }
      let versions = ClusterHistory.versions(try repository.blob(item.id), wanted)
      known[item.id] = versions
      return versions
    }
    var changed: [ObjectIdentity: CommitNode] = [:]
    for log in logs.reversed() {
      let isJudged = log.paths.map { ChangeBuilder.isManifest($0) && !FixtureFolders.hold($0) }
      if changed.count == wanted.count { return changed }
      for (number, records) in log.steps.reversed() {
        let commit = plan.history.commits[number]
        guard plan.onHead.contains(commit.id), commit.parents.count < 2 else { continue }
        var old: [ObjectIdentity: Version] = [:]
        var new: [ObjectIdentity: Version] = [:]
        for record in records where isJudged[Int(record.path)] {
          old.merge(try versions(record.old)) { first, _ in first }
          new.merge(try versions(record.new)) { first, _ in first }
        }
        for (identity, version) in new where old[identity] != version && changed[identity] == nil {
          changed[identity] = commit
        }
      }
    }
    return changed
  }

  private static func versions(_ bytes: [UInt8], _ wanted: Set<ObjectIdentity>) -> [ObjectIdentity: Version] {
    var versions: [ObjectIdentity: Version] = [:]
    for object in ManifestFile(parsing: bytes).objects
    where object.groupKind == EKSAnywhere.cluster && wanted.contains(object.identity.key) {
      versions[object.identity.key] = fields.map { path in
        object.root[path].map {
          $0.text ?? $0.entries.map { "\($0.name)=\($0.value.text ?? "")" }.joined(separator: ",")
        }
          ?? ""
      }
    }
    return versions
  }
}
