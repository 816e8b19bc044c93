package import Manifests

/// Where the target of a patch is written.
package struct PatchTarget: Sendable, Hashable {
  /// The file, relative to the root of the tree.
  package var path: String
  package var span: Span

  package init(path: String, span: Span) {
    self.path = path
    self.span = span
  }
}
