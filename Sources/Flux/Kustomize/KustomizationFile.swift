package import Manifests

/// A text of a kustomization file with its place.
package struct PlacedText: Sendable {
  package var value: String
  /// The scalar in the file.
  package var node: Node

  package init(_ value: String, node: Node) {
    self.value = value
    self.node = node
  }
}

/// A kustomization file as kustomize reads it.
package struct KustomizationFile: Sendable {
  /// `kind: Component` or a kustomization proper.
  package enum Kind: Sendable, Hashable {
    case kustomization, component
  }

  /// The file, relative to the root of the tree.
  package var path: String
  package var kind = Kind.kustomization
  /// The whole document; `nil` for an empty file.
  package var root: Node?

  package var resources: [PlacedText] = []
  package var components: [PlacedText] = []
  package var configurations: [PlacedText] = []
  package var crds: [PlacedText] = []
  package var generators: [PlacedText] = []
  package var transformers: [PlacedText] = []
  package var validators: [PlacedText] = []
  package var buildMetadata: [PlacedText] = []
  package var namespace: PlacedText?
  package var namePrefix: PlacedText?
  package var nameSuffix: PlacedText?
  package var commonLabels: [Pair] = []
  package var commonAnnotations: [Pair] = []
  package var labels: [LabelRule] = []
  package var patchesStrategicMerge: [PlacedText] = []
  package var patchesJSON6902: [PatchRule] = []
  package var patches: [PatchRule] = []
  package var images: [ImageRule] = []
  package var replicas: [ReplicaRule] = []
  package var replacements: [ReplacementRule] = []
  package var configMapGenerators: [GeneratorRule] = []
  package var secretGenerators: [GeneratorRule] = []
  package var generatorOptions: GeneratorOptions?
  package var sortOptions: SortOptions?
  /// Fields that are known and not evaluated, by name: `helmCharts`, `vars`, `openapi` …
  package var unevaluated: [Entry] = []

  package init(path: String) { self.path = path }

  /// The folder whose kustomization this is.
  package var folder: String { Path.parent(path) }

  /// A key with a value, both strings.
  package struct Pair: Sendable {
    package var key: String
    package var value: PlacedText
  }

  /// One entry of `labels`.
  package struct LabelRule: Sendable {
    package var pairs: [Pair] = []
    package var includeSelectors = false
    package var includeTemplates = false
    /// Further places, as `fields` lists them.
    var fields: [FieldSpec] = []
  }

  /// One entry of `patches` or `patchesJson6902`.
  package struct PatchRule: Sendable {
    package var path: PlacedText?
    package var patch: PlacedText?
    package var target: Selector?
    package var allowsNameChange = false
    package var allowsKindChange = false
    /// The entry's own place.
    package var node: Node
  }

  /// One entry of `images`.
  package struct ImageRule: Sendable {
    package var name = ""
    package var newName = ""
    package var newTag = ""
    package var tagSuffix = ""
    package var digest = ""
    package var node: Node
  }

  /// One entry of `replicas`.
  package struct ReplicaRule: Sendable {
    package var name: String
    package var count: Int64
    package var node: Node
  }

  /// One entry of `replacements`.
  package struct ReplacementRule: Sendable {
    package var path: PlacedText?
    package var source: ReplacementSource?
    package var sourceValue: PlacedText?
    package var targets: [ReplacementTarget] = []
    package var hasTargets = false
    package var node: Node
  }

  /// Where a replacement takes its value from.
  package struct ReplacementSource: Sendable {
    package var selector = Selector()
    package var fieldPath = ""
    package var options: FieldOptions?
  }

  /// Where a replacement puts its value.
  package struct ReplacementTarget: Sendable {
    package var select: Selector?
    package var reject: [Selector] = []
    package var fieldPaths: [String] = []
    package var options: FieldOptions?
  }

  /// How a replacement cuts and creates.
  package struct FieldOptions: Sendable {
    package var delimiter = ""
    package var index = 0
    package var creates = false
  }

  /// One entry of `configMapGenerator` or `secretGenerator`.
  package struct GeneratorRule: Sendable {
    package var name = ""
    package var namespace = ""
    package var behavior = ""
    package var type = ""
    package var literals: [PlacedText] = []
    package var files: [PlacedText] = []
    package var envs: [PlacedText] = []
    package var options: GeneratorOptions?
    package var node: Node
  }

  /// `generatorOptions`, or a generator's own `options`.
  package struct GeneratorOptions: Sendable {
    package var labels: [Pair] = []
    package var annotations: [Pair] = []
    package var disablesNameSuffixHash = false
    package var isImmutable = false
  }

  /// `sortOptions`.
  package struct SortOptions: Sendable {
    package var order = ""
    package var first: [String]?
    package var last: [String]?
  }
}
