internal import Reporting

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Talks to one forge: the token, several pages, another try where the forge is busy.
package final class ForgeClient {
  private let base: String
  private let headers: [String]
  private static let attempts = 5
  /// No answer is waited for longer than this many seconds.
  private static let longest = 120

  /// - Parameters:
  ///   - base: the address of the API, without a slash at its end.
  ///   - headers: sent with every request, the token among them.
  package init(base: String, headers: [String]) {
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    self.headers = headers
  }

  /// Asks for a value.
  func get(_ path: String) throws(PostingError) -> JSONValue { try json(send("GET", path, nil), path) }

  /// Asks for a text.
  func text(_ path: String) throws(PostingError) -> [UInt8] { try send("GET", path, nil).body }

  /// Asks for a list, page after page.
  func list(_ path: String) throws(PostingError) -> [JSONValue] {
    var items: [JSONValue] = []
    for page in 1...300 {
      let separator = path.contains("?") ? "&" : "?"
      let answer = try send("GET", "\(path)\(separator)per_page=100&limit=50&page=\(page)", nil)
      let part = try json(answer, path).items
      items += part
      let links = answer.headers["link"] ?? ""
      let next = answer.headers["x-next-page"] ?? ""
      if !links.contains("rel=\"next\""), next.isEmpty { return items }
      if part.isEmpty { return items }
    }
    return items
  }

  /// Tells something and gives the answer, `null` where there is none.
  @discardableResult
  func tell(_ method: String, _ path: String, _ body: JSONValue?) throws(PostingError) -> JSONValue {
    let answer = try send(method, path, body)
    return answer.body.isEmpty ? .null : try json(answer, path)
  }

  private func json(_ response: Response, _ path: String) throws(PostingError) -> JSONValue {
    guard let value = JSONValue(parsing: response.body) else {
      throw PostingError("the forge's answer to \(path) is no JSON", status: response.status)
    }
    return value
  }

  private func send(_ method: String, _ path: String, _ body: JSONValue?) throws(PostingError) -> Response {
    let request = Request(method, path.hasPrefix("/") ? base + path : path, headers: headers, body: body)
    var attempt = 1
    while true {
      let response: Response
      do throws(PostingError) {
        response = try Curl.send(request)
      } catch {
        // What was asked may be asked again; what was told may have arrived.
        guard method == "GET", attempt < ForgeClient.attempts else { throw error }
        sleep(seconds: pause(attempt))
        attempt += 1
        continue
      }
      if (200..<300).contains(response.status) { return response }
      let words = JSONValue(parsing: response.body)
      let message = words?["message"].string ?? words?["error"].string ?? ""
      let isRateLimit = ForgeClient.isRateLimit(response, message)
      guard isRateLimit || response.status >= 500, attempt < ForgeClient.attempts else {
        let reason = message.isEmpty ? "" : ": \(message.prefix(300))"
        throw PostingError(
          "\(method) \(path) is answered with \(response.status)\(reason)", status: response.status,
          isRateLimit: isRateLimit)
      }
      let asked = response.headers["retry-after"].flatMap { Int($0) }
      sleep(seconds: min(ForgeClient.longest, asked ?? pause(attempt)))
      attempt += 1
    }
  }

  /// GitHub says with 403 that there was too much at once, where a token that may not says 403 as well.
  private static func isRateLimit(_ response: Response, _ message: String) -> Bool {
    guard response.status == 403 else { return response.status == 429 }
    return response.headers["retry-after"] != nil || response.headers["x-ratelimit-remaining"] == "0"
      || message.lowercased().contains("rate limit")
  }

  private func pause(_ attempt: Int) -> Int { 1 << (attempt - 1) }

  private func sleep(seconds: Int) { if seconds > 0 { _ = usleep(UInt32(seconds) * 1_000_000) } }
}
