/// Credentials in what a request is made of: URLs, headers, the files of clients.
extension Readers {
  /// Reads `scheme://user:password@host` around the `://` between `start` and `from`.
  func url(at start: Int, _ from: Int, into run: inout ScanRun) {
    var colon: Int?
    var at: Int?
    var index = from
    while index < bytes.count, index - from < 512 {
      let byte = bytes[index]
      if byte <= 0x20 || byte == 0x22 || byte == 0x27 || byte == 0x3C || byte == 0x3E || byte == 0x60 || byte == 0x5C {
        break
      }
      if byte == 0x2F || byte == 0x3F || byte == 0x23 || byte == 0x7C { break }
      if byte == 0x3A, colon == nil { colon = index }
      if byte == 0x40 { at = index }
      index += 1
    }
    if colon == nil || colon ?? 0 > at ?? 0, let at { return token(from..<at, host: at + 1..<index, into: &run) }
    guard let colon, let at, colon < at, at - colon > 4 else { return }
    let password = Array(bytes[colon + 1..<at])
    let user = bytes[from..<colon]
    let host = bytes[at + 1..<index]
    guard ValueForms.reason(to: password) == nil, !user.elementsEqual(password), !user.isEmpty || password.count >= 8
    else { return }
    let isRandom = ValueJudge.isRandom(password, minimum: 12)
    if !isRandom {
      guard
        case .secret = ValueJudge.appearance(
          of: password, kind: .password, place: run.context.place == .prose ? .generic : run.context.place)
      else { return }
      if host.contains(caseless: "example") || host.starts(with: "host".utf8) || host.starts(with: "localhost".utf8)
        || host.starts(with: "127.0.0.1".utf8)
      {
        return
      }
    }
    keep(
      Self.isDatabase(bytes[max(0, start - 16)..<start]) ? "database-url" : "basic-auth-url", colon + 1..<at,
      isRandom ? .random : .typed, into: &run)
  }

  /// Reads a token in the place of the user, `https://TOKEN@host`. What Sentry's clients are given, hexadecimal digits, is
  /// public.
  private func token(_ range: Range<Int>, host: Range<Int>, into run: inout ScanRun) {
    guard range.count >= 20 else { return }
    let value = Array(bytes[range])
    guard !value.allSatisfy(\.isHexDigit), ValueForms.reason(to: value) == nil,
      ValueJudge.isRandom(value, minimum: 20), !bytes[host].contains(caseless: "sentry")
    else { return }
    keep("basic-auth-url", range, .random, into: &run)
  }

  /// Reads what stands behind `Bearer ` outside a header that says so; the JSON Web Tokens among it tell themselves.
  func bearer(after end: Int, into run: inout ScanRun) {
    var stop = end
    while stop < bytes.count, stop - end < 512, Base64.values[Int(bytes[stop])] <= 64 || bytes[stop] == 0x2E {
      stop += 1
    }
    guard stop - end >= 32, !bytes.holds("eyj", at: end) else { return }
    let value = Array(bytes[end..<stop])
    guard ValueForms.reason(to: value) == nil, ValueJudge.isRandom(value, minimum: 32) else { return }
    keep("authorization-header", end..<stop, .random, into: &run)
  }

  /// Reads Go's `user:password@tcp(host)/database` before the `@` at `end`.
  func dsn(at end: Int, into run: inout ScanRun) {
    var start = end
    while start > 0, end - start < 256, !bytes[start - 1].isSpace, !"\"'`=/".utf8.contains(bytes[start - 1]) {
      start -= 1
    }
    guard let colon = bytes[start..<end].firstIndex(of: 0x3A), colon > start, end - colon > 4 else { return }
    guard
      case .secret(let look) = ValueJudge.appearance(
        of: bytes[colon + 1..<end], kind: .password, place: run.context.place)
    else { return }
    keep("database-url", colon + 1..<end, look, into: &run)
  }

  private static func isDatabase(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
    [
      "postgres", "mysql", "mariadb", "mongodb", "redis", "amqp", "sqlserver", "clickhouse", "cockroach", "nats",
      "rediss", "mssql",
    ]
    .contains { text.contains(caseless: $0) }
  }

  /// The schemes of an `Authorization` header, and whether a UUID is a credential behind one: the tokens of Splunk's HTTP
  /// Event Collector and the keys of Opsgenie are UUIDs.
  private static let schemes: [(name: StaticString, mayBeUUID: Bool)] = [
    ("bearer", false), ("basic", false), ("token", false), ("apikey", false), ("splunk", true), ("geniekey", true),
  ]

  /// Reads `Authorization: Bearer …`, `Basic …`, `Token …` behind `end`.
  func authorization(after end: Int, into run: inout ScanRun) {
    var index = end
    while index < bytes.count, index - end < 8 || index - end < 120 && isBetween(bytes[index]), !bytes[index].isLetter {
      index += 1
    }
    if bytes.holds("value", at: index) {
      index += 5
      let mark = index
      while index < bytes.count, index - mark < 12, !bytes[index].isLetter { index += 1 }
    }
    for (scheme, mayBeUUID) in Self.schemes where bytes.holds(scheme, at: index) {
      var start = index + scheme.utf8CodeUnitCount
      guard start < bytes.count, bytes[start].isBlank || bytes[start] == 0x3D else { return }
      while start < bytes.count, bytes[start].isBlank || bytes[start] == 0x3D || bytes[start] == 0x22 { start += 1 }
      var stop = start
      while stop < bytes.count, stop - start < 2048,
        Base64.values[Int(bytes[stop])] <= 64 || bytes[stop] == 0x2E || bytes[stop] == 0x7E
      { stop += 1 }
      let value = Array(bytes[start..<stop])
      if scheme.utf8Start[1] == 0x61 {
        if let look = TypeChecks.basicCredentials(value) {
          keep("authorization-header", start..<stop, look, into: &run)
        }
      } else if ValueForms.reason(to: value) == nil
        ? ValueJudge.isRandom(value, minimum: 16)
        : mayBeUUID && ValueForms.isUUID(value) && !Randomness.isDegenerate(value)
      {
        keep("authorization-header", start..<stop, .random, into: &run)
      }
      return
    }
  }

  /// Whether a byte stands between a name and a value of a list in YAML or JSON that is set in lines.
  private func isBetween(_ byte: UInt8) -> Bool { byte.isSpace || byte == 0x22 || byte == 0x27 || byte == 0x2C }

  /// Reads the base64 behind `"auth"`, as in Docker's configuration.
  func dockerAuth(after end: Int, into run: inout ScanRun) {
    var index = end
    while index < bytes.count, index - end < 8,
      bytes[index].isSpace || bytes[index] == 0x3A || bytes[index] == 0x22 || bytes[index] == 0x5C
    { index += 1 }
    var stop = index
    while stop < bytes.count, stop - index < 4096, Base64.values[Int(bytes[stop])] <= 64 { stop += 1 }
    guard stop - index >= 12, let look = TypeChecks.basicCredentials(Array(bytes[index..<stop])) else { return }
    keep("docker-config-auth", index..<stop, look, into: &run)
  }

  /// Reads `user password …` behind `login `, as in a netrc file.
  func netrc(after end: Int, into run: inout ScanRun) {
    var index = end
    while index < bytes.count, index - end < 128, !bytes[index].isSpace { index += 1 }
    while index < bytes.count, bytes[index].isSpace, index - end < 256 { index += 1 }
    guard bytes.holds("password ", at: index) else { return }
    index += 9
    // SQL's `LOGIN ENCRYPTED PASSWORD '…'`.
    if index < bytes.count, bytes[index] == 0x27 { return }
    var stop = index
    while stop < bytes.count, stop - index < 512, !bytes[stop].isSpace { stop += 1 }
    let value = Array(bytes[index..<stop])
    guard case .secret(let look) = ValueJudge.appearance(of: value, kind: .password, place: .generic) else { return }
    keep("netrc-password", index..<stop, look, into: &run)
  }
}
