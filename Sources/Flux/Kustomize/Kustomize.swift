internal import Manifests

/// `kustomize build` in process: the objects of a folder, without a network and without programs.
package struct Kustomize {
  /// How a folder is built.
  package struct Options: Sendable {
    /// Whether a kustomization may read files outside its folder; Flux allows it, the program refuses it.
    package var allowsFilesOutside = true
    /// Whether the root's kustomization file is read as Flux reads it: unknown fields vanish, an empty one is fine.
    package var isLenientAtRoot = false
    /// Whether a folder without a kustomization file gets the one Flux would generate.
    package var generatesAtRoot = false
    /// Whether charts are refused, as they are unless a switch allows the program to inflate them.
    package var refusesCharts = false

    package init() {}

    /// As the program does it.
    package static let program: Options = {
      var options = Options()
      options.allowsFilesOutside = false
      return options
    }()

    /// As Flux does it.
    package static let flux: Options = {
      var options = Options()
      options.isLenientAtRoot = true
      options.generatesAtRoot = true
      options.refusesCharts = true
      return options
    }()
  }

  private let reader: FolderReader
  private let options: Options

  /// - Parameter cache: what files were read as; shared between builds of one thread.
  package init(tree: any FileTree, cache: ParseCache, options: Options = .program) {
    self.init(reader: FolderReader(tree: tree, cache: cache), options: options)
  }

  init(reader: FolderReader, options: Options) {
    self.reader = reader
    self.options = options
  }

  /// Builds a folder. It never fails as a whole: what stops the build is among the problems.
  package func build(_ folder: String) -> BuildResult { build(folder) { _ in } }

  /// Builds a folder whose root kustomization is changed first, as Flux merges its own fields into it.
  func build(_ folder: String, changing change: (inout KustomizationFile) -> Void) -> BuildResult {
    let run = BuildRun(reader: reader, options: options)
    var objects: [BuiltObject] = []
    do {
      objects = try run.build(folder, change)
    } catch {
      run.note(error)
    }
    if run.problems.contains(where: \.isFailure) { objects = [] }
    return BuildResult(
      objects: objects, problems: run.problems, dependencies: reader.looks,
      kustomizations: run.kustomizations, patchMatches: run.matches)
  }
}
