import Flux
import Manifests
import Policy
import Rules

/// What the whole catalogue says about an edit of files.
struct Judgement {
  let findings: [Finding]

  /// - Parameters:
  ///   - before: text by path.
  ///   - after: text by path.
  init(before: [String: String], after: [String: String], rules: [any Rule]) {
    self.init(before: before, after: after, engine: Engine(rules: rules))
  }

  /// The engine with every rule.
  static let catalogue = Engine(rules: Catalogue.rules)

  /// What the whole catalogue says, or another engine.
  ///
  /// - Parameter asWritten: judge files by themselves, as an audit of a history without clusters does.
  init(
    before: [String: String], after: [String: String], engine: Engine = Judgement.catalogue, asWritten: Bool = false
  ) {
    let old = FlatTree(texts: before)
    let new = FlatTree(texts: after)
    let files = Set(before.keys).union(after.keys).sorted().map {
      FileChange(path: $0, old: old.entry(at: $0), new: new.entry(at: $0))
    }
    let result = ChangeBuilder(engine).change(before: old, after: new, files: files, asWritten: asWritten)
    findings = engine.settled(engine.judge(result.change)).sorted(by: Finding.precedes)
  }

  /// The ids of the rules that spoke, in the order of the findings.
  var rules: [String] { findings.map(\.rule) }

  /// The ids of the lifecycle rules that spoke.
  var lifecycle: [String] { findings.filter { $0.category == .lifecycle }.map(\.rule) }
}
