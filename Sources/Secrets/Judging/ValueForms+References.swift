/// Values in whose place something else is put before use.
extension ValueForms {
  /// Something else is put in its place before use.
  static func isReference(_ value: [UInt8]) -> Bool {
    guard let first = value.first else { return false }
    // Make and Compose write a shell's `$NAME` as `$$NAME`.
    if value.starts(with: "$$".utf8), value.count > 3, isReference(Array(value.dropFirst())) { return true }
    if isWrapped(value) { return true }
    // What follows a word in markup: `token>`.
    if value.last == 0x3E, !value.contains(0x3C), !ValueJudge.isRandom(value, minimum: 12) { return true }
    if first == 0x3C, isOpenPlaceholder(value.dropFirst()) { return true }
    if value.starts(with: "__".utf8), value.suffix(2).elementsEqual("__".utf8) { return true }
    if first == 0x24, value.count > 1, value[1].isLetter || value[1] == 0x5F,
      value.dropFirst().allSatisfy({ $0.isAlphanumeric || $0 == 0x5F || $0 == 0x3A || $0 == 0x2E })
    {
      // `$NAME`, but not `$ecret1x`, which no shell would write.
      let name = value.dropFirst()
      if name.allSatisfy({ !$0.isLower }) || name.allSatisfy({ $0.isLetter || $0 == 0x5F }) || isVariable(name) {
        return true
      }
    }
    if first == 0x24, isMember(value.dropFirst()) { return true }
    // An entity of XML: `&operator;`.
    if first == 0x26, value.last == 0x3B, value.count > 3, value[1].isLetter,
      value.dropFirst().dropLast().allSatisfy({ $0.isLetter || $0 == 0x5F || $0 == 0x2D || $0 == 0x2E })
    {
      return true
    }
    if first == 0x24, value.dropFirst().prefix(while: { $0.isUpper || $0 == 0x5F }).count >= 3,
      let next = value.drop(while: { $0 == 0x24 || $0.isUpper || $0 == 0x5F }).first,
      next == 0x3A || next == 0x2F || next == 0x40
    {
      return true
    }
    return holdsMark(value) || referenceStarts.start(value)
  }

  /// Whether `value` stands between two signs as a name to be replaced does: `<your token>`, `[REDACTED]`, `%NAME%`.
  private static func isWrapped(_ value: [UInt8]) -> Bool {
    guard value.count > 2, let first = value.first, let last = value.last,
      let pair = wrappings.first(where: { $0.open == first && $0.close == last })
    else { return false }
    let name = value.dropFirst().dropLast()
    // What stands in braces may be an object of JSON.
    if pair.open == 0x7B, !name.allSatisfy({ $0.isAlphanumeric || "_.$/:-".utf8.contains($0) }) { return false }
    return !isDrawn(name)
  }

  private static let wrappings: [(open: UInt8, close: UInt8)] = [
    (0x3C, 0x3E), (0x7B, 0x7D), (0x5B, 0x5D), (0x25, 0x25), (0x40, 0x40),
  ]

  /// Whether a part of `value` stands between the marks of a template or of a shell: `${NAME}`, `{{ .name }}`. In a
  /// password that was drawn with signs, two of them are a mark by chance: what stands behind it closes nothing, or was
  /// drawn as the rest.
  private static func holdsMark(_ value: [UInt8]) -> Bool {
    guard openMarks.stand(in: value) else { return false }
    for start in value.indices.dropLast() {
      for mark in marks where value[start...].starts(with: mark.open.utf8) {
        let inner = start + mark.open.utf8.count
        guard let close = value[inner...].firstPlace(of: mark.close.utf8) else {
          // Cut off at a quote, as `{{ index .Values "` is, or a heredoc, which nothing closes.
          if !isDrawn(value, minimum: 10) { return true }
          continue
        }
        let around = value[..<start] + value[(close + mark.close.utf8.count)...]
        if isExpression(value[inner..<close]), !isDrawn(around) { return true }
      }
    }
    return false
  }

  /// Whether `inner`, between the marks of a template, is written: a name or an expression, not signs by chance.
  private static func isExpression(_ inner: ArraySlice<UInt8>) -> Bool {
    guard let first = inner.first(where: { !$0.isBlank }) else { return false }
    return (first.isAlphanumeric || "_.$-\"'(#/*%!<[{?:".utf8.contains(first))
      // Names such as `AMCREST2MQTT` keep to one case.
      && !inner.split(whereSeparator: { !$0.isAlphanumeric }).contains {
        isDrawn($0) && ValueJudge.classCount(Array($0)) == 3
      }
  }

  /// Whether `part` was drawn at random.
  private static func isDrawn(_ part: some Sequence<UInt8>, minimum: Int = 12) -> Bool {
    let part = Array(part)
    return ValueJudge.isRandom(part, minimum: minimum) && !part.contains(where: \.isSpace)
  }

  /// Whether `name`, behind a `$`, is written as variables are, `certs_k8s_crt`: words in lower case joined by `_`, of
  /// which digits stand in the middle of one in three at most. In `$h4mm3r_n41l` they are written for letters.
  private static func isVariable(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.allSatisfy({ $0.isLower || $0.isDigit || $0 == 0x5F }) else { return false }
    let words = name.split(separator: 0x5F)
    let mixed = words.count { word in
      word.count > 4 && word.drop(while: \.isLetter).contains(where: \.isLetter)
    }
    return words.count > 1 && mixed * 3 <= words.count
  }

  /// Whether `path`, behind a `$`, names a part of a variable, as in PowerShell, PHP and templates: `vault.DbPassword`,
  /// `sp.Keys[0].Text`, `this->token`, `x.y }}`. Its parts are words, which no password drawn at random is made of.
  private static func isMember(_ path: ArraySlice<UInt8>) -> Bool {
    let end = path.lastIndex { !$0.isBlank && $0 != 0x7D } ?? path.startIndex
    let path = path[...end]
    guard let first = path.first, first.isLetter || first == 0x5F, path.contains(0x2E) || path.contains(0x3E),
      path.allSatisfy({ $0.isAlphanumeric || "_.:?[]()\"'->".utf8.contains($0) })
    else { return false }
    let parts = path.split { !$0.isAlphanumeric && $0 != 0x5F }
    return parts.count > 1 && (Randomness.letterPairCost(path) ?? 7) < 6
      && parts.allSatisfy { part in
        part.allSatisfy(\.isDigit)
          || (part.first?.isLetter == true || part.first == 0x5F) && ValueJudge.mixes(Array(part)) * 3 <= part.count
      }
  }

  /// Whether `rest`, behind a `<` that nothing closes, names what is to be put there: `azure-secret:name`.
  private static func isOpenPlaceholder(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.allSatisfy { $0.isAlphanumeric || "-_:./".utf8.contains($0) } && !ValueJudge.isRandom(Array(rest), minimum: 12)
  }

  /// The marks between which a template, a shell or a tool names what it puts there.
  private static let marks: [(open: String, close: String)] = [
    ("${", "}"), ("{{", "}}"), ("$(", ")"), ("<%", "%>"), ("#{", "}"), ("%(", ")"), ("$[", "]"), ("((", "))"),
    ("<<", ">>"), ("!{", "}"), ("%{", "}"),
  ]
  private static let openMarks = TextSet(marks.map(\.open))
  private static let referenceStarts = TextSet([
    "op://", "vault://", "vault:secret", ">>vault:", "ref+", "ref:", "env:", "env.", "file:", "awssm://", "gcpsm://",
    "arn:",
    "ssm:",
    "secretsmanager:", "keyvault", "!vault", "!secret", "!ref", "!sub", "!reference", "!env", "process.env", "os.",
    "var.",
    "local.", "data.", "module.", "secrets.", "vars.", "inputs.", "random_password.", "azurerm_", "aws_", "google_",
    "bao:",
    "akv:", "doppler:", "projects/", "kv/", "secret/", "{from_secret", "from_secret", "@microsoft.keyvault", "@env",
    "%env",
    "$__", "bws:", "bw://", "infisical:", "sops:", "gcp:secret", "azurekeyvault:", "k8s:", "1password:", "keyring:",
    "keychain:", "urn:k8s:", "pass:", "prompt", "env[", "env(", "$env:", "resolve:",
  ])
}
