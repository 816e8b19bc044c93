import Foundation
import Policy
import Testing

@testable import Reporting

@Suite struct `hostile names, values and messages` {
  private let options = RenderOptions(toolVersion: "0.1.0")

  private func render(_ format: OutputFormat) -> String {
    format.render(HostileReport.report, options: options)
  }

  @Test(arguments: OutputFormat.allCases)
  func `leave nothing that steers a terminal`(format: OutputFormat) {
    let found = render(format).unicodeScalars.filter { $0 != "\n" && $0.isUnprintable }
    #expect(found.isEmpty, "\(found.map(\.spelled))")
  }

  @Test func `coloured text has no escape sequence but its own`() {
    var options = options
    options.isColoured = true
    let text = OutputFormat.text.render(HostileReport.report, options: options)
    let plain = text.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(plain == render(.text))
    #expect(!text.contains("\u{1B}[31mb"))
  }

  @Test func `add no line to the text output`() {
    for line in render(.text).split(separator: "\n") {
      #expect(!line.hasPrefix("::") && !line.hasPrefix("##") && !line.hasPrefix("/close"))
    }
  }

  @Test func `come back from json as they were`() throws {
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(render(.json).utf8)) as? [String: Any])
    let finding = try #require((root["findings"] as? [[String: Any]])?.first)
    for key in ["message", "before", "after", "remediation"] {
      #expect(finding[key] as? String == HostileReport.text)
    }
    #expect((finding["location"] as? [String: Any])?["path"] as? String == HostileReport.text)
  }

  @Test func `give no command to the runner of GitHub Actions`() throws {
    let lines = render(.github).split(separator: "\n")
    let commands = lines.filter { $0.hasPrefix("::") }
    #expect(commands.count == 6)
    #expect(commands.prefix(4).allSatisfy { $0.hasPrefix("::error file=") || $0.hasPrefix("::warning file=") })
    let stop = try #require(commands.dropLast().last)
    let token = stop.dropFirst("::stop-commands::".count)
    #expect(stop.hasPrefix("::stop-commands::") && commands.last == "::\(token)::")
    #expect(commands.last == lines.last)
    // Nothing but the commands themselves stands outside the stopped part.
    #expect(lines.prefix(5).elementsEqual(commands.prefix(5)))
    for command in commands.prefix(4) {
      let properties = command.dropFirst(2).prefix { $0 != ":" }
      #expect(properties.split(separator: ",").allSatisfy { $0.contains("=") })
    }
  }

  @Test func `are text in Markdown`() {
    let text = render(.markdown)
    // The title of a fold is HTML, in which back-ticks mean nothing.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let titles = lines.filter { $0.hasPrefix("<details>") }.joined(separator: "\n")
    let body = lines.filter { !$0.hasPrefix("<details>") }.joined(separator: "\n")
    let outside = (titles + withoutCode(body)).replacing(#/&#\d+;|\\\]/#, with: "\u{200B}")
    #expect(!outside.contains("<img") && !outside.contains("<!--"))
    #expect(!outside.contains(#/@[a-z]/#) && !outside.contains(#/#[0-9]/#) && !outside.contains("]("))
    #expect(!outside.contains("https://evil") && !outside.contains("www.evil"))
    #expect(text.ranges(of: "<details>").count == 3)
    #expect(text.ranges(of: #/(?m)^<\/details>$/#).count == 3)
    #expect(!text.contains(#/(?m)^(\/close|::|##\[)/#))
    for row in text.split(separator: "\n") where row.hasPrefix("|") {
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 5, "\(row)")
    }
  }

  @Test func `are no link in SARIF and neither link, image, element nor mention for reviewdog`() throws {
    let sarif = try messages(render(.sarif), "runs", "results").compactMap { ($0 as? [String: String])?["text"] }
    #expect(sarif.count == 3)
    #expect(sarif.allSatisfy { $0.contains("link] (https") && !$0.contains("](") })
    let reviewdog = try messages(render(.rdjson), "diagnostics").compactMap { $0 as? String }
    #expect(reviewdog.count == 3)
    for message in reviewdog {
      #expect(!message.contains("](") && !message.contains("![") && !message.contains("<"))
      #expect(!message.contains("`") && !message.contains("@e"))
    }
  }

  /// The values of `message` in the list that the keys lead to, the first item of each list on the way.
  private func messages(_ text: String, _ keys: String...) throws -> [Any] {
    var node = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    var items: [[String: Any]] = []
    for key in keys {
      items = try #require(node?[key] as? [[String: Any]])
      node = items.first
    }
    return items.compactMap { $0["message"] }
  }

  /// A Markdown text without its code spans and fenced blocks: from each row of back-ticks to the next of that length.
  private func withoutCode(_ text: String) -> String {
    var result = ""
    var fence = 0
    var rest = text[...]
    while let character = rest.first {
      guard character == "`", result.last != "\\" || fence > 0 else {
        if fence == 0 { result.append(character) }
        rest = rest.dropFirst()
        continue
      }
      let row = rest.prefix { $0 == "`" }
      if fence == 0 { fence = row.count } else if fence == row.count { fence = 0 }
      rest = rest.dropFirst(row.count)
    }
    #expect(fence == 0)
    return result
  }

  @Test(.enabled(if: SchemaCheck.isPossible("sarif-2.1.0.json", with: SchemaCheck.python), SchemaCheck.reason))
  func `keep to the schemas of SARIF and rdjson`() throws {
    #expect(try SchemaCheck.jsonProblems(in: render(.sarif), schema: "sarif-2.1.0.json") == "")
    #expect(try SchemaCheck.jsonProblems(in: render(.rdjson), schema: "rdjson.json") == "")
  }

  @Test(.enabled(if: SchemaCheck.isPossible("junit.xsd", with: SchemaCheck.xmllint), SchemaCheck.reason))
  func `keep to the schema of JUnit`() throws {
    #expect(try SchemaCheck.xmlProblems(in: render(.junit), schema: "junit.xsd") == "")
  }

  @Test func `a credential is shown by its mask alone`() {
    for format in OutputFormat.allCases {
      let text = format.render(SampleReport.review, options: options)
      let shown = text.ranges(of: "ghp_")
      #expect(shown.count == text.ranges(of: "ghp_****").count, "\(format)")
    }
  }
}
