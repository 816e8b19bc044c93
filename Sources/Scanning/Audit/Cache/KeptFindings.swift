internal import Flux
internal import Git
internal import Manifests
internal import Policy

/// The findings of the rules about a commit as bytes: what a report prints of them, without what the catalogue or the
/// commit tells.
enum KeptFindings {
  /// The bytes of some findings; `nil` where one of them is more than a report prints of an object, or where something
  /// in it looks like a credential: then the commit is judged each time.
  static func bytes(_ findings: [Finding], _ infos: [String: RuleInfo], _ mask: SecretMask) -> [UInt8]? {
    var writer = Writer()
    writer.add(UInt32(findings.count))
    for finding in findings {
      guard let info = infos[finding.rule], finding.isPlain, finding.category == info.category, finding.why == info.why,
        finding.references == info.references, !mask.hides(anythingIn: finding)
      else { return nil }
      writer.add(finding, info)
    }
    return writer.bytes
  }

  /// The findings in some bytes, still without their commit; `nil` where the bytes tell none.
  static func findings(_ bytes: [UInt8], _ infos: [String: RuleInfo]) -> [Finding]? {
    var reader = Reader(bytes)
    guard let count = reader.number(), count < 1 << 20 else { return nil }
    var findings: [Finding] = []
    for _ in 0..<count {
      guard let finding = reader.finding(infos) else { return nil }
      findings.append(finding)
    }
    return reader.isAtEnd ? findings : nil
  }

  private struct Writer {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ number: UInt32) { withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) } }

    mutating func add(_ text: String) {
      add(UInt32(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    }

    mutating func add(_ text: String?) {
      bytes.append(text == nil ? 0 : 1)
      if let text { add(text) }
    }

    mutating func add(_ place: Location) {
      add(place.path)
      bytes.append(place.side == .before ? 0 : 1)
      for number in [place.span.startLine, place.span.startColumn, place.span.endLine, place.span.endColumn] {
        add(number)
      }
    }

    mutating func add(_ field: FieldPath) {
      add(UInt32(field.steps.count))
      for step in field.steps {
        switch step {
        case .key(let name):
          bytes.append(0)
          add(name)
        case .item(let name):
          bytes.append(1)
          add(name)
        case .index(let number):
          bytes.append(2)
          add(String(number))
        }
      }
    }

    mutating func add(_ finding: Finding, _ info: RuleInfo) {
      for text in [finding.rule, finding.severity.rawValue, finding.message, finding.fingerprint] { add(text) }
      for text in [finding.before, finding.after, finding.verdict?.rawValue] { add(text) }
      add(finding.remediation == info.remediation ? nil : finding.remediation)
      let subject = finding.subject
      for text in [subject?.apiVersion, subject?.kind, subject?.namespace, subject?.name] { add(text) }
      bytes.append(finding.field == nil ? 0 : 1)
      if let field = finding.field { add(field) }
      bytes.append(finding.location == nil ? 0 : 1)
      if let place = finding.location { add(place) }
      add(UInt32(finding.related.count))
      for place in finding.related { add(place) }
    }
  }

  private struct Reader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func byte() -> UInt8? {
      guard position < bytes.count else { return nil }
      defer { position += 1 }
      return bytes[position]
    }

    mutating func number() -> UInt32? {
      guard bytes.count - position >= 4 else { return nil }
      defer { position += 4 }
      return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: UInt32.self) }
    }

    mutating func text() -> String? {
      guard let length = number(), length <= bytes.count - position else { return nil }
      defer { position += Int(length) }
      return String(decoding: bytes[position..<position + Int(length)], as: UTF8.self)
    }

    /// A text that may be absent; the outer `nil` says that the bytes are none.
    mutating func textOrNone() -> String?? {
      switch byte() {
      case 0: .some(nil)
      case 1: text().map { .some($0) }
      default: nil
      }
    }

    mutating func place() -> Location? {
      guard let path = text(), let side = byte(), side < 2, let startLine = number(), let startColumn = number(),
        let endLine = number(), let endColumn = number()
      else { return nil }
      let span = Span(startLine: startLine, startColumn: startColumn, endLine: endLine, endColumn: endColumn)
      return Location(path: path, side: side == 0 ? .before : .after, span: span)
    }

    mutating func field() -> FieldPath? {
      guard let count = number(), count <= bytes.count - position else { return nil }
      var steps: [FieldPath.Step] = []
      for _ in 0..<count {
        guard let kind = byte(), let name = text() else { return nil }
        switch kind {
        case 0: steps.append(.key(name))
        case 1: steps.append(.item(name))
        default:
          guard let number = Int(name) else { return nil }
          steps.append(.index(number))
        }
      }
      return FieldPath(steps)
    }

    mutating func finding(_ infos: [String: RuleInfo]) -> Finding? {
      guard let rule = text(), let info = infos[rule], let severity = text().flatMap({ Severity(rawValue: $0) }),
        let message = text(), let fingerprint = text(), let before = textOrNone(), let after = textOrNone(),
        let verdict = textOrNone(), let remediation = textOrNone(), let apiVersion = textOrNone(),
        let kind = textOrNone(), let namespace = textOrNone(), let name = textOrNone()
      else { return nil }
      var finding = Finding(
        rule: rule, severity: severity, category: info.category, message: message, before: before, after: after,
        verdict: verdict.flatMap { Verdict(rawValue: $0) }, fingerprint: fingerprint, why: info.why,
        remediation: remediation ?? info.remediation, references: info.references)
      if let apiVersion, let kind, let namespace, let name {
        finding.subject = Finding.Subject(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
      }
      guard let hasField = byte() else { return nil }
      if hasField == 1 {
        guard let field = field() else { return nil }
        finding.field = field
      }
      guard let hasPlace = byte() else { return nil }
      if hasPlace == 1 {
        guard let place = place() else { return nil }
        finding.location = place
      }
      guard let count = number(), count <= bytes.count - position else { return nil }
      for _ in 0..<count {
        guard let place = place() else { return nil }
        finding.related.append(place)
      }
      return finding
    }
  }
}

extension Finding {
  /// Whether it is about an object in a file and nothing more.
  fileprivate var isPlain: Bool {
    source == .file && secret == nil && exposure == nil && suppression == nil && excerpt.isEmpty && diff.isEmpty
  }
}

extension SecretMask {
  /// Whether a credential stands in one of the texts of a finding, as a value or by the name of its field.
  fileprivate func hides(anythingIn finding: Finding) -> Bool {
    let name = finding.field?.steps.last.map { step in
      switch step {
      case .key(let name), .item(let name): name
      case .index: "value"
      }
    }
    let values = [finding.before, finding.after].compactMap { $0 }
    if values.contains(where: { hidden(in: $0, called: name ?? "value") != $0 }) { return true }
    let subject = finding.subject.map { [$0.apiVersion, $0.kind, $0.namespace, $0.name] } ?? []
    let places = ([finding.location].compactMap { $0 } + finding.related).map(\.path)
    let texts = [finding.message, finding.remediation, finding.field?.description ?? ""] + subject + places + values
    return holdsAny(texts)
  }
}
