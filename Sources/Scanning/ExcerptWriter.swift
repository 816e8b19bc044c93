internal import Flux
internal import Manifests
internal import Policy
internal import Secrets

/// Adds the lines around findings, with everything masked that could be a secret.
final class ExcerptWriter {
  private let secrets: SecretPass
  private var texts: [Place: MaskedText?] = [:]
  /// The places of the findings that tell of a credential.
  private var told: [String: [(side: Side, span: Span)]] = [:]
  /// Lines shown above and below the place.
  private let margin = 2
  /// A longer line is cut: it is minified, or an armoured blob.
  private let width = 200

  private let generators = GeneratorLookup()
  /// Whether the differences around the places are wanted too.
  private let wantsDiffs: Bool

  init(_ secrets: SecretPass, wantsDiffs: Bool) {
    self.secrets = secrets
    self.wantsDiffs = wantsDiffs
  }

  /// A file on a side of the change.
  private struct Place: Hashable {
    var path: String
    var side: Side
  }

  /// Fills in the excerpt of a finding that has a place in a file.
  private func add(to finding: inout Finding, before: (any FileTree)?, after: any FileTree) {
    guard let place = finding.location, place.span != .none, finding.source == .file, finding.excerpt.isEmpty,
      let tree = place.side == .before ? before : after, let text = text(place.path, tree, place.side)
    else { return }
    finding.excerpt = lines(of: text, around: place.span)
    guard wantsDiffs else { return }
    let old = before.flatMap { self.text(place.path, $0, .before) }
    let new = self.text(place.path, after, .after)
    finding.diff = DiffExcerpt(before: old, after: new).lines(
      around: place.span, place.side, before: old, after: new, width: width)
  }

  /// Fills in the excerpts of all findings of one change.
  func add(to findings: inout [Finding], before: (any FileTree)?, after: any FileTree) {
    told = [:]
    texts = [:]
    for finding in findings where finding.secret != nil || finding.category == .secret {
      for place in [finding.location].compactMap({ $0 }) + finding.related {
        told[place.path, default: []].append((place.side, place.span))
      }
    }
    for index in findings.indices { add(to: &findings[index], before: before, after: after) }
  }

  /// The text of a file as it may be shown; `nil` for a key. A file that cannot be read any more is not shown either;
  /// that it could not be read was said where it was judged.
  private func text(_ path: String, _ tree: any FileTree, _ side: Side) -> MaskedText? {
    let place = Place(path: path, side: side)
    if let known = texts[place] { return known }
    guard let entry = try? tree.entry(at: path), let bytes = try? tree.contents(of: entry, at: path) else { return nil }
    let text = masked(bytes, path, tree, side)
    if texts.count > 64 { texts.removeAll() }
    texts[place] = .some(text)
    return text
  }

  private func masked(_ bytes: [UInt8], _ path: String, _ tree: any FileTree, _ side: Side) -> MaskedText? {
    // A kustomization that cannot be read was told where the file was judged, and nothing was made of the file there.
    let role = (try? generators.role(of: path, in: tree)).flatMap { $0 }
    let found = bytes.withUnsafeBytes { secrets.read($0, path: path, role: role) }
    var places = HiddenPlaces(in: bytes, path: path, role: role, found: found)
    for told in told[path] ?? [] where told.side == side { places.add(told.span) }
    if places.isWhole { return nil }
    return MaskedText(
      bytes: bytes,
      hidden: secrets.hidden(in: bytes, path: path) + AddressPasswords(in: bytes).ranges
        + PasswordHashes(in: bytes).ranges
        + places.ranges)
  }

  private func lines(of text: MaskedText, around span: Span) -> [Finding.ExcerptLine] {
    let first = max(1, Int(span.startLine) - margin)
    let end = span.endColumn == 1 && span.endLine > span.startLine ? span.endLine - 1 : span.endLine
    let last = min(Int(end), Int(span.startLine) + 4) + margin
    return (first...max(first, last)).compactMap { number in
      text.line(number, limit: width).map { Finding.ExcerptLine(number: number, text: $0) }
    }
  }
}

extension LineIndex {
  /// The bytes of a place; `nil` where it lies outside the text.
  func range(of span: Span) -> Range<Int>? {
    guard let first = line(Int(span.startLine)), let last = line(Int(span.endLine)) ?? line(Int(span.endLine) - 1)
    else {
      return nil
    }
    let start = first.lowerBound + Int(span.startColumn) - 1
    let end = last.lowerBound + Int(span.endColumn) - 1
    return start <= end ? start..<end : nil
  }
}
