internal import Git

/// Finds wanted blobs in trees, folder by folder; a folder that stands in many trees is looked at once.
struct PlacedBlobs {
  /// A folder where it stands.
  private struct Folder: Hashable {
    var id: ObjectID
    var place: Int
  }

  /// A wanted blob where it stands: one of the places, or ``anywhere``.
  typealias Found = (place: Int, blob: ObjectID)

  /// A folder under way; the stack of them is on the heap, so that depth costs no stack.
  private struct Visit {
    let folder: Folder
    var below: [Folder] = []
    var found: [Found] = []
  }

  /// The place of whatever stands in a tree of which all is looked at.
  private static let anywhere = -1

  private let wanted: Set<ObjectID>
  /// Where the blobs can stand; `nil` for everywhere.
  private let places: WantedPlaces?
  private let repository: Repository
  /// Folders that could not be looked at.
  private(set) var failures: [GitError] = []
  private var known: [Folder: [Found]] = [:]

  /// - Parameter places: the places at which the blobs can stand; `nil` for everywhere.
  init(_ wanted: Set<ObjectID>, in places: WantedPlaces?, _ repository: Repository) {
    self.wanted = wanted
    self.places = places
    self.repository = repository
  }

  /// The wanted blobs in a tree.
  mutating func blobs(in tree: ObjectID) -> [Found] {
    let root = Folder(id: tree, place: places == nil ? PlacedBlobs.anywhere : WantedPlaces.root)
    if let blobs = known[root] { return blobs }
    var stack = [visit(root)]
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
        stack.append(visit(folder))
      }
    }
  }

  /// Looks at a folder's own entries.
  private mutating func visit(_ folder: Folder) -> Visit {
    var visit = Visit(folder: folder)
    do throws(GitError) {
      try repository.tree(folder.id).forEach { name, item in
        guard let place = place(of: name, below: folder.place) else { return }
        if item.kind == .folder {
          visit.below.append(Folder(id: item.id, place: place))
        } else if wanted.contains(item.id) {
          visit.found.append((place, item.id))
        }
      }
    } catch {
      failures.append(error)
    }
    return visit
  }

  private func place(of name: UnsafeRawBufferPointer, below place: Int) -> Int? {
    guard let places else { return PlacedBlobs.anywhere }
    return places.place(of: name, below: place)
  }
}
