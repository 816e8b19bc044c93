internal import Reporting

/// GitHub.com and GitHub Enterprise.
struct GitHub: IssueForge {
  let client: ForgeClient
  /// `OWNER/NAME`, ready for an address.
  let repository: String
  let number: Int
  /// The address of the GraphQL API, where the environment tells it.
  let graph: String?

  var name: String { "GitHub" }
  /// More comments at once are taken for abuse.
  var batch: Int { 30 }
  var statusLength: Int { 130 }
  private var pull: String { "/repos/\(repository)/pulls/\(number)" }

  func pullRequest() throws(PostingError) -> PullRequest {
    let answer = try client.get(pull)
    guard let head = answer["head"]["sha"].string else { throw PostingError("\(pull) has no head") }
    let files = try client.list("\(pull)/files").map { file in
      let path = file["filename"].string ?? ""
      return DiffLines(
        path: path, oldPath: file["previous_filename"].string ?? path, patch: file["patch"].string ?? "")
    }
    return PullRequest(head: head, files: files)
  }

  func comments() throws(PostingError) -> [ExistingComment] {
    let own = try account()
    let found = try client.list("\(pull)/comments").filter { own.wrote($0["user"]) && $0["in_reply_to_id"].int == nil }
    let marked = found.compactMap { comment -> (id: Int, key: String, body: String)? in
      guard let id = comment["id"].int, let body = comment["body"].string, let key = Marker.key(in: body) else {
        return nil
      }
      return (id, key, body)
    }
    guard !marked.isEmpty else { return [] }
    // Whether a thread is resolved is told by GraphQL only; without it, it is taken for open.
    var threads: [Int: (id: String, isResolved: Bool)] = [:]
    do throws(PostingError) { threads = try self.threads() } catch { guard error.isUnavailable else { throw error } }
    return marked.map { comment in
      let thread = threads[comment.id]
      return ExistingComment(
        id: String(comment.id), thread: thread?.id ?? "", key: comment.key, body: comment.body,
        isResolved: thread?.isResolved ?? false)
    }
  }

  func add(_ comments: [WantedComment], to pull: PullRequest) throws(PostingError) {
    let atFiles = comments.filter { $0.anchor.line == nil }
    let atLines = comments.filter { $0.anchor.line != nil }
    if !atLines.isEmpty {
      let body: [String: JSONValue] = [
        "commit_id": .text(pull.head), "event": .text("COMMENT"), "body": .text(""),
        "comments": .list(atLines.map { .object(GitHub.members(of: $0)) }),
      ]
      try client.tell("POST", "\(self.pull)/reviews", .object(body))
    }
    for comment in atFiles {
      let body: [String: JSONValue] = [
        "commit_id": .text(pull.head), "path": .text(comment.anchor.path), "subject_type": .text("file"),
        "body": .text(comment.body),
      ]
      try client.tell("POST", "\(self.pull)/comments", .object(body))
    }
  }

  private static func members(of comment: WantedComment) -> [String: JSONValue] {
    let anchor = comment.anchor
    let side = anchor.isOld ? "LEFT" : "RIGHT"
    func number(_ line: DiffLines.Line?) -> Int? { anchor.isOld ? line?.old : line?.new }
    var members: [String: JSONValue] = [
      "path": .text(anchor.path), "body": .text(comment.body), "side": .text(side),
      "line": .int(number(anchor.line) ?? 0),
    ]
    if let first = number(anchor.firstLine) {
      members["start_line"] = .int(first)
      members["start_side"] = .text(side)
    }
    return members
  }

  func change(_ comment: ExistingComment, body: String) throws(PostingError) {
    try client.tell("PATCH", "/repos/\(repository)/pulls/comments/\(comment.id)", .object(["body": .text(body)]))
  }

  func remove(_ comment: ExistingComment) throws(PostingError) {
    try client.tell("DELETE", "/repos/\(repository)/pulls/comments/\(comment.id)", nil)
  }

  // MARK: Who we are

  /// The account that the token belongs to. An app's token cannot ask; its comments are those of a bot, and no person
  /// can write in a bot's name.
  func account() throws(PostingError) -> ForgeAccount {
    do throws(PostingError) {
      return ForgeAccount(login: try client.get("/user")["login"].string)
    } catch {
      guard error.isForbidden else { throw error }
      return ForgeAccount(login: nil)
    }
  }

  // MARK: Threads

  private func threads() throws(PostingError) -> [Int: (id: String, isResolved: Bool)] {
    let parts = repository.split(separator: "/").map(String.init)
    guard parts.count == 2 else { return [:] }
    var found: [Int: (id: String, isResolved: Bool)] = [:]
    var after = JSONValue.null
    for _ in 0..<50 {
      let query = """
        query($owner: String!, $name: String!, $number: Int!, $after: String) { repository(owner: $owner, name: $name) \
        { pullRequest(number: $number) { reviewThreads(first: 100, after: $after) { pageInfo { hasNextPage endCursor } \
        nodes { id isResolved comments(first: 1) { nodes { databaseId } } } } } } }
        """
      let variables: [String: JSONValue] = [
        "owner": .text(parts[0]), "name": .text(parts[1]), "number": .int(number), "after": after,
      ]
      let answer = try ask(query, variables)["repository"]["pullRequest"]["reviewThreads"]
      for node in answer["nodes"].items {
        guard let id = node["id"].string, let first = node["comments"]["nodes"].items.first?["databaseId"].int else {
          continue
        }
        found[first] = (id, node["isResolved"].bool ?? false)
      }
      guard answer["pageInfo"]["hasNextPage"].bool == true else { return found }
      after = answer["pageInfo"]["endCursor"]
    }
    return found
  }

  func resolve(_ comment: ExistingComment, _ isResolved: Bool) throws(PostingError) {
    guard !comment.thread.isEmpty, comment.isResolved != isResolved else { return }
    let verb = isResolved ? "resolveReviewThread" : "unresolveReviewThread"
    _ = try ask(
      "mutation($id: ID!) { \(verb)(input: {threadId: $id}) { thread { id } } }", ["id": .text(comment.thread)])
  }

  private func ask(_ query: String, _ variables: [String: JSONValue]) throws(PostingError) -> JSONValue {
    let body = JSONValue.object(["query": .text(query), "variables": .object(variables)])
    let answer = try client.tell("POST", graphPath, body)
    if let error = answer["errors"].items.first {
      throw PostingError(
        "GraphQL: \(error["message"].string ?? "refused")", status: 403,
        isRateLimit: error["type"].string == "RATE_LIMITED")
    }
    return answer["data"]
  }

  private var graphPath: String { graph ?? "/graphql" }
}

/// The account in whose name we write.
struct ForgeAccount {
  /// `nil` for an app, which cannot ask for its own name.
  let login: String?

  /// Whether a user object of the API is us.
  func wrote(_ user: JSONValue) -> Bool {
    guard let login else { return user["type"].string == "Bot" }
    return user["login"].string == login || user["username"].string == login
  }
}
