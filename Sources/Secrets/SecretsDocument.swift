/// The manual page of all credential types, printed from the types themselves.
package enum SecretsDocument {
  /// The page as Markdown, ending with a newline.
  package static var markdown: String {
    var lines = [
      "# Credential types", "",
      "fluxwarden looks for \(CredentialType.all.count) types of credentials. Each is a rule of the category `secret`;",
      "the id is what `--allow`, waivers and reports use. No value is ever tried.", "",
    ]
    for (family, types) in families where !types.isEmpty {
      lines += ["## \(family)", "", "| id | severity | opens | when it leaked |", "| --- | --- | --- | --- |"]
      lines += types.map(row)
      lines.append("")
    }
    lines += bounds
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ type: CredentialType) -> String {
    let id = type.references.first.map { "[`\(type.id)`](\($0))" } ?? "`\(type.id)`"
    return "| \(id) | \(type.severity.name) | \(cell(type.opens)) | \(cell(type.revoke)). |"
  }

  /// `text` without what would end a cell of a table.
  private static func cell(_ text: String) -> String {
    text.reduce(into: "") { cell, character in
      if character == "|" { cell.append("\\") }
      cell.append(character)
    }
  }

  private static var bounds: [String] {
    [
      "## Encodings and bounds", "",
      "Base64 (also for URLs, folded over lines), hexadecimal, percent encoding, UTF-16 and gzip within base64 are undone, "
        + "\(SecretScanner.Bounds.depth) levels deep at most,",
      "\(SecretScanner.Bounds.decodedBytes >> 20) MiB a text in all and \(SecretScanner.Bounds.inflatedBytes >> 20) MiB a compressed member. "
        + "What a bound left out is reported as a diagnostic.",
      "A file that is gzip as a whole, such as a chart, is searched for what has a mark of its own; other archives are not opened.",
      "A checksum is judged where the format carries one and is public: GitHub's classic tokens. A wrong one makes the finding medium.",
    ]
  }

  /// The families in the order of ``CredentialType/all``.
  static let families: [(String, [CredentialType])] = [
    ("Git forges", Forges.types), ("Keys", Keys.types), ("Kubernetes", Kubernetes.types),
    ("EKS Anywhere", EKSAnywhere.types), ("Clouds", Clouds.types), ("Cloud platforms", CloudPlatforms.types),
    ("Registries", Registries.types), ("Continuous integration and delivery", ContinuousIntegration.types),
    ("Vaults", Vaults.types), ("Infrastructure", Infrastructure.types), ("Observability", Observability.types),
    ("Messages and mail", Messaging.types), ("Models", AI.types), ("Services", Services.types),
    ("Databases", Databases.types), ("Without a mark of their own", Generic.types),
  ]
}
