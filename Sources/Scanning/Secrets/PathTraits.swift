internal import Flux
internal import Policy
internal import Secrets

/// What a path tells of a file's bytes; in a history the same paths come again and again.
struct PathTraits {
  let context: ScanContext
  /// Whether the file is made for tests, so that only what cannot have been typed counts.
  let isFixture: Bool
  /// Whether it is called like a key, a kubeconfig or a store of them.
  let mayBeKey: Bool
  let promisesEncryption: Bool
  let isManifest: Bool
  /// Whether it may be an inventory of hardware.
  let isTable: Bool
  /// Whether it is a template or a sample, whose settings somebody is to fill in.
  var isSample: Bool { isManifest && EncryptedFileNames.isSample(path.utf8) }
  private let path: String

  init(_ path: String) {
    context = ScanContext(path: path.utf8)
    isFixture = PathTraits.isMadeUp(path, context)
    mayBeKey = KeyFileNames.kind(of: path.utf8) != nil
    promisesEncryption = EncryptedFileNames.promises(path.utf8)
    isManifest = PathTraits.isManifest(path)
    isTable = path.hasSuffix(".csv")
    self.path = path
  }

  /// How much is asked of a file at `path`: values in what is made for tests count least, those in manifests, whose
  /// structure tells more, count most.
  static func weight(of path: String) -> Int {
    (isMadeUp(path, ScanContext(path: path.utf8)) ? 0 : 2) + (isManifest(path) ? 1 : 0)
  }

  /// Whether a file is made for tests or belongs to others: it lies in such a folder, is source code of tests, is what
  /// a workflow is tried with, or was vendored by Go.
  private static func isMadeUp(_ path: String, _ context: ScanContext) -> Bool {
    context.isTestCode || FixtureFolders.holdMade(path) || others.contains { path.utf8.starts(with: $0.utf8) }
  }

  private static let others = [".github/tests/", "vendor/github.com/", "vendor/golang.org/", "vendor/k8s.io/"]

  private static func isManifest(_ path: String) -> Bool {
    ChangeBuilder.isManifest(path) || path.hasSuffix("/Kustomization")
  }
}
