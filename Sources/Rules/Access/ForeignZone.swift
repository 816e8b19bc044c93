internal import Flux
internal import Manifests
internal import Policy

/// A new zone of a CloudStack datacenter whose API stands elsewhere, reached with credentials that other zones use.
///
/// The webhook compares zones that keep their name, and wants one of them to stay: a zone of another name passes.
struct ForeignZone {
  let name: String
  private let endpoint: String
  private let credentials: String
  private let path: FieldPath

  /// The zones that an edit adds.
  static func all(in edit: ObjectEdit) -> [ForeignZone] {
    guard let before = edit.before?.object, let after = edit.after?.object,
      after.groupKind == Kinds.cloudStackDatacenter, before["spec"]?.hasUnknown == false,
      after["spec"]?.hasUnknown == false
    else { return [] }
    let old = zones(of: before)
    let names = Set(old.map(\.name))
    let hosts = Set((old.map(\.endpoint) + [before["spec", "managementApiEndpoint"]?.text ?? ""]).map(Canonical.host))
    let used = Set(old.map(\.credentials) + (old.isEmpty ? ["global"] : []))
    guard hosts != [""] else { return [] }
    return zones(of: after).filter { zone in
      !names.contains(zone.name) && !zone.endpoint.isEmpty && !hosts.contains(Canonical.host(zone.endpoint))
        && used.contains(zone.credentials)
    }
  }

  private static func zones(of object: KubernetesObject) -> [ForeignZone] {
    let list: FieldPath = "spec.availabilityZones"
    return ListItem.all(in: object["spec", "availabilityZones"], named: "availabilityZones").map { item in
      ForeignZone(
        name: item.node["name"]?.text ?? "", endpoint: item.node["managementApiEndpoint"]?.text ?? "",
        credentials: item.node["credentialsRef"]?.text ?? "",
        path: list.appending(item.step).key("managementApiEndpoint"))
    }
  }

  /// What is to be said of it.
  func violation(_ edit: ObjectEdit) -> Violation? {
    edit.violation(
      "\(edit.title) gets zone \(name) at \(endpoint), to which the credentials \(credentials) are sent as well.",
      at: path)
  }
}
