internal import Git
internal import Policy

/// Judges the plain files of which kustomizations of a history made Secrets, once it is known which they are.
struct GeneratedSecrets {
  let logs: [ChangeLog]
  /// Kustomizations that have a `secretGenerator`.
  let generators: Set<ObjectID>
  let scanner: Scanner

  /// The credentials of these files; of those that hold none, nothing. What cannot be read was told before.
  func found() throws(ScanError) -> [ObjectID: [PlacedSecret]] {
    guard !generators.isEmpty else { return [:] }
    let repository = try scanner.openRepository()
    let roles = GeneratorFiles(named: generators, by: logs, in: repository).roles
    guard !roles.isEmpty else { return [:] }
    let pass = try scanner.openSecrets()
    var found: [ObjectID: [PlacedSecret]] = [:]
    for log in logs {
      let asked = log.paths.map { roles[$0] }
      for record in log.records {
        guard let role = asked[Int(record.path)], let item = record.new, item.kind.isBlob, found[item.id] == nil,
          let bytes = try? repository.blob(item.id)
        else { continue }
        let reading = bytes.withUnsafeBytes { pass.read($0, path: log.paths[Int(record.path)], role: role) }
        found[item.id] = reading.secrets
      }
    }
    return found.filter { !$0.value.isEmpty }
  }
}

extension GeneratorFiles {
  /// What some kustomizations of a history name, wherever they stood. What cannot be read was told before.
  init(named kustomizations: Set<ObjectID>, by logs: [ChangeLog], in repository: Repository) {
    self.init()
    guard !kustomizations.isEmpty else { return }
    var seen: Set<String> = []
    for log in logs {
      for record in log.records {
        guard let item = record.new, kustomizations.contains(item.id) else { continue }
        let path = log.paths[Int(record.path)]
        guard KustomizationFileView.isNamed(path), seen.insert("\(item.id.hex) \(path)").inserted,
          let bytes = try? repository.blob(item.id)
        else { continue }
        add(bytes, at: path)
      }
    }
  }
}
