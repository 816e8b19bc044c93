internal import Reporting

/// The forges that can be commented on.
package enum ForgeKind: String, Sendable, CaseIterable {
  case github, gitlab, gitea

  /// The variables in which a token is looked for, the first that is set counts.
  var tokenVariables: [String] {
    switch self {
    case .github: ["FLUXWARDEN_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"]
    case .gitlab: ["FLUXWARDEN_TOKEN", "GITLAB_TOKEN"]
    case .gitea: ["FLUXWARDEN_TOKEN", "GITEA_TOKEN", "FORGEJO_TOKEN", "GITHUB_TOKEN"]
    }
  }

  /// The forge that the environment tells of.
  ///
  /// - Parameter event: the text of the file that `GITHUB_EVENT_PATH` names.
  func forge(_ environment: [String: String], event: [UInt8]?) throws(PostingError) -> any Forge {
    let variables = ForgeVariables(environment)
    guard let token = tokenVariables.lazy.compactMap({ variables[$0] }).first else {
      throw PostingError("there is no token: set \(tokenVariables.joined(separator: " or "))")
    }
    guard !token.contains(where: \.isNewline) else { throw PostingError("the token holds a line break") }
    switch self {
    case .gitlab:
      let base = try variables.need("CI_API_V4_URL", "the address of GitLab's API")
      let project = try variables.need("CI_PROJECT_ID", "the project")
      let number = try variables.number(["FLUXWARDEN_PULL_REQUEST", "CI_MERGE_REQUEST_IID"], event: nil)
      let client = ForgeClient(base: base, headers: ["PRIVATE-TOKEN: \(token)", "Accept: application/json"])
      return GitLab(client: client, project: project.percentEncoded, number: number)
    case .github, .gitea:
      let number = try variables.number(["FLUXWARDEN_PULL_REQUEST"], event: event)
      let repository = try variables.need("GITHUB_REPOSITORY", "the repository, as OWNER/NAME")
      let path = repository.split(separator: "/").map { String($0).percentEncoded }.joined(separator: "/")
      if self == .github {
        let client = ForgeClient(
          base: variables["GITHUB_API_URL"] ?? "https://api.github.com",
          headers: [
            "Authorization: Bearer \(token)", "Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28",
          ])
        let graph = variables["GITHUB_GRAPHQL_URL"]
        return GitHub(client: client, repository: path, number: number, graph: graph)
      }
      let api = variables["GITHUB_API_URL"]
      let server = if let api { api } else { try variables.need("GITHUB_SERVER_URL", "the server") + "/api/v1" }
      let client = ForgeClient(base: server, headers: ["Authorization: token \(token)", "Accept: application/json"])
      return Gitea(client: client, repository: path, number: number)
    }
  }
}

/// The variables of a CI system.
private struct ForgeVariables {
  let all: [String: String]

  init(_ all: [String: String]) { self.all = all }

  subscript(name: String) -> String? { all[name].flatMap { $0.isEmpty ? nil : $0 } }

  func need(_ name: String, _ meaning: String) throws(PostingError) -> String {
    guard let value = self[name] else { throw PostingError("\(name) is not set: it tells \(meaning)") }
    return value
  }

  /// The pull request's number: from a variable, from `refs/pull/N/merge`, or from the event.
  func number(_ names: [String], event: [UInt8]?) throws(PostingError) -> Int {
    for name in names { if let number = self[name].flatMap({ Int($0) }) { return number } }
    let parts = (self["GITHUB_REF"] ?? "").split(separator: "/")
    if parts.count >= 3, parts[0] == "refs", parts[1] == "pull", let number = Int(parts[2]) { return number }
    if let event, let value = JSONValue(parsing: event) {
      if let number = value["pull_request"]["number"].int ?? value["number"].int { return number }
    }
    throw PostingError("no variable tells the number of the pull request: set FLUXWARDEN_PULL_REQUEST")
  }
}

extension String {
  /// The text as one part of a path in an address.
  var percentEncoded: String {
    var result = ""
    for byte in utf8 {
      let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      if isPlain || "-._~".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
