internal import Manifests

/// The `GitRepository` objects of a tree. Clusters that are made alike have one of the same name each, in files of their
/// own.
struct RepositoryTable: Sendable {
  private var places: [FluxKustomization.Reference: [(file: String, repository: FluxFacts.Repository)]] = [:]

  /// Those of files.
  init(_ facts: [String: FluxFacts]) {
    for (file, facts) in facts.sorted(by: { $0.key < $1.key }) {
      for repository in facts.repositories { places[repository.reference, default: []].append((file, repository)) }
    }
  }

  /// The repository that a reference means in a file: of several of one name, that which stands nearest.
  func repository(_ reference: FluxKustomization.Reference, near file: String) -> FluxFacts.Repository? {
    let known = places[reference] ?? anyNamespace(reference)
    guard known.count > 1 else { return known.first?.repository }
    let depths = known.map { RepositoryTable.sharedFolders($0.file, file) }
    return zip(known, depths).first { $0.1 == depths.max() }?.0.repository
  }

  private func anyNamespace(
    _ reference: FluxKustomization.Reference
  ) -> [(file: String, repository: FluxFacts.Repository)] {
    places.filter { $0.key.kind == reference.kind && $0.key.name == reference.name }
      .min { $0.key.namespace < $1.key.namespace }?.value ?? []
  }

  /// How many folders two paths have in common from the root on; one more for the same file.
  private static func sharedFolders(_ left: String, _ right: String) -> Int {
    if left == right { return .max }
    let (left, right) = (left.utf8.split(separator: 0x2F).dropLast(), right.utf8.split(separator: 0x2F).dropLast())
    return zip(left, right).prefix { $0.elementsEqual($1) }.count
  }
}
