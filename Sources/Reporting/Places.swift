internal import Manifests
internal import Policy

/// The four numbers of a place, from 1. What stands in no line (a file's name) is at the very start, with no length.
struct PlaceNumbers: Equatable {
  /// The first line.
  var startLine: Int
  /// The first column, in UTF-8 bytes.
  var startColumn: Int
  /// The line of the end.
  var endLine: Int
  /// The column behind the last one.
  var endColumn: Int

  /// Brings a span into order: no number below 1, no end before its start.
  init(_ span: Span) {
    startLine = max(1, Int(span.startLine))
    startColumn = max(1, Int(span.startColumn))
    endLine = max(startLine, Int(span.endLine))
    let end = max(1, Int(span.endColumn))
    endColumn = endLine == startLine ? max(startColumn, end) : end
  }

  /// The last line that has something of the place on it: an end in column 1 leaves its line untouched.
  var lastLine: Int { endColumn == 1 ? max(startLine, endLine - 1) : endLine }
}

extension Location {
  /// `path:line:column`, or the path alone where there is no line; control characters spelled out.
  var title: String {
    let path = path.printable
    return span == .none ? path : "\(path):\(span.startLine):\(span.startColumn)"
  }
}

extension Finding {
  /// The verdict as the contract spells it.
  ///
  /// Generic, so that printing a verdict does not tie this module to the one that reaches it.
  var verdictName: String? {
    func name(_ value: (some RawRepresentable<String>)?) -> String? { value?.rawValue }
    return name(verdict)
  }
}

extension Finding.Subject {
  /// `Cluster default/prod`, control characters spelled out.
  var title: String { "\(kind) \(namespace.isEmpty ? "" : namespace + "/")\(name)".printable }
}
