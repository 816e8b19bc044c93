#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a finished program left behind.
package struct ProgramResult: Sendable {
  /// The exit status; 128 and the signal's number where a signal ended it.
  package let status: Int32
  /// The bytes of standard output.
  package let output: [UInt8]
  /// The bytes of standard error.
  package let errors: [UInt8]

  /// Standard output as text.
  package var text: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Why a program could not be run, or did not end well.
package struct ProgramError: Error, CustomStringConvertible {
  /// The program, its arguments and what it said.
  package let description: String

  /// An error with its words.
  package init(_ description: String) { self.description = description }
}

/// Runs a program to its end and collects what it prints; see `RunningProgram`.
package func run(
  _ program: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
  input: [UInt8] = [], seconds: Int = 60
) throws -> ProgramResult {
  try RunningProgram(program, arguments, in: folder, environment: environment, input: input).wait(seconds: seconds)
}

/// A program that was started and may still be running.
package final class RunningProgram {
  private let name: String
  private let scratch: TemporaryFolder
  private var process: pid_t = 0

  /// Starts a program. `environment` is its whole environment, `input` what it finds on standard input.
  package init(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String] = [:],
    input: [UInt8] = []
  ) throws {
    name = "\(program) \(arguments.joined(separator: " "))"
    // Files rather than pipes: nothing can fill up and wait for a reader.
    scratch = try TemporaryFolder()
    try scratch.write("in", bytes: input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, scratch.path("in"), O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, scratch.path("out"), O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, scratch.path("err"), O_WRONLY | O_CREAT, 0o600)
    // The shell changes the folder: posix_spawn has no portable way to.
    let shell = ["sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder, program]
    let words = (shell + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, words, variables)
    guard code == 0 else { throw ProgramError("can't run \(program): \(String(cString: strerror(code)))") }
  }

  /// Ends the program, and waits until it has ended.
  package func stop() {
    var status: Int32 = 0
    guard process > 0, waitpid(process, &status, WNOHANG) == 0 else { return }
    // The threads of a test block most signals, and so do the programs that they start.
    kill(process, SIGKILL)
    waitpid(process, &status, 0)
  }

  /// Waits for the program's end. One that is still running after `seconds` is killed, which throws.
  package func wait(seconds: Int = 60) throws -> ProgramResult {
    var status: Int32 = 0
    var waited = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      guard waited < seconds * 1000 else {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw ProgramError("\(name) was still running after \(seconds) s")
      }
      usleep(1000)
      waited += 1
    }
    let signal = status & 0x7f
    return ProgramResult(
      status: signal == 0 ? status >> 8 & 0xff : 128 + signal, output: try scratch.read("out"),
      errors: try scratch.read("err"))
  }
}
