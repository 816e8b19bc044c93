internal import Flux
internal import Git
internal import Manifests
package import Policy

/// What `kustomize build` of a folder of a repository gives.
package struct FolderBuild: Sendable {
  /// The objects as YAML, byte for byte as the program prints them; empty where the build fails.
  package var yaml: [UInt8]
  package var diagnostics: [Diagnostic]
}

extension Scanner {
  /// Builds a folder as `kustomize build` does, or, for Flux, as kustomize-controller does.
  ///
  /// - Parameters:
  ///   - folder: relative to the root of the repository, empty for the root itself.
  ///   - revision: the commit to read, the working tree where none is given.
  ///   - likeFlux: a folder without a kustomization gets one made up, and the root file is read leniently.
  ///   - showsOrigins: each value's line ends with the file and line that it comes from.
  package func build(_ folder: String, revision: String?, likeFlux: Bool, showsOrigins: Bool) -> FolderBuild {
    do throws(GitError) {
      let repository = try Repository(location)
      let tree = try tree(revision, repository)
      let options: Kustomize.Options = likeFlux ? .flux : .program
      let result = Kustomize(tree: tree, cache: ParseCache(), options: options).build(folder)
      let note: YAMLPrinter.Note? = showsOrigins ? { node in Scanner.origin(of: node) } : nil
      return FolderBuild(
        yaml: result.failure == nil ? YAMLPrinter.print(result.objects, note: note) : [],
        diagnostics: result.problems.map { Diagnostic($0) })
    } catch {
      return FolderBuild(yaml: [], diagnostics: [Diagnostic(error)])
    }
  }

  private func tree(_ revision: String?, _ repository: Repository) throws(GitError) -> any FileTree {
    if revision == nil, !repository.location.isBare {
      return try WorkTreeFiles(try repository.index(), repository).tree
    }
    let commit = try repository.resolveCommit(revision ?? "HEAD")
    return GitTree(try repository.commitNode(commit).tree, in: repository)
  }

  private static func origin(of node: Node) -> String? {
    guard node.span != .none else { return node.origin.map { "\($0.path) (\($0.cause))" } }
    let cause = node.origin.map { " (\($0.cause))" } ?? ""
    return "\(node.origin?.path ?? "")\(node.origin == nil ? "line " : ":")\(node.span.startLine)\(cause)"
  }
}

extension Diagnostic {
  /// Why a build stops, or what it could not evaluate.
  init(_ problem: BuildProblem) {
    let line = problem.span == .none ? "" : "line \(problem.span.startLine): "
    self.init(problem.isFailure ? .error : .warning, line + problem.message, path: problem.path)
  }
}
