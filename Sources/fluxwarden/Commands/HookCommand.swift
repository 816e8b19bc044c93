internal import ArgumentParser
internal import Git
internal import Scanning

/// `fluxwarden hook`: what git calls.
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook", abstract: "Run as a git hook.",
    subcommands: [PreCommit.self, PrePush.self, PreReceive.self, Update.self])

  /// Without a hook's name nothing would be looked at, and a clean exit status would say otherwise.
  func run() throws { throw ValidationError("name the hook: \(HookName.names)") }

  /// `fluxwarden hook pre-commit`: as `check`, with the index that git names.
  struct PreCommit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pre-commit",
      abstract: "Judge what is about to be committed.",
      discussion: """
        A planned change passes with FLUXWARDEN_ALLOW="RULE=OBJECT: reason" in the environment; it is shown as waived.
        """)

    @OptionGroup var output: OutputOptions<FindingFormats>

    @OptionGroup var options: CommonOptions

    /// The pre-commit framework may hand over file names; a deletion would not be among them, so they are not used.
    @Argument(help: .hidden)
    var ignored: [String] = []

    func run() throws {
      try Run(options, output.chosen, command: "check").report { $0.check(.index) }
    }
  }

  /// `fluxwarden hook pre-push`: what is about to be pushed, reference by reference.
  struct PrePush: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pre-push",
      abstract: "Judge what is about to be pushed.",
      discussion: """
        Git names the references on standard input; the pre-commit framework names one in PRE_COMMIT_FROM_REF and \
        PRE_COMMIT_TO_REF. A planned change passes with FLUXWARDEN_ALLOW="RULE=OBJECT: reason" in the environment.
        """)

    @OptionGroup var output: OutputOptions<FindingFormats>

    @OptionGroup var options: CommonOptions

    @Argument(help: "The remote's name, as git gives it.")
    var remote: String?

    @Argument(help: "The remote's address, as git gives it.")
    var address: String?

    /// The pre-commit framework may hand over file names.
    @Argument(help: .hidden)
    var ignored: [String] = []

    func run() throws {
      let name = remote ?? Environment.all["PRE_COMMIT_REMOTE_NAME"] ?? "origin"
      try PushRun(options, output.chosen, side: .client(remote: name)).report(try updates())
    }

    private func updates() throws -> [RefUpdate] {
      let text = StandardInput.isTerminal ? "" : StandardInput.text()
      guard let text else { throw ValidationError("can't read the references from standard input.") }
      let found = try RefLines.updates(text) { fields in
        fields.count == 4 ? (name: fields[2], old: fields[3], new: fields[1]) : nil
      }
      guard found.isEmpty, let new = Environment.all["PRE_COMMIT_TO_REF"], !new.isEmpty else { return found }
      let branch = Environment.all["PRE_COMMIT_REMOTE_BRANCH"] ?? ""
      let old = Environment.all["PRE_COMMIT_FROM_REF"] ?? ""
      return [try RefLines.update((name: branch, old: old.isEmpty ? RefLines.none : old, new: new))]
    }
  }

  /// `fluxwarden hook pre-receive`: what a server is about to take in, all references of a push together.
  struct PreReceive: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pre-receive",
      abstract: "Judge what a server is about to take in.",
      discussion: """
        For bare repositories. Whatever can't be read refuses the push. Only who runs the server can let a planned \
        change through, with FLUXWARDEN_ALLOW in its environment.
        """)

    @OptionGroup var output: OutputOptions<FindingFormats>

    @OptionGroup var options: CommonOptions

    func run() throws {
      guard let text = StandardInput.text() else {
        throw ValidationError("can't read the references from standard input.")
      }
      let updates = try RefLines.updates(text) { fields in
        fields.count == 3 ? (name: fields[2], old: fields[0], new: fields[1]) : nil
      }
      guard !updates.isEmpty else { throw ValidationError("standard input names no reference.") }
      try PushRun(options, output.chosen, side: .server).report(updates)
    }
  }

  /// `fluxwarden hook update`: one reference of a push, so that the others may pass.
  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "update", abstract: "Judge one reference that a server is about to take in.")

    @OptionGroup var output: OutputOptions<FindingFormats>

    @OptionGroup var options: CommonOptions

    @Argument(help: "The reference's full name.")
    var name: String

    @Argument(help: "Its value before.")
    var old: String

    @Argument(help: "Its value after.")
    var new: String

    func run() throws {
      try PushRun(options, output.chosen, side: .server).report([try RefLines.update((name: name, old: old, new: new))])
    }
  }
}

/// What git says of the references of a push.
enum RefLines {
  /// The id that stands for nothing.
  static let none = String(repeating: "0", count: 40)

  /// One update for each line.
  static func updates(
    _ text: String, _ fields: ([String]) -> (name: String, old: String, new: String)?
  ) throws -> [RefUpdate] {
    try text.split(separator: "\n").map { line in
      guard let parts = fields(line.split(separator: " ").map(String.init)) else {
        throw ValidationError("a line on standard input is not what git gives to this hook.")
      }
      return try update(parts)
    }
  }

  /// An update of names and ids in hexadecimal.
  static func update(_ parts: (name: String, old: String, new: String)) throws -> RefUpdate {
    guard let old = ObjectID(hex: parts.old), let new = ObjectID(hex: parts.new) else {
      throw ValidationError("an object id of 40 hexadecimal digits is expected for \(parts.name.printableName).")
    }
    return RefUpdate(name: parts.name, old: old == .zero ? nil : old, new: new == .zero ? nil : new)
  }
}

extension String {
  /// The text for a message, without control characters.
  fileprivate var printableName: String { escapingControlCharacters }
}
