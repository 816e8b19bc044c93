internal import Configuration
internal import Flux
internal import Git
internal import Manifests
internal import Policy
internal import Secrets

/// Judges changed files: their objects by the rules, their bytes for credentials. One per thread.
final class FileJudge {
  private let scanner: Scanner
  private let repository: Repository
  private let builder: ChangeBuilder
  private let secrets: SecretPass
  private(set) var diagnostics: [Diagnostic] = []
  private let generators = GeneratorLookup()
  /// Files and bytes that were looked at.
  private(set) var files = 0
  private(set) var bytes = 0
  /// The contents among them that hold the mark of a waiver.
  private(set) var marked: Set<ContentID> = []
  /// What the change gains and loses as a whole.
  private(set) var headline = Plan.Headline()

  init(_ scanner: Scanner, _ repository: Repository, _ secrets: SecretPass) {
    self.scanner = scanner
    self.repository = repository
    builder = ChangeBuilder(scanner.engine)
    self.secrets = secrets
  }

  /// One commit of several.
  struct Step {
    let before: any FileTree
    let after: any FileTree
    let files: [FileChange]
  }

  /// What the single steps do to the EKS Anywhere and Flux objects that the whole way edits, and to all that it takes
  /// away.
  private func way(_ steps: [Step], to change: Change) -> [ObjectChange] {
    guard steps.count > 1 else { return [] }
    let groups = [EKSAnywhere.group, FluxKustomization.group]
    let kept = change.objects.compactMap { object -> ObjectIdentity? in
      guard let before = object.before, object.after == nil || groups.contains(before.object.identity.group) else {
        return nil
      }
      return before.object.identity.key
    }
    var wanted = Set(kept)
    guard !wanted.isEmpty else { return [] }
    for case let owner? in change.objects.map({ $0.after == nil ? $0.before?.owner : nil }) {
      wanted.insert(owner.identity.key)
    }
    return steps.flatMap { step in
      builder.screenedChange(before: step.before, after: step.after, files: step.files).change.objects.filter {
        $0.identity.map { wanted.contains($0.key) } ?? false
      }
    }
  }

  /// The findings of the rules about a change, which may have been made in several steps.
  ///
  /// - Parameter isMerge: whether the files are those that differ from all parents of a merge, which is no change of
  ///   state that Flux would see: they are judged as they are written.
  func policy(
    before: (any FileTree)?, after: any FileTree, files: [FileChange], past: Past? = nil, way: [Step] = [],
    isMerge: Bool = false
  ) -> [Finding] {
    var result =
      isMerge
      ? builder.change(before: before, after: after, files: files, asWritten: true)
      : screened(before, after, files, past)
    result.change.way = self.way(way, to: result.change)
    let (findings, _, refusals) = scanner.engine.hear(result.change)
    diagnostics += result.diagnostics
    if let before { noteEffect(of: result.change, refusals, before: before, after: after, files: files) }
    if let applied = result.change.applied {
      let problems = (applied.before?.problems ?? []) + applied.after.problems
      diagnostics += (problems + applied.after.gaps(since: applied.before)).map { Diagnostic($0) }
    }
    diagnostics += builder.takeFailures()
    do throws(FileTreeError) {
      return try findings
        + OwnershipJudge(infos: scanner.engine.infos).findings(before: before, after: after, files: files)
    } catch {
      diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
      return findings
    }
  }

  private func screened(
    _ before: (any FileTree)?, _ after: any FileTree, _ files: [FileChange], _ past: Past?
  ) -> (change: Change, diagnostics: [Diagnostic]) {
    before.map { builder.screenedChange(before: $0, after: after, files: files, past: past) }
      ?? builder.change(before: nil, after: after, files: files)
  }

  /// Counts what comes and goes. A change that was judged as written, because no rule has a word about it, may still
  /// add a namespace or a claim.
  private func noteEffect(
    of change: Change, _ refusals: Refusals, before: any FileTree, after: any FileTree, files: [FileChange]
  ) {
    var applied = change.applied
    let isCounted = change.objects.contains { object in
      (object.before == nil) != (object.after == nil)
        && (object.before ?? object.after).map { Plan.Headline.counts($0.object.groupKind) } ?? false
    }
    if applied == nil, isCounted { applied = builder.change(before: before, after: after, files: files).change.applied }
    if let applied {
      headline = Plan.Headline(refusals.carriedOut(applied.changes), before: applied.before, after: applied.after)
    }
  }

  /// The credentials that files hold now and the files of the same change did not hold before.
  func credentials(
    in changes: [FileChange], before: (any FileTree)?, after: any FileTree
  ) -> [Finding] {
    var found: [Held] = []
    var clear: [EncryptionLoss.File] = []
    // A file that only moved was in clear before.
    let moved = Set(changes.compactMap(\.old?.id))
    for change in changes {
      guard let entry = change.new, entry.kind == .file || entry.kind == .link, entry.id != change.old?.id else {
        continue
      }
      files += 1
      let new = held(in: entry, path: change.path, tree: after)
      found += new.secrets
      let isMoved = change.old == nil && moved.contains(entry.id)
      if before != nil, entry.kind == .file, !isMoved || new.isEncrypted, new.bytes.count <= EncryptionLoss.limit {
        clear.append(EncryptionLoss.File(path: change.path, bytes: new.bytes))
      }
    }
    let named = before.map { newlyNamed(in: changes, before: $0, after: after) } ?? []
    for (path, entry) in named { found += held(in: entry, path: path, tree: after).secrets }
    for change in changes where change.old == nil {
      found += secrets.read(text: change.path).secrets.map { Held(path: change.path, source: .fileName, secret: $0) }
    }
    guard let before else { return found.compactMap(finding) }
    var known: Set<Int> = []
    var encrypted: [EncryptionLoss.File] = []
    for change in changes {
      guard let entry = change.old, entry.kind == .file || entry.kind == .link else { continue }
      // Where nothing was found only ciphertext matters, and the bytes say at once whether there is any.
      if found.isEmpty, !mayBeEncrypted(entry, change.path, before) { continue }
      let old = held(in: entry, path: change.path, tree: before)
      known.formUnion(old.secrets.map(\.secret.identity))
      if old.isEncrypted { encrypted.append(EncryptionLoss.File(path: change.path, bytes: old.bytes)) }
    }
    for (path, entry) in named {
      known.formUnion(held(in: entry, path: path, tree: before).secrets.map(\.secret.identity))
    }
    return (found.filter { !known.contains($0.secret.identity) } + losses(encrypted, clear)).compactMap(finding)
  }

  /// The files that a kustomization newly makes a Secret of and that the change does not touch.
  private func newlyNamed(
    in changes: [FileChange], before: any FileTree, after: any FileTree
  ) -> [(path: String, entry: FileEntry)] {
    let touched = Set(changes.map(\.path))
    return changes.filter { KustomizationFileView.isNamed($0.path) && $0.new?.kind == .file }.flatMap {
      change -> [(path: String, entry: FileEntry)] in
      do throws(FileTreeError) {
        let new = try change.new.map { (entry) throws(FileTreeError) in
          try generators.roles(in: entry, at: change.path, of: after)
        }
        let old = try change.old.map { (entry) throws(FileTreeError) in
          try generators.roles(in: entry, at: change.path, of: before)
        }
        var found: [(path: String, entry: FileEntry)] = []
        for path in (new ?? [:]).keys.sorted() where old?[path] == nil && !touched.contains(path) {
          if let entry = try after.entry(at: path), entry.kind == .file { found.append((path, entry)) }
        }
        return found
      } catch {
        diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
        return []
      }
    }
  }

  /// Whether a file can hold ciphertext; one that can't be read does, so that the reason is told.
  private func mayBeEncrypted(_ entry: FileEntry, _ path: String, _ tree: any FileTree) -> Bool {
    do throws(FileTreeError) {
      return try lend(entry, path, tree) { EncryptionLoss.mayBeEncrypted($0) }
    } catch {
      return true
    }
  }

  /// What was encrypted before the change and is in clear after it.
  private func losses(_ old: [EncryptionLoss.File], _ new: [EncryptionLoss.File]) -> [Held] {
    guard !old.isEmpty else { return [] }
    return secrets.losses(old: old, new: new).map { Held(path: $0.path, source: .file, secret: $0.secret) }
  }

  /// The credentials in a message.
  func credentials(inMessage text: String, source: Finding.Source) -> [Finding] {
    secrets.read(text: text).secrets.compactMap { scanner.secretFindings.finding($0, path: nil, source: source) }
  }

  /// A credential and the file it is in.
  private struct Held {
    var path: String
    var source: Finding.Source
    var secret: PlacedSecret
  }

  private func finding(_ held: Held) -> Finding? {
    scanner.secretFindings.finding(held.secret, path: held.path, source: held.source)
  }

  /// Lends the bytes of a file. A large one is not copied out of what Git made of it; one over the limit is refused.
  private func lend<Value>(
    _ entry: FileEntry, _ path: String, _ tree: any FileTree, _ body: (UnsafeRawBufferPointer) -> Value
  ) throws(FileTreeError) -> Value {
    let id = ObjectID(entry.id)
    do throws(GitError) {
      // What is only in the working tree is no object.
      let size = repository.contains(id) ? try repository.header(of: id).size : 0
      if size > Repository.fileLimit { throw Repository.tooLarge(id, size) }
      if size > 1 << 20 {
        return try repository.withObject(id, expecting: .blob) { (bytes) throws(GitError) in body(bytes) }
      }
    } catch {
      throw FileTreeError(path: path, reason: error.message)
    }
    let content = try tree.contents(of: entry, at: path)
    if content.count > Repository.fileLimit {
      throw FileTreeError(path: path, reason: Repository.tooLarge(id, content.count).message)
    }
    return content.withUnsafeBytes(body)
  }

  private func held(
    in entry: FileEntry, path: String, tree: any FileTree
  ) -> (secrets: [Held], bytes: [UInt8], isEncrypted: Bool) {
    do throws(FileTreeError) {
      let role = try generators.role(of: path, in: tree)
      var content: [UInt8] = []
      let reading = try lend(entry, path, tree) { text in
        bytes += text.count
        if WaiverComment.contains(mark: text) { marked.insert(entry.id) }
        if text.count <= EncryptionLoss.limit { content = Array(text) }
        return secrets.read(text, path: path, role: role)
      }
      for limit in reading.limits { diagnostics.append(Diagnostic(.error, limit.message, path: path)) }
      let source: Finding.Source = entry.kind == .link ? .linkTarget : .file
      return (reading.secrets.map { Held(path: path, source: source, secret: $0) }, content, reading.isEncrypted)
    } catch {
      diagnostics.append(Diagnostic(.error, error.reason, path: error.path))
      return ([], [], false)
    }
  }
}

extension [Finding] {
  /// The findings with each secret once: its first place, the others as related places.
  func joiningSecrets() -> [Finding] {
    var result: [Finding] = []
    var places: [String: Int] = [:]
    for finding in self {
      guard finding.secret != nil else {
        result.append(finding)
        continue
      }
      if let first = places[finding.fingerprint] {
        result[first].join(finding)
      } else {
        places[finding.fingerprint] = result.count
        result.append(finding)
      }
    }
    return result
  }
}

extension Finding {
  /// Takes in another finding of the same value: of several places the one with the gravest word about it stands for
  /// it, the others are related places.
  mutating func join(_ finding: Finding) {
    var other = finding
    if other.severity > severity { swap(&self, &other) }
    for place in [other.location].compactMap({ $0 }) + other.related
    where related.count < 500 && place != location && !related.contains(place) { related.append(place) }
  }
}
