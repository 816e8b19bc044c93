internal import Flux
internal import Manifests
internal import Policy

/// The plain files of which kustomize makes Secrets and ConfigMaps: what the generators of kustomizations name.
struct GeneratorFiles: Sendable {
  /// What a generator makes of a file.
  enum Role: Sendable, Hashable {
    /// Each line `NAME=value` is a value.
    case lines
    /// The whole file is the value of a key.
    case value(key: String)
  }

  /// The roles of files of which Secrets are made, by their path.
  private(set) var roles: [String: Role] = [:]
  /// The paths of all files of which something is made.
  private(set) var inputs: Set<String> = []

  /// Adds what the kustomization at a path names; nothing where it cannot be read, which others tell.
  mutating func add(_ bytes: some Collection<UInt8>, at path: String) {
    let folder = Path.parent(path)
    let file = ManifestFile(parsing: Array(bytes))
    for root in file.objects.map(\.root) + file.others {
      for (field, isSecret) in [("secretGenerator", true), ("configMapGenerator", false)] {
        for generator in root.entry(field)?.value.items ?? [] {
          let named = Self.files(of: generator, in: folder)
          inputs.formUnion(named.map(\.path))
          if isSecret { for (path, role) in named { roles[path] = role } }
        }
      }
    }
  }

  private static func files(of generator: Node, in folder: String) -> [(path: String, role: Role)] {
    var named: [(path: String, role: Role)] = []
    let envs = generator.entry("envs")?.value.items ?? []
    for env in envs + [generator["env"]].compactMap({ $0 }) {
      if let name = env.text, let path = resolved(name, in: folder) { named.append((path, .lines)) }
    }
    for entry in generator.entry("files")?.value.items ?? [] {
      guard let text = entry.text else { continue }
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.last, let path = resolved(name, in: folder) else { continue }
      let key = parts.count == 2 ? parts[0] : name.split(separator: "/").last.map(String.init) ?? name
      named.append((path, .value(key: key)))
    }
    return named
  }

  /// Whether a kustomization's bytes can name any of which Secrets are made.
  static func mayName(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.holdsExactly("secretGenerator") }

  /// Whether a kustomization's bytes can name any of which ConfigMaps are made.
  static func mayFeed(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.holdsExactly("configMapGenerator") }

  private static func resolved(_ name: String, in folder: String) -> String? {
    guard !name.contains("://"), let path = Path.resolve(name, in: folder), !path.isEmpty else { return nil }
    return path
  }
}
