package import Reporting

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Why a forge could not be asked or told something. It never holds a token.
package struct PostingError: Error, Sendable, Hashable {
  package var message: String
  /// The status of the answer; `nil` where there was none.
  package var status: Int?
  /// Whether there was too much at once, which forges say with 429 or 403.
  package var isRateLimit: Bool

  package init(_ message: String, status: Int? = nil, isRateLimit: Bool = false) {
    self.message = message
    self.status = status
    self.isRateLimit = isRateLimit
  }

  /// Whether the token may not do it: a fork's token may only read.
  package var isForbidden: Bool { status == 403 && !isRateLimit }

  /// Whether it can't be done with this token or on this version of the forge.
  package var isUnavailable: Bool { isForbidden || status == 404 }

  /// Whether another request will fare no better: the token is wrong, or there was too much already.
  package var isFinal: Bool { status == 401 || isRateLimit }
}

/// What is asked of a forge.
package struct Request: Sendable {
  package var method: String
  package var url: String
  package var headers: [String]
  package var body: JSONValue?

  package init(_ method: String, _ url: String, headers: [String], body: JSONValue? = nil) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// What a forge answers.
package struct Response: Sendable {
  package var status: Int
  /// By name in lower case.
  package var headers: [String: String]
  package var body: [UInt8]
}

/// The `curl` program, told everything on standard input, so that a token stands in no argument and no log, and so that
/// starting fluxwarden does not load an HTTP client.
struct Curl {
  /// Sends a request and waits for the answer.
  static func send(_ request: Request) throws(PostingError) -> Response {
    let configuration = try text(of: request)
    let (output, status) = try run(configuration)
    guard status == 0 else { throw PostingError("\(host(of: request.url)): \(reason(status))") }
    guard let response = response(output) else {
      throw PostingError("\(host(of: request.url)) answers what is no HTTP")
    }
    return response
  }

  /// The request in curl's configuration language.
  private static func text(of request: Request) throws(PostingError) -> String {
    guard request.url.hasPrefix("https://") || request.url.hasPrefix("http://") else {
      throw PostingError("the address of the forge must start with https://")
    }
    var lines = [
      "silent", "include", "http1.1", "globoff", "proto = \"=http,https\"", "connect-timeout = 15", "max-time = 90",
      "url = \(quoted(request.url))", "request = \(request.method)", "user-agent = \"fluxwarden\"",
      "header = \"Expect:\"",
    ]
    lines += request.headers.map { "header = \(quoted($0))" }
    if let body = request.body {
      lines.append("header = \"Content-Type: application/json\"")
      lines.append("data-raw = \(quoted(body.encoded))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text between quotation marks. Line ends would start another option: in a header they end the text.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n", "\r", "\0": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func run(_ input: String) throws(PostingError) -> (output: [UInt8], status: Int32) {
    // A curl that ends early must not end us.
    signal(SIGPIPE, SIG_IGN)
    var toChild: [Int32] = [0, 0]
    var fromChild: [Int32] = [0, 0]
    guard pipe(&toChild) == 0, pipe(&fromChild) == 0 else { throw PostingError("no pipe for curl") }
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild[0], 0)
    posix_spawn_file_actions_adddup2(&actions, fromChild[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    for descriptor in toChild + fromChild { posix_spawn_file_actions_addclose(&actions, descriptor) }
    let arguments: [String] = ["curl", "-q", "--config", "-"]
    let words = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, "curl", &actions, nil, words, environ)
    close(toChild[0])
    close(fromChild[1])
    guard code == 0 else {
      close(toChild[1])
      close(fromChild[0])
      throw PostingError(
        "can't run curl, by which comments are posted: install it (\(String(cString: strerror(code))))")
    }
    write(input, to: toChild[1])
    close(toChild[1])
    let output = read(fromChild[0])
    close(fromChild[0])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return (output, status & 0x7F == 0 ? status >> 8 & 0xFF : 128)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return }
    }
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < 256 << 20 {
      let count = systemRead(descriptor, &buffer, buffer.count)
      if count > 0 { bytes += buffer[..<count] } else if count == 0 || errno != EINTR { break }
    }
    return bytes
  }

  /// Headers and body; interim answers are skipped.
  private static func response(_ bytes: [UInt8]) -> Response? {
    var rest = bytes[...]
    while rest.starts(with: "HTTP/".utf8) {
      guard let end = headerEnd(rest) else { return nil }
      let lines = String(decoding: rest[..<end.start], as: UTF8.self).split(whereSeparator: \.isNewline)
      let words = (lines.first ?? "").split(separator: " ")
      guard words.count >= 2, let status = Int(words[1]) else { return nil }
      rest = rest[end.stop...]
      if (100..<200).contains(status) { continue }
      var headers: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { continue }
        headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
      }
      return Response(status: status, headers: headers, body: Array(rest))
    }
    return nil
  }

  private static func headerEnd(_ bytes: ArraySlice<UInt8>) -> (start: Int, stop: Int)? {
    for index in bytes.indices where bytes[index] == 0x0A {
      if bytes[index...].starts(with: [0x0A, 0x0D, 0x0A]) { return (index, index + 3) }
      if bytes[index...].starts(with: [0x0A, 0x0A]) { return (index, index + 2) }
    }
    return nil
  }

  private static func host(of url: String) -> String {
    url.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init) ?? "the forge"
  }

  private static func reason(_ status: Int32) -> String {
    switch status {
    case 6: "its name cannot be resolved"
    case 7: "it cannot be reached"
    case 28: "it did not answer in time"
    case 35, 51, 53, 54, 58, 59, 60, 77: "its certificate or the TLS connection is refused"
    default: "curl ended with status \(status)"
    }
  }
}

// The functions above hide those of the C library that have the same names.
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
private let systemRead: @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int = { read($0, $1, $2) }
