package import Policy

/// A diagnostic as it is printed to standard error: `error: PATH in commit 1a2b3c4d5e: MESSAGE`.
package enum DiagnosticText {
  /// One line, without a line feed, control characters spelled out.
  package static func of(_ diagnostic: Diagnostic, isColoured: Bool) -> String {
    let style: Style = diagnostic.level == .error ? .error : .warning
    var places: [String] = []
    if let repository = diagnostic.repository { places.append(repository.printable) }
    if let path = diagnostic.path, !path.isEmpty { places.append(path.printable) }
    if let commit = diagnostic.commit { places.append("in commit \(commit.prefix(10))".printable) }
    let place = places.isEmpty ? "" : places.joined(separator: " ") + ": "
    return style(diagnostic.level.rawValue + ":", isColoured) + " \(place)\(diagnostic.message.printable)"
  }
}
