package import Manifests

/// Something about a build that kustomize or Flux would refuse, or that only a cluster or a network could tell.
///
/// It never holds a value of the repository: a broken Secret is named by file and line only.
package struct BuildProblem: Error, Sendable, Hashable {
  /// What kind of problem it is; stable names, for rules to switch over.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A listed file or folder does not exist.
    case listedFileMissing
    /// A listed folder has no kustomization file.
    case kustomizationMissing
    /// A folder has two kustomization files.
    case severalKustomizations
    /// The kustomization file is not YAML, or a field has the wrong shape.
    case unreadableKustomization
    /// A field that kustomize does not know.
    case unknownField
    /// A kustomization that says nothing.
    case emptyKustomization
    /// Another `kind` or `apiVersion` than a kustomization's.
    case wrongKind
    /// A component listed among the resources, or a kustomization among the components.
    case componentMisplaced
    /// A manifest is not YAML, or has a key twice.
    case unreadableManifest
    /// YAML that is no Kubernetes object: no kind, no name, a list at the top.
    case nonManifest
    /// Two objects with the same identity.
    case duplicateID
    /// A folder that leads back to itself.
    case cycle
    /// A path that leaves the repository.
    case outsideRepository
    /// A symbolic link, which Flux's artifact never holds.
    case link
    /// A patch without a target that names no object of the build.
    case patchTargetMissing
    /// A patch or selector that fits several objects where one is needed.
    case ambiguousTarget
    /// A patch that cannot be read or applied.
    case badPatch
    /// A selector that cannot be read.
    case badSelector
    /// A generator that cannot be read or applied.
    case badGenerator
    /// A replacement that cannot be read or applied.
    case badReplacement
    /// A transformer that does not fit its objects: `replicas` without a match, a field of another shape.
    case badTransformer
    /// The namespace transformer makes two objects one.
    case namespaceConflict
    /// A base, file or component that has to be fetched.
    case remoteSource
    /// A Helm chart, which kustomize inflates with a program of its own.
    case helmChart
    /// A generator, transformer or validator that is a program.
    case plugin
    /// A field that is understood but not evaluated here: `vars`, `openapi`, `crds`.
    case notEvaluated
    /// A substitution that Flux cannot read or whose result is no YAML.
    case badSubstitution
    /// A variable without a value: an error since kustomize-controller 1.9, an empty text before.
    case undefinedVariable
    /// An encrypted Secret that its Kustomization does not decrypt: kustomize-controller applies nothing beside it.
    case undecrypted
    /// The text is larger or deeper than any real manifest.
    case overBudget
    /// A file or folder of the tree that could not be read.
    case unreadableTree
  }

  package var kind: Kind
  /// The file that holds the cause, relative to the root of the tree.
  package var path: String
  /// Where in that file; `.none` where the file as a whole is meant.
  package var span: Span
  /// One sentence without a value of the file in it.
  package var message: String
  /// What is missing, repeated or refused, where it has a name: a path, an object, a field.
  package var subject: String

  package init(_ kind: Kind, path: String, span: Span = .none, subject: String = "", message: String) {
    self.kind = kind
    self.path = path
    self.span = span
    self.subject = subject
    self.message = message
  }

  /// Whether kustomize or Flux would stop here, so that nothing is applied and nothing pruned.
  ///
  /// The other problems are what was not looked at: what they feed is unknown, not absent.
  package var isFailure: Bool {
    switch kind {
    case .remoteSource, .helmChart, .plugin, .notEvaluated, .undefinedVariable, .undecrypted: false
    default: true
    }
  }

  /// Whether it names something that feeds objects into a build and was not looked at.
  package var feedsBuild: Bool { [.remoteSource, .helmChart, .plugin].contains(kind) }
}
