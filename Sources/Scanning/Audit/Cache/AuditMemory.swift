internal import Git

/// Where audits keep what they learned, and who keeps it.
package struct CacheOptions: Sendable {
  /// The absolute path of a folder of our own.
  package var folder: String
  /// The version of the program.
  package var version: String

  package init(folder: String, version: String) {
    self.folder = folder
    self.version = version
  }
}

/// What earlier audits of a repository left for this one, and this one leaves.
struct AuditMemory {
  private let file: CacheFile?
  private var note: String?

  init(_ scanner: Scanner, _ repository: Repository) {
    guard let options = scanner.options.cache else {
      file = nil
      return
    }
    do throws(CacheFile.Failure) {
      let key = CacheKey.of(scanner, repository, version: options.version)
      file = try CacheFile(in: options.folder, of: scanner.location, key: key)
    } catch {
      file = nil
      note = "nothing was kept for the next audit: \(error.reason)"
    }
  }

  /// What is known of the history.
  func recalled() -> KnownHistory { KnownHistory(file?.load() ?? HistoryCache()) }

  /// Keeps what is known now. What keeps it from being kept is no failure of the audit.
  ///
  /// - Returns: remarks for people who ask for them.
  func keep(_ known: KnownHistory) -> [String] {
    guard let file else { return [note].compactMap { $0 } }
    guard let cache = known.saved else { return [known.summary] }
    do throws(CacheFile.Failure) {
      try file.save(cache)
      return [known.summary]
    } catch {
      return [known.summary, "nothing was kept for the next audit: \(error.reason)"]
    }
  }
}
