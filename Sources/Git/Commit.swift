/// Who did something, and when.
package struct Signature: Sendable, Hashable {
  /// The person's name, as written.
  package let name: String
  /// The person's address, as written.
  package let email: String
  /// Seconds since 1970, UTC.
  package let seconds: Int64
  /// The writer's offset from UTC in minutes.
  package let offset: Int

  /// A signature from its parts.
  package init(name: String, email: String, seconds: Int64, offset: Int) {
    self.name = name
    self.email = email
    self.seconds = seconds
    self.offset = offset
  }
}

/// A commit's place in history, without its texts.
package struct CommitNode: Sendable, Hashable {
  /// The commit's id.
  package let id: ObjectID
  /// Its tree.
  package let tree: ObjectID
  /// Its parents, in their order. At a shallow clone's boundary they are named but absent.
  package let parents: [ObjectID]
  /// When it was committed: seconds since 1970, UTC; 0 where the commit does not say so legibly.
  package let seconds: Int64

  /// A place in history from its parts.
  package init(id: ObjectID, tree: ObjectID, parents: [ObjectID], seconds: Int64) {
    self.id = id
    self.tree = tree
    self.parents = parents
    self.seconds = seconds
  }
}

/// A commit with its texts. Bytes that are not text in the commit's encoding are replaced by U+FFFD.
package struct Commit: Sendable, Hashable {
  /// Its place in history.
  package let node: CommitNode
  /// Who wrote it, and when.
  package let author: Signature
  /// Who recorded it, and when.
  package let committer: Signature
  /// The whole message.
  package let message: String

  /// A commit from its parts.
  package init(node: CommitNode, author: Signature, committer: Signature, message: String) {
    self.node = node
    self.author = author
    self.committer = committer
    self.message = message
  }

  /// The commit's id.
  package var id: ObjectID { node.id }
  /// Its tree.
  package var tree: ObjectID { node.tree }
  /// Its parents, in their order.
  package var parents: [ObjectID] { node.parents }
  /// The message's first paragraph on one line.
  package var summary: String { message.summary }
}

/// An annotated tag.
package struct Tag: Sendable, Hashable {
  /// The tag object's id.
  package let id: ObjectID
  /// The tag's own name for itself.
  package let name: String
  /// What it marks.
  package let target: ObjectID
  /// The kind of what it marks.
  package let targetKind: ObjectKind
  /// Who made it, and when; old tags do not say.
  package let tagger: Signature?
  /// The whole message.
  package let message: String
}

extension Repository {
  /// A commit with its texts. Throws `.missingObject`, `.corruptObject` or `.unexpectedKind`.
  package func commit(_ id: ObjectID) throws(GitError) -> Commit {
    try withObject(id, expecting: .commit) { (bytes) throws(GitError) in try Commit(id: id, bytes: bytes) }
  }

  /// A commit's place in history. Throws as `commit` does.
  package func commitNode(_ id: ObjectID) throws(GitError) -> CommitNode {
    try withObject(id, expecting: .commit) { (bytes) throws(GitError) in try CommitNode(id: id, bytes: bytes) }
  }

  /// An annotated tag. Throws `.missingObject`, `.corruptObject` or `.unexpectedKind`.
  package func tag(_ id: ObjectID) throws(GitError) -> Tag {
    try withObject(id, expecting: .tag) { (bytes) throws(GitError) in try Tag(id: id, bytes: bytes) }
  }

  /// What a chain of annotated tags ends at, with its kind; the object itself where it is no tag.
  package func peeled(_ id: ObjectID) throws(GitError) -> (id: ObjectID, kind: ObjectKind) {
    var id = id
    for _ in 0..<64 {
      let kind = try header(of: id).kind
      guard kind == .tag else { return (id, kind) }
      id = try tag(id).target
    }
    throw GitError(.overLimit(id), "tag \(id.hex) marks a chain of more than 64 tags: delete it")
  }
}

extension CommitNode {
  /// Reads the headers of a commit object.
  package init(id: ObjectID, bytes: UnsafeRawBufferPointer) throws(GitError) {
    var lines = HeaderLines(bytes)
    guard let first = lines.next(), first.key("tree"), let tree = first.id(after: 5) else {
      throw .corrupt(id, "a commit without a tree")
    }
    var parents: [ObjectID] = []
    var seconds: Int64 = 0
    while let line = lines.next() {
      if line.key("parent") {
        guard let parent = line.id(after: 7) else { throw .corrupt(id, "a commit with a malformed parent") }
        parents.append(parent)
      } else if line.key("committer") {
        seconds = line.time.seconds
        break
      }
    }
    self.init(id: id, tree: tree, parents: parents, seconds: seconds)
  }
}

extension Commit {
  init(id: ObjectID, bytes: UnsafeRawBufferPointer) throws(GitError) {
    node = try CommitNode(id: id, bytes: bytes)
    var author: HeaderLine?
    var committer: HeaderLine?
    var encoding = TextEncoding.utf8
    var lines = HeaderLines(bytes)
    while let line = lines.next() {
      if line.key("author"), author == nil {
        author = line
      } else if line.key("committer"), committer == nil {
        committer = line
      } else if line.key("encoding") {
        encoding = TextEncoding(name: line.value(after: 9))
      }
    }
    self.author = author.map { $0.signature(after: 7, encoding) } ?? .unknown
    self.committer = committer.map { $0.signature(after: 10, encoding) } ?? .unknown
    message = encoding.decode(lines.rest)
  }
}

extension Tag {
  init(id: ObjectID, bytes: UnsafeRawBufferPointer) throws(GitError) {
    var target: ObjectID?
    var kind: ObjectKind?
    var name = ""
    var tagger: Signature?
    var lines = HeaderLines(bytes)
    while let line = lines.next() {
      if line.key("object") {
        target = line.id(after: 7)
      } else if line.key("type") {
        kind = ObjectKind(rawValue: TextEncoding.utf8.decode(line.value(after: 5)))
      } else if line.key("tag") {
        name = TextEncoding.utf8.decode(line.value(after: 4))
      } else if line.key("tagger") {
        tagger = line.signature(after: 7, .utf8)
      }
    }
    guard let target, let kind else { throw .corrupt(id, "a tag that marks nothing") }
    self.init(
      id: id, name: name, target: target, targetKind: kind, tagger: tagger,
      message: TextEncoding.utf8.decode(lines.rest))
  }
}

extension Signature {
  /// What stands for a signature that a commit lacks.
  fileprivate static let unknown = Signature(name: "", email: "", seconds: 0, offset: 0)
}

extension String {
  /// The first paragraph on one line, as `git log --format=%s` prints it.
  fileprivate var summary: String {
    var lines: [Substring] = []
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        if lines.isEmpty { continue }
        break
      }
      lines.append(line)
    }
    return lines.joined(separator: " ")
  }
}
