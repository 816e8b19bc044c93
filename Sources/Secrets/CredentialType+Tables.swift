extension CredentialType {
  /// A row for a value that starts with `mark` and goes on as `body`, a PCRE2 pattern; `sample` is the rest of an
  /// example as a ``SampleTemplate``. The examples for and against follow from these.
  @inline(never)
  static func marked(
    _ id: String, _ severity: CredentialSeverity, _ mark: String, _ body: String, sample: String, reach: Int = 320,
    checks: [Check] = [.random], opens: String, revoke: String, see: String
  ) -> Self {
    CredentialType.token(
      id, severity, opens: opens, literals: [mark], pattern: escaped(mark) + "(?:" + body + ")", reach: reach,
      prefix: mark, checks: checks, revoke: revoke, see: see,
      finds: ["\(mark)\(sample)", "value: \"«\(mark)\(sample)»\"\n", "# old: «\(mark)\(sample)», do not use\n"],
      passes: [mark, "\(mark)xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "\(mark){a2}"])
  }

  /// A row for a value told by its name: one of `names` in the key, and one of `vendors` in the key or shortly before.
  /// `pattern` is that of the whole value, `sample` an example of it.
  @inline(never)
  static func named(
    _ id: String, _ severity: CredentialSeverity, _ vendors: [String], _ names: [String], _ pattern: String,
    sample: String, checks: [Check] = [.random], opens: String, revoke: String, see: String
  ) -> Self {
    let vendor = vendors.first ?? ""
    let name = names.first ?? ""
    var finds = ["\(vendor.uppercased())_\(name.uppercased())=«\(sample)»\n", "\(vendor)_\(name): \"«\(sample)»\"\n"]
    if vendor.utf8.count >= 5 { finds.append("\(vendor):\n  enabled: true\n  \(name): «\(sample)»\n") }
    return CredentialType.assigned(
      id, severity, opens: opens, vendors: vendors, names: names, pattern: pattern, checks: checks, revoke: revoke,
      see: see, finds: finds,
      passes: ["\(vendor)_\(name): ${\(vendor.uppercased())}\n", "\(vendor)_\(name)_ref: \(vendor)-credentials\n"])
  }

  /// `text` with the characters that mean something to PCRE2 escaped.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      if #".\+*?[^]$(){}=!<>|:-#/"#.contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
  }
}
