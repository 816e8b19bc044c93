internal import Flux
internal import Git
internal import Policy

extension ChangeStories {
  /// Whether what a commit did still stands at a place of the line: the rules are asked about the state before the
  /// commit and that at the place.
  final class Question {
    private struct Key: Hashable {
      var place: Int
      /// The file that is looked at; `nil` for all that Flux applies.
      var path: String?
    }

    private let judge: Judge
    private let line: HeadLine
    private let before: ObjectID?
    private var known: [Key: Set<String>] = [:]

    /// - Parameter before: the tree before the commit; `nil` for a root commit.
    init(judge: Judge, line: HeadLine, before: ObjectID?) {
      self.judge = judge
      self.line = line
      self.before = before
    }

    /// Whether a finding would be found again. What was judged as written, without knowing what Flux applies, is asked
    /// of its own file alone.
    func stands(_ finding: Finding, at place: Int) throws(GitError) -> Bool {
      let key = Key(place: place, path: finding.verdict == nil ? finding.location?.path : nil)
      if let told = known[key] { return told.contains(Judge.key(finding)) }
      let tree = line.node(at: place).tree
      let told: Set<String>
      if let path = key.path {
        told = try judge.told(from: before, to: tree, path: path)
      } else {
        told = try judge.told(from: before, to: tree)
      }
      known[key] = told
      return told.contains(Judge.key(finding))
    }

    /// Whether an end, or that there is none, is beyond doubt: an object that was asked of its own file alone may have
    /// gone to another one, or have come back in one.
    func isSure(_ finding: Finding, _ path: String, end: Int?) throws(GitError) -> Bool {
      guard finding.verdict == nil else { return true }
      guard let end else { return finding.location?.side == .after }
      let tree = line.node(at: end).tree
      if try judge.exists(path, in: tree) { return true }
      return try !judge.told(from: before, to: tree, isWritten: true).contains(Judge.key(finding))
    }
  }

  /// What one thread needs to ask the rules about two states.
  final class Judge {
    private let repository: Repository
    private let builder: ChangeBuilder
    private let engine: Engine

    init(_ scanner: Scanner) throws(ScanError) {
      repository = try scanner.openRepository()
      builder = ChangeBuilder(scanner.engine)
      engine = scanner.engine
    }

    /// What makes two findings the same.
    static func key(_ finding: Finding) -> String { "\(finding.rule) \(finding.fingerprint)" }

    /// Whether something stands at a path.
    func exists(_ path: String, in tree: ObjectID) throws(GitError) -> Bool {
      try repository.entry(at: path, in: tree) != nil
    }

    /// The keys of all that the rules say about one file, as it is written.
    func told(from old: ObjectID?, to new: ObjectID, path: String) throws(GitError) -> Set<String> {
      let before = try old.flatMap { tree throws(GitError) in try repository.entry(at: path, in: tree)?.item }
      let after = try repository.entry(at: path, in: new)?.item
      guard before != after else { return [] }
      return told([FileChange(TreeChange(path: path, old: before, new: after))], from: old, to: new, isWritten: true)
    }

    /// The keys of all that the rules say about the way from one tree to another.
    ///
    /// - Parameter isWritten: files are judged by themselves, whatever Flux applies.
    func told(from old: ObjectID?, to new: ObjectID, isWritten: Bool = false) throws(GitError) -> Set<String> {
      var files: [FileChange] = []
      if let failure = repository.compareTrees(old: old, new: new, visit: { files.append(FileChange($0)) }).first {
        throw failure.error
      }
      return told(files, from: old, to: new, isWritten: isWritten)
    }

    private func told(
      _ files: [FileChange], from old: ObjectID?, to new: ObjectID, isWritten: Bool
    ) -> Set<String> {
      let before: any FileTree = old.map { GitTree($0, in: repository) } ?? FlatTree(texts: [:])
      let after = GitTree(new, in: repository)
      let change =
        isWritten
        ? builder.change(before: before, after: after, files: files, asWritten: true).change
        : builder.screenedChange(before: before, after: after, files: files, additions: true).change
      // What could not be read was told where the commits were judged.
      _ = builder.takeFailures()
      return Set(engine.judge(change).map(Judge.key))
    }
  }
}
