internal import ArgumentParser

/// `fluxwarden man`: the manual page, made of the same definitions as the help.
struct ManCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man", abstract: "Print the manual page, for man(1).",
    discussion: "Read it with `fluxwarden man | man -l -`.")

  func run() { StandardOutput.write(ManualPage.text) }
}

/// The manual page in the language of man(7).
enum ManualPage {
  /// The whole page.
  static var text: String {
    let root = Fluxwarden.configuration
    var page = ".TH FLUXWARDEN 1 \"\" \"fluxwarden \(Version.number)\" \"User Commands\"\n"
    page += section("NAME", "fluxwarden \\- \(escaped(sentence(root.abstract)))")
    page += section("SYNOPSIS", ".B fluxwarden\n.I command\n[options]\n.br\n.B fluxwarden help\n.I command")
    page += section("DESCRIPTION", paragraphs(root.discussion))
    page += ".SH COMMANDS\n"
    for command in Fluxwarden.commands { page += subsection(command) }
    page += section("EXIT STATUS", rows(exitStatus))
    page += section("ENVIRONMENT", rows(environment))
    page += section("FILES", rows(files))
    return page
  }

  private static let exitStatus = [
    ("0", "Everything was read, and nothing at or above --fail-on was found."),
    ("1", "Everything was read, and something at or above --fail-on was found."),
    ("2", "Something could not be read, or the command line or the configuration is wrong; what was found is printed."),
  ]

  private static let environment = [
    (
      "FLUXWARDEN_ALLOW",
      "Lets planned changes through a hook: RULE[=OBJECT][: REASON], several separated by semicolons."
    ),
    ("FLUXWARDEN_CACHE_DIR", "Where audits keep what they learned; else a folder of XDG_CACHE_HOME or ~/.cache."),
    ("FLUXWARDEN_NO_CACHE", "If set, audits keep nothing and know nothing, as with --no-cache."),
    ("FLUXWARDEN_KEY", "A key under which guessable values may enter fingerprints."),
    ("FLUXWARDEN_TOKEN", "The token for --post; else GITHUB_TOKEN, GITLAB_TOKEN or GITEA_TOKEN."),
    ("NO_COLOR", "Print without colour."),
    ("COLUMNS", "The cells of a line of a terminal."),
  ]

  private static let files = [
    (".fluxwarden.yaml", "The configuration, read from the tip of the base."),
    (".fluxwarden-baseline.json", "The findings that were accepted, read from there too."),
  ]

  private static func subsection(_ command: any ParsableCommand.Type) -> String {
    let name = command.configuration.commandName ?? ""
    var text = ".SS \"\(escaped(name))\"\n"
    // The lines are laid out already, so that they are taken as they are.
    let help = Fluxwarden.helpMessage(for: command, columns: 74)
    text +=
      ".nf\n\(help.split(separator: "\n", omittingEmptySubsequences: false).map(line).joined(separator: "\n"))\n.fi\n"
    for inner in command.configuration.subcommands { text += subsection(inner, of: name) }
    return text
  }

  private static func subsection(_ command: any ParsableCommand.Type, of parent: String) -> String {
    let name = "\(parent) \(command.configuration.commandName ?? "")"
    return ".SS \"\(escaped(name))\"\n\(paragraphs(command.configuration.abstract))\n"
      + (command.configuration.discussion.isEmpty ? "" : ".PP\n\(paragraphs(command.configuration.discussion))\n")
  }

  private static func section(_ title: String, _ body: String) -> String { ".SH \(title)\n\(body)\n" }

  private static func rows(_ rows: [(String, String)]) -> String {
    rows.map { ".TP\n.B \(escaped($0.0))\n\(line(Substring($0.1)))" }.joined(separator: "\n")
  }

  private static func paragraphs(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? ".PP" : line($0) }
      .joined(separator: "\n")
  }

  private static func sentence(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }

  /// A line that is no request of man(7), whatever it starts with.
  private static func line(_ text: Substring) -> String {
    let escaped = escaped(String(text))
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(character)
      }
    }
  }
}
