internal import Flux
internal import Git
internal import Policy

/// Whether somebody has to review what `HEAD` applies. It takes the whole tree, so an audit asks beside the rest.
struct HeadOwnership: Sendable {
  private(set) var findings: [Finding] = []
  /// What could not be read.
  private(set) var diagnostics: [Diagnostic] = []

  init(_ scanner: Scanner) throws(ScanError) {
    let repository = try scanner.openRepository()
    do throws(GitError) {
      guard let head = try repository.head().commit else { return }
      let tree = GitTree(try repository.commitNode(head).tree, in: repository)
      do throws(FileTreeError) {
        findings = try OwnershipJudge(infos: scanner.engine.infos).findings(before: nil, after: tree, files: [])
      } catch {
        diagnostics = [Diagnostic(.error, error.reason, path: error.path)]
      }
    } catch {
      diagnostics = [Diagnostic(error)]
    }
  }
}
