import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A forge on the loopback interface that serves the branch `change` of a repository as a pull request into `main`.
final class LoopbackForge {
  /// Which API it speaks.
  enum Kind: String, CaseIterable {
    case github, gitlab, gitea
  }

  let kind: Kind
  private let repository: TestRepository
  private let folder: TemporaryFolder
  private let server: RunningProgram
  private let port: Int

  /// Whether it can be run on this machine.
  static let isThere: Bool = {
    let found = try? run(
      "sh", ["-c", "command -v python3 && command -v curl"], in: "/", environment: Product.environment)
    return found?.status == 0
  }()

  /// - Parameter forged: comments that somebody else wrote in our words.
  init(_ kind: Kind, _ repository: TestRepository, forged: [String] = []) throws {
    self.kind = kind
    self.repository = repository
    folder = try TemporaryFolder()
    if !forged.isEmpty { try folder.write("forged", forged.joined(separator: "\u{c}")) }
    server = try RunningProgram(
      "python3",
      [Product.project + "/Tests/CommandTests/Fixtures/forge.py", repository.path, folder.root, kind.rawValue],
      in: "/", environment: TestRepository.environment)
    for _ in 0..<1000 where !folder.exists("port") { usleep(10_000) }
    guard folder.exists("port"), let port = Int(try folder.text("port")) else {
      throw ProgramError("the loopback forge did not start")
    }
    self.port = port
  }

  deinit { server.stop() }

  /// What a CI system would set.
  func environment(token: String = "good") -> [String: String] {
    let address = "http://127.0.0.1:\(port)"
    return [
      "FLUXWARDEN_TOKEN": token, "GITHUB_API_URL": address, "GITHUB_GRAPHQL_URL": address + "/graphql",
      "GITHUB_REPOSITORY": "o/r", "GITHUB_REF": "refs/pull/1/merge", "CI_API_V4_URL": address, "CI_PROJECT_ID": "7",
      "CI_MERGE_REQUEST_IID": "1",
    ]
  }

  /// Reviews the pull request and posts what was found.
  @discardableResult
  func review(
    _ options: [String] = [], range: String = "main...change", token: String = "good"
  ) throws -> ProgramResult {
    try Product.run(
      ["review", range, "--post", kind.rawValue] + options, in: repository.path,
      environment: environment(token: token))
  }

  /// The next answers: `METHOD STATUS [RETRY-AFTER] [HEADER:VALUE] [MESSAGE]`, one a line.
  func fail(_ lines: String...) throws { try fail(lines) }

  /// The next answers.
  func fail(_ lines: [String]) throws { try folder.write("faults", lines.joined(separator: "\n")) }

  /// What a reader of the pull request sees.
  func state() throws -> JSON { try JSONDecoder().decode(JSON.self, from: Data(try folder.read("state.json"))) }

  /// Our comments that are not folded away, as `PATH SIDE LINE`.
  func open() throws -> [String] {
    try ours().filter { $0["resolved"] != .bool(true) }.map { comment in
      let line = comment["line"].int.map { " \($0)" } ?? ""
      return "\(comment["path"].text ?? "") \(comment["side"].text ?? "")\(line)"
    }
  }

  /// All our comments beside lines.
  func ours() throws -> [JSON] { try state()["comments"].items.filter { $0["user"]["username"].text == "warden" } }

  /// All our summaries.
  func summaries() throws -> [String] {
    try state()["summaries"].items.filter { $0["user"]["username"].text == "warden" }.compactMap { $0["body"].text }
  }
}
