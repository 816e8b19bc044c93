extension Repository {
  /// The object that a revision expression names, such as `HEAD`, `main~2`, `v1.0^{commit}`, `stash@{1}` or an
  /// abbreviated id. Throws `.badRevision`, or what kept an object from being read.
  ///
  /// Understood: full and short reference names, ids of four digits or more, `@`, and after them any number of `~N`,
  /// `^N`, `^{KIND}`, `^{}`, `@{N}` and `:PATH`. Not understood: dates, searches in messages, `@{upstream}`.
  package func resolve(_ revision: String) throws(GitError) -> ObjectID {
    var rest = Substring(revision)
    let base = rest.prefix { !"~^:".contains($0) }
    rest = rest.dropFirst(base.count)
    var id = try resolveBase(String(base), in: revision)
    while let operation = rest.popFirst() {
      switch operation {
      case "~":
        for _ in 0..<(try Self.number(&rest, in: revision) ?? 1) { id = try parent(1, of: id, in: revision) }
      case "^" where rest.first == "{":
        guard let close = rest.firstIndex(of: "}") else { throw Self.bad(revision, "lacks a closing brace") }
        id = try peel(id, to: String(rest[rest.index(after: rest.startIndex)..<close]), in: revision)
        rest = rest[rest.index(after: close)...]
      case "^":
        let number = try Self.number(&rest, in: revision) ?? 1
        id = number == 0 ? try peel(id, to: "commit", in: revision) : try parent(number, of: id, in: revision)
      case ":":
        let tree = try peel(id, to: "tree", in: revision)
        guard let entry = try entry(at: String(rest), in: tree) else {
          throw Self.bad(revision, "names a path that does not exist there")
        }
        return entry.id
      default:
        throw Self.bad(revision, "is not understood after \(base)")
      }
    }
    return id
  }

  /// The commit that a revision expression names, tags followed. Throws `.badRevision` where it is no commit.
  package func resolveCommit(_ revision: String) throws(GitError) -> ObjectID {
    try peel(try resolve(revision), to: "commit", in: revision)
  }

  /// The full name of the reference that a short name means; `nil` where there is none.
  package func fullReferenceName(_ name: String) throws(GitError) -> String? {
    for prefix in ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"] {
      if try reference(prefix + name) != nil { return prefix + name }
    }
    let remoteHead = "refs/remotes/" + name + "/HEAD"
    return try reference(remoteHead) == nil ? nil : remoteHead
  }
}

extension Repository {
  private func resolveBase(_ text: String, in revision: String) throws(GitError) -> ObjectID {
    if text.hasSuffix("}"), let open = text.lastIndex(of: "{"), text[..<open].last == "@" {
      let start = text[..<open].dropLast()
      let name = start.isEmpty ? try headName() : String(start)
      guard let number = Int(text[open...].dropFirst().dropLast()), number >= 0 else {
        throw Self.bad(
          revision, "uses a form of @{…} other than a number, which is not understood: give a name or an id")
      }
      return try logged(name, number, in: revision)
    }
    let name = text == "@" ? "HEAD" : text
    guard !name.isEmpty else { throw Self.bad(revision, "names nothing") }
    if let id = ObjectID(hex: name) {
      guard contains(id) else { throw missing(id) }
      return id
    }
    if let full = try fullReferenceName(name), let id = try reference(full) { return id }
    if name == "HEAD", case .unborn(let branch) = try head() {
      throw Self.bad(revision, "has no commit yet: make the first commit on \(branch)")
    }
    // `git describe` writes v1.0-3-g1234567.
    let last = name.split(separator: "-").last ?? ""
    let digits = last.count < name.count && last.first == "g" ? String(last.dropFirst()) : name
    if (4...40).contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit) {
      return try object(startingWith: digits.lowercased())
    }
    throw Self.bad(revision, "does not exist in this repository: check the spelling, or fetch it first")
  }

  private func headName() throws(GitError) -> String {
    switch try head() {
    case .branch(let name, _), .unborn(let name): name
    case .detached: "HEAD"
    }
  }

  private func logged(_ name: String, _ number: Int, in revision: String) throws(GitError) -> ObjectID {
    guard let full = try fullReferenceName(name) else { throw Self.bad(revision, "names no reference") }
    let log = try reflog(full)
    if number < log.count { return log[number].new }
    if number == log.count, let oldest = log.last, oldest.old != .zero { return oldest.old }
    if number == 0, let id = try reference(full) { return id }
    throw Self.bad(revision, "goes back further than the log of \(full)")
  }

  private func parent(_ number: Int, of id: ObjectID, in revision: String) throws(GitError) -> ObjectID {
    let commit = try commitNode(peel(id, to: "commit", in: revision))
    guard number <= commit.parents.count else {
      throw Self.bad(revision, "goes back further than history: \(commit.id.hex) has \(commit.parents.count) parents")
    }
    if shallowCommits.contains(commit.id) {
      throw Self.bad(revision, "lies beyond where this shallow clone is cut off: run `git fetch --unshallow`")
    }
    return commit.parents[number - 1]
  }

  private func peel(_ id: ObjectID, to wanted: String, in revision: String) throws(GitError) -> ObjectID {
    if wanted == "object" { return id }
    if wanted == "tag", try header(of: id).kind == .tag { return id }
    let end = try peeled(id)
    if wanted.isEmpty || wanted == end.kind.rawValue { return end.id }
    if wanted == "tree", end.kind == .commit { return try commitNode(end.id).tree }
    throw Self.bad(revision, "is a \(end.kind.rawValue), not a \(wanted)")
  }

  private static func number(_ rest: inout Substring, in revision: String) throws(GitError) -> Int? {
    let digits = rest.prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return nil }
    guard let number = Int(digits), number < 1 << 31 else { throw bad(revision, "has too large a number") }
    rest = rest.dropFirst(digits.count)
    return number
  }

  private static func bad(_ revision: String, _ what: String) -> GitError {
    GitError(.badRevision(revision), "revision \(revision) \(what)")
  }
}
