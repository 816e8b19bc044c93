import Foundation
import Testing

/// Texts that were looked at once and must not change unseen; kept in the folder `Golden`.
///
/// With `FLUXWARDEN_RECORD=1` in the environment they are written anew, and that run fails, so that nobody records by
/// accident.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  static func compare(
    _ text: String, with name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["FLUXWARDEN_RECORD"] == "1" {
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name); run again without FLUXWARDEN_RECORD", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard text != expected else { return }
    let lines = zip(text.split(separator: "\n"), expected.split(separator: "\n"))
    let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
    let found = first.map { "line \($0.offset + 1) is\n\($0.element.0)\ninstead of\n\($0.element.1)" }
    Issue.record("\(name): \(found ?? "one text is longer than the other")", sourceLocation: sourceLocation)
  }
}
