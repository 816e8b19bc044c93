internal import Flux
internal import Manifests
internal import Policy

/// A rule about one kind of reason for which Flux could no longer build what it built before.
struct BuildStops: ChangeRule {
  var kinds: KindSelection { .kinds([FluxKind.kustomization]) }

  let info: RuleInfo
  let problems: Set<BuildProblem.Kind>
  /// Whether one cause that many files name, as a component that all of them list, is told once.
  var gathersFiles = false
  /// What else stops a Kustomization, beside the problems of its build.
  var others: @Sendable (Change) -> [Violation] = { _ in [] }

  func judge(_ step: Change) -> [Violation] {
    guard let applied = step.applied else { return [] }
    var stops: [String: Stop] = [:]
    var order: [String] = []
    for (earlier, later) in applied.edited {
      let known = Set((earlier.map(BuildStops.problems) ?? []).map(BuildStops.key))
      // Another rule tells of a Kustomization that no longer decrypts.
      let stopsDecrypting = earlier?.settings.decrypts == true && !later.settings.decrypts
      for problem in BuildStops.problems(later) where problems.contains(problem.kind) {
        if problem.kind == .undecrypted, stopsDecrypting { continue }
        guard !known.contains(BuildStops.key(problem)), !applied.hid(problem, of: later, earlier) else { continue }
        let cause = cause(problem)
        if stops[cause] == nil { order.append(cause) }
        stops[cause, default: Stop(problem: problem)].add(problem, later, earlier)
      }
    }
    return order.compactMap { stops[$0].map(violation) } + others(step)
  }

  /// What two problems have in common that are one to whoever mends them.
  private func cause(_ problem: BuildProblem) -> String {
    gathersFiles && !problem.subject.isEmpty ? "\(problem.kind.rawValue) \(problem.subject)" : BuildStops.key(problem)
  }

  /// The problems of a Kustomization, the one that its build fails with among them.
  static func problems(_ kustomization: AppliedKustomization) -> [BuildProblem] {
    guard case .failed(let problem) = kustomization.outcome, !kustomization.problems.contains(problem) else {
      return kustomization.problems
    }
    return [problem] + kustomization.problems
  }

  private static func key(_ problem: BuildProblem) -> String {
    "\(problem.kind.rawValue) \(problem.path) \(problem.subject) \(problem.message)"
  }

  private func violation(_ stop: Stop) -> Violation {
    let problem = stop.problem
    let effect =
      problem.kind == .undefinedVariable
      ? "Flux refuses the build of \(Stop.names(stop.stopped))" : Stop.effect(on: stop.stopped, clusters: stop.clusters)
    let more = stop.otherFiles
    let others = more > 0 ? " The same stands in \(Count.of(more, "more file"))." : ""
    return Violation(
      "\(BuildStops.lead(problem)); \(effect).\(others)", after: problem.subject.isEmpty ? nil : problem.subject,
      location: stop.places.first, related: Array(stop.places.dropFirst()), verdict: .stalled,
      severity: stop.stopped.first.map { severity(problem, $0) }, sameEdit: sameEdit(problem, effect),
      fingerprintExtra: "\(problem.path) \(problem.subject)")
  }

  /// What many places of one edit have in common: the files of one name that lists no longer find, the objects that lose
  /// what told them apart, the paths of one file, or a variable. Other problems are each of their own kind.
  private func sameEdit(_ problem: BuildProblem, _ effect: String) -> String? {
    switch problem.kind {
    case .listedFileMissing, .link: "\(Path.name(problem.subject)); \(effect)"
    case .duplicateID, .namespaceConflict: "\(problem.subject); \(effect)"
    case .outsideRepository: "\(problem.path); \(effect)"
    case .undefinedVariable: problem.subject
    default: "\(problem.path) \(problem.message)"
    }
  }

  /// The problem with the path of its file, whose folder the problem then need not name again.
  private static func lead(_ problem: BuildProblem) -> String {
    let folder = problem.path.lastIndex(of: "/").map { problem.path[...$0] } ?? ""
    let message = problem.message.hasPrefix(folder) ? problem.message.dropFirst(folder.count) : problem.message[...]
    return "\(problem.path): \(message)"
  }

  /// A missing variable counts as much as the object that it is in; what a generator reads is no object.
  private func severity(_ problem: BuildProblem, _ later: AppliedKustomization) -> Severity {
    guard problem.kind == .undefinedVariable else { return info.severity }
    let stake = later.objects.filter { $0.path == problem.path }.map { Stake(of: $0.object) }.max()
    return stake.map { $0 > .state } ?? false ? info.severity : info.severity.milder
  }

  static let all: [any Rule] = [missing, duplicate, nonManifest, other, undefined]

  private static let why = """
    A build that fails applies nothing and deletes nothing: every object of the Flux Kustomization stays as it is, \
    intended changes and removals included.
    """

  private static let missing = BuildStops(
    info: RuleInfo(
      "listed-file-missing", .high, .flux, summary: "A kustomization lists a file or folder that does not exist.",
      why: why, remediation: "Restore the file, or remove its line from the kustomization in the same commit.",
      references: [References.kustomizeFields], supersedes: ["kustomize-build-fails"], groupsSameEdits: true,
      examples: [
        .fleet(
          "the file is deleted and its line stays",
          before: [
            "prod/kustomization.yaml": "resources: [eksa-cluster.yaml]\n", "prod/eksa-cluster.yaml": Samples.cluster(),
          ],
          after: ["prod/kustomization.yaml": "resources: [⟦eksa-cluster.yaml⟧]\n"]),
        .fleet(
          "file and line move together",
          before: ["prod/kustomization.yaml": "resources: [a.yaml]\n", "prod/a.yaml": Samples.cluster()],
          after: ["prod/kustomization.yaml": "resources: [b.yaml]\n", "prod/b.yaml": Samples.cluster()]),
      ]),
    problems: [.listedFileMissing, .link], gathersFiles: true)

  private static let duplicate = BuildStops(
    info: RuleInfo(
      "duplicate-object-id", .high, .flux, summary: "Two objects of one build have the same identity.", why: why,
      remediation:
        "Give one of the objects another name or namespace, or delete it; an absent namespace equals default.",
      references: [References.kustomizeFields], supersedes: ["kustomize-build-fails"], groupsSameEdits: true,
      examples: [
        .fleet(
          "a copy of a cluster is added", before: ["a.yaml": Samples.cluster()],
          after: ["a.yaml": Samples.cluster(), "b.yaml": Samples.cluster(name: "⟦prod⟧")]),
        .fleet(
          "a cluster of another name is added", before: ["a.yaml": Samples.cluster()],
          after: ["a.yaml": Samples.cluster(), "b.yaml": Samples.cluster(name: "dev")]),
      ]),
    problems: [.duplicateID, .namespaceConflict])

  private static let nonManifest = BuildStops(
    info: RuleInfo(
      "non-manifest-yaml", .high, .flux,
      summary: "A YAML file that is no manifest stands in a folder that Flux builds.",
      why: why, remediation: "Move the file out of the folder, or exclude it with `.sourceignore`.",
      references: [References.fluxKustomization], supersedes: ["kustomize-build-fails"], groupsSameEdits: true,
      examples: [
        .fleet(
          "a values file is added", before: ["a.yaml": Samples.cluster()],
          after: ["a.yaml": Samples.cluster(), "values.yaml": "⟦replicas: 3⟧\n"]),
        .fleet(
          "a note is added", before: ["a.yaml": Samples.cluster()],
          after: ["a.yaml": Samples.cluster(), "note.yaml": "# nothing here\n"]),
      ]),
    problems: [.nonManifest])

  private static let other = BuildStops(
    info: RuleInfo(
      "kustomize-build-fails", .high, .flux,
      summary: "kustomize or Flux refuses a build that it did not refuse before.",
      why: why, remediation: "Run `kustomize build` on the folder and correct what it names.",
      references: [References.kustomizeFields, References.fluxKustomization], groupsSameEdits: true,
      examples: [
        .fleet(
          "a patch names no object",
          before: ["kustomization.yaml": "resources: [a.yaml, flux-system]\n"].merging(patchable) { $1 },
          after: [
            "kustomization.yaml":
              """
            resources: [a.yaml, flux-system]\npatches:\n- patch: ⟦'{apiVersion: v1, kind: ConfigMap, metadata: \
            {name: b}}'⟧\n
            """
          ].merging(patchable) { $1 }),
        .fleet(
          "a patch names its object",
          before: ["kustomization.yaml": "resources: [a.yaml, flux-system]\n"].merging(patchable) { $1 },
          after: [
            "kustomization.yaml":
              """
            resources: [a.yaml, flux-system]\npatches:\n- patch: '{apiVersion: v1, kind: ConfigMap, metadata: \
            {name: a}}'\n
            """
          ].merging(patchable) { $1 }),
      ]),
    problems: Set(
      BuildProblem.Kind.allCases.filter { kind in
        let elsewhere: Set<BuildProblem.Kind> = [
          .listedFileMissing, .link, .duplicateID, .namespaceConflict, .nonManifest, .unreadableManifest,
          .unreadableTree,
        ]
        return !elsewhere.contains(kind)
          && (kind == .undecrypted || BuildProblem(kind, path: "", message: "").isFailure)
      }), gathersFiles: true)

  private static let patchable = [
    "a.yaml": Samples.object("v1", "ConfigMap", "a"), "flux-system/kustomization.yaml": "resources: [gotk-sync.yaml]\n",
  ]

  private static let undefined = BuildStops(
    info: RuleInfo(
      "substitute-undefined", .high, .flux, summary: "A variable is used that has no value and no default.",
      why: """
        Since kustomize-controller 1.9 an undefined variable fails the reconciliation; before, it became an empty \
        text, \
        which the API may fill with a default such as one worker.
        """,
      remediation: "Define the variable in `spec.postBuild`, or write a default: `${NAME:=value}`.",
      references: [References.fluxKustomization], groupsSameEdits: true,
      examples: [
        .fleet(
          "a count becomes a variable",
          before: ["flux-system/gotk-sync.yaml": substituting, "a.yaml": Samples.cluster()],
          after: [
            "flux-system/gotk-sync.yaml": substituting,
            "a.yaml": Samples.cluster(workers: "{name: md-0, count: ⟦\"${COUNT}\"⟧}"),
          ]),
        Example(
          "the source of the variables leaves Git", before: sourced.merging(["flux/vars.yaml": variables]) { $1 },
          after: sourced),
        Example(
          "an optional source leaves Git",
          before: sourced.mapValues { $0.replacing("name: vars", with: "name: vars, optional: true") }.merging(
            ["flux/vars.yaml": variables.replacing("⟦vars⟧", with: "vars")]) { $1 },
          after: sourced.mapValues { $0.replacing("name: vars", with: "name: vars, optional: true") }),
        .fleet(
          "the variable has a default",
          before: ["flux-system/gotk-sync.yaml": substituting, "a.yaml": Samples.cluster()],
          after: [
            "flux-system/gotk-sync.yaml": substituting,
            "a.yaml": Samples.cluster(workers: "{name: md-0, count: \"${COUNT:=3}\"}"),
          ]),
      ]),
    problems: [.undefinedVariable], others: LostVariables.judge)

  private static let variables = Samples.object(
    "v1", "ConfigMap", "⟦vars⟧", namespace: "flux-system", "data: {COUNT: \"3\"}")
  private static let sourced = [
    "flux/gotk-sync.yaml": Samples.flux(path: "./flux"),
    "flux/apps.yaml": Samples.flux(
      "apps", path: "./apps", spec: "postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}"),
    "apps/map.yaml": Samples.object("v1", "ConfigMap", "map", "data: {count: \"${COUNT:=1}\"}"),
  ]
  private static let substituting = Samples.flux(spec: "postBuild: {substitute: {REGION: eu}}")
}
