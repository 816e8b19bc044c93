internal import Manifests

/// The objects of a build in their order, each identity once.
struct ResourceMap {
  var resources: [Resource] = []
  private var places: [KnownIdentity: Int] = [:]

  /// Adds an object.
  ///
  /// - Throws: `duplicateID` where one of the same identity is there already.
  mutating func append(_ resource: Resource) throws(BuildProblem) {
    var resource = resource
    let key = resource.settledIdentity()
    if let place = places[key], place < resources.count {
      let twin = resources[place]
      let name = resource.root.entry("metadata")?.value.entry("name")?.value
      let place =
        twin.path != resource.path
        ? "is also in \(twin.path)"
        : twin.root.span == resource.root.span
          ? "is reached a second time, through another folder" : "stands in the file twice"
      throw BuildProblem(
        .duplicateID, path: resource.path, span: name?.span ?? .none, subject: resource.id.title,
        message: "\(resource.id.title) \(place); kustomize refuses the same object twice")
    }
    places[key] = resources.count
    resources.append(resource)
  }

  /// Adds objects one by one.
  mutating func append(_ others: [Resource]) throws(BuildProblem) {
    for resource in others { try append(resource) }
  }

  /// Rebuilds the index after identities changed, and drops what a patch deleted.
  ///
  /// - Returns: an identity that two objects have now.
  mutating func reindex() -> Resource? {
    places.removeAll(keepingCapacity: true)
    var twin: Resource?
    for index in resources.indices {
      if places.updateValue(index, forKey: resources[index].settledIdentity()) != nil {
        twin = twin ?? resources[index]
      }
    }
    return twin
  }

  /// The objects that have or had an identity.
  func matches(anyOf id: ResourceID) -> [Int] {
    let key = id.key
    return resources.indices.filter { index in
      resources[index].id.key == key || resources[index].previousIDs.contains { $0.key == key }
    }
  }
}
