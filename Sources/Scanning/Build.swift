internal import Flux
internal import Git
internal import Manifests
package import Policy

/// What is built from a folder of a repository.
package struct FolderBuild: Sendable {
  /// The objects as YAML, byte for byte as kustomize prints them, comments aside; empty where the build fails.
  package var yaml: [UInt8] = []
  package var diagnostics: [Diagnostic] = []
}

extension Scanner {
  /// Builds a folder as `kustomize build` does, or as the Flux Kustomizations that it belongs to apply it.
  ///
  /// - Parameters:
  ///   - folder: relative to the root of the repository, empty for the root itself.
  ///   - revision: the commit to read, the working tree where none is given.
  ///   - likeFlux: with what the Flux Kustomization adds: its patches, names and variables. Where none reaches the
  ///     folder, as one with no settings of its own would build it.
  ///   - showsOrigins: each value's line ends with the file and line that it comes from.
  package func build(_ folder: String, revision: String?, likeFlux: Bool, showsOrigins: Bool) -> FolderBuild {
    do throws(GitError) {
      let repository = try Repository(location)
      let tree = try tree(revision, repository)
      do throws(FileTreeError) {
        guard try tree.entry(at: folder)?.kind == .folder else {
          return FolderBuild(diagnostics: [Diagnostic(.error, "there is no such folder", path: folder)])
        }
      } catch {
        return FolderBuild(diagnostics: [Diagnostic(.error, error.reason, path: error.path)])
      }
      if likeFlux, let build = fluxBuild(folder, tree, showsOrigins: showsOrigins) { return build }
      let result = Kustomize(tree: tree, cache: ParseCache(), options: likeFlux ? .flux : .program).build(folder)
      var build = FolderBuild()
      build.diagnostics = result.problems.map { Diagnostic($0) }
      if likeFlux {
        build.diagnostics.append(
          Diagnostic(
            .warning, "no Flux Kustomization applies this folder: built as one would that sets nothing", path: folder))
      }
      guard result.failure == nil else { return build }
      build.add(result.objects.map { ($0.object.root, $0.path) }, showsOrigins: showsOrigins)
      return build
    } catch {
      return FolderBuild(diagnostics: [Diagnostic(error)])
    }
  }

  /// What the Flux Kustomizations that apply a folder make of it; `nil` where there are none.
  private func fluxBuild(_ folder: String, _ tree: any FileTree, showsOrigins: Bool) -> FolderBuild? {
    let state = AppliedStateBuilder().state(of: tree)
    let parts = state.objects(of: folder)
    guard !parts.isEmpty else { return nil }
    var build = FolderBuild(diagnostics: state.problems.map { Diagnostic($0) })
    for part in parts {
      let owner = part.kustomization.owner
      build.diagnostics += part.kustomization.problems.map { Diagnostic($0) }
      if part.kustomization.outcome == .pathMissing {
        build.diagnostics.append(
          Diagnostic(.error, "\(owner.identity.title) applies this path, and it is no folder", path: folder))
      }
      if owner.isSuspended {
        build.diagnostics.append(
          Diagnostic(.warning, "\(owner.identity.title) is suspended: Flux applies nothing of this", path: folder))
      }
      guard !part.objects.isEmpty else { continue }
      build.separate()
      build.yaml += Array(
        "# \(owner.identity.title), \(owner.root.isEmpty ? "the whole repository" : owner.root)\n".utf8)
      build.add(part.objects.map { ($0.object.root, $0.path) }, showsOrigins: showsOrigins)
    }
    return build
  }

  private func tree(_ revision: String?, _ repository: Repository) throws(GitError) -> any FileTree {
    if revision == nil, !repository.location.isBare {
      return try WorkTreeFiles(try repository.index(), repository).tree
    }
    let commit = try repository.resolveCommit(revision ?? "HEAD")
    return GitTree(try repository.commitNode(commit).tree, in: repository)
  }
}

extension FolderBuild {
  /// Begins another document.
  fileprivate mutating func separate() {
    if !yaml.isEmpty { yaml += Array("---\n".utf8) }
  }

  /// Adds objects, each with the file that it begins in.
  fileprivate mutating func add(_ objects: [(root: Node, path: String)], showsOrigins: Bool) {
    for (number, object) in objects.enumerated() {
      if number > 0 { separate() }
      let note: YAMLPrinter.Note? = showsOrigins ? { node in FolderBuild.origin(of: node, in: object.path) } : nil
      yaml += YAMLPrinter.print(object.root, note: note)
    }
  }

  /// Where a value comes from: `PATH:LINE`, and what put it there where that was not its own file.
  private static func origin(of node: Node, in path: String) -> String? {
    let cause = node.origin.map { " (\($0.cause))" } ?? ""
    let file = node.origin?.path ?? path
    if node.span == .none { return node.origin == nil ? nil : file + cause }
    return "\(file):\(node.span.startLine)\(cause)"
  }
}

extension Diagnostic {
  /// Why a build stops, or what it could not evaluate.
  init(_ problem: BuildProblem) {
    let line = problem.span == .none ? "" : "line \(problem.span.startLine): "
    self.init(problem.isFailure ? .error : .warning, line + problem.message, path: problem.path)
  }
}
