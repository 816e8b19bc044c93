internal import ArgumentParser
internal import Policy
internal import Reporting
internal import Rules
internal import Secrets

/// `fluxwarden rules`: the catalogue.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule and credential type.")

  /// How to print.
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Option(name: .long, help: ArgumentHelp("text, json or markdown.", valueName: "format"))
  var format: Form = .text

  @Flag(name: .long, help: "List credential types only.")
  var credentials = false

  func run() {
    let rules = credentials ? Catalogue.credentials : Outcome.rules
    switch format {
    case .text: StandardOutput.write(RuleText.list(rules, isColoured: Outcome.isColoured(noColor: false)))
    case .json: StandardOutput.write(RuleText.json(rules))
    case .markdown: StandardOutput.write(credentials ? SecretsDocument.markdown : RulePage.text(rules))
    }
  }
}

/// `fluxwarden explain`: one rule at length.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a rule: why it matters, what to do, examples.")

  @Argument(help: "The rule's id.")
  var rule: String

  func run() throws {
    guard let info = Outcome.rules.first(where: { $0.id == rule }) else {
      let near = Outcome.rules.map(\.id).min { Spelling.distance($0, rule) < Spelling.distance($1, rule) }
      throw ValidationError("there is no rule \(rule)\(near.map { "; did you mean \($0)?" } ?? "")")
    }
    StandardOutput.write(RuleText.explanation(of: info, isColoured: Outcome.isColoured(noColor: false)))
  }
}

/// How far two words are apart.
enum Spelling {
  /// The number of letters to insert, delete or replace.
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.unicodeScalars)
    var row = Array(0...right.count)
    for (index, letter) in left.unicodeScalars.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let cost = min(row[column] + 1, row[column + 1] + 1, diagonal + (letter == right[column] ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[right.count]
  }
}
