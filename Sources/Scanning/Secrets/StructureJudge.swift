internal import Manifests
internal import Policy
internal import Secrets

/// Joins what a search of a text found with what the structure of the manifest in it tells, so that each value is told
/// once: a type with a mark of its own before the rule about the place, that rule before a type told by a name.
struct StructureJudge {
  let scanner: SecretScanner
  /// The key of `FLUXWARDEN_KEY`.
  let key: String?
  private var matches: [(match: SecretMatch, span: Span)]
  private var isTaken: [Bool]
  private(set) var placed: [PlacedSecret] = []

  /// - Parameter matches: in order of place.
  init(_ matches: [(match: SecretMatch, span: Span)], scanner: SecretScanner, key: String?) {
    self.matches = matches
    self.scanner = scanner
    self.key = key
    isTaken = Array(repeating: false, count: matches.count)
  }

  /// Gives each value its finding, and the rest of the matches theirs.
  ///
  /// - Parameter silenced: places about whose values something else speaks.
  mutating func judge(_ values: [StructuredValue], silenced: [Span]) -> [PlacedSecret] {
    for index in matches.indices where matches[index].match.type.isToldByNameAlone {
      if silenced.contains(where: { $0.touches(matches[index].span) }) { isTaken[index] = true }
    }
    var ordinary: [StructuredValue] = []
    for value in values where !silenced.contains(where: { $0.touches(value.span) }) {
      if !take(value) { ordinary.append(value) }
    }
    for index in matches.indices where !isTaken[index] {
      placed.append(PlacedSecret(matches[index].match, span: matches[index].span, key: key))
    }
    tellOrdinary(ordinary)
    return placed
  }

  /// Tells what is in a value; false where it is no credential and still does not belong into a repository.
  private mutating func take(_ value: StructuredValue) -> Bool {
    let inside = indices(touching: value.span)
    let named = inside.filter { !matches[$0].match.type.isToldByNameAlone }
    let told = inside.filter { matches[$0].match.type.isToldByNameAlone }
    for index in named {
      isTaken[index] = true
      add(PlacedSecret(matches[index].match, span: matches[index].span, key: key), value, matches[index].span)
    }
    for index in told { isTaken[index] = true }
    let isText = value.isMeantSecret && value.bytes.contains(UInt8(ascii: "\n")) && value.span.isManyLines
    if !value.isMeantSecret || isText && !told.isEmpty {
      for index in told {
        let (match, found) = matches[index]
        let span = value.scalar(at: found) ?? found
        add(structural(value, match.isHighEntropy, match, at: span), value, span)
      }
      return true
    }
    guard named.isEmpty else { return true }
    let first = told.first.map { matches[$0].match }
    if let first, !value.isBase64 { return tell(first, value) }
    let verdict = scanner.judge(value.bytes, key: value.key, place: value.place)
    // What the bytes hold as base64 may be known by a mark once that is undone.
    if let first, !verdict.hasMark { return tell(first, value) }
    return tell(verdict, value)
  }

  private mutating func tell(_ match: SecretMatch, _ value: StructuredValue) -> Bool {
    add(structural(value, match.isHighEntropy, match), value, value.span)
    return true
  }

  private mutating func tell(_ verdict: Verdict, _ value: StructuredValue) -> Bool {
    switch verdict {
    case .credential(let found):
      for match in found.prefix(16) {
        var secret =
          match.type.isToldByNameAlone
          ? structural(value, match.isHighEntropy, match)
          : PlacedSecret(match, span: value.span, key: key)
        if value.isBase64, !match.type.isToldByNameAlone { secret.redacted.decodedFrom.insert("base64", at: 0) }
        add(secret, value, value.span)
        if match.type.isToldByNameAlone { break }
      }
      return true
    case .looksSecret(let look):
      add(structural(value, look == .random, nil), value, value.span)
      return true
    case .passedOver(.empty): return value.rule != "plaintext-secret"
    case .passedOver(let reason): return reason.isHarmless || value.rule != "plaintext-secret"
    }
  }

  /// The finding of the rule about the place.
  private func structural(
    _ value: StructuredValue, _ isRandom: Bool, _ match: SecretMatch?, at span: Span? = nil
  ) -> PlacedSecret {
    let subject = value.object.map { " of \($0.identity.title)" } ?? ""
    var secret = PlacedSecret(
      rule: value.rule, severity: value.rule == "plaintext-secret" ? .critical : .high, span: value.span,
      redacted: Finding.SecretInfo(
        type: value.rule, redacted: "****",
        decodedFrom: match.flatMap { $0.encodings.isEmpty ? nil : $0.encodings.map(\.rawValue) }
          ?? (value.isBase64 ? ["base64"] : [])), remark: "")
    let field = value.field(at: span ?? value.span)
    secret.message = "\(field)\(subject) \(StructureJudge.words[value.rule] ?? "is in clear")."
    let bytes = match.map { $0.secret.withBytes { Array($0) } } ?? ValueJudge.trimmed(value.bytes)
    secret.hold(bytes, isRandom: isRandom, tag: "value", key: key)
    return secret
  }

  private static let words = [
    "secret-in-configmap": "holds a credential in clear, in an object that is not meant for any",
    "secret-in-env": "holds a credential in clear, readable by whoever may see the pod or the release",
    "secret-generator-literal": "is in clear: kustomize makes a Secret of it, the repository keeps it readable",
  ]

  private mutating func add(_ secret: PlacedSecret, _ value: StructuredValue, _ span: Span) {
    var copy = secret
    copy.span = span
    copy.subject = value.object.map { Finding.Subject($0) }
    copy.field = value.field(at: span)
    if value.rule == "plaintext-secret", !secret.isTyped { copy.severity = max(copy.severity, .critical) }
    placed.append(copy)
  }

  /// One finding for a Secret in clear in which nothing looks like a credential.
  private mutating func tellOrdinary(_ values: [StructuredValue]) {
    let told = Set(placed.compactMap { $0.subject })
    var seen: Set<Finding.Subject> = []
    let isEmpty = { (value: StructuredValue) in ValueJudge.trimmed(value.bytes).isEmpty }
    let filled = values.filter { !isEmpty($0) }
    let isNamed = { (value: StructuredValue) in AssignmentName.kind(of: value.key.utf8).isCredential }
    for value in filled.filter(isNamed) + filled.filter({ !isNamed($0) }) + values.filter(isEmpty) {
      guard let object = value.object, case let subject = Finding.Subject(object), !told.contains(subject),
        seen.insert(subject).inserted
      else { continue }
      var secret = structural(value, false, nil)
      secret.severity = .medium
      let what =
        isEmpty(value)
        ? "is empty in a Secret in clear: whoever fills it in here has it in the history for ever"
        : "is kept in a Secret in clear, though it reads like configuration"
      secret.message = "\(value.field) of \(object.identity.title) \(what)."
      add(secret, value, value.span)
      placed[placed.count - 1].severity = .medium
    }
  }

  /// The matches that share a place with a span.
  private func indices(touching span: Span) -> [Int] {
    var low = 0
    var high = matches.count
    while low < high {
      let middle = (low + high) / 2
      if matches[middle].span.endLine < span.startLine { low = middle + 1 } else { high = middle }
    }
    return (low..<matches.count).prefix { matches[$0].span.startLine <= span.endLine }
      .filter { !isTaken[$0] && matches[$0].span.touches(span) }
  }
}

extension Verdict {
  /// Whether a credential was found that has a mark of its own.
  fileprivate var hasMark: Bool {
    guard case .credential(let found) = self else { return false }
    return found.contains { !$0.type.isToldByNameAlone }
  }
}

extension Span {
  /// Whether it ends in another line than it starts.
  fileprivate var isManyLines: Bool { startLine != endLine }
}
