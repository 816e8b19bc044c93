internal import Reporting

/// GitLab, self-managed or not.
struct GitLab: Forge {
  let client: ForgeClient
  /// The project's number or path, ready for an address.
  let project: String
  let number: Int

  var name: String { "GitLab" }
  /// GitLab takes one discussion at a time.
  var batch: Int { 1 }
  private var request: String { "/projects/\(project)/merge_requests/\(number)" }

  func pullRequest() throws(PostingError) -> PullRequest {
    let answer = try client.get(request)
    let refs = answer["diff_refs"]
    guard let head = refs["head_sha"].string ?? answer["sha"].string else {
      throw PostingError("\(request) has no head")
    }
    let files = try client.list("\(request)/diffs").map { file in
      DiffLines(
        path: file["new_path"].string ?? "", oldPath: file["old_path"].string ?? "", patch: file["diff"].string ?? "")
    }
    var pull = PullRequest(head: head, files: files)
    pull.diffBase = refs["base_sha"].string ?? ""
    pull.diffStart = refs["start_sha"].string ?? ""
    return pull
  }

  func comments() throws(PostingError) -> [ExistingComment] {
    let own = ForgeAccount(login: try client.get("/user")["username"].string)
    return try client.list("\(request)/discussions").compactMap { discussion in
      guard let note = discussion["notes"].items.first, own.wrote(note["author"]), let body = note["body"].string,
        let key = Marker.key(in: body), let thread = discussion["id"].string, let id = note["id"].int
      else { return nil }
      return ExistingComment(
        id: String(id), thread: thread, key: key, body: body, isResolved: note["resolved"].bool ?? false)
    }
  }

  func add(_ comments: [WantedComment], to pull: PullRequest) throws(PostingError) {
    for comment in comments {
      let body: [String: JSONValue] = [
        "body": .text(comment.body), "position": .object(GitLab.position(of: comment.anchor, pull)),
      ]
      try client.tell("POST", "\(request)/discussions", .object(body))
    }
  }

  /// An added line has only a new number, a removed one only an old one, any other both.
  private static func position(of anchor: Anchor, _ pull: PullRequest) -> [String: JSONValue] {
    var position: [String: JSONValue] = [
      "base_sha": .text(pull.diffBase), "start_sha": .text(pull.diffStart), "head_sha": .text(pull.head),
      "old_path": .text(anchor.oldPath), "new_path": .text(anchor.path),
      "position_type": .text(anchor.line == nil ? "file" : "text"),
    ]
    if let old = anchor.line?.old { position["old_line"] = .int(old) }
    if let new = anchor.line?.new { position["new_line"] = .int(new) }
    return position
  }

  func change(_ comment: ExistingComment, body: String) throws(PostingError) {
    try client.tell(
      "PUT", "\(request)/discussions/\(comment.thread)/notes/\(comment.id)", .object(["body": .text(body)]))
  }

  func remove(_ comment: ExistingComment) throws(PostingError) {
    try client.tell("DELETE", "\(request)/discussions/\(comment.thread)/notes/\(comment.id)", nil)
  }

  func resolve(_ comment: ExistingComment, _ isResolved: Bool) throws(PostingError) {
    guard comment.isResolved != isResolved else { return }
    try client.tell("PUT", "\(request)/discussions/\(comment.thread)", .object(["resolved": .flag(isResolved)]))
  }

  func summaries() throws(PostingError) -> [(id: String, body: String)] {
    let own = ForgeAccount(login: try client.get("/user")["username"].string)
    let notes = try client.list("\(request)/notes?sort=asc&order_by=created_at")
    return notes.compactMap { note in
      guard own.wrote(note["author"]), let body = note["body"].string, body.hasPrefix(Marker.summary),
        let id = note["id"].int
      else { return nil }
      return (String(id), body)
    }
  }

  func addSummary(_ body: String) throws(PostingError) {
    try client.tell("POST", "\(request)/notes", .object(["body": .text(body)]))
  }

  func changeSummary(_ id: String, _ body: String) throws(PostingError) {
    try client.tell("PUT", "\(request)/notes/\(id)", .object(["body": .text(body)]))
  }

  func removeSummary(_ id: String) throws(PostingError) { try client.tell("DELETE", "\(request)/notes/\(id)", nil) }

  func mark(_ commit: String, isGood: Bool, _ words: String) throws(PostingError) {
    let body: [String: JSONValue] = [
      "state": .text(isGood ? "success" : "failed"), "name": .text("fluxwarden"),
      "description": .text(String(words.prefix(250))),
    ]
    try client.tell("POST", "/projects/\(project)/statuses/\(commit)", .object(body))
  }
}
