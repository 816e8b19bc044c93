internal import Git
internal import Policy
internal import Secrets

/// What is known of the blobs of a history after each was read once.
struct BlobFacts: Sendable {
  /// Blobs that hold credentials.
  var secrets: [ObjectID: [PlacedSecret]] = [:]
  /// Blobs that hold something encrypted.
  var encrypted: Set<ObjectID> = []
  /// What the manifests among the blobs promise the rules, and name.
  var manifests: [ObjectID: Interest.Glance] = [:]
  /// Manifests, other than those made for tests, that name the EKS Anywhere API.
  var clusters: Set<ObjectID> = []
  /// Whether there are any.
  var holdsClusters: Bool { !clusters.isEmpty }

  /// Whether what Flux applies is worked out at all: the history names the EKS Anywhere API, or it was asked for.
  func judgesBuilds(_ options: ScanOptions) -> Bool { holdsClusters || options.judgesBuilds }

  /// Manifests, other than those made for tests, that name Flux's Kustomizations.
  var fluxFiles: Set<ObjectID> = []

  /// Whether a Flux or kustomize file names a folder that is made for tests, so that it may be applied.
  var appliesFixtures: Bool { !fixtureNamers.isEmpty }
  /// The Flux and kustomize files that do.
  var fixtureNamers: Set<ObjectID> = []
  /// Kustomizations that have a `secretGenerator`.
  var generators: Set<ObjectID> = []
  /// Kustomizations that have a `configMapGenerator`.
  var mapGenerators: Set<ObjectID> = []
  /// Blobs that could not be read.
  var failures: [ObjectID: GitError] = [:]
  /// Blobs that were not searched to their end, and why.
  var limits: [ObjectID: [ScanLimit]] = [:]
  /// The size in bytes of each blob that could be read; empty once they were counted.
  var sizes: [ObjectID: Int] = [:]

  /// What both sides of a changed file promise.
  func look(at record: ChangeLog.Record) -> Interest.Look {
    [record.old, record.new].reduce(into: []) { look, item in
      look.formUnion(item.flatMap { manifests[$0.id] }?.look ?? [])
    }
  }

  /// Makes room for some files that are manifests and hold nothing of note.
  mutating func reserveCapacity(_ count: Int) {
    sizes.reserveCapacity(count)
    manifests.reserveCapacity(count)
  }

  mutating func merge(_ other: BlobFacts) {
    secrets.merge(other.secrets) { first, _ in first }
    encrypted.formUnion(other.encrypted)
    manifests.merge(other.manifests) { first, _ in first }
    clusters.formUnion(other.clusters)
    generators.formUnion(other.generators)
    mapGenerators.formUnion(other.mapGenerators)
    fixtureNamers.formUnion(other.fixtureNamers)
    fluxFiles.formUnion(other.fluxFiles)
    failures.merge(other.failures) { first, _ in first }
    limits.merge(other.limits) { first, _ in first }
    sizes.merge(other.sizes) { first, _ in first }
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

  /// A file as it was found to be used.
  init(path: String, isManifest: Bool, isFixture: Bool, weight: Int) {
    self.path = path
    self.isManifest = isManifest
    self.isFixture = isFixture
    self.weight = weight
  }

  /// A file of which no path is known.
  init() { (path, isManifest, isFixture, weight) = ("", false, false, 0) }
}
