import Manifests

/// The objects of one cluster, to be edited and written out.
struct Fleet {
  enum Provider: String, CaseIterable {
    case vSphere = "VSphere"
    case tinkerbell = "Tinkerbell"
    case nutanix = "Nutanix"
    case cloudStack = "CloudStack"
    case snow = "Snow"
    case docker = "Docker"
  }

  let provider: Provider
  var objects: [Node]

  init(_ provider: Provider, isManagement: Bool) {
    self.provider = provider
    objects = Fleet.parse(FleetTexts.cluster(provider, isManagement: isManagement) + FleetTexts.configs(provider))
  }

  static func parse(_ text: String) -> [Node] { YAMLStream.parse(Array(text.utf8)).documents.compactMap(\.root) }

  /// Makes an edit: `Kind/name:path=value`, the same with `-` in front and without a value to remove a field, with `!` in
  /// front and without a path to remove an object, with `+` to append to a list.
  ///
  /// `MC` and `DC` are the machine and datacenter kinds of the provider; `@name` is an EKS Anywhere annotation.
  mutating func make(_ edit: String) {
    let sign = edit.first ?? " "
    let text = "-!+".contains(sign) ? String(edit.dropFirst()) : edit
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let indices = objects.indices.filter { isMeant(objects[$0], by: parts[0]) }
    precondition(!indices.isEmpty, "no object for \(edit) on \(provider)")
    if sign == "!" {
      for index in indices.reversed() { objects.remove(at: index) }
      return
    }
    let halves = parts[1].split(separator: "=", maxSplits: 1).map(String.init)
    let value = halves.count > 1 ? Fleet.parse("v: " + halves[1]).first?.entry("v")?.value : nil
    for index in indices {
      Fleet.change(&objects[index], Fleet.steps(halves[0]), value, isAppend: sign == "+")
    }
  }

  private func isMeant(_ object: Node, by selector: String) -> Bool {
    let parts = selector.split(separator: "/").map(String.init)
    let kinds = ["MC": "\(provider.rawValue)MachineConfig", "DC": "\(provider.rawValue)DatacenterConfig"]
    guard object["kind"]?.text == kinds[parts[0]] ?? parts[0] else { return false }
    return parts.count < 2 || object["metadata", "name"]?.text == parts[1]
  }

  private static func steps(_ path: String) -> [String] {
    if path.hasPrefix("@") { return ["metadata", "annotations", "anywhere.eks.amazonaws.com/" + path.dropFirst()] }
    return path.split(separator: ".").map { $0.replacingDots }
  }

  private static func change(_ node: inout Node, _ steps: [String], _ value: Node?, isAppend: Bool) {
    guard let first = steps.first else {
      if isAppend, let value { node = Node(.sequence(node.items + [value])) } else if let value { node = value }
      return
    }
    let rest = Array(steps.dropFirst())
    if let index = Int(first), node.isSequence {
      var items = node.items
      if rest.isEmpty, value == nil {
        items.remove(at: index)
      } else {
        change(&items[index], rest, value, isAppend: isAppend)
      }
      node = Node(.sequence(items))
      return
    }
    var entries = node.entries
    let place = entries.firstIndex { $0.name == first }
    if rest.isEmpty, value == nil {
      if let place { entries.remove(at: place) }
    } else {
      var child = place.map { entries[$0].value } ?? Node(.mapping([]))
      change(&child, rest, value, isAppend: isAppend)
      if let place {
        entries[place].value = child
      } else {
        entries.append(Entry(key: Node(.scalar(Scalar(first))), value: child))
      }
    }
    node = Node(.mapping(entries))
  }
}

extension Substring {
  /// `~` stands for a dot within a key.
  fileprivate var replacingDots: String { String(map { $0 == "~" ? "." : $0 }) }
}
