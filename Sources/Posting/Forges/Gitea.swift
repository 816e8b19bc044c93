internal import Reporting

/// Gitea and Forgejo, whose API is GitHub's in most things.
struct Gitea: IssueForge {
  let client: ForgeClient
  /// `OWNER/NAME`, ready for an address.
  let repository: String
  let number: Int

  var name: String { "Gitea" }
  var batch: Int { 30 }
  var statusLength: Int { 250 }
  private var pull: String { "/repos/\(repository)/pulls/\(number)" }

  func pullRequest() throws(PostingError) -> PullRequest {
    let answer = try client.get(pull)
    guard let head = answer["head"]["sha"].string else { throw PostingError("\(pull) has no head") }
    return PullRequest(head: head, files: DiffLines.files(of: try client.text("\(pull).diff")))
  }

  func comments() throws(PostingError) -> [ExistingComment] {
    let own = try account()
    var found: [ExistingComment] = []
    for review in try client.list("\(pull)/reviews") {
      guard own.wrote(review["user"]), let id = review["id"].int, review["comments_count"].int != 0 else { continue }
      for comment in try client.get("\(pull)/reviews/\(id)/comments").items {
        guard let number = comment["id"].int, let body = comment["body"].string, let key = Marker.key(in: body) else {
          continue
        }
        let isResolved = comment["resolver"] != .null
        found.append(
          ExistingComment(id: String(number), thread: String(id), key: key, body: body, isResolved: isResolved))
      }
    }
    return found
  }

  func add(_ comments: [WantedComment], to pull: PullRequest) throws(PostingError) {
    // Gitea knows no comment on a file as a whole: the first line that is shown stands for it.
    let items = try comments.map { comment throws(PostingError) -> JSONValue in
      let anchor = comment.anchor
      let line = anchor.line ?? pull.files.first { $0.path == anchor.path }?.lines.first
      guard let line else { throw PostingError("the diff shows no line of \(anchor.path)", status: 422) }
      let isOld = anchor.line == nil ? line.new == nil : anchor.isOld
      return .object([
        "path": .text(anchor.path), "body": .text(comment.body), "new_position": .int(isOld ? 0 : line.new ?? 0),
        "old_position": .int(isOld ? line.old ?? 0 : 0),
      ])
    }
    let body: [String: JSONValue] = [
      "commit_id": .text(pull.head), "event": .text("COMMENT"), "body": .text(""), "comments": .list(items),
    ]
    try client.tell("POST", "\(self.pull)/reviews", .object(body))
  }

  func change(_ comment: ExistingComment, body: String) throws(PostingError) { try changeSummary(comment.id, body) }

  func remove(_ comment: ExistingComment) throws(PostingError) { try removeSummary(comment.id) }

  /// Newer versions fold a thread away; of older ones the text alone says that it was mended.
  func resolve(_ comment: ExistingComment, _ isResolved: Bool) throws(PostingError) {
    guard comment.isResolved != isResolved else { return }
    try client.tell("POST", "\(pull)/comments/\(comment.id)/\(isResolved ? "resolve" : "unresolve")", nil)
  }

  /// The account that the token belongs to; the token of an Actions run writes as a user of its own.
  func account() throws(PostingError) -> ForgeAccount {
    do throws(PostingError) {
      return ForgeAccount(login: try client.get("/user")["login"].string)
    } catch {
      guard error.isUnavailable else { throw error }
      return ForgeAccount(login: "gitea-actions")
    }
  }
}
