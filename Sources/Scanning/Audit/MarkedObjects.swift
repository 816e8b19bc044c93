internal import Git

/// What references lead to besides commits: annotated tags on the way, and files, alone or in folders, which stand in no
/// commit.
struct MarkedObjects {
  private(set) var tags: [ObjectID: Tag] = [:]
  private(set) var files: Set<ObjectID> = []
  /// Folders that could not be read.
  private(set) var failures: [GitError] = []
  private var folders: Set<ObjectID> = []

  /// Notes what stands behind a reference; whether that is a commit.
  mutating func note(_ target: ObjectID, in repository: Repository) throws(GitError) -> Bool {
    var id = target
    while true {
      switch try repository.header(of: id).kind {
      case .commit: return true
      case .tree:
        note(folder: id, in: repository)
        return false
      case .blob:
        files.insert(id)
        return false
      case .tag:
        guard tags.updateValue(try repository.tag(id), forKey: id) == nil else {
          return try repository.peeled(target).kind == .commit
        }
        id = tags[id]?.target ?? id
      }
    }
  }

  /// Notes a tag that no reference leads to, and that may mark what is gone.
  mutating func note(lost tag: ObjectID, in repository: Repository) {
    do throws(GitError) {
      tags[tag] = try repository.tag(tag)
    } catch {
      failures.append(error)
    }
  }

  private mutating func note(folder: ObjectID, in repository: Repository) {
    var open = [folder]
    while let next = open.popLast() {
      guard folders.insert(next).inserted else { continue }
      do throws(GitError) {
        for entry in try repository.tree(next).entries {
          if entry.kind == .folder { open.append(entry.id) }
          if entry.kind.isBlob { files.insert(entry.id) }
        }
      } catch {
        failures.append(error)
      }
    }
  }
}
