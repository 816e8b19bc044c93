import Foundation
import TestSupport

/// Chromium without a window, driven through two named pipes with its own protocol: JSON, each message ended by a zero.
final class Browser {
  private let folder: TemporaryFolder
  private let program: RunningProgram
  private let input: Int32
  private let output: Int32
  private var received: [UInt8] = []
  private var calls = 0
  private var session: String?
  private var events: [[String: Any]] = []

  /// Seconds that an answer may take on a busy machine.
  private static let patience = 60.0

  /// Starts it; without Chromium the error says how to get it.
  init() throws {
    folder = try TemporaryFolder()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    guard path.split(separator: ":").contains(where: { access("\($0)/chromium", X_OK) == 0 }) else {
      throw ProgramError(
        "the HTML report is tested in Chromium, and there is no `chromium` in PATH: "
          + "Tests/run installs it; by hand: sudo apt-get install -y chromium")
    }
    for name in ["commands", "answers"] where mkfifo(folder.path(name), 0o600) != 0 {
      throw ProgramError("mkfifo: \(String(cString: strerror(errno)))")
    }
    // Opened for both, a pipe waits for nobody.
    input = open(folder.path("commands"), O_RDWR | O_CLOEXEC)
    output = open(folder.path("answers"), O_RDWR | O_CLOEXEC)
    let options = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
      "--user-data-dir=\(folder.path("profile"))", "about:blank",
    ]
    let script = "exec chromium \"$@\" 3<commands 4>answers"
    program = try RunningProgram(
      "sh", ["-c", script, "sh"] + options, in: folder.root,
      environment: ["PATH": path, "HOME": folder.root, "LC_ALL": "C.UTF-8"])
    let targets = try call("Target.getTargets")["targetInfos"] as? [[String: Any]] ?? []
    guard let page = targets.first(where: { $0["type"] as? String == "page" })?["targetId"] as? String else {
      throw ProgramError("Chromium shows no page")
    }
    session = try call("Target.attachToTarget", ["targetId": page, "flatten": true])["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { try call(domain + ".enable") }
  }

  deinit {
    session = nil
    _ = try? call("Browser.close")
    _ = try? program.wait(seconds: 10)
    close(input)
    close(output)
  }

  // MARK: Pages

  /// Opens a page and waits until it is loaded; what was said and asked for before is forgotten.
  func load(_ html: String) throws {
    try folder.write("page.html", html)
    events = []
    try call("Page.navigate", ["url": "file://" + folder.path("page.html")])
    try wait(for: "document.readyState == 'complete' && location.protocol == 'file:'")
  }

  /// Loads the page again, without its scripts.
  func reloadWithoutScripts() throws {
    try call("Emulation.setScriptExecutionDisabled", ["value": true])
    events = []
    try call("Page.reload")
    while !events.contains(where: { $0["method"] as? String == "Page.loadEventFired" }) { try receive() }
  }

  /// The size of the window, in CSS pixels.
  func resize(width: Int, height: Int, isPhone: Bool = false) throws {
    try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": isPhone])
  }

  /// Shows the page as `screen` or `print`, in a `light` or `dark` scheme.
  func show(as media: String, scheme: String = "light") throws {
    try call(
      "Emulation.setEmulatedMedia",
      ["media": media, "features": [["name": "prefers-color-scheme", "value": scheme]]])
  }

  /// The value of a JavaScript expression.
  func value(of expression: String) throws -> Any? {
    let answer = try call(
      "Runtime.evaluate", ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let failure = answer["exceptionDetails"] { throw ProgramError("\(expression): \(failure)") }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// The number that an expression gives; -1 for anything else.
  func number(_ expression: String) throws -> Int { try value(of: expression) as? Int ?? -1 }

  /// The text that an expression gives; empty for anything else.
  func text(_ expression: String) throws -> String { try value(of: expression) as? String ?? "" }

  /// Whether an expression is true.
  func holds(_ expression: String) throws -> Bool { try value(of: expression) as? Bool ?? false }

  /// Waits until an expression is true.
  func wait(for expression: String) throws {
    let end = Date().addingTimeInterval(Browser.patience)
    while try !holds(expression) {
      guard Date() < end else { throw ProgramError("never true: \(expression)") }
      usleep(10_000)
    }
  }

  /// Presses the mouse button over the middle of the first element that a selector finds.
  func click(_ selector: String) throws {
    // The page may still be gliding to where the last click led: what is clicked has to stand still.
    let place = """
      (async () => { const element = document.querySelector(\(quoted(selector))); let last = -1;
      for (let turn = 0; element && turn < 200; turn += 1) {
        element.scrollIntoView({block: 'center', behavior: 'instant'});
        const box = element.getBoundingClientRect();
        if (turn > 0 && box.y === last) return [box.x + box.width / 2, box.y + box.height / 2];
        last = box.y; await new Promise(done => setTimeout(done, 50));
      } })()
      """
    guard let point = try value(of: place) as? [Double], point.count == 2 else {
      throw ProgramError("nothing to click: \(selector)")
    }
    for type in ["mousePressed", "mouseReleased"] {
      try call(
        "Input.dispatchMouseEvent", ["type": type, "x": point[0], "y": point[1], "button": "left", "clickCount": 1])
    }
  }

  /// Presses a key: its name, and the text that it types.
  func press(_ key: String, text: String = "") throws {
    var keys: [String: Any] = ["key": key, "windowsVirtualKeyCode": key == "Enter" ? 13 : 32]
    if !text.isEmpty { keys["text"] = text }
    for type in ["keyDown", "keyUp"] { try call("Input.dispatchKeyEvent", keys.merging(["type": type]) { $1 }) }
  }

  /// The page on paper: the bytes of a PDF.
  func printed() throws -> Data {
    let text = try call("Page.printToPDF", ["preferCSSPageSize": true])["data"] as? String ?? ""
    return Data(base64Encoded: text) ?? Data()
  }

  // MARK: What happened

  /// What stands in the console: errors, warnings, violations of the page's policy.
  var complaints: [String] {
    events.filter {
      ["Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"].contains($0["method"] as? String)
    }.map { "\($0["params"] ?? "")" }
  }

  /// The addresses that the page asked for, itself and the browser's own pictures left out.
  var requests: [String] {
    events.filter { $0["method"] as? String == "Network.requestWillBeSent" }.compactMap {
      (($0["params"] as? [String: Any])?["request"] as? [String: Any])?["url"] as? String
    }.filter { !$0.hasPrefix("file://\(folder.path("page.html"))") && !$0.hasPrefix("data:image/svg+xml") }
  }

  // MARK: Protocol

  @discardableResult
  private func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    calls += 1
    var message: [String: Any] = ["id": calls, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    var bytes = [UInt8](try JSONSerialization.data(withJSONObject: message)) + [0]
    while !bytes.isEmpty {
      let count = write(input, bytes, bytes.count)
      guard count > 0 else { throw ProgramError("Chromium takes no commands") }
      bytes.removeFirst(count)
    }
    while true {
      let answer = try receive()
      guard answer["id"] as? Int == calls else { continue }
      if let failure = answer["error"] { throw ProgramError("\(method): \(failure)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// The next message; events are kept.
  @discardableResult
  private func receive() throws -> [String: Any] {
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = try JSONSerialization.jsonObject(with: Data(received[..<end])) as? [String: Any] ?? [:]
        received.removeFirst(end + 1)
        if message["method"] != nil { events.append(message) }
        return message
      }
      var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(Browser.patience * 1000)) > 0 else {
        throw ProgramError("Chromium does not answer")
      }
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &buffer, buffer.count)
      guard count > 0 else { throw ProgramError("Chromium has ended") }
      received += buffer[..<count]
    }
  }

  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "\\'") + "'" }
}
