@testable import Secrets

/// Credentials in the files of tools, each in a form of its own. A case a line: family, path, text; `⏎` is a line feed,
/// `⇥` a tab.
enum ToolPositives {
  static let cases = CorpusCase.positives(lines)

  private static let lines = #"""
    variables | a.ps1 | $env:DB_PASSWORD = "«{password}»"⏎
    variables | a.yaml | db_password: $«{l6}.{n12}»⏎
    searches | find.sh | PASSWORD='«k[a-z{|}]9!{n12}»'⏎
    places | app.json | {"page": 2, "sync_token": "«{n40}»"}⏎
    """#
}
