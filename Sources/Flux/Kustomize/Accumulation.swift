internal import Manifests

/// What a folder comes to before the root's last steps: its objects, with the tables that apply to them.
struct Accumulator {
  var map = ResourceMap()
  var configuration = TransformerConfiguration()
}

/// A folder's accumulation with all that happened on the way.
struct Accumulation {
  var accumulator = Accumulator()
  /// What stopped it, where something did.
  var failure: BuildProblem?
  var problems: [BuildProblem] = []
  /// The kustomization files that took part, the folder's own first.
  var kustomizations: [String] = []
  var variables = OldVariables()
  /// How many objects the target of each patch fitted.
  var matches: [PatchTarget: Int] = [:]
  /// Everything that was looked at.
  var dependencies: [String: ContentID?] = [:]
}
