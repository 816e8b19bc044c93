internal import ArgumentParser
internal import Configuration

/// `fluxwarden schema`: the JSON Schema of the configuration.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of .fluxwarden.yaml.",
    discussion: """
      Editors complete the configuration by it: put `# yaml-language-server: $schema=PATH` into its first line.
      """)

  func run() { StandardOutput.write(JSONSchema.text(rules: Outcome.rules)) }
}
