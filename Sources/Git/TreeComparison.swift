/// One path at which two trees differ, folders aside: they are descended into.
package struct TreeChange: Sendable, Hashable {
  /// The path from the root; bytes that are not UTF-8 are replaced by U+FFFD.
  package let path: String
  /// What stood there; `nil` where nothing did.
  package let old: TreeItem?
  /// What stands there now; `nil` where nothing does.
  package let new: TreeItem?

  /// A change from its parts.
  package init(path: String, old: TreeItem?, new: TreeItem?) {
    self.path = path
    self.old = old
    self.new = new
  }
}

/// A folder that could not be read, with what lies in it left out.
package struct UnreadableFolder: Sendable, Hashable {
  /// The folder's path; empty for the root.
  package let path: String
  /// Why it could not be read.
  package let error: GitError

  /// An unreadable folder from its parts.
  package init(path: String, error: GitError) {
    self.path = path
    self.error = error
  }
}

/// The limits of a walk over trees, which protect against trees made to exhaust whoever reads them.
package enum TreeLimits {
  /// How deep folders may be nested.
  package static let depth = 4096
}

extension Repository {
  /// Visits every path at which two trees differ, in Git's order, descending only where ids differ.
  ///
  /// A side that is `nil` is empty: a root commit is compared with nothing. Gives back the folders that could not be
  /// read; everything else has been visited.
  package func compareTrees(
    old: ObjectID?, new: ObjectID?, visit: (TreeChange) -> Void
  ) -> [UnreadableFolder] {
    guard old != new else { return [] }
    var comparison = TreeComparison(repository: self)
    comparison.descend(old, new)
    while comparison.step(visit) {}
    return comparison.unreadable
  }

  /// Every file below a tree, in Git's order, as a change from nothing.
  package func files(in tree: ObjectID, visit: (TreeChange) -> Void) -> [UnreadableFolder] {
    compareTrees(old: nil, new: tree, visit: visit)
  }
}

/// A comparison of two trees under way; its stack is on the heap, so depth costs no stack.
private struct TreeComparison {
  private struct Frame {
    var old: [UInt8]
    var new: [UInt8]
    var oldCursor = TreeCursor()
    var newCursor = TreeCursor()
    /// The length of the folder's path, slash included.
    var pathLength: Int
  }

  /// What a frame wants done next.
  private enum Step {
    case finished
    case descend(ObjectID?, ObjectID?)
  }

  let repository: Repository
  private(set) var unreadable: [UnreadableFolder] = []
  private var frames: [Frame] = []
  private var path: [UInt8] = []
  private var changes = 0

  init(repository: Repository) { self.repository = repository }

  /// Goes on with the innermost folder; `false` when all is done.
  mutating func step(_ visit: (TreeChange) -> Void) -> Bool {
    guard var frame = frames.popLast() else { return false }
    path.removeLast(path.count - frame.pathLength)
    if case .descend(let old, let new) = run(&frame, visit) {
      frames.append(frame)
      path.append(UInt8(ascii: "/"))
      descend(old, new)
    }
    return true
  }

  /// Enters the folder that the path names.
  mutating func descend(_ old: ObjectID?, _ new: ObjectID?) {
    guard count(new ?? old) else { return }
    do throws(GitError) {
      guard frames.count < TreeLimits.depth else { throw .tooDeep(new ?? old ?? .zero) }
      var oldBytes: [UInt8] = []
      var newBytes: [UInt8] = []
      if let old { oldBytes = try repository.treeBytes(old) }
      if let new { newBytes = try repository.treeBytes(new) }
      frames.append(Frame(old: oldBytes, new: newBytes, pathLength: path.count))
    } catch {
      unreadable.append(UnreadableFolder(path: text(of: path.dropLast()), error: error))
    }
  }

  private mutating func run(_ frame: inout Frame, _ visit: (TreeChange) -> Void) -> Step {
    // Copies of the two references: the bytes must not be borrowed from the frame that is changed meanwhile.
    let (old, new) = (frame.old, frame.new)
    return old.withUnsafeBytes { old in
      new.withUnsafeBytes { new in
        while true {
          let hasOld = frame.oldCursor.parse(old)
          let hasNew = frame.newCursor.parse(new)
          guard hasOld || hasNew else { return .finished }
          let order = hasOld && hasNew ? frame.oldCursor.order(old, frame.newCursor, new) : hasOld ? -1 : 1
          let before = order <= 0 ? frame.oldCursor : nil
          let after = order >= 0 ? frame.newCursor : nil
          if before != nil { frame.oldCursor.advance() }
          if after != nil { frame.newCursor.advance() }
          if let before, let after, before.id(old) == after.id(new),
            before.mode == after.mode || EntryKind(mode: before.mode) == EntryKind(mode: after.mode)
          {
            continue
          }
          let oldItem = before.map { $0.item(old) }
          let newItem = after.map { $0.item(new) }
          path.append(contentsOf: before.map { $0.name(old) } ?? after.map { $0.name(new) } ?? old)
          if (newItem ?? oldItem)?.kind == .folder { return .descend(oldItem?.id, newItem?.id) }
          guard count((newItem ?? oldItem)?.id) else { return .finished }
          visit(TreeChange(path: text(of: path[...]), old: oldItem, new: newItem))
          path.removeLast(path.count - frame.pathLength)
        }
      }
    }
  }

  /// Counts a path; `false` where there are too many, which ends the comparison.
  private mutating func count(_ id: ObjectID?) -> Bool {
    changes += 1
    guard changes > repository.pathLimit else { return true }
    unreadable.append(
      UnreadableFolder(path: text(of: path[...]), error: .tooManyPaths(id ?? .zero, repository.pathLimit)))
    frames.removeAll()
    return false
  }

  private func text(of path: ArraySlice<UInt8>) -> String { String(decoding: path, as: UTF8.self) }
}

extension TreeCursor {
  /// Git's order of two entries, negative where the first comes first: names as bytes, a folder's with a slash at its
  /// end, so that a file and a folder of one name are two different entries.
  @inline(__always)
  func order(_ bytes: UnsafeRawBufferPointer, _ other: TreeCursor, _ otherBytes: UnsafeRawBufferPointer) -> Int {
    let length = nameEnd - nameStart
    let otherLength = other.nameEnd - other.nameStart
    let common = min(length, otherLength)
    var index = 0
    while index < common {
      let difference = Int(bytes[nameStart + index]) - Int(otherBytes[other.nameStart + index])
      if difference != 0 { return difference }
      index += 1
    }
    let slash = Int(UInt8(ascii: "/"))
    let next = length > common ? Int(bytes[nameStart + common]) : (isFolder ? slash : 0)
    let otherNext = otherLength > common ? Int(otherBytes[other.nameStart + common]) : (other.isFolder ? slash : 0)
    // Same end, different lengths: a hostile name that itself ends with a slash. Any fixed order does.
    return next != otherNext ? next - otherNext : length - otherLength
  }
}
