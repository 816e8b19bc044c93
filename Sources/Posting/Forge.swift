/// What a forge knows of a pull request.
package struct PullRequest: Sendable {
  /// The newest commit.
  var head: String
  /// The files of its diff.
  var files: [DiffLines]
  /// GitLab's three commits of a diff: base, start and head.
  var diffBase = ""
  var diffStart = ""
}

/// A place in the diff.
struct Anchor: Sendable, Hashable {
  /// The path after the change, and before it.
  var path: String
  var oldPath: String
  /// The line; `nil` for the file as a whole.
  var line: DiffLines.Line?
  /// The first line of several, in the same hunk and on the same side.
  var firstLine: DiffLines.Line?
  /// Whether the line is one of the old file.
  var isOld = false
}

/// A comment that ought to be there.
struct WantedComment: Sendable {
  /// What tells it from all others, whatever its line.
  var key: String
  var rule: String
  var anchor: Anchor
  /// Markdown with the marker.
  var body: String
}

/// A comment of ours that is there.
struct ExistingComment: Sendable {
  /// The comment, and the thread it starts.
  var id: String
  var thread: String
  var key: String
  var body: String
  var isResolved: Bool
}

/// One kind of forge: where things are asked and told.
protocol Forge {
  /// `GitHub`, for messages.
  var name: String { get }
  /// How many comments are sent at once.
  var batch: Int { get }

  func pullRequest() throws(PostingError) -> PullRequest
  /// Our own comments beside lines. What others wrote does not count, whatever it says.
  func comments() throws(PostingError) -> [ExistingComment]
  /// Adds comments; throws where one of them is refused, and then none may have been taken.
  func add(_ comments: [WantedComment], to pull: PullRequest) throws(PostingError)
  func change(_ comment: ExistingComment, body: String) throws(PostingError)
  func remove(_ comment: ExistingComment) throws(PostingError)
  /// Folds a thread away, or opens it again. A forge that cannot do so through its API does nothing.
  func resolve(_ comment: ExistingComment, _ isResolved: Bool) throws(PostingError)
  /// Our own summary, where there is one already; should there be several, all of them, the oldest first.
  func summaries() throws(PostingError) -> [(id: String, body: String)]
  func addSummary(_ body: String) throws(PostingError)
  func changeSummary(_ id: String, _ body: String) throws(PostingError)
  func removeSummary(_ id: String) throws(PostingError)
  /// Marks the commit.
  func mark(_ commit: String, isGood: Bool, _ words: String) throws(PostingError)
}

/// The invisible words by which a comment of ours is found again.
enum Marker {
  static let summary = "<!-- fluxwarden:summary -->"

  static func comment(_ key: String) -> String { "<!-- fluxwarden:\(key) -->" }

  /// The key in a comment's first line; `nil` for a comment that is none of ours.
  static func key(in body: String) -> String? {
    let line = body.prefix { !$0.isNewline }
    guard line.hasPrefix("<!-- fluxwarden:"), line.hasSuffix(" -->") else { return nil }
    let key = line.dropFirst("<!-- fluxwarden:".count).dropLast(" -->".count)
    return key.allSatisfy { $0.isHexDigit || $0 == "-" } && !key.isEmpty ? String(key) : nil
  }
}
