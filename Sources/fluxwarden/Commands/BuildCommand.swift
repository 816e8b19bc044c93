internal import ArgumentParser
internal import Git
internal import Policy
internal import Reporting
internal import Scanning

/// `fluxwarden build`: what kustomize, or Flux, builds from a folder.
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Print the objects that kustomize builds from a folder.",
    discussion: "Nothing is fetched: remote bases and charts are named on standard error and left out.")

  @Argument(help: "The folder, as seen from here.")
  var path: String

  @Option(name: .long, help: ArgumentHelp("Read a commit instead of the working tree.", valueName: "rev"))
  var rev: String?

  @Flag(name: .long, help: "Build as the Flux Kustomization does that applies the folder.")
  var flux = false

  @Flag(name: .long, help: "Say at the end of each line where its value comes from.")
  var origin = false

  @Option(name: .long, help: ArgumentHelp("The repository.", valueName: "dir"))
  var repo: String?

  func run() throws {
    var diagnostics: [Diagnostic] = []
    do throws(GitError) {
      let start = repo ?? Environment.folder
      let location = try RepositoryLocation(around: start, environment: Environment.around(repo))
      let folder = try location.repositoryPath(of: path, from: start)
      let scanner = Scanner(location, engine: Run.engine(TrustedPolicy()), options: ScanOptions())
      let build = scanner.build(folder, revision: rev, likeFlux: flux, showsOrigins: origin)
      StandardOutput.write(String(decoding: build.yaml, as: UTF8.self))
      diagnostics = build.diagnostics
    } catch {
      diagnostics = [Diagnostic(.error, error.message)]
    }
    StandardOutput.flush()
    for diagnostic in diagnostics { StandardError.write(DiagnosticText.of(diagnostic, isColoured: false) + "\n") }
    if diagnostics.contains(where: { $0.level == .error }) { throw ExitCode(2) }
  }
}
