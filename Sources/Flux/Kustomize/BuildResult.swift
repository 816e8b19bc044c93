package import Manifests

/// An object as a build makes it.
package struct BuiltObject: Sendable {
  /// The object; values that a patch, transformer or generator set say so in their `origin`.
  package var object: KubernetesObject
  /// The file whose document it began as, or the kustomization file that generated it.
  package var path: String

  package init(object: KubernetesObject, path: String) {
    self.object = object
    self.path = path
  }
}

/// One thing that a build looked at: a path and the identity of what stood there, `nil` where nothing did.
///
/// A path that ends in a slash means the names in that folder.
package struct Dependency: Sendable, Hashable {
  package var path: String
  package var id: ContentID?

  package init(path: String, id: ContentID?) {
    self.path = path
    self.id = id
  }
}

/// What `kustomize build` of a folder gives.
package struct BuildResult: Sendable {
  /// The objects in kustomize's order; empty after a failure.
  package var objects: [BuiltObject]
  /// What stopped the build, and what was not evaluated.
  package var problems: [BuildProblem]
  /// Everything that was looked at: equal dependencies give an equal result.
  package var dependencies: [Dependency]
  /// The kustomization files that took part, the root's first.
  package var kustomizations: [String]
  /// How many objects the target of each patch fitted; patches without a target have to fit one.
  package var patchMatches: [PatchTarget: Int]

  package init(
    objects: [BuiltObject], problems: [BuildProblem], dependencies: [Dependency], kustomizations: [String],
    patchMatches: [PatchTarget: Int] = [:]
  ) {
    self.objects = objects
    self.problems = problems
    self.dependencies = dependencies
    self.kustomizations = kustomizations
    self.patchMatches = patchMatches
  }

  /// Why there are no objects, if the build failed.
  package var failure: BuildProblem? { problems.first(where: \.isFailure) }

  /// Whether everything that feeds the build is in the repository; otherwise an absent object may still be built.
  package var isComplete: Bool { !problems.contains(where: \.feedsBuild) }
}
