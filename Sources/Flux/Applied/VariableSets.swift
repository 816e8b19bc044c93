internal import Manifests

/// The variables of Kustomizations, worked out once for what they are made of in memory; bounded, one per thread.
final class VariableSets {
  private struct Key: Hashable {
    /// Where what each source holds lies in memory; `nil` for one that is not in the repository.
    var sources: [UnsafeRawPointer?]
    var own: UnsafeRawPointer?
  }

  /// Variables with what they are made of, so that nothing else can take its place in memory.
  private struct Known {
    var variables: Variables
    var sources: [Node?]
    var settings: FluxKustomization
  }

  private var known = Recent<Key, Known>(limit: 1000)

  /// The variables of a Kustomization.
  ///
  /// - Parameter sources: the ConfigMaps and Secrets that are there.
  func of(_ settings: FluxKustomization, _ sources: VariableSources) -> Variables {
    if settings.variableSources.isEmpty, settings.variables.isEmpty { return Variables() }
    let nodes = settings.variableSources.map { sources.found[$0.reference]?.root }
    let key = Key(
      sources: nodes.map { $0?.entriesPlace },
      own: settings.variables.isEmpty ? nil : settings.variables.withUnsafeBufferPointer { .init($0.baseAddress) })
    if let found = known[key] { return found.variables }
    var variables = Variables()
    for node in nodes { variables.add(node) }
    variables.add(settings.variables)
    known.keep(Known(variables: variables, sources: nodes, settings: settings), under: key, cost: 1)
    return variables
  }
}
