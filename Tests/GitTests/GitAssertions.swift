import Git
import TestSupport

/// Opens the repository around a folder of a test repository, in the environment that tests give Git.
func open(_ test: TestRepository, in folder: String = "", _ environment: [String: String] = [:]) throws -> Repository {
  try Repository(around: folder.isEmpty ? test.path : test.path + "/" + folder, environment: environment)
}

/// The object that a revision names, found by the real Git.
func id(_ revision: String, in test: TestRepository) throws -> ObjectID {
  let text = try test.git(["rev-parse", "--verify", revision])
  guard let id = ObjectID(hex: text) else { throw ProgramError("no id: \(text)") }
  return id
}

/// A change as `git diff-tree --raw` would name it: `A`, `D`, `M` (content, mode or both) and the path.
func described(_ change: TreeChange) -> String {
  let letter = change.old == nil ? "A" : change.new == nil ? "D" : "M"
  return "\(letter) \(change.path)"
}

/// All differences between two trees; fails where a folder could not be read.
func changes(_ repository: Repository, _ old: ObjectID?, _ new: ObjectID?) throws -> [TreeChange] {
  var found: [TreeChange] = []
  let unreadable = repository.compareTrees(old: old, new: new) { found.append($0) }
  if let first = unreadable.first { throw first.error }
  return found
}

/// The error that a piece of code ends with; `nil` where it succeeds.
func gitError(_ body: () throws -> Void) -> GitError? {
  do {
    try body()
    return nil
  } catch {
    return error as? GitError
  }
}
