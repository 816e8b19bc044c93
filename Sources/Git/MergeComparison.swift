/// One path that a merge commit itself brings in: it differs there from every parent.
package struct MergeChange: Sendable, Hashable {
  /// The path from the root; bytes that are not UTF-8 are replaced by U+FFFD.
  package let path: String
  /// What stands there in each parent, in their order; `nil` where nothing does.
  package let old: [TreeItem?]
  /// What stands there in the merge; `nil` where it has nothing.
  package let new: TreeItem?
}

extension Repository {
  /// Visits the paths at which a merge's tree differs from the trees of all its parents.
  ///
  /// What equals one parent came from it and was judged there. What differs from all of them was resolved by hand or
  /// smuggled in. Gives back the folders that could not be read.
  package func mergeChanges(
    parents: [ObjectID], merge: ObjectID, visit: (MergeChange) -> Void
  ) -> [UnreadableFolder] {
    var comparison = MergeComparison(repository: self)
    comparison.descend([merge] + parents.map { $0 as ObjectID? })
    while comparison.step(visit) {}
    return comparison.unreadable
  }
}

/// A comparison of a merge (side 0) with its parents (the other sides) under way.
private struct MergeComparison {
  private struct Frame {
    var sides: [[UInt8]]
    var cursors: [TreeCursor]
    var pathLength: Int
  }

  let repository: Repository
  private(set) var unreadable: [UnreadableFolder] = []
  private var frames: [Frame] = []
  private var path: [UInt8] = []
  private var changes = 0

  init(repository: Repository) { self.repository = repository }

  mutating func step(_ visit: (MergeChange) -> Void) -> Bool {
    guard var frame = frames.popLast() else { return false }
    path.removeLast(path.count - frame.pathLength)
    guard let items = next(&frame) else { return true }
    frames.append(frame)
    // Equal to one parent, absence included: not the merge's own doing.
    guard !items.dropFirst().contains(items[0]) else { return true }
    changes += 1
    guard changes <= repository.pathLimit else {
      fail(.tooManyPaths(items.lazy.compactMap { $0?.id }.first ?? .zero, repository.pathLimit))
      return false
    }
    if items.contains(where: { $0?.kind == .folder }) {
      path.append(UInt8(ascii: "/"))
      descend(items.map { $0?.id })
    } else {
      visit(MergeChange(path: String(decoding: path, as: UTF8.self), old: Array(items.dropFirst()), new: items[0]))
    }
    return true
  }

  mutating func descend(_ trees: [ObjectID?]) {
    do throws(GitError) {
      guard frames.count < TreeLimits.depth else {
        throw .tooDeep(trees.lazy.compactMap { $0 }.first ?? .zero)
      }
      var sides: [[UInt8]] = []
      for tree in trees {
        guard let tree else {
          sides.append([])
          continue
        }
        sides.append(try repository.treeBytes(tree))
      }
      let cursors = Array(repeating: TreeCursor(), count: sides.count)
      frames.append(Frame(sides: sides, cursors: cursors, pathLength: path.count))
    } catch {
      fail(error)
    }
  }

  /// What each side has under the next name of a folder, which is appended to the path; `nil` at the folder's end.
  private mutating func next(_ frame: inout Frame) -> [TreeItem?]? {
    var first: Int?
    var holders: [Int] = []
    for side in frame.sides.indices {
      let hasEntry = frame.sides[side].withUnsafeBytes { frame.cursors[side].parse($0) }
      guard hasEntry else { continue }
      let order = first.map { Self.order(frame, side, $0) } ?? -1
      if order < 0 {
        first = side
        holders = [side]
      } else if order == 0 {
        holders.append(side)
      }
    }
    guard let first else { return nil }
    frame.sides[first].withUnsafeBytes { path.append(contentsOf: frame.cursors[first].name($0)) }
    var items = [TreeItem?](repeating: nil, count: frame.sides.count)
    for side in holders {
      items[side] = frame.sides[side].withUnsafeBytes { frame.cursors[side].item($0) }
      frame.cursors[side].advance()
    }
    return items
  }

  private static func order(_ frame: Frame, _ left: Int, _ right: Int) -> Int {
    frame.sides[left].withUnsafeBytes { leftBytes in
      frame.sides[right].withUnsafeBytes { rightBytes in
        frame.cursors[left].order(leftBytes, frame.cursors[right], rightBytes)
      }
    }
  }

  private mutating func fail(_ error: GitError) {
    unreadable.append(UnreadableFolder(path: String(decoding: path.dropLast(), as: UTF8.self), error: error))
  }
}
