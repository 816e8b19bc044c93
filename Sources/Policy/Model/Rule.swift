package import Flux
package import Manifests

/// A rule: what it is about, and nothing else. It does no input or output and knows no clock.
package protocol Rule: Sendable {
  var info: RuleInfo { get }
  /// Which objects the rule wants to see; without one of them it has nothing to say.
  var kinds: KindSelection { get }
  /// For kinds that most commits touch, the words of which one must stand in a line that differs for the rule to have
  /// something to say; a kind without an entry is always looked at.
  var words: [GroupKind: [String]] { get }
  /// For kinds of which the rule judges single objects, what these are called; a kind without an entry is judged whatever
  /// the object's name.
  var names: [GroupKind: Set<String>] { get }
  /// For kinds of which the rule judges what is built and nothing that is only written, the fields that it looks at, as
  /// ``FieldPath/schemaPath`` prints them.
  var builtFields: [GroupKind: [String]] { get }
}

extension Rule {
  package var words: [GroupKind: [String]] { [:] }
  package var names: [GroupKind: Set<String>] { [:] }
  package var builtFields: [GroupKind: [String]] { [:] }
}

/// Which objects a rule wants to see.
package enum KindSelection: Sendable {
  case kinds([GroupKind])
  /// Every kind of a group.
  case groups([String])
  /// Every kind, where one of the words stands in the text of the file: what a rule is about that only looks at a
  /// marker, or at the files of a product.
  case mentioning([String])

  /// Whether an object of a kind is wanted.
  package func includes(_ kind: GroupKind) -> Bool {
    switch self {
    case .kinds(let kinds): kinds.contains(kind)
    case .groups(let groups): groups.contains(kind.group)
    case .mentioning: true
    }
  }
}

/// A rule that judges one object before and after.
package protocol ObjectRule: Rule {
  func judge(_ change: ObjectChange, in step: Change) -> [Violation]
}

/// A rule that judges a change as a whole: what left, what came, what refers to what.
package protocol ChangeRule: Rule {
  func judge(_ step: Change) -> [Violation]
}

/// The objects of one side of a change.
package protocol StateView {
  /// All objects of a kind, also those that the change did not touch.
  func objects(of kind: GroupKind) -> [AppliedObject]
  /// Those of them that are written in the files beneath a folder; the root folder is the empty string.
  func objects(of kind: GroupKind, under folder: String) -> [AppliedObject]
  /// All objects written in the files beneath a folder, of every kind, the folder's own files first.
  func objects(under folder: String) -> [AppliedObject]
  /// Whether an object that is among the chosen is written in a file beneath a folder.
  func holds(_ choice: KindChoice, under folder: String) -> Bool
  /// Whether a file or folder stands at a path; the root folder is the empty string.
  func exists(_ path: String) -> Bool
  /// The folders that stand directly in a folder, by path.
  func folders(in folder: String) -> [String]
  /// The kustomization file of a folder, `nil` without one or where it does not parse.
  func kustomization(in folder: String) -> KustomizationFileView?
  /// What is worked out of the whole side, once for all that ask.
  func fact<Fact: ViewFact>(_ kind: Fact.Type) -> Fact
}

/// What rules work out of a whole side of a change, whatever object they judge.
package protocol ViewFact: AnyObject {
  init(_ view: any StateView)
}

/// What lies between two states of a repository: a commit, a pull request, the index against `HEAD`.
package struct Change {
  /// Whether there is a state before.
  package enum Mode: Sendable {
    case edit
    /// The present state as such, nothing before it.
    case present
  }

  package var mode: Mode
  package var objects: [ObjectChange]
  package var before: any StateView
  package var after: any StateView
  /// Files that Flux or EKS Anywhere would read and that do not parse.
  package var unreadable: [UnreadableFile]
  /// Kustomization files that differ, by path.
  package var kustomizations: [KustomizationChange]
  /// Whether the files change what is built and not only what is in the objects that stand in them.
  package var touchesBuild = false
  /// The files in which, on one side alone, something stands that is no object, or can't be read.
  package var odd: [FileChange] = []
  /// Whether files come that were not there before, moved ones too.
  package var addsFiles = false
  /// What Flux applies on both sides; `nil` where no Flux Kustomization was found, or where files are judged alone.
  package var applied: AppliedStates?
  /// What the single commits of a branch do, the oldest first, to objects that this change edits or takes away; empty
  /// where there is one commit, or none that is known.
  package var way: [ObjectChange] = []

  package init(
    mode: Mode, objects: [ObjectChange], before: any StateView, after: any StateView, unreadable: [UnreadableFile] = [],
    kustomizations: [KustomizationChange] = [], applied: AppliedStates? = nil
  ) {
    self.applied = applied
    self.mode = mode
    self.objects = objects
    self.before = before
    self.after = after
    self.unreadable = unreadable
    self.kustomizations = kustomizations
  }
}

/// A manifest that does not parse after a change and did, or was not there, before.
package struct UnreadableFile: Sendable {
  package var path: String
  package var problem: YAMLProblem
  /// Whether the marks of a merge that was not finished stand in it: `<<<<<<<` and `>>>>>>>` at the start of lines.
  package var hasConflict: Bool

  package init(path: String, problem: YAMLProblem, hasConflict: Bool = false) {
    self.path = path
    self.problem = problem
    self.hasConflict = hasConflict
  }
}

/// What a rule says; the engine makes a finding of it.
package struct Violation: Sendable {
  package var message: String
  /// The object it is about; the side that has it.
  package var object: AppliedObject?
  package var field: FieldPath?
  package var before: String?
  package var after: String?
  package var location: Location?
  package var related: [Location]
  package var verdict: Verdict?
  /// Whether the API server refuses the object for what is said here, so that no part of its change is applied.
  package var isRefused = false
  /// Whether the API server can't even read the object for what is said here, so that Flux's `force` does nothing.
  package var isUnreadable = false
  /// Whether nothing more is to be said of what lies beneath the field, because it is gone with the field.
  package var coversField = false
  /// Instead of the rule's own severity.
  package var severity: Severity?
  /// Instead of the rule's own remedy.
  package var remediation: String?
  package var secret: Finding.SecretInfo?
  /// What the same edit of another object has in common with this one, where that is not field and values.
  package var sameEdit: String?
  /// What the fingerprint is made of besides rule, object and field.
  package var fingerprintExtra: String

  package init(
    _ message: String, object: AppliedObject? = nil, field: FieldPath? = nil, before: String? = nil,
    after: String? = nil, location: Location? = nil, related: [Location] = [], verdict: Verdict? = nil,
    severity: Severity? = nil, remediation: String? = nil, secret: Finding.SecretInfo? = nil,
    sameEdit: String? = nil, fingerprintExtra: String = ""
  ) {
    self.message = message
    self.object = object
    self.field = field
    self.before = before
    self.after = after
    self.location = location
    self.related = related
    self.verdict = verdict
    self.severity = severity
    self.remediation = remediation
    self.secret = secret
    self.sameEdit = sameEdit
    self.fingerprintExtra = fingerprintExtra
  }

  /// How a sentence ends about an object that the API server refuses and that the sync root applies.
  package static let rootStalls = " and everything under the sync root stalls"
  /// The same about an object of Flux, which any Kustomization may apply.
  package static let partStalls = ", and nothing that is applied with it is applied or deleted any more"

  /// The same about an object that the API server can't read.
  package var unreadable: Violation {
    var copy = refused
    copy.isUnreadable = true
    return copy
  }

  /// The same about an edit that the API server refuses.
  package var refused: Violation {
    var copy = self
    copy.isRefused = true
    return copy
  }
}
