internal import Manifests

/// What a source follows: the `ref` of a GitRepository or OCIRepository, or of a FluxInstance's sync.
struct SourceRevision: Equatable {
  /// The kind: `branch`, `tag`, `name`, `semver`, `digest` or `commit`.
  let kind: String
  let name: String
  /// The key that says so.
  let key: String

  static func == (left: SourceRevision, right: SourceRevision) -> Bool {
    left.kind == right.kind && left.name == right.name
  }

  /// What a `ref` says, of which the most telling key counts; without one the branch `master`.
  init(_ ref: Node?) {
    let key = ["commit", "name", "semver", "tag", "digest", "branch"].first { ref?[$0] != nil } ?? "branch"
    let text = ref?[key]?.text ?? (key == "branch" ? "master" : "")
    self.init(kind: key, name: text, key: key)
  }

  /// What a FluxInstance follows: the full name of a reference; the short one of a branch can mean nothing else.
  init(reference: String) {
    let kind = reference.hasPrefix("refs/") ? "name" : reference.hasPrefix("sha256:") ? "digest" : "branch"
    self.init(kind: kind, name: reference, key: "ref")
  }

  /// A branch or tag by its full name is the same as by its short one.
  private init(kind: String, name: String, key: String) {
    let full = ["refs/heads/": "branch", "refs/tags/": "tag"].first { kind == "name" && name.hasPrefix($0.key) }
    self.kind = full?.value ?? kind
    self.name = full.map { String(name.dropFirst($0.key.count)) } ?? name
    self.key = key
  }

  /// Whether others can move what is followed.
  var isMoving: Bool { ["branch", "name"].contains(kind) }

  /// Whether a single revision is followed.
  var isPinned: Bool { ["commit", "tag", "digest"].contains(kind) }
}
