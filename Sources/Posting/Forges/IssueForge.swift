internal import Reporting

/// A forge that keeps what is said of a pull request as a whole among the comments of an issue, as GitHub's API does
/// and Gitea's after it.
protocol IssueForge: Forge {
  var client: ForgeClient { get }
  /// `OWNER/NAME`, ready for an address.
  var repository: String { get }
  var number: Int { get }
  /// How many characters of a status's words are shown.
  var statusLength: Int { get }
  /// The account that the token belongs to.
  func account() throws(PostingError) -> ForgeAccount
}

extension IssueForge {
  func summaries() throws(PostingError) -> [(id: String, body: String)] {
    let own = try account()
    return try client.list("/repos/\(repository)/issues/\(number)/comments").compactMap { comment in
      guard own.wrote(comment["user"]), let body = comment["body"].string, body.hasPrefix(Marker.summary),
        let id = comment["id"].int
      else { return nil }
      return (String(id), body)
    }
  }

  func addSummary(_ body: String) throws(PostingError) {
    try client.tell("POST", "/repos/\(repository)/issues/\(number)/comments", .object(["body": .text(body)]))
  }

  func changeSummary(_ id: String, _ body: String) throws(PostingError) {
    try client.tell("PATCH", "/repos/\(repository)/issues/comments/\(id)", .object(["body": .text(body)]))
  }

  func removeSummary(_ id: String) throws(PostingError) {
    try client.tell("DELETE", "/repos/\(repository)/issues/comments/\(id)", nil)
  }

  func mark(_ commit: String, isGood: Bool, _ words: String) throws(PostingError) {
    let body: [String: JSONValue] = [
      "state": .text(isGood ? "success" : "failure"), "context": .text("fluxwarden"),
      "description": .text(String(words.prefix(statusLength))),
    ]
    try client.tell("POST", "/repos/\(repository)/statuses/\(commit)", .object(body))
  }
}
