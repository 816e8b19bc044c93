/// What is known about the bytes besides themselves.
package struct ScanContext: Sendable, Hashable {
  /// Where values stand that no reader of the structure has placed more exactly.
  package var place: ValuePlace
  /// Whether assignments are judged by name and value; a caller that judges a manifest's values itself may want the
  /// types with a mark only.
  package var readsAssignments: Bool
  /// Whether the text is source code of tests, where values are made up.
  package var isTestCode = false

  /// A context with a known place.
  package init(place: ValuePlace = .generic, readsAssignments: Bool = true) {
    self.place = place
    self.readsAssignments = readsAssignments
  }

  /// The context of a file, by the end of its name: source code, text for people, generated data, configuration.
  package init(path: some Collection<UInt8>) {
    let name = Array(path.suffix(256)).split(separator: 0x2F).last.map { $0.map(\.lowered) } ?? []
    let text = String(decoding: name, as: UTF8.self)
    let end = text.split(separator: ".").last.map(String.init) ?? ""
    if Self.generated.contains(text) || Self.generatedEnds.contains(end) {
      self.init(place: .generic, readsAssignments: false)
    } else if text.hasPrefix(".env") || end == "env" {
      self.init(place: .environment)
    } else if text.hasPrefix("values") && (end == "yaml" || end == "yml") {
      self.init(place: .helmValues)
    } else if Self.code.contains(end) {
      self.init(place: .code)
      let stem = text.dropLast(end.utf8.count + 1)
      isTestCode = stem.hasPrefix("test_") || Self.testEnds.contains(where: stem.hasSuffix)
    } else {
      self.init(place: Self.prose.contains(end) ? .prose : .generic)
    }
  }

  private static let generated: Set<String> = [
    "go.sum", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "cargo.lock", "poetry.lock", "composer.lock",
    "gemfile.lock", "flake.lock", "package.resolved", "bun.lock", "uv.lock", ".terraform.lock.hcl", "checksums",
  ]
  private static let generatedEnds: Set<String> = ["sum", "lock", "svg", "map", "snap", "pb", "woff"]
  private static let code: Set<String> = [
    "go", "py", "js", "jsx", "ts", "tsx", "mjs", "cjs", "java", "kt", "scala", "rb", "rs", "c", "h", "cc", "cpp", "hpp",
    "cs", "swift", "php", "lua", "pl", "pm", "dart", "ex", "exs", "groovy", "vue", "css", "scss", "html", "htm", "rego",
    "cue", "jsonnet", "libsonnet", "proto", "graphql", "sql", "m", "mm", "zig", "nix", "star", "bzl", "ipynb",
  ]
  private static let testEnds = ["_test", ".test", ".spec", "_spec"]
  private static let prose: Set<String> = [
    "md", "markdown", "rst", "adoc", "asciidoc", "txt", "mdx", "org", "tex", "po",
  ]
}
