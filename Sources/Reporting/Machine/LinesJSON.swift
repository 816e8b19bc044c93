internal import Policy

/// The lines around a finding in JSON, masked as in every other form; asked for with `--lines`.
enum LinesJSON {
  /// The members `excerpt` and `diff`.
  static func write(_ finding: Finding, to json: inout JSONWriter) {
    json.member("excerpt", each: finding.excerpt) { json, line in
      json.member("line", line.number)
      json.member("text", line.text)
    }
    json.member("diff", each: finding.diff) { json, line in
      json.member("sign", sign(of: line))
      json.member("line", line.number)
      json.member("text", line.text)
      json.member("flagged", line.isFlagged)
    }
  }

  /// The sign in front of a line of a difference.
  private static func sign(of line: Finding.DiffLine) -> String {
    switch line.sign {
    case .kept: " "
    case .removed: "-"
    case .added: "+"
    }
  }
}
