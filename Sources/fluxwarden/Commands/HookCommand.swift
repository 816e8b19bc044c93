internal import ArgumentParser
internal import Scanning

/// `fluxwarden hook`: what git calls.
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook", abstract: "Run as a git hook.", subcommands: [PreCommit.self])

  /// Without a hook's name nothing would be looked at, and a clean exit status would say otherwise.
  func run() throws { throw ValidationError("name the hook: pre-commit") }

  /// `fluxwarden hook pre-commit`: as `check`, with the index that git names.
  struct PreCommit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pre-commit",
      abstract: "Judge what is about to be committed.",
      discussion: """
        A planned change passes with FLUXWARDEN_ALLOW="RULE=OBJECT: reason" in the environment; it is shown as waived.
        """)

    @OptionGroup var options: CommonOptions

    /// The pre-commit framework may hand over file names; a deletion would not be among them, so they are not used.
    @Argument(help: .hidden)
    var ignored: [String] = []

    func run() throws {
      try Run(options, command: "check").report { $0.check(.index) }
    }
  }
}
