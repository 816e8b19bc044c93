internal import Manifests

/// One build from its root on.
final class BuildRun {
  private let reader: FolderReader
  private let options: Kustomize.Options
  private(set) var problems: [BuildProblem] = []
  private(set) var kustomizations: [String] = []
  /// How many objects the target of each patch fitted.
  private(set) var matches: [PatchTarget: Int] = [:]
  private var objectCount = 0
  private var variables = OldVariables()
  /// More objects than any repository builds from one folder; a chain of folders that double each other ends here.
  private static let objectLimit = 200_000

  init(reader: FolderReader, options: Kustomize.Options) {
    self.reader = reader
    self.options = options
  }

  /// Keeps a problem, each once.
  func note(_ problem: BuildProblem) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  /// Builds the root folder.
  func build(_ folder: String, _ change: (inout KustomizationFile) -> Void) throws(BuildProblem) -> [BuiltObject] {
    var file = try rootFile(folder)
    change(&file)
    var accumulator = Accumulator()
    try accumulate(file, folder, ancestors: [], into: &accumulator)
    if problems.contains(where: \.isFailure) { return [] }
    for index in accumulator.map.resources.indices where accumulator.map.resources[index].needsHash {
      let hash = NameHash.of(accumulator.map.resources[index])
      accumulator.map.resources[index].rememberID()
      let name = accumulator.map.resources[index].name + "-" + hash
      accumulator.map.resources[index].setName(name, origin: Origin(path: file.path, cause: "name hash"))
    }
    try NameReferences(tables: accumulator.configuration.tables, path: file.path, memo: reader.memo).fix(
      &accumulator.map)
    if let twin = accumulator.map.reindex() {
      throw BuildProblem(
        .duplicateID, path: twin.path, span: twin.root.span, subject: twin.id.title,
        message: "\(twin.id.title) is built twice")
    }
    let objects = try Finishing.finish(accumulator.map, file, memo: reader.memo)
    return variables.isEmpty ? objects : variables.hidden(in: objects)
  }

  private func rootFile(_ folder: String) throws(BuildProblem) -> KustomizationFile {
    if let found = try reader.kustomizationFile(in: folder) {
      return try read(found.path, found.entry, isLenient: options.isLenientAtRoot)
    }
    guard options.generatesAtRoot else { throw noKustomization(folder, in: folder, at: .none) }
    var scan = GeneratedKustomization(reader: reader)
    var file = KustomizationFile(path: Path.join(folder, "kustomization.yaml"))
    file.resources = try scan.resources(of: folder)
    return file
  }

  private func noKustomization(_ folder: String, in file: String, at span: Span) -> BuildProblem {
    BuildProblem(
      .kustomizationMissing, path: file, span: span, subject: folder,
      message: "the folder \(folder) has no kustomization file")
  }

  private func read(_ path: String, _ entry: FileEntry, isLenient: Bool) throws(BuildProblem) -> KustomizationFile {
    kustomizations.append(path)
    let parsed = try reader.document(of: entry, at: path)
    if let problem = parsed.syntaxProblem {
      throw BuildProblem(.unreadableKustomization, path: path, span: problem.span, message: problem.reason)
    }
    return try KustomizationFile(parsed.documents.first, path: path, isLenient: isLenient)
  }

  private func accumulate(
    _ file: KustomizationFile, _ folder: String, ancestors: [String], into accumulator: inout Accumulator
  ) throws(BuildProblem) {
    let access = FolderAccess(
      reader: reader, folder: folder, kustomization: file.path, allowsOutside: options.allowsFilesOutside)
    let failures = problems.count
    noteUnevaluated(file)
    let chain = ancestors + [folder]
    for resource in file.resources {
      do {
        try accumulate(resource, access, chain, into: &accumulator)
      } catch {
        note(error)
      }
    }
    var configurations: [(path: String, parsed: ParsedFile)] = []
    for configuration in file.configurations { configurations.append(try access.parse(configuration)) }
    try accumulator.configuration.add(configurations, at: file.path)
    try generate(file, access, into: &accumulator.map)
    for component in file.components { try accumulateComponent(component, access, chain, into: &accumulator) }
    if problems[failures...].contains(where: \.isFailure) { return }
    let file = withoutRemotePatches(file)
    let steps = TransformerRun(file: file, access: access, isComplete: isComplete)
    matches.merge(try steps.run(on: &accumulator.map, accumulator.configuration.tables), uniquingKeysWith: +)
    let builtin = BuiltinTransformers(access: access, isComplete: isComplete) {
      (text, path, entry) throws(BuildProblem) in try self.folder(path, entry, text, access, chain).map.resources
    }
    for entry in file.transformers {
      for kind in try builtin.run(entry, on: &accumulator.map) { notePlugin(kind, entry, file) }
    }
  }

  /// The file without the patches that kustomize would fetch: what they change is unknown, and all else is built.
  private func withoutRemotePatches(_ file: KustomizationFile) -> KustomizationFile {
    func isFetched(_ text: PlacedText?) -> Bool {
      guard let text, ["https://", "http://"].contains(where: text.value.hasPrefix), !text.value.contains("\n") else {
        return false
      }
      note(
        BuildProblem(
          .notEvaluated, path: text.node.origin?.path ?? file.path, span: text.node.span, subject: text.value,
          message: "a remote patch is not fetched; what it changes is unknown"))
      return true
    }
    var local = file
    local.patches.removeAll { isFetched($0.path) }
    local.patchesJSON6902.removeAll { isFetched($0.path) }
    local.patchesStrategicMerge.removeAll { isFetched($0) }
    return local
  }

  /// Whether everything so far was in the repository.
  private var isComplete: Bool { !problems.contains(where: \.feedsBuild) }

  private func noteUnevaluated(_ file: KustomizationFile) {
    for entry in file.unevaluated {
      let isChart = entry.name.lowercased().hasPrefix("helm")
      if isChart, options.refusesCharts, entry.name.lowercased() != "helmglobals" {
        note(
          BuildProblem(
            .badGenerator, path: file.path, span: entry.key.span, subject: entry.name,
            message: "Flux inflates no Helm charts in a build and refuses \(entry.name)"))
        continue
      }
      note(
        BuildProblem(
          isChart ? .helmChart : .notEvaluated, path: file.path, span: entry.key.span, subject: entry.name,
          message: isChart
            ? "a Helm chart is not inflated; what it holds is unknown" : "\(entry.name) is not evaluated"))
    }
    let ignored = [("crds", file.crds.first), ("buildMetadata", file.buildMetadata.first)]
    for (name, text) in ignored {
      guard let text else { continue }
      note(
        BuildProblem(
          .notEvaluated, path: file.path, span: text.node.span, subject: name, message: "\(name) is not evaluated"))
    }
    for plugin in file.generators + file.validators { notePlugin(plugin.value, plugin, file) }
    for entry in file.unevaluated where entry.name.lowercased() == "vars" { variables.add(entry.value) }
  }

  private func notePlugin(_ subject: String, _ entry: PlacedText, _ file: KustomizationFile) {
    note(
      BuildProblem(
        .plugin, path: file.path, span: entry.node.span, subject: subject,
        message: "a generator, transformer or validator of its own is not run; what it does is unknown"))
  }

  private func accumulate(
    _ text: PlacedText, _ access: FolderAccess, _ chain: [String], into accumulator: inout Accumulator
  ) throws(BuildProblem) {
    if FolderAccess.isRemote(text.value), (try? access.resolve(text)).flatMap({ try? reader.entry(at: $0) }) == nil {
      note(access.remote(text))
      return
    }
    let path = try access.resolve(text)
    let root = FileEntry(name: "", kind: .folder, id: ContentID(high: 0, middle: 0, low: 0))
    let entry = path.isEmpty ? root : try reader.entry(at: path)
    guard let entry else { throw access.missing(text, path) }
    switch entry.kind {
    case .file: try accumulator.map.append(try objects(access.file(text)))
    case .folder:
      let inner = try folder(path, entry, text, access, chain)
      try accumulator.map.append(inner.map.resources)
      try accumulator.configuration.merge(inner.configuration, at: access.kustomization)
    case .link: throw access.link(text, path)
    case .submodule: throw access.missing(text, path)
    }
    objectCount = max(objectCount, accumulator.map.resources.count)
    guard objectCount <= BuildRun.objectLimit else {
      throw BuildProblem(
        .overBudget, path: access.file(of: text), span: text.node.span,
        message: "more than \(BuildRun.objectLimit) objects are built from one folder")
    }
  }

  /// What a folder comes to by itself; the same folder is accumulated once.
  private func folder(
    _ path: String, _ entry: FileEntry, _ text: PlacedText, _ access: FolderAccess, _ chain: [String]
  ) throws(BuildProblem) -> Accumulator {
    let memo = reader.memo
    if let known = memo?.accumulation(of: path, entry, chain: chain, in: reader) {
      take(known)
      return known.accumulator
    }
    let run = BuildRun(reader: reader.beginning(), options: options)
    var result = Accumulation()
    do {
      try run.accumulateFolder(
        path, text, access.reading(run.reader), chain, isComponent: false, into: &result.accumulator)
    } catch {
      result.failure = error
    }
    result.problems = run.problems
    result.kustomizations = run.kustomizations
    result.variables = run.variables
    result.matches = run.matches
    result.dependencies = run.reader.dependencies
    take(result)
    if let failure = result.failure { throw failure }
    // What a failed folder has so far went through no transformer: it would collide with what did.
    if result.problems.contains(where: \.isFailure) { return Accumulator() }
    memo?.keep(result, of: path, entry, ignoreRules: reader.ignoreRules)
    return result.accumulator
  }

  /// Takes over what happened in a folder.
  private func take(_ inner: Accumulation) {
    reader.take(inner.dependencies)
    for problem in inner.problems { note(problem) }
    kustomizations += inner.kustomizations
    variables.add(inner.variables)
    matches.merge(inner.matches, uniquingKeysWith: +)
  }

  private func objects(_ file: (path: String, entry: FileEntry)) throws(BuildProblem) -> [Resource] {
    let parsed = try reader.document(of: file.entry, at: file.path)
    return try ManifestReading.resources(parsed, at: file.path)
  }

  private func accumulateComponent(
    _ text: PlacedText, _ access: FolderAccess, _ chain: [String], into accumulator: inout Accumulator
  ) throws(BuildProblem) {
    let path: String
    if FolderAccess.isRemote(text.value) {
      note(access.remote(text))
      return
    }
    path = try access.resolve(text)
    guard let entry = try reader.entry(at: path), entry.kind == .folder else { throw access.missing(text, path) }
    try accumulateFolder(path, text, access, chain, isComponent: true, into: &accumulator)
    // kustomize merges what it has so far, the component with it, into a new accumulator.
    var configuration = TransformerConfiguration()
    try configuration.merge(accumulator.configuration, at: access.kustomization)
    accumulator.configuration = configuration
  }

  private func accumulateFolder(
    _ folder: String, _ text: PlacedText, _ access: FolderAccess, _ chain: [String], isComponent: Bool,
    into accumulator: inout Accumulator
  ) throws(BuildProblem) {
    if chain.contains(where: { Path.isIn($0, folder: folder) }) || chain.count > 100 {
      throw BuildProblem(
        .cycle, path: access.file(of: text), span: text.node.span, subject: folder,
        message: "\(text.value) leads back to a folder that is being built")
    }
    guard let found = try reader.kustomizationFile(in: folder) else {
      throw noKustomization(folder, in: access.file(of: text), at: text.node.span)
    }
    let file = try read(found.path, found.entry, isLenient: false)
    guard (file.kind == .component) == isComponent else {
      throw BuildProblem(
        .componentMisplaced, path: access.file(of: text), span: text.node.span, subject: folder,
        message: isComponent
          ? "\(folder) is listed among the components and is none" : "\(folder) is a component listed as a resource")
    }
    try accumulate(file, folder, ancestors: chain, into: &accumulator)
  }

  private func generate(
    _ file: KustomizationFile, _ access: FolderAccess, into map: inout ResourceMap
  ) throws(BuildProblem) {
    let generators = Generators(folder: access)
    for (kind, rules) in [("ConfigMap", file.configMapGenerators), ("Secret", file.secretGenerators)] {
      for rule in rules {
        let made: Resource
        do {
          made = try generators.make(kind, rule, global: file.generatorOptions)
        } catch  where error.kind == .remoteSource {
          note(error)
          continue
        }
        try Generators.absorb(made, into: &map, at: file.path)
      }
    }
  }
}
