internal import Git

/// Finds out which references still hold some of the wanted blobs.
struct LiveBlobs {
  /// A tree where it stands: in one of ``places``, or -1 where that makes no difference.
  private struct Folder: Hashable {
    var id: ObjectID
    var place: Int
  }

  /// A folder in which wanted blobs can stand, with the folders in it.
  private struct Place {
    var below: [(name: [UInt8], place: Int)] = []
  }

  let wanted: Set<ObjectID>
  /// Commits that were read before.
  let commits: [ObjectID: CommitNode]
  /// References and folders that could not be looked at.
  private(set) var failures: [GitError] = []
  /// The folders that are looked into, the root first; empty for all.
  private let places: [Place]
  private var known: [Folder: [ObjectID]] = [:]

  /// - Parameter folders: the folders in which the blobs can stand; `nil` for everywhere.
  init(wanted: Set<ObjectID>, folders: Set<String>?, commits: [ObjectID: CommitNode] = [:]) {
    self.wanted = wanted
    self.commits = commits
    places = folders.map(LiveBlobs.places) ?? []
  }

  /// For each wanted blob that some reference's tree holds, the names of those references.
  mutating func holders(_ references: [Reference], in repository: Repository) -> [ObjectID: [String]] {
    guard !wanted.isEmpty else { return [:] }
    var holders: [ObjectID: [String]] = [:]
    for reference in references {
      do throws(GitError) {
        guard let tree = try root(of: reference, repository) else { continue }
        let found = blobs(in: Folder(id: tree, place: places.isEmpty ? -1 : 0), repository)
        if found.isEmpty { continue }
        for blob in Set(found) { holders[blob, default: []].append(reference.name) }
      } catch {
        failures.append(error)
      }
    }
    return holders
  }

  /// The tree of the commit that a reference ends at; `nil` where it ends at something else.
  private func root(of reference: Reference, _ repository: Repository) throws(GitError) -> ObjectID? {
    if let commit = commits[reference.target] { return commit.tree }
    let end = try repository.peeled(reference.target)
    guard end.kind == .commit else { return nil }
    return try repository.commitNode(end.id).tree
  }

  /// A folder under way; the stack of them is on the heap, so that depth costs no stack.
  private struct Visit {
    let folder: Folder
    var below: [Folder]
    var found: [ObjectID]
  }

  private mutating func blobs(in root: Folder, _ repository: Repository) -> [ObjectID] {
    if let blobs = known[root] { return blobs }
    var stack = [visit(root, repository)]
    while true {
      let top = stack.count - 1
      guard let folder = stack[top].below.popLast() else {
        let done = stack.removeLast()
        known[done.folder] = done.found
        guard top > 0 else { return done.found }
        stack[top - 1].found += done.found
        continue
      }
      if let blobs = known[folder] {
        stack[top].found += blobs
      } else if stack.count >= TreeLimits.depth {
        failures.append(.tooDeep(folder.id))
      } else {
        stack.append(visit(folder, repository))
      }
    }
  }

  /// Looks at a folder's own entries.
  private mutating func visit(_ folder: Folder, _ repository: Repository) -> Visit {
    var visit = Visit(folder: folder, below: [], found: [])
    do throws(GitError) {
      try repository.tree(folder.id).forEach { name, item in
        if item.kind != .folder {
          if wanted.contains(item.id) { visit.found.append(item.id) }
        } else if folder.place < 0 {
          visit.below.append(Folder(id: item.id, place: -1))
        } else if let place = place(of: name, below: folder.place) {
          visit.below.append(Folder(id: item.id, place: place))
        }
      }
    } catch {
      failures.append(error)
    }
    return visit
  }

  private func place(of name: UnsafeRawBufferPointer, below place: Int) -> Int? {
    let below = places[place].below
    if let found = below.first(where: { $0.name.elementsEqual(name) }) { return found.place }
    // Paths are kept as text, in which bytes that are none are replaced.
    guard name.contains(where: { $0 >= 0x80 }) else { return nil }
    let text = Array(String(decoding: name, as: UTF8.self).utf8)
    return below.first { $0.name == text }?.place
  }

  private static func places(_ folders: Set<String>) -> [Place] {
    var places = [Place()]
    for folder in folders.sorted() {
      var place = 0
      for name in folder.utf8.split(separator: UInt8(ascii: "/")).map(Array.init) {
        if let known = places[place].below.first(where: { $0.name == name }) {
          place = known.place
        } else {
          places[place].below.append((name, places.count))
          place = places.count
          places.append(Place())
        }
      }
    }
    return places
  }
}
