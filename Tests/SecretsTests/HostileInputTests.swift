import Testing

@testable import Secrets

/// Inputs made to cost time or memory. Debug builds are some thirty times slower, so sizes here are those of a test; the
/// bounds asserted are on work, not on seconds.
@Suite struct HostileInputTests {
  let scanner: SecretScanner

  init() throws { scanner = try SecretScanner() }

  private func wrapped(_ text: String, times: Int) -> [UInt8] {
    (0..<times).reduce(SampleTemplate(text).bytes) { text, _ in Base64.encode(text) }
  }

  @Test func `a secret wrapped as deep as the bound is found`() throws {
    let match = try #require(scanner.scan(wrapped("ghp_{crc30}", times: SecretScanner.Bounds.depth)).matches.first)
    #expect(match.type.id == "github-pat")
    #expect(match.encodings == Array(repeating: .base64, count: SecretScanner.Bounds.depth))
  }

  @Test func `ten levels of base64 are named as not searched`() {
    let result = scanner.scan(wrapped("ghp_{crc30}", times: 10))
    #expect(result.limits == [.nesting(depth: SecretScanner.Bounds.depth)])
    #expect(result.limits.first?.message.contains("8 levels") == true)
  }

  @Test func `a compressed text within base64 is searched`() throws {
    let packed = Gzip.stored(SampleTemplate("token: glpat-{w20}\n").bytes)
    let match = try #require(scanner.scan(Base64.encode(packed)).matches.first)
    #expect(match.type.id == "gitlab-pat")
    #expect(match.encodings == [.base64, .gzip])
  }

  @Test func `a compressed file is searched for what has a mark, and one that is too large is not named`() throws {
    let packed = Gzip.stored(SampleTemplate("password: {n20}\ntoken: glpat-{w20}\n").bytes)
    let found = scanner.scan(packed)
    #expect(found.matches.map(\.type.id) == ["gitlab-pat"])
    #expect(found.matches.first?.encodings == [.gzip] && found.limits.isEmpty)
    #expect(scanner.scan(Gzip.zeros(megabytes: 64)).limits.isEmpty)
    #expect(scanner.scan(Array(packed.prefix(20))).matches.isEmpty)
  }

  @Test func `what a zip bomb holds beyond the bound is named`() {
    let bomb = Gzip.zeros(megabytes: 64)
    #expect(bomb.count < 200_000)
    let result = scanner.scan(Base64.encode(bomb))
    #expect(result.limits.contains { if case .inflatedBytes = $0 { true } else { false } })
  }

  @Test func `broken compressed data is passed over`() {
    var packed = Gzip.stored(SampleTemplate("token: glpat-{w20}\n").bytes)
    packed.removeLast(packed.count / 2)
    #expect(scanner.scan(Base64.encode(packed)).matches.isEmpty)
  }

  @Test func `words whose escapes are undone are no unwrapped bytes`() {
    let word = Array("https:\\/\\/example.com\\/a\\u005fb".utf8)
    var run = ScanRun(textBytes: word.count, context: ScanContext())
    word.withUnsafeBytes { scanner.unescape(0..<word.count, in: Layer(bytes: $0), into: &run) }
    #expect(run.decodable == SecretScanner.Bounds.decodedBytes)
  }

  @Test func `a long word of nothing but escapes costs a bounded amount of work`() {
    let result = scanner.scan(Array(repeatElement(Array("\\u005f".utf8), count: 50_000).joined()))
    #expect(result.matches.isEmpty && result.limits.isEmpty)
  }

  @Test func `UTF-16 in either order is searched, and the place is that of its code units`() throws {
    let text = Array("größe: 1\ntoken: ".utf16) + SampleTemplate("ghp_{crc30}").bytes.map(UInt16.init)
    for isBig in [false, true] {
      let bytes = text.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
      let match = try #require(scanner.scan((isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]) + bytes).matches.first)
      #expect(match.type.id == "github-pat")
      #expect(match.encodings == [.utf16])
      #expect(match.range == 2 + 2 * 16..<2 + 2 * 56)
    }
  }

  @Test func `invalid UTF-8 and binary data do no harm`() throws {
    var state: UInt64 = 7
    let noise = (0..<300_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    let token = SampleTemplate("ghp_{crc30}").bytes
    let matches = scanner.scan(noise + [0] + token + [0] + noise).matches.filter { $0.type.id == "github-pat" }
    #expect(matches.map(\.range) == [noise.count + 1..<noise.count + 1 + token.count])
  }

  @Test func `a minified line without an end is searched to its end`() {
    let piece = Array("a.b(c,function(d){return d.token||e[\"key\"]});".utf8)
    let line = Array(repeatElement(piece, count: 4_000).joined())
    let result = scanner.scan(line + SampleTemplate("ghp_{crc30}").bytes)
    #expect(result.matches.map(\.type.id) == ["github-pat"])
    #expect(result.limits.isEmpty)
  }

  @Test func `a secret across the border of two segments is found once`() {
    let token = SampleTemplate("ghp_{crc30}").bytes
    for shift in [0, 1, 2, 3, 4, 20, 40] {
      let before = [UInt8](repeating: 0x20, count: SecretScanner.Bounds.segment - shift)
      let matches = scanner.scan(before + token + [0x0A]).matches
      #expect(matches.map(\.range) == [before.count..<before.count + token.count])
    }
  }

  @Test(arguments: [
    "eyJ.", "-eyJ", "eyJhbGciOi.eyJ", "-----BEGIN PRIVATE KEY-----\n", "://a:b", "password: \"", "user:\n  token: ",
    "glpat-", "Authorization: Bearer ", "{\"auth\": \"", "sig=%2", "%41%", "User Id=a;Password=", "curl -u ",
    "_authToken=",
    "\"private_key_id\": \"", "[Global]\nsecret-key=", "PuTTY-User-Key-File-2: a\nEncryption: a\n", "login a password ",
    "AAAA", "0123456789abcdef",
    "passwordpasswordpassword", "token_token.token-", "name: KEY\n", "variable \"token\" { ", "  {{{{ ((", "sk-proj-",
    "hooks.slack.com/services/T", "MIIEpAIBAAKCAQEA", "{\"k\": \"", "\"d\": \"AAAA", "chpasswd:\n a:b\n",
    "docker login -p ",
    "{password: {", "- value: x\n  name: TOKEN\n", "password(\"", "password is `", "jdbc:oracle:thin:a/",
    "\"oct\" \"k\":",
  ])
  func `text made of starts of secrets costs a bounded amount of work`(piece: String) {
    let text = Array(repeatElement(Array(piece.utf8), count: 40_000 / piece.utf8.count).joined())
    let result = scanner.scan(text)
    #expect(result.matches.count <= SecretScanner.Bounds.matches)
  }

  @Test func `a text full of secrets is cut off with a word about it`() {
    let line = SampleTemplate("{n3} glpat-{n20}\n").bytes
    let text = (0..<12_000).flatMap { number in SampleTemplate("glpat-{n20}\n", seed: UInt64(number)).bytes }
    let result = scanner.scan(line + text)
    #expect(result.matches.count == SecretScanner.Bounds.matches)
    #expect(result.limits.contains(.matches(limit: SecretScanner.Bounds.matches)))
  }

  @Test func `two thousand tokens in one base64 value are told apart in seconds`() {
    let tokens = (0..<2000).flatMap { number in SampleTemplate("glpat-{n20}\n", seed: UInt64(number)).bytes }
    let start = ContinuousClock.now
    let result = scanner.scan(Array("value: ".utf8) + Base64.encode(tokens))
    #expect(result.matches.count == 2000)
    #expect(start.duration(to: .now) < .seconds(20))
  }

  @Test func `a little text and much of it are searched alike`() throws {
    let cases: [CorpusCase] = Corpus.positives + Corpus.negatives
    let text: [UInt8] = Array(cases.map(\.bytes).joined(separator: [0x0A]))
    let part = Array(text.prefix(LiteralSearcher.tableBytes / 2))
    let small = LiteralSearcher(Catalogue.shared)
    let large = LiteralSearcher(Catalogue.shared)
    _ = [UInt8](repeating: 0, count: LiteralSearcher.tableBytes + 1).withUnsafeBytes { large.search($0).count }
    let hits = part.withUnsafeBytes { part in
      [small, large].map { $0.search(part).map { [$0.end, $0.literal] }.sorted { $0.lexicographicallyPrecedes($1) } }
    }
    #expect(hits[0].count > 1000)
    #expect(hits[0] == hits[1])
  }

  @Test func `nothing is found in nothing`() {
    #expect(scanner.scan([UInt8]()).matches.isEmpty)
    #expect(scanner.scan([0x0A]).matches.isEmpty)
  }
}
