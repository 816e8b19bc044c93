internal import Manifests

/// A Kubernetes version as clusters name it: `1.33`; a patch is ignored.
struct KubernetesVersion: Hashable, Comparable, CustomStringConvertible {
  let major: Int
  let minor: Int

  /// Reads `1.33`, `v1.33` or `1.33.2`; also an unquoted one, by what was written.
  init?(_ text: String) {
    let parts = (text.hasPrefix("v") ? text.dropFirst() : text[...]).split(
      separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.count <= 3, let major = Int(parts[0]), let minor = Int(parts[1]), major >= 0,
      minor >= 0
    else { return nil }
    self.major = major
    self.minor = minor
  }

  init?(_ node: Node?) {
    guard let text = node?.text else { return nil }
    self.init(text)
  }

  /// How many minor versions this one is above another; a major version counts as a hundred.
  func minors(above other: KubernetesVersion) -> Int { (major - other.major) * 100 + minor - other.minor }

  var description: String { "\(major).\(minor)" }

  static func < (left: KubernetesVersion, right: KubernetesVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

/// A change of the version that a cluster, or one of its worker groups, runs.
struct VersionChange {
  /// `Cluster default/prod`, `worker group md-0 of Cluster default/prod`.
  let title: String
  let path: FieldPath
  let old: KubernetesVersion
  let new: KubernetesVersion

  var minors: Int { new.minors(above: old) }
}

extension ClusterEdit {
  /// The versions that change: the cluster's, and that of each worker group which had or has one of its own.
  var versionChanges: [VersionChange] {
    guard let (before, after) = kept, let old = KubernetesVersion(before.kubernetesVersion),
      let new = KubernetesVersion(after.kubernetesVersion)
    else { return [] }
    var changes = [VersionChange(title: after.title, path: ClusterSpec.versionPath, old: old, new: new)]
    for (was, now, _) in keptGroups {
      let own = (was.node["kubernetesVersion"], now.node["kubernetesVersion"])
      guard own.0 != nil || own.1 != nil, own.0?.isUnknown != true, own.1?.isUnknown != true else { continue }
      guard let from = own.0.map({ KubernetesVersion($0) }) ?? old, let to = own.1.map({ KubernetesVersion($0) }) ?? new
      else { continue }
      changes.append(
        VersionChange(
          title: "Worker group \(now.name) of \(after.title)", path: now.path.key("kubernetesVersion"), old: from,
          new: to))
    }
    return changes.filter { $0.old != $0.new }
  }
}
