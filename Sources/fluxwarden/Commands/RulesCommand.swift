internal import ArgumentParser
internal import Configuration
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

  @Option(
    name: .long,
    help: ArgumentHelp("Print the rules of one category only; in Markdown at length.", valueName: "category"))
  var category: Category?

  func run() {
    let all = credentials ? Catalogue.credentials : Outcome.rules
    let rules = all.filter { category == nil || $0.category == category }
    switch format {
    case .text:
      StandardOutput.write(
        RuleText.list(rules, width: Terminal.outputWidth, isColoured: Outcome.isColoured(noColor: false)))
    case .json: StandardOutput.write(RuleText.json(rules))
    case .markdown: StandardOutput.write(credentials ? SecretsDocument.markdown : page)
    }
  }

  private var page: String {
    let page = RulePage(Outcome.rules, credentials: Set(Catalogue.credentials.map(\.id)))
    return category.map { page.page(of: $0) } ?? page.index
  }
}

extension Category: ExpressibleByArgument {}

/// `fluxwarden explain`: one rule at length.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a rule: why it matters, what to do, examples.")

  @Argument(help: "The rule's id.")
  var rule: String

  func run() throws {
    guard let info = Outcome.rules.first(where: { $0.id == rule }) else {
      let near = NearestWord.to(rule, among: Outcome.rules.map(\.id))
      throw ValidationError("there is no rule \(rule)\(near.map { "; did you mean \($0)?" } ?? "")")
    }
    StandardOutput.write(
      RuleText.explanation(of: info, width: Terminal.outputWidth, isColoured: Outcome.isColoured(noColor: false)))
  }
}
