internal import Git
internal import Policy
internal import Secrets

/// What is known of the blobs of a history after each was read once.
struct BlobFacts: Sendable {
  /// Blobs that hold credentials.
  var secrets: [ObjectID: [PlacedSecret]] = [:]
  /// Blobs that hold something encrypted.
  var encrypted: Set<ObjectID> = []
  /// Blobs that can hold an object that some rule judges.
  var interesting: Set<ObjectID> = []
  /// Those of them about whose edits some rule can have a word.
  var telling: Set<ObjectID> = []
  /// Those that make objects of every kind in the same commit interesting.
  var marked: Set<ObjectID> = []
  /// YAML files without an object, from which kustomize may build one.
  var fragments: Set<ObjectID> = []
  /// Manifests, other than those made for tests, that name the EKS Anywhere API.
  var clusters: Set<ObjectID> = []
  /// Whether there are any.
  var holdsClusters: Bool { !clusters.isEmpty }
  /// Whether a Flux or kustomize file names a folder that is made for tests, so that it may be applied.
  var appliesFixtures = false
  /// Kustomizations that have a `secretGenerator`.
  var generators: Set<ObjectID> = []
  /// Blobs that could not be read.
  var failures: [ObjectID: GitError] = [:]
  /// Blobs that were not searched to their end, and why.
  var limits: [ObjectID: [ScanLimit]] = [:]
  var bytes = 0
  var count = 0

  mutating func merge(_ other: BlobFacts) {
    secrets.merge(other.secrets) { first, _ in first }
    encrypted.formUnion(other.encrypted)
    interesting.formUnion(other.interesting)
    telling.formUnion(other.telling)
    marked.formUnion(other.marked)
    fragments.formUnion(other.fragments)
    clusters.formUnion(other.clusters)
    generators.formUnion(other.generators)
    appliesFixtures = appliesFixtures || other.appliesFixtures
    failures.merge(other.failures) { first, _ in first }
    limits.merge(other.limits) { first, _ in first }
    bytes += other.bytes
    count += other.count
  }
}

/// A blob to be read: where it stands tells how its bytes are to be taken.
struct BlobUse: Sendable {
  var path: String
  var isManifest: Bool
  /// Whether it stands nowhere but in folders that are made for tests.
  var isFixture: Bool
  /// How much the rules for credentials ask of a file at this path.
  var weight: Int

  /// Takes in that the blob stands at another path as well.
  mutating func join(_ other: BlobUse) {
    if other.weight > weight { (path, weight) = (other.path, other.weight) }
    guard other.isManifest else { return }
    isManifest = true
    if !other.isFixture { isFixture = false }
  }
}
