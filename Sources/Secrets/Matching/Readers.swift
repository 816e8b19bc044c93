/// Reads what carries no mark of its own: assignments, URLs, headers, command lines.
struct Readers {
  let place: PlaceReading

  var bytes: UnsafeRawBufferPointer { place.bytes }
  private var catalogue: Catalogue { place.scanner.catalogue }

  /// Reads the assignment around the word at `word`; gives the end of the name.
  func assignment(word: Range<Int>, into run: inout ScanRun) -> Int {
    let setting = run.context.place
    let reader = AssignmentReader(bytes: bytes, readsScalars: setting != .code && setting != .prose)
    let name = reader.name(around: word)
    let end = max(name.upperBound, word.upperBound)
    if reader.readsScalars, list(of: name, into: &run) { return end }
    let meaning = place.scanner.meaning(of: UnsafeRawBufferPointer(rebasing: bytes[name]))
    let isCookie = name.count == 6 && bytes.holds("cookie", at: name.lowerBound)
    guard meaning.kind != .ordinary || !meaning.types.isEmpty || isKeyOfSecrets(name) || isCookie else { return end }
    guard let found = reader.assignment(to: name) else {
      if meaning.kind.isCredential { column(under: name, into: &run) }
      return end
    }
    guard found.value.count >= 4 else { return end }
    if isCookie { cookie(found.value, into: &run) } else { judge(found, meaning, into: &run) }
    return end
  }

  /// Reads the first pair of a `Cookie:` header.
  private func cookie(_ value: Range<Int>, into run: inout ScanRun) {
    guard let equal = bytes[value].firstIndex(of: 0x3D) else { return }
    let end = bytes[equal + 1..<value.upperBound].firstIndex { $0 == 0x3B || $0.isSpace } ?? value.upperBound
    let secret = Array(bytes[equal + 1..<end])
    guard ValueForms.reason(to: secret) == nil, ValueJudge.isRandom(secret, minimum: 20) else { return }
    keep("generic-token", equal + 1..<end, .random, into: &run)
  }

  func judge(_ found: Assignment, _ meaning: NameMeaning, into run: inout ScanRun) {
    let found = meaning.kind == .password ? withoutRemark(found) : found
    let setting = run.context.place
    if setting == .code, !found.isQuoted, !layerIsWrapped, !isConnectionString(found) { return }
    // Judging takes some hundred looks at each of the first bytes.
    guard run.spend(min(found.value.count, 256) * 32 + found.value.count) else { return }
    let written = Array(bytes[found.value])
    let value = found.isEncoded ? Base64.decode(written) : Escapes.slashesUndone(in: written)
    if value.contains(where: { $0 < 0x20 && !$0.isSpace }) && found.isEncoded { return }
    if !found.isQuoted, isVariable(found.name) { return }
    if isExpression(found, value) && !isDrawn(value, in: setting) || isKeyOfReference(found) { return }
    if isKeyID(found, value) || isSearchKey(found, value) { return }
    if let reason = ValueForms.reason(to: ValueJudge.trimmed(value)), reason != .uuid { return }
    if found.isCall || found.isMentioned || setting == .prose && !found.isQuoted && !layerIsWrapped {
      guard isPlain(value, found, meaning) else { return }
    }
    let context = bytes[max(0, found.name.lowerBound - 240)..<found.name.lowerBound]
    if context.suffix(48).contains(caseless: "encrypted") || isPairOfPlaceholders(context) { return }
    if meaning.kind == .password, isSaltedHash(found, value, after: context) { return }
    if let index = assignedType(meaning, context: context, value: value, into: &run),
      place.add(index, found.value, into: &run)
    {
      return
    }
    if meaning.kind == .ordinary, isKeyOfSecrets(found.name), ValueJudge.isRandom(value, minimum: 24) {
      keep("generic-api-key", found.value, .random, into: &run)
    }
    guard meaning.kind != .ordinary else { return }
    if meaning.mayBeUUID || isClientSecret(found.name), setting != .code, setting != .prose,
      ValueForms.isDrawnUUID(value)
    {
      return keep(meaning.genericType, found.value, .random, into: &run)
    }
    guard case .secret(let look) = ValueJudge.appearance(of: value, kind: meaning.kind, place: setting) else {
      return pair(found, value, meaning, into: &run)
    }
    keep(meaning.genericType, found.value, look, into: &run)
  }

  /// Reads the password of `--basic-auth=user:password`.
  private func pair(_ found: Assignment, _ value: [UInt8], _ meaning: NameMeaning, into run: inout ScanRun) {
    guard meaning.kind == .perhaps, run.context.place != .code, run.context.place != .prose,
      AssignmentName.normalized(bytes[found.name]).suffix(9).elementsEqual("basicauth".utf8),
      let colon = value.firstIndex(of: 0x3A), colon > 0, value.count == found.value.count,
      case .secret(let look) = ValueJudge.appearance(
        of: value[(colon + 1)...], kind: .password, place: run.context.place)
    else { return }
    keep("generic-password", found.value.lowerBound + colon + 1..<found.value.upperBound, look, into: &run)
  }

  /// Whether the value stands in a text of source code that connects to a database: `"SERVER=db;UID=sa;PWD=VALUE;"`.
  private func isConnectionString(_ found: Assignment) -> Bool {
    let (start, end) = (found.name.lowerBound, found.value.upperBound)
    return start > 0 && bytes[start - 1] == 0x3B && end < bytes.count && (bytes[end] == 0x3B || bytes[end] == 0x22)
  }

  /// Whether `name` is a bare `key` under something that has secret keys: `Jwt: {Key: …}`, a widget of Homepage.
  private func isKeyOfSecrets(_ name: Range<Int>) -> Bool {
    guard name.count == 3, bytes.holds("key", at: name.lowerBound) else { return false }
    let context = bytes[max(0, name.lowerBound - 160)..<name.lowerBound]
    return ["jwt", "hmac", "encrypt", "signing", "aes"].contains { context.suffix(80).contains(caseless: $0) }
      || context.contains(caseless: "widget:")
  }

  /// Whether `name` is the `secret` of a client whose id stands near, as in a realm of Keycloak.
  private func isClientSecret(_ name: Range<Int>) -> Bool {
    guard name.count == 6, bytes.holds("secret", at: name.lowerBound) else { return false }
    return bytes[max(0, name.lowerBound - 400)..<name.lowerBound].contains(caseless: "\"clientid\"")
  }

  /// Whether the id of an access key stands in the line before and is made up; then so is the key.
  private func isPairOfPlaceholders(_ context: Slice<UnsafeRawBufferPointer>) -> Bool {
    for mark in ["access_key_id", "accesskeyid"] {
      guard let place = context.firstPlace(of: mark.utf8) else { continue }
      let id = context[(place + mark.utf8.count)...].drop { !$0.isAlphanumeric && !$0.isNewline }.prefix {
        $0.isAlphanumeric
      }
      if id.count >= 16, let reason = ValueForms.reason(to: Array(id)) {
        return reason == .placeholder || reason == .documentedExample
      }
    }
    return false
  }

  /// Whether the value is what a program keeps instead of a password: the digits of a SHA sum, with a salt beside it.
  private func isSaltedHash(_ found: Assignment, _ value: [UInt8], after context: Slice<UnsafeRawBufferPointer>)
    -> Bool
  {
    guard [40, 64, 128].contains(value.count), value.allSatisfy(\.isHexDigit) else { return false }
    let behind = bytes[found.value.upperBound..<min(bytes.count, found.value.upperBound + 240)]
    return [context, behind].contains { near in
      ["\"salt\"", "'salt'"].contains { mark in
        near.firstPlace(of: mark.utf8).map { near[($0 + mark.utf8.count)...].first { !$0.isBlank } == 0x3A } ?? false
      }
    }
  }

  /// Whether the text stands in the file as it is.
  var layerIsPlain: Bool { place.layer.encodings.isEmpty }

  private var layerIsWrapped: Bool { !place.layer.encodings.isEmpty }

  /// Whether the value is the `secretKey` of an ExternalSecret, which names a key.
  private func isKeyOfReference(_ found: Assignment) -> Bool {
    guard found.name.count == 9, bytes.holds("secretkey", at: found.name.lowerBound) else { return false }
    let behind = bytes[found.value.upperBound..<min(bytes.count, found.value.upperBound + 80)]
    return behind.contains(caseless: "remoteref")
  }

  /// Whether the value is the id of a PGP key, as Git's `signingkey` is.
  private func isKeyID(_ found: Assignment, _ value: [UInt8]) -> Bool {
    guard [16, 40].contains(value.count), value.allSatisfy(\.isHexDigit),
      AssignmentName.normalized(bytes[found.name]).suffix(10).elementsEqual("signingkey".utf8)
    else { return false }
    return !value.contains(where: \.isLower)
      || bytes[max(0, found.name.lowerBound - 240)..<found.name.lowerBound].contains(caseless: "[user]")
  }

  /// Whether a bare value that may be code was drawn at random, where no code is expected.
  private func isDrawn(_ value: [UInt8], in setting: ValuePlace) -> Bool {
    guard setting != .code, setting != .prose, !value.contains(where: { $0.isSpace || $0 == 0x22 || $0 == 0x2C }) else {
      return false
    }
    return ValueJudge.isRandom(value, minimum: 12)
  }

  /// Whether a bare value is code: a call, an index, a chain of names.
  private func isExpression(_ found: Assignment, _ value: [UInt8]) -> Bool {
    // `"PASS: "+format+" of "`: what stands between two strings.
    if found.isQuoted { return value.first == 0x2B && value.last == 0x2B }
    guard let first = value.first else { return true }
    // awk's and sed's `/password=/{print $2}`.
    if first == 0x2F, value.count > 1, value[1] == 0x7B || value[1] == 0x5C { return true }
    if first == 0x28 || first == 0x7B || first == 0x5B || first == 0x2A || first == 0x26 { return true }
    if first.isLetter || first == 0x5F {
      // `string(…`, `parts[1]`, `Secret{`: a name and an opening bracket.
      let name = value.prefix { $0.isAlphanumeric || $0 == 0x5F || $0 == 0x2E }
      if name.count < value.count, [0x28, 0x5B, 0x7B].contains(value[name.count]) { return true }
    }
    if value.contains(0x28) && value.contains(0x29) { return true }
    guard first.isLetter || first == 0x5F, value.contains(0x2E) else { return false }
    // `config.Password`, `self.token`, `item.password))`: words joined by dots, and brackets that close what opened before.
    let value = value.prefix { $0 != 0x29 && $0 != 0x20 }
    let parts = value.split(separator: 0x2E, omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isAlphanumeric || $0 == 0x5F || $0 == 0x5B || $0 == 0x5D }
        && !ValueJudge.isRandom(Array(part), minimum: 16)
    }
  }

  /// Whether `name` stands behind a `$` or behind PowerShell's `$env:`: a variable of a language whose texts stand in
  /// quotes.
  private func isVariable(_ name: Range<Int>) -> Bool {
    name.lowerBound > 0 && bytes[name.lowerBound - 1] == 0x24
      || name.lowerBound >= 5 && bytes.holds("$env:", at: name.lowerBound - 5)
  }

  /// The type told by its name that `value` belongs to; its vendor stands in the name or in `context`.
  func assignedType(
    _ meaning: NameMeaning, context: Slice<UnsafeRawBufferPointer>, value: [UInt8], into run: inout ScanRun
  ) -> Int? {
    guard !meaning.types.isEmpty, value.count >= 6, value.count <= 8192 else { return nil }
    for candidate in meaning.types {
      guard case .assigned(let vendors, _, let source) = catalogue.types[candidate.index].recognition else { continue }
      guard let pattern = place.scanner.pattern(candidate.index, source: source, into: &run) else { continue }
      let matched = value.withUnsafeBytes { place.scanner.matcher.match(pattern, in: $0, at: 0, end: $0.count) }
      guard case .match = matched else { continue }
      if candidate.hasVendor || vendors.contains(where: { $0.utf8.count >= 5 && isKey($0, in: context) }) {
        return candidate.index
      }
    }
    return nil
  }

  /// Whether `vendor` is part of a key or a heading in `context`: `grafana:`, `[grafana]`, `"name": "grafana"`.
  private func isKey(_ vendor: String, in context: Slice<UnsafeRawBufferPointer>) -> Bool {
    var rest = context
    while let found = rest.firstPlace(of: vendor.utf8) {
      var end = found + vendor.utf8.count
      while end < context.endIndex, context[end].isAlphanumeric || context[end] == 0x5F || context[end] == 0x2D {
        end += 1
      }
      if end == context.endIndex { return true }
      let next = context[end]
      if next == 0x3A && !(end + 1 < context.endIndex && context[end + 1] == 0x2F) || next == 0x3D || next == 0x7B
        || next == 0x5D
        || next == 0x22 || next == 0x27 || next.isSpace
      {
        return true
      }
      rest = context[end...]
    }
    return false
  }

  /// Keeps a value that a reader judged.
  func keep(_ id: String, _ range: Range<Int>, _ look: SecretLook, into run: inout ScanRun) {
    guard let index = catalogue.index[id] else { return }
    run.add(
      ScanRun.Candidate(
        type: index, range: place.layer.outer ?? range, encodings: place.layer.encodings, checksum: nil,
        isHighEntropy: look == .random, secret: SecretBytes(bytes[range]), prefixLength: 0))
  }
}
