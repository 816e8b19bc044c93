internal import Flux
internal import Git
internal import Manifests
internal import Policy
internal import Secrets

/// What one thread needs to read the files of a history.
final class BlobReader {
  private let repository: Repository
  private let secrets: SecretPass
  private static let fluxGroup = Array("kustomize.toolkit.fluxcd.io".utf8)
  private static let fixtures = FixtureFolders.names.map { Array($0.utf8) }

  init(_ scanner: Scanner) throws(ScanError) {
    repository = try scanner.openRepository()
    secrets = try scanner.openSecrets()
  }

  /// Reads files and notes what can matter.
  func read(_ files: some Sequence<(id: ObjectID, use: BlobUse)>, _ interest: Interest, _ facts: inout BlobFacts) {
    for (id, use) in files {
      do throws(GitError) {
        let header = try repository.header(of: id)
        guard header.size <= Repository.fileLimit else { throw Repository.tooLarge(id, header.size) }
        try repository.withObject(id, expecting: .blob) { (bytes) throws(GitError) in
          note(id, bytes, use, interest, &facts)
        }
      } catch {
        facts.failures[id] = error
      }
    }
  }

  private func note(
    _ id: ObjectID, _ bytes: UnsafeRawBufferPointer, _ use: BlobUse, _ interest: Interest, _ facts: inout BlobFacts
  ) {
    facts.sizes[id] = bytes.count
    let reading = secrets.read(bytes, path: use.path)
    if !reading.secrets.isEmpty { facts.secrets[id] = reading.secrets }
    if reading.isEncrypted { facts.encrypted.insert(id) }
    if !reading.limits.isEmpty { facts.limits[id] = reading.limits }
    guard use.isManifest else { return }
    if KustomizationFileView.isNamed(use.path) {
      if GeneratorFiles.mayName(bytes) { facts.generators.insert(id) }
      if GeneratorFiles.mayFeed(bytes) { facts.mapGenerators.insert(id) }
    }
    let glance = interest.glance(at: bytes)
    facts.manifests[id] = glance
    guard !use.isFixture else { return }
    if glance.look.contains(.cluster) { facts.clusters.insert(id) }
    let isFlux = bytes.holds(BlobReader.fluxGroup)
    if isFlux { facts.fluxFiles.insert(id) }
    if isFlux || KustomizationFileView.isNamed(use.path),
      BlobReader.fixtures.contains(where: { bytes.holds($0) })
    {
      facts.fixtureNamers.insert(id)
    }
  }
}
