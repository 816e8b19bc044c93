internal import Git

/// Finds out which references still hold some of the wanted blobs.
struct LiveBlobs {
  let wanted: Set<ObjectID>
  /// How they came and went along a whole history; `nil` where every tree is looked at.
  let lines: BlobLines?
  /// Commits that were read before.
  let commits: CommitsAhead
  /// References and folders that could not be looked at.
  private(set) var failures: [GitError] = []

  /// - Parameter lines: how the blobs came and went along a whole history; `nil` to look at every tree.
  init(wanted: Set<ObjectID>, lines: BlobLines?, commits: CommitsAhead) {
    self.wanted = wanted
    self.lines = lines
    self.commits = commits
  }

  /// For each wanted blob that some reference's tree holds, the names of those references.
  mutating func holders(_ references: [Reference], in repository: Repository) -> [ObjectID: [String]] {
    guard !wanted.isEmpty else { return [:] }
    var trees = PlacedBlobs(wanted, in: lines?.places, repository)
    var lines = lines
    var holders: [ObjectID: [String]] = [:]
    func note(_ names: [String], _ blobs: some Sequence<ObjectID>) {
      for blob in Set(blobs) { holders[blob, default: []] += names }
    }
    // Most references end where nothing wanted changed since another one.
    var states: [Int: [String]] = [:]
    for reference in references {
      do throws(GitError) {
        guard let commit = try commit(of: reference, repository) else { continue }
        if let state = lines?.state(at: commit) {
          states[state, default: []].append(reference.name)
        } else {
          let node = if let node = commits.node(commit) { node } else { try repository.commitNode(commit) }
          note([reference.name], trees.blobs(in: node.tree).map(\.blob))
        }
      } catch {
        failures.append(error)
      }
    }
    for (state, names) in states {
      note(names, lines?.blobs(of: state) { trees.blobs(in: $0) }.map(\.blob) ?? [])
    }
    failures += trees.failures
    return holders
  }

  /// The commit that a reference ends at; `nil` where it ends at something else.
  private func commit(of reference: Reference, _ repository: Repository) throws(GitError) -> ObjectID? {
    if commits.node(reference.target) != nil || lines?.state(at: reference.target) != nil { return reference.target }
    let end = try repository.peeled(reference.target)
    return end.kind == .commit ? end.id : nil
  }
}
