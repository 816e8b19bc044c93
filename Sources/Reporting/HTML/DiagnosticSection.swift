internal import Policy

/// What could not be read, and what is out of scope.
struct DiagnosticSection {
  private let diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// The section; nothing where there is nothing to say.
  var markup: Markup {
    let errors = diagnostics.filter { $0.level == .error }
    let warnings = diagnostics.filter { $0.level == .warning }
    var markup = Markup.empty
    if !errors.isEmpty {
      markup += """
        <section id="unread">
        <h2>What could not be read <span class="n">\(errors.count)</span></h2>
        <p class="lead">What these places hold is in none of the numbers above.</p>
        \(list(errors))</section>

        """
    }
    if !warnings.isEmpty {
      markup += """
        <section id="notes">
        <details class="fold"\(warnings.count <= 5 ? " open" as Markup : .empty)>
        <summary><h2>Notes <span class="n">\(warnings.count)</span></h2></summary>
        \(list(warnings))</details>
        </section>

        """
    }
    return markup
  }

  private func list(_ diagnostics: [Diagnostic]) -> Markup {
    let items = diagnostics.map { diagnostic -> Markup in
      let place: Markup = (diagnostic.path ?? diagnostic.repository).map { "<code>\($0)</code>" } ?? .empty
      let commit: Markup = diagnostic.commit.map { " <small>commit \($0.prefix(10))</small>" } ?? .empty
      return "<li>\(place)\(commit)<p>\(diagnostic.message)</p></li>\n"
    }
    return "<ul class=\"unread\">\n\(items)</ul>\n"
  }
}
