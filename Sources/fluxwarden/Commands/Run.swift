internal import Git
internal import Policy
internal import Rules
internal import Scanning

/// What the commands that look at a repository have in common.
struct Run {
  let options: CommonOptions
  let command: String

  init(_ options: CommonOptions, command: String) {
    self.options = options
    self.command = command
  }

  /// Opens the repository, looks, prints. What keeps it from looking is a diagnostic like any other.
  func report(_ look: (Scanner) -> Report, paths: () -> [String] = { [] }) throws {
    var report: Report
    do throws(GitError) {
      let location = try options.location()
      var scanOptions = options.scanOptions()
      for path in paths() { scanOptions.paths.append(try location.repositoryPath(of: path, from: options.folder)) }
      report = look(Scanner(location, engine: Run.engine, options: scanOptions))
    } catch {
      report = Report(command: command, repository: options.folder)
      report.diagnostics.append(Diagnostic(.error, error.message))
    }
    try Outcome(options: options).finish(report)
  }

  /// All rules.
  static var engine: Engine {
    Engine(rules: Catalogue.rules, also: Catalogue.fileSecrets + Catalogue.reviewing + Catalogue.credentials)
  }
}
