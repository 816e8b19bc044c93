/// Why a text is not YAML that Flux would read. It never holds a piece of the text, which may be a secret.
package struct YAMLProblem: Error, Sendable, Hashable {
  /// What kind of problem it is.
  package enum Kind: Sendable, Hashable {
    /// The text is not YAML.
    case syntax
    /// A mapping has the same key twice, which kustomize refuses.
    case duplicateKey
    /// An alias names an anchor that its document does not define.
    case undefinedAlias
    /// The document expands to more nodes, or nests deeper, than any real manifest.
    case overBudget
  }

  package var kind: Kind
  /// The reason, in words of the parser, without text from the file.
  package var reason: String
  /// Where it was noticed.
  package var span: Span

  package init(kind: Kind, reason: String, span: Span) {
    self.kind = kind
    self.reason = reason
    self.span = span
  }
}

/// How much of a hostile text is read before giving up.
package struct YAMLBudget: Sendable {
  /// Nodes in one stream after aliases are expanded.
  package var nodes = 1_000_000
  /// Nesting of collections. libyaml's own cost grows with the square of it.
  package var depth = 200
  /// Size of one text in bytes.
  package var bytes = 32 << 20

  package init() {}
}

/// One document of a stream.
package struct YAMLDocument: Sendable {
  /// The value; `nil` for an empty or comment-only document.
  package var root: Node?
  /// What kustomize would refuse in it although it could be composed.
  package var problems: [YAMLProblem]

  package init(root: Node?, problems: [YAMLProblem]) {
    self.root = root
    self.problems = problems
  }
}

/// A text read as YAML.
package struct YAMLStream: Sendable {
  /// The documents before the first syntax error.
  package var documents: [YAMLDocument]
  /// Why reading stopped early, if it did.
  package var problem: YAMLProblem?

  package init(documents: [YAMLDocument], problem: YAMLProblem? = nil) {
    self.documents = documents
    self.problem = problem
  }

  /// The first thing that makes kustomize refuse this text.
  package var firstProblem: YAMLProblem? { documents.lazy.compactMap(\.problems.first).first ?? problem }
}
