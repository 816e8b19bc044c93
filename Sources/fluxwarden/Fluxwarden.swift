internal import ArgumentParser
internal import Configuration
internal import Git

/// The command line of fluxwarden.
@main
struct Fluxwarden: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fluxwarden",
    abstract: "Finds risky edits in a GitOps repository of EKS Anywhere clusters before Flux applies them.",
    discussion: """
      fluxwarden reads Git objects, works out which Kubernetes objects Flux would apply before and after a change, and \
      reports what would delete, shrink or expose a cluster. Credentials are searched on the bytes.

      Exit status: 0 nothing at or above --fail-on; 1 something found; 2 something could not be read.
      """,
    version: Version.number,
    subcommands: commands)

  /// All commands, in the order of the help.
  static let commands: [any ParsableCommand.Type] = [
    CheckCommand.self, ReviewCommand.self, AuditCommand.self, MergeCommand.self, PlanCommand.self, BuildCommand.self,
    RulesCommand.self, ExplainCommand.self, HookCommand.self, InstallHooksCommand.self, BaselineCommand.self,
    InitCommand.self,
    SchemaCommand.self, ManCommand.self,
  ]

  /// Without a command the help is shown; nothing was looked at, so that it is no clean run.
  func run() throws {
    StandardOutput.write(Fluxwarden.helpMessage() + "\n")
    throw ExitCode(2)
  }

  /// Throws where the first word is meant for a command and there is none of that name.
  private static func requireCommand(_ arguments: ArraySlice<String>) throws {
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments
    let names = commands.compactMap { $0.configuration.commandName }
    guard let word = words.first, !word.hasPrefix("-"), word != "help", !names.contains(word) else { return }
    let near = NearestWord.to(word, among: names).map { "; did you mean `\($0)`?" } ?? ""
    throw ValidationError("there is no command `\(word.escapingControlCharacters)`\(near)")
  }

  /// Runs a command; a usage error ends with 2, not with the 64 of the parser.
  static func main() {
    do {
      try requireCommand(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let status = exitCode(for: error)
      let message = fullMessage(for: error)
      if status.isSuccess {
        StandardOutput.write(message.isEmpty ? "" : message + "\n")
      } else if !message.isEmpty {
        StandardError.write(message + "\n")
      }
      let isOurs = error is ExitCode && (0...2).contains(status.rawValue)
      end(status.isSuccess ? 0 : isOurs ? status.rawValue : 2)
    }
    end(0)
  }

  /// Ends the process; with 2 where what was found could not be told.
  private static func end(_ status: Int32) -> Never {
    StandardOutput.flush()
    guard let reason = StandardOutput.lossReason else { Process.end(status) }
    StandardError.write("error: the output could not be written: \(reason)\n")
    Process.end(2)
  }
}
