/// A reference: a branch, a remote's branch, a tag, the stash, notes.
package struct Reference: Sendable, Hashable {
  /// The full name, such as `refs/heads/main`.
  package let name: String
  /// The object it points to: a commit, an annotated tag, seldom a tree or blob.
  package let target: ObjectID

  /// The order of `packed-refs`.
  static func precedes(_ left: Reference, _ right: Reference) -> Bool {
    left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }
}

/// What is checked out.
package enum Head: Sendable, Hashable {
  /// A branch, by its full name, and its newest commit.
  case branch(name: String, ObjectID)
  /// A commit without a branch.
  case detached(ObjectID)
  /// A branch, by its full name, that has no commit yet.
  case unborn(name: String)

  /// The commit, where there is one.
  package var commit: ObjectID? {
    switch self {
    case .branch(_, let id), .detached(let id): id
    case .unborn: nil
    }
  }
}

extension Repository {
  /// What is checked out. Throws `.badReference` where `HEAD` cannot be understood.
  package func head() throws(GitError) -> Head {
    switch try value(of: "HEAD") {
    case .object(let id): return .detached(id)
    case .symbolic(let name):
      let end = try follow(name)
      return end.target.map { .branch(name: end.name, $0) } ?? .unborn(name: end.name)
    case nil: throw badReference("HEAD", "is missing")
    }
  }

  /// The commits that the next commit merges into `HEAD`, as `git merge` left them in `MERGE_HEAD`; empty outside a merge.
  package func mergeHeads() throws(GitError) -> [ObjectID] {
    let bytes = try FileSystem.contents(location.gitDirectory + "/MERGE_HEAD") ?? []
    var heads: [ObjectID] = []
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      guard let id = ObjectID(hex: String(line)) else { throw badReference("MERGE_HEAD", "holds no commit") }
      heads.append(id)
    }
    return heads
  }

  /// The object that a full reference name stands for, symbolic references followed; `nil` where there is none.
  package func reference(_ name: String) throws(GitError) -> ObjectID? {
    guard Self.isSafe(name) else { return nil }
    return try follow(name).target
  }

  /// The full name that a symbolic reference stands for; `nil` where there is none or it is no symbolic one.
  package func symbolicTarget(_ name: String) throws(GitError) -> String? {
    guard Self.isSafe(name), case .symbolic(let target) = try value(of: name) else { return nil }
    return target
  }

  /// All references under `refs/`, sorted by name; symbolic ones under the name of their own. What cannot be
  /// understood is listed apart.
  package func references() throws(GitError) -> (references: [Reference], unreadable: [GitError]) {
    var names = try looseReferenceNames(in: location.commonDirectory)
    if location.gitDirectory != location.commonDirectory {
      names += try looseReferenceNames(in: location.gitDirectory)
    }
    var loose: [String: ObjectID] = [:]
    var unreadable: [GitError] = []
    for name in names {
      do throws(GitError) {
        if let id = try follow(name).target { loose[name] = id }
      } catch {
        unreadable.append(error)
      }
    }
    let packed = try packedReferences().filter { loose[$0.name] == nil }
    let references = packed + loose.map { Reference(name: $0.key, target: $0.value) }
    return (references.sorted(by: Reference.precedes), unreadable)
  }

  /// The commits checked out in all work trees of the repository, this one's included. What cannot be understood is
  /// listed apart.
  package func worktreeHeads() throws(GitError) -> (heads: [ObjectID], unreadable: [GitError]) {
    var heads: [ObjectID] = []
    var unreadable: [GitError] = []
    let linked = location.commonDirectory + "/worktrees"
    let folders = try [location.commonDirectory] + FileSystem.names(in: linked).map { linked + "/" + $0 }
    for folder in folders {
      do throws(GitError) {
        guard let text = try FileSystem.text(folder + "/HEAD") else { continue }
        switch Value(text) {
        case .object(let id): heads.append(id)
        case .symbolic(let name): if let id = try follow(name).target { heads.append(id) }
        case nil: throw badReference(folder + "/HEAD", "holds neither an object id nor a name")
        }
      } catch {
        unreadable.append(error)
      }
    }
    return (heads, unreadable)
  }

  /// Whether replace references tell Git to show other objects than those stored. They are ignored here.
  package func hasReplaceReferences() throws(GitError) -> Bool {
    try references().references.contains { $0.name.hasPrefix("refs/replace/") }
  }

  /// Whether a grafts file tells Git to show other parents than those stored. It is ignored here.
  package func hasGrafts() throws(GitError) -> Bool {
    guard let text = try FileSystem.text(location.commonDirectory + "/info/grafts") else { return false }
    return text.split(whereSeparator: \.isNewline).contains { !$0.hasPrefix("#") && !$0.isEmpty }
  }
}

extension Repository {
  /// What a reference's file says.
  private enum Value {
    case object(ObjectID)
    case symbolic(String)

    init?(_ text: String) {
      let line = text.prefix { !$0.isNewline }
      if line.hasPrefix("ref:") {
        let name = String(line.dropFirst(4).drop { $0 == " " || $0 == "\t" })
        guard Repository.isSafe(name) else { return nil }
        self = .symbolic(name)
      } else if let id = ObjectID(hex: line.prefix { !$0.isWhitespace }) {
        self = .object(id)
      } else {
        return nil
      }
    }
  }

  /// Follows symbolic references to the last name, which may not exist.
  private func follow(_ name: String) throws(GitError) -> (name: String, target: ObjectID?) {
    var name = name
    for _ in 0..<6 {
      switch try value(of: name) {
      case .object(let id): return (name, id)
      case .symbolic(let next): name = next
      case nil: return (name, nil)
      }
    }
    throw badReference(name, "is part of a circle of symbolic references")
  }

  private func value(of name: String) throws(GitError) -> Value? {
    for folder in name.isPerWorkTree ? [location.gitDirectory] : [location.commonDirectory] {
      let path = folder + "/" + name
      switch FileSystem.kind(path) {
      case .link:
        // Very old repositories have a symbolic link for HEAD.
        let target = String(decoding: try FileSystem.linkTarget(path), as: UTF8.self)
        if Self.isSafe(target) { return .symbolic(target) }
      case .folder, nil:
        continue
      case .file, .other:
        break
      }
      guard let text = try FileSystem.text(path) else { continue }
      guard let value = Value(text) else { throw badReference(name, "holds neither an object id nor a name") }
      return value
    }
    return try packedReference(name).map { .object($0) }
  }

  /// What `packed-refs` says of one reference: thousands of others are taken apart only where they are listed.
  private func packedReference(_ name: String) throws(GitError) -> ObjectID? {
    // A name that is not UTF-8 is known as it is shown.
    guard packed == nil, !name.unicodeScalars.contains("\u{FFFD}") else {
      return try packedReferences().target(of: name)
    }
    let bytes = try FileSystem.contents(location.commonDirectory + "/packed-refs") ?? []
    let ending = Array((" " + name).utf8)
    var (found, start) = (ObjectID?.none, 0)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
      if end - start == 40 + ending.count, bytes[(start + 40)..<end].elementsEqual(ending) {
        var digits = bytes[start..<end].makeIterator()
        found = ObjectID(digits: &digits) ?? found
      }
      start = end + 1
    }
    return found
  }

  /// The references in `packed-refs`, read once, each name once, in their order.
  private func packedReferences() throws(GitError) -> [Reference] {
    if let packed { return packed }
    var found: [Reference] = []
    let bytes = try FileSystem.contents(location.commonDirectory + "/packed-refs") ?? []
    for line in bytes.split(separator: 0x0a) where line.count > 41 && line[line.startIndex + 40] == 0x20 {
      var digits = line.makeIterator()
      guard let id = ObjectID(digits: &digits) else { continue }
      found.append(Reference(name: String(decoding: line.dropFirst(41), as: UTF8.self), target: id))
    }
    // Git writes them in order; whoever does not may write one twice, the last of which counts.
    if !zip(found, found.dropFirst()).allSatisfy(Reference.precedes) {
      let last = Dictionary(found.lazy.map { ($0.name, $0.target) }) { _, new in new }
      found = last.map { Reference(name: $0.key, target: $0.value) }.sorted(by: Reference.precedes)
    }
    packed = found
    return found
  }

  private func looseReferenceNames(in folder: String) throws(GitError) -> [String] {
    var names: [String] = []
    var pending = ["refs"]
    while let name = pending.popLast() {
      for inner in try FileSystem.names(in: folder + "/" + name) where !inner.hasSuffix(".lock") {
        let path = name + "/" + inner
        if FileSystem.kind(folder + "/" + path) == .folder { pending.append(path) } else { names.append(path) }
      }
    }
    return names
  }

  private func badReference(_ name: String, _ what: String) -> GitError {
    GitError(.badReference(name), "reference \(name) \(what): repair it with `git update-ref` or delete it")
  }

  /// Whether a name stays below the repository's folder, and is a reference's.
  fileprivate static func isSafe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { return false }
    guard !name.utf8.contains(0) else { return false }
    return parts.first == "refs" ? parts.count > 1 : name.utf8.allSatisfy { 65...90 ~= $0 || $0 == 95 }
  }
}

extension [Reference] {
  /// What a reference points to, among those sorted by name.
  fileprivate func target(of name: String) -> ObjectID? {
    let wanted = Reference(name: name, target: .zero)
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if Reference.precedes(self[middle], wanted) { low = middle + 1 } else { high = middle }
    }
    return low < count && !Reference.precedes(wanted, self[low]) ? self[low].target : nil
  }
}

extension String {
  /// Whether each work tree has its own reference of this name.
  fileprivate var isPerWorkTree: Bool {
    !hasPrefix("refs/") || hasPrefix("refs/worktree/") || hasPrefix("refs/bisect/") || hasPrefix("refs/rewritten/")
  }
}
