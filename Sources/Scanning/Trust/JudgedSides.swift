internal import Configuration
internal import Flux
internal import Git
internal import Manifests
internal import Policy

/// What a run looks at, as far as waivers are concerned.
struct JudgedSides {
  /// What kind of run it is.
  enum Kind {
    /// A change: what it does to the waivers themselves is told.
    case change
    /// The present state: waivers that match nothing are told.
    case state
    /// A history; `isWhole` where nothing of it was left out.
    case history(isWhole: Bool)
  }

  var kind: Kind
  var before: (any FileTree)?
  var after: any FileTree
  /// The files that differ; all files for a state, none for a history.
  var files: [FileChange]
  /// The contents that hold the mark of a waiver.
  var marked: Set<ContentID> = []
}

/// The files of the trusted commit that hold waivers in comments, read as they are asked for.
final class TrustedComments {
  private let tree: GitTree?
  private let repository: Repository
  private let pass: SecretPass
  private var files: [String: CommentedFile?] = [:]
  private var secrets: [String: [PlacedSecret]] = [:]
  /// A larger file is not looked at.
  private static let limit = 8 << 20

  init(_ commit: ObjectID?, _ repository: Repository, _ pass: SecretPass) throws(GitError) {
    self.repository = repository
    self.pass = pass
    tree = try commit.map { id throws(GitError) in GitTree(try repository.commitNode(id).tree, in: repository) }
  }

  /// The file at a path, where it holds a waiver.
  func file(_ path: String) throws(FileTreeError) -> CommentedFile? {
    if let known = files[path] { return known }
    var file: CommentedFile?
    if let text = try text(path) {
      file = CommentedFile(path: path, text: text)
      if file != nil { secrets[path] = text.withUnsafeBytes { pass.read($0, path: path).secrets } }
    }
    files[path] = .some(file)
    return file
  }

  /// The waiver that covers a credential by standing beside the very same value.
  func cover(_ finding: Finding, in file: CommentedFile) -> (comment: WaiverComment, waiver: Waiver)? {
    guard let identity = finding.secret?.identity else { return nil }
    let same = (secrets[file.path] ?? []).filter { $0.rule == finding.rule && $0.redacted.identity == identity }
    return same.lazy.compactMap { file.cover(finding.rule, at: $0.span) }.first
  }

  private func text(_ path: String) throws(FileTreeError) -> [UInt8]? {
    guard let tree, let entry = try tree.entry(at: path), entry.kind == .file else { return nil }
    let size: Int
    do throws(GitError) {
      size = try repository.header(of: ObjectID(entry.id)).size
    } catch {
      throw FileTreeError(path: path, reason: error.message)
    }
    return size <= TrustedComments.limit ? try tree.contents(of: entry, at: path) : nil
  }
}
