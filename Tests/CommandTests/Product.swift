import TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built program and the project it was built from.
enum Product {
  /// The project's folder.
  static let project = #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }

  /// The folder that holds the built `fluxwarden`: the one in which the running tests lie.
  static let folder: String = {
    var bundle = CommandLine.arguments.first ?? ""
    #if os(Linux)
      if let path = realpath("/proc/self/exe", nil) {
        bundle = String(cString: path)
        free(path)
      }
    #else
      if let option = CommandLine.arguments.firstIndex(of: "--test-bundle-path") {
        bundle = CommandLine.arguments[option + 1]
      }
    #endif
    var parts = bundle.split(separator: "/")[...]
    while !parts.isEmpty {
      let folder = parts.reduce(into: "") { $0 += "/" + $1 }
      if access(folder + "/fluxwarden", X_OK) == 0 { return folder }
      parts = parts.dropLast()
    }
    return project + "/.build/debug"
  }()

  /// The program's path.
  static let path = folder + "/fluxwarden"

  /// What `git` and its hooks see: the built program is in PATH.
  static let environment = TestRepository.environment.merging(
    ["PATH": folder + ":" + (TestRepository.environment["PATH"] ?? "")]
  ) { $1 }

  /// Runs the program in a folder.
  static func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:]
  ) throws -> ProgramResult {
    try TestSupport.run(
      path, arguments, in: folder, environment: Product.environment.merging(environment) { $1 }, seconds: 120)
  }
}

extension TestRepository {
  /// Runs the program in the work tree.
  func fluxwarden(_ arguments: String..., environment: [String: String] = [:]) throws -> ProgramResult {
    try Product.run(arguments, in: path, environment: environment)
  }

  /// Runs the program for its JSON.
  func report(_ arguments: String..., environment: [String: String] = [:]) throws -> ReportJSON {
    let result = try Product.run(arguments + ["--format", "json"], in: path, environment: environment)
    return try ReportJSON(result)
  }

  /// Runs a real `git commit` with the program in PATH, so that hooks find it.
  func tryCommit(_ arguments: String..., environment: [String: String] = [:]) throws -> ProgramResult {
    try tryGit(
      ["commit", "--quiet", "-m", "a change"] + arguments, environment: Product.environment.merging(environment) { $1 })
  }

  /// The number of commits that `HEAD` reaches.
  func commitCount() throws -> Int { Int(try git("rev-list --count HEAD")) ?? 0 }
}
