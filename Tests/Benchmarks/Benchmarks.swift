#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Compares fluxwarden with what Git itself needs to read the same repository, in the same run.
///
///     swift build -c release --static-swift-stdlib --product fluxwarden
///     swift run -c release benchmarks [--rounds N] [--fluxwarden FILE] REPOSITORY…
///     swift run -c release benchmarks --reading REPOSITORY…
///     swift run -c release benchmarks --corpus
///
/// `--reading` compares the search of all distinct files for credentials with libgit2's reading of them, in this very
/// process; its limit is twice the time.
/// `--corpus` prints, family by family, how many credentials of the corpus are found and how many harmless texts are
/// called secret, as the tests of the project count them.
///
/// The commands take turns, so that a busy machine slows all of them down. Limits are the project's own: an audit
/// within four times `git cat-file`, a staged check within eight times `git status`, a review and a plan of a change of
/// one file within 150 ms and 200 MB.
@main
struct Benchmarks {
  private var rounds = 5
  private var program = ""
  private var repositories: [String] = []
  private var isReading = false

  static func main() {
    if CommandLine.arguments.dropFirst().elementsEqual(["--corpus"]) { exit(CorpusTable.printed()) }
    guard let benchmarks = Benchmarks(CommandLine.arguments.dropFirst()) else {
      print("usage: benchmarks [--rounds N] [--fluxwarden FILE] REPOSITORY…")
      print("       benchmarks --reading [--rounds N] REPOSITORY…")
      print("       benchmarks --corpus")
      exit(2)
    }
    for repository in benchmarks.repositories {
      if benchmarks.isReading { benchmarks.read(repository) } else { benchmarks.measure(repository) }
    }
  }

  private init?(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let word = rest.popFirst() {
      switch word {
      case "--rounds":
        guard let number = rest.popFirst().flatMap({ Int($0) }), number > 0 else { return nil }
        rounds = number
      case "--reading": isReading = true
      case "--fluxwarden":
        guard let path = rest.popFirst() else { return nil }
        program = path
      default:
        guard !word.hasPrefix("-"), let path = realpath(word, nil) else { return nil }
        repositories.append(String(cString: path))
        free(path)
      }
    }
    guard !repositories.isEmpty else { return nil }
    if isReading { return }
    if program.isEmpty { program = Benchmarks.beside(CommandLine.arguments[0]) }
    guard access(program, X_OK) == 0, let path = realpath(program, nil) else {
      print("there is no program at \(program)")
      return nil
    }
    program = String(cString: path)
    free(path)
  }

  /// The `fluxwarden` that lies beside this program.
  private static func beside(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "fluxwarden" }
    return path[...slash] + "fluxwarden"
  }

  private func read(_ repository: String) {
    print(repository.split(separator: "/").suffix(2).joined(separator: "/"))
    ReadingBenchmark(repository)?.run(rounds: rounds)
  }

  private func measure(_ repository: String) {
    print(repository.split(separator: "/").suffix(2).joined(separator: "/"))
    var template = Array("/tmp/benchmarks-XXXXXX".utf8CString)
    let log = mkdtemp(&template).map { String(cString: $0) + "/errors" } ?? "/dev/null"
    compare(
      MeasuredCommand(
        name: "git cat-file", program: "git",
        arguments: ["cat-file", "--batch-all-objects", "--unordered", "--batch", "--buffer"]),
      with: MeasuredCommand(
        name: "audit --all", program: program, arguments: ["audit", "--all", "--no-cache", "--verbose"], errors: log),
      in: repository)
    stages(log)
    unlink(log)
    if access(repository + "/.git", F_OK) == 0 {
      compare(
        MeasuredCommand(name: "git status", program: "git", arguments: ["status", "--porcelain"]),
        with: MeasuredCommand(name: "check", program: program, arguments: ["check"]), in: repository)
    }
    if let commit = OneFileCommit(in: repository) {
      let range = "\(commit.id)^..\(commit.id)"
      for command in ["review", "plan"] {
        compare(
          MeasuredCommand(name: "git diff", program: "git", arguments: ["diff", "--raw", "\(commit.id)^", commit.id]),
          with: MeasuredCommand(name: command, program: program, arguments: [command, range]), in: repository)
      }
    }
    print("")
  }

  /// Runs two commands in turns and prints the medians and the second's ratio to the first.
  private func compare(_ first: MeasuredCommand, with second: MeasuredCommand, in folder: String) {
    var results: [[Measurement]] = [[], []]
    for _ in 0..<rounds {
      for (index, command) in [first, second].enumerated() {
        guard let result = command.run(in: folder), result.status < 126 else {
          print("  can't run \(command.program)")
          return
        }
        results[index].append(result)
      }
    }
    for (command, results) in zip([first, second], results) {
      let seconds = results.map(\.seconds).median
      let memory = Double(results.map(\.memory).max() ?? 0) / 1e6
      let statuses = Set(results.map(\.status)).sorted().map(String.init).joined(separator: ", ")
      print(
        "  \(padded(command.name, 14)) \(decimal(seconds)) s, \(decimal(results.map(\.coreSeconds).median)) core-seconds,"
          + " \(Int(memory)) MB, exit status \(statuses)")
    }
    let ratios = zip(results[0], results[1]).map { $1.seconds / max($0.seconds, 1e-6) }
    print("  ratio          \(decimal(ratios.median)) (median of \(rounds) rounds)")
  }

  /// Prints what the last audit told of its stages with `--verbose`.
  private func stages(_ log: String) {
    guard let file = fopen(log, "r") else { return }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 4096)
    while let line = fgets(&buffer, Int32(buffer.count), file).map({ String(cString: $0) }) {
      if line.hasPrefix("stage ") { print("    \(line)", terminator: "") }
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

}

/// A number with three decimals.
func decimal(_ number: Double) -> String {
  let thousandths = Int((number * 1000).rounded())
  let rest = String(thousandths % 1000)
  return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}
