import Policy
import Testing

/// Edits of files around a cluster of every provider, made by machine: what kustomize and Flux make of them is known.
@Suite struct FileMutationTests {
  typealias Files = [String: String]

  /// An edit of files, and the rules that must speak of it.
  struct Row: Sendable {
    /// One of each pair, separated by `|`; empty where nothing at or above medium may be said.
    let expected: [String]
    let given: @Sendable (inout Files) -> Void
    let edit: @Sendable (inout Files) -> Void

    init(
      _ expected: String, given: @escaping @Sendable (inout Files) -> Void = { _ in },
      _ edit: @escaping @Sendable (inout Files) -> Void
    ) {
      self.expected = expected.split(separator: " ").map(String.init)
      self.given = given
      self.edit = edit
    }
  }

  @Test(arguments: Fleet.Provider.allCases)
  func `every edit of files is judged rightly`(provider: Fleet.Provider) {
    for (number, row) in (FileMutations.flux + FileMutations.kustomize + FileMutations.quiet).enumerated() {
      var before = FileMutations.fleet(provider, isManagement: number.isMultiple(of: 2))
      row.given(&before)
      var after = before
      row.edit(&after)
      let findings = Judgement(before: before, after: after).findings
      let said = Set(findings.map(\.rule))
      for choice in row.expected where said.isDisjoint(with: choice.split(separator: "|").map(String.init)) {
        Issue.record("row \(number) on \(provider): said \(said.sorted()), expected \(row.expected)")
      }
      guard row.expected.isEmpty else { continue }
      let loud = findings.filter { $0.severity <= .medium }
      #expect(loud.isEmpty, "row \(number) on \(provider): \(loud.map(\.message))")
    }
  }
}

/// The edits of ``FileMutationTests``.
enum FileMutations {
  typealias Row = FileMutationTests.Row
  typealias Edit = @Sendable (inout FileMutationTests.Files) -> Void

  static let sync = "clusters/mgmt/flux-system/gotk-sync.yaml"
  static let system = "clusters/mgmt/flux-system/kustomization.yaml"
  static let root = "clusters/mgmt/kustomization.yaml"
  static let folder = "clusters/mgmt/prod/eksa-system/"
  static let cluster = folder + "eksa-cluster.yaml"
  static let list = folder + "kustomization.yaml"

  /// A cluster of a provider under a root that applies itself.
  static func fleet(_ provider: Fleet.Provider, isManagement: Bool) -> FileMutationTests.Files {
    var files = TestFleet.files.filter { $0.key.contains("flux-system") }
    files[cluster] = Rendering.block.files(Fleet(provider, isManagement: isManagement).objects)[cluster]
    files[list] = "resources:\n- eksa-cluster.yaml\n"
    files["clusters/mgmt/keeper.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: k, namespace: default}\n"
    return files
  }

  static func put(_ path: String, _ text: String) -> Edit { { $0[path] = text } }

  static func remove(_ prefix: String) -> Edit { { $0 = $0.filter { !$0.key.hasPrefix(prefix) } } }

  static func replace(_ path: String, _ old: String, _ new: String) -> Edit {
    { files in
      let text = files[path] ?? ""
      precondition(text.contains(old), "\(path) has no \(old)")
      files[path] = text.replacing(old, with: new)
    }
  }

  static func all(_ edits: Edit...) -> Edit { { files in for edit in edits { edit(&files) } } }

  /// A line more in the kustomization of the cluster.
  static func line(_ text: String) -> Edit { put(list, text + "\nresources:\n- eksa-cluster.yaml\n") }

  /// A field more in the spec of the root's Kustomization.
  static func spec(_ text: String) -> Edit { replace(sync, "prune: true", "prune: true, " + text) }

  /// A kustomization at the root that lists everything.
  static let full: Edit = put(root, "resources:\n- flux-system\n- keeper.yaml\n- prod/eksa-system\n")
}
