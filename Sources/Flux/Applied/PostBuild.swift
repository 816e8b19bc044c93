internal import Manifests

/// What Flux does to built objects before it applies them: it replaces variables, leaves out kustomization files and adds
/// common metadata. Keeps what became of objects; bounded, one per thread.
final class PostBuild {
  /// The settings that decide what becomes of an object, apart from its variables.
  private struct Recipe {
    var settings: FluxKustomization
    var metadata: Node
    var substitutes: Bool
    var number: Int
  }

  private struct Key: Hashable {
    var recipe: Int
    var object: ObjectIdentifier
  }

  /// What became of an object, with the object itself, so that no other can take its place in memory.
  private struct Known {
    var input: BuiltObject
    var finished: FinishedObject
  }

  private var recipes: [ObjectIdentity: [Recipe]] = [:]
  /// The last number given: those up to three stand for the plain recipes.
  private var recipeCount = 3
  private var known = Recent<Key, [Known]>(limit: 2500)

  /// The objects as Flux would send them, the Flux Kustomizations among them, and all problems, those of the build
  /// first.
  func finish(
    _ build: BuildResult, _ settings: FluxKustomization, _ variables: Variables
  ) -> (objects: [BuiltObject], children: [FluxKustomization], problems: [BuildProblem]) {
    let steps = PostBuildSteps(settings, variables)
    let recipe = recipe(settings, substitutes: steps.substitutes)
    let results = build.objects.map { finished($0, steps, recipe) }
    let problems =
      results.flatMap(\.substitution) + results.compactMap(\.refusal).prefix(1) + results.compactMap(\.undecrypted)
    return (results.compactMap(\.object), results.compactMap(\.child), build.problems + problems)
  }

  private func finished(_ built: BuiltObject, _ steps: PostBuildSteps, _ recipe: Int) -> FinishedObject {
    let key = Key(recipe: recipe, object: ObjectIdentifier(built.object))
    let variants = known[key] ?? []
    let same = variants.first { $0.input.path == built.path && $0.finished.holds(with: steps.variables) }
    if let same { return same.finished }
    let result = steps.finished(built)
    known.keep(variants.suffix(2) + [Known(input: built, finished: result)], under: key, cost: 1)
    return result
  }

  /// The number of a Kustomization's settings: the same for the same.
  private func recipe(_ settings: FluxKustomization, substitutes: Bool) -> Int {
    let plain = (substitutes ? 1 : 0) + (settings.decrypts ? 2 : 0)
    guard let metadata = settings.root["spec", "commonMetadata"] else { return plain }
    let same = recipes[settings.identity]?.last {
      $0.substitutes == substitutes && $0.settings.decrypts == settings.decrypts && $0.settings.file == settings.file
        && $0.metadata.isSame(as: metadata)
    }
    if let same { return same.number }
    recipeCount += 1
    if recipes.count > 2000 { recipes.removeAll() }
    var kept = (recipes[settings.identity] ?? []).suffix(7)
    kept.append(
      Recipe(settings: settings, metadata: metadata, substitutes: substitutes, number: recipeCount))
    recipes[settings.identity] = Array(kept)
    return recipeCount
  }
}

/// What becomes of one built object.
private struct FinishedObject {
  /// `nil` for what is not applied.
  var object: BuiltObject?
  /// What went wrong with its variables.
  var substitution: [BuildProblem] = []
  /// What makes Flux refuse it.
  var refusal: BuildProblem?
  /// A Secret that stays encrypted.
  var undecrypted: BuildProblem?
  /// The Flux Kustomization that it is.
  var child: FluxKustomization?
  /// The variables in it with what they were worth.
  var used: [String: Template.Value] = [:]
  /// All variables, where it depends on more than those.
  var all: Variables?

  /// Whether it would come out the same with some variables.
  func holds(with variables: Variables) -> Bool {
    if let all { return all == variables }
    return used.allSatisfy { variables.value($0.key) == $0.value }
  }
}

/// The steps for the objects of one Kustomization.
private struct PostBuildSteps {
  let settings: FluxKustomization
  let variables: Variables
  let metadata: CommonMetadata

  init(_ settings: FluxKustomization, _ variables: Variables) {
    self.settings = settings
    self.variables = variables
    metadata = CommonMetadata(settings)
  }

  /// Whether variables are replaced at all.
  var substitutes: Bool { !variables.isEmpty || settings.substitutesAlways }

  func finished(_ input: BuiltObject) -> FinishedObject {
    var built = input
    var result = FinishedObject()
    if substitutes {
      var substitution = Substitution(variables: variables)
      built = substitution.apply(to: built)
      result.substitution = substitution.problems
      result.used = substitution.used
      if substitution.usesAll { result.all = variables }
    }
    let object = built.object
    if object.identity.group == "kustomize.config.k8s.io", object.identity.kind == "Kustomization" { return result }
    if object.apiVersion.isEmpty {
      result.refusal = BuildProblem(
        .nonManifest, path: built.path, span: object.nameSpan, subject: object.identity.title,
        message: "\(object.identity.title) has no apiVersion")
    }
    if !settings.decrypts { result.undecrypted = undecrypted(built) }
    let applied = metadata.apply(to: object)
    result.object = BuiltObject(object: applied, path: built.path)
    result.child = FluxKustomization(applied, file: built.path)
    return result
  }

  /// The problem of a Secret that SOPS has encrypted.
  private func undecrypted(_ built: BuiltObject) -> BuildProblem? {
    let object = built.object
    guard object.identity.group.isEmpty, object.identity.kind == "Secret", object["sops"] != nil,
      object.annotation("kustomize.toolkit.fluxcd.io/decrypt") != "disabled"
    else { return nil }
    return BuildProblem(
      .undecrypted, path: built.path, span: object.nameSpan, subject: object.identity.title,
      message: "\(object.identity.title) is encrypted, and its Kustomization has no decryption")
  }
}
