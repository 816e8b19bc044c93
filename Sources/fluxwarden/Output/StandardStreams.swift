internal import Git
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Standard output, written in large pieces.
struct StandardOutput: TextOutputStream {
  private static let buffer = Mutex<[UInt8]>([])
  private static let failure = Mutex<Int32?>(nil)

  mutating func write(_ string: String) { StandardOutput.write(string) }

  static func write(_ string: String) {
    buffer.withLock { bytes in
      bytes.append(contentsOf: string.utf8)
      if bytes.count > 1 << 16 { drain(&bytes) }
    }
  }

  static func flush() { buffer.withLock { drain(&$0) } }

  private static func drain(_ bytes: inout [UInt8]) {
    guard let error = Descriptor.drain(&bytes, to: STDOUT_FILENO) else { return }
    // Who closes a pipe has read enough.
    if error != EPIPE { failure.withLock { $0 = $0 ?? error } }
  }

  /// Why a part of the output was lost; `nil` where it was not.
  static var lossReason: String? { failure.withLock { $0 }.map { String(cString: strerror($0)) } }

  /// Whether a person looks at it.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}

/// The terminal that a person looks at.
enum Terminal {
  /// The cells of a line: what `COLUMNS` says, else what the terminal says, else 80; between 40 and 200.
  static var width: Int {
    if let text = Environment.all["COLUMNS"], let number = Int(text), number > 0 { return clamped(number) }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return clamped(Int(size.ws_col))
  }

  /// The cells of a line of standard output: 80 where no terminal is.
  static var outputWidth: Int { StandardOutput.isTerminal ? width : 80 }

  private static func clamped(_ number: Int) -> Int { min(200, max(40, number)) }
}

/// Standard error, written at once.
enum StandardError {
  static func write(_ string: String) {
    var bytes = Array(string.utf8)
    _ = Descriptor.drain(&bytes, to: STDERR_FILENO)
  }

  /// Whether a person looks at it.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}

private enum Descriptor {
  /// Writes all bytes; what can't be written (a closed pipe, a full disk) is dropped, and the error's number returned.
  static func drain(_ bytes: inout [UInt8], to descriptor: Int32) -> Int32? {
    defer { bytes.removeAll(keepingCapacity: true) }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { start += count } else if errno != EINTR { return errno }
    }
    return nil
  }
}

/// A file that a report is written to.
struct FileOutput: TextOutputStream {
  private var bytes: [UInt8] = []

  mutating func write(_ string: String) { bytes.append(contentsOf: string.utf8) }

  /// Writes all of it to standard output.
  func print() { StandardOutput.write(String(decoding: bytes, as: UTF8.self)) }

  /// Writes all of it to a path; `false`, with `errno` set, where that fails.
  func save(to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let written = bytes.withUnsafeBufferPointer { fwrite($0.baseAddress, 1, $0.count, file) }
    return fclose(file) == 0 && written == bytes.count
  }
}

/// The process's environment.
enum Environment {
  /// All variables.
  static let all: [String: String] = {
    var result: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        result[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return result
  }()

  /// The variables that count for a repository: git's own ones only where no other repository was named.
  static func around(_ repository: String?) -> [String: String] {
    repository == nil ? all : RepositoryLocation.withoutRepositoryVariables(all)
  }

  /// How many arguments of the command line stand behind `--`.
  static var argumentsBehindTerminator: Int {
    let arguments = CommandLine.arguments
    return arguments.firstIndex(of: "--").map { arguments.count - $0 - 1 } ?? 0
  }

  /// The current folder.
  static var folder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// The number of processors in use by this machine.
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

/// Standard input, read to its end.
enum StandardInput {
  /// All of it, up to `limit` bytes; `nil` where it is longer or can't be read.
  static func text(limit: Int = 64 << 20) -> String? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      bytes += buffer[..<count]
      if bytes.count > limit { return nil }
    }
  }

  /// Whether a person types it.
  static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }
}

/// A file that a person names.
enum FileInput {
  /// The bytes of a file of up to `limit` bytes; `nil`, with `errno` set, where it can't be read or is larger.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var status = stat()
    if fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      guard status.st_size <= limit else {
        errno = EFBIG
        return nil
      }
      bytes.reserveCapacity(Int(status.st_size))
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return ferror(file) == 0 ? bytes : nil }
      bytes += buffer[..<count]
      if bytes.count > limit {
        errno = EFBIG
        return nil
      }
    }
  }
}

/// The wall clock.
enum Clock {
  /// Seconds since 1970.
  static var seconds: Int64 { Int64(time(nil)) }
}

/// This process.
enum Process {
  /// Ends it with a status, at once: a thread may still be at work on what nobody waits for any more, and what libraries
  /// tear down at the end would be torn down beneath it.
  static func end(_ status: Int32) -> Never { _exit(status) }
}
