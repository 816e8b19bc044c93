package import Flux
package import Manifests

/// Which version of a file a place is in.
package enum Side: String, Sendable, Hashable {
  case before, after
}

/// A place in a file of the repository.
package struct Location: Sendable, Hashable {
  /// Relative to the root of the repository.
  package var path: String
  package var side: Side
  package var span: Span

  package init(path: String, side: Side, span: Span) {
    self.path = path
    self.side = side
    self.span = span
  }
}

extension AppliedObject {
  /// The place of a value of this object: in its own file, or in the file of the patch that set it.
  package func location(of node: Node, side: Side) -> Location {
    Location(path: node.origin?.path ?? path, side: side, span: node.span)
  }

  /// The place that names the object.
  package func nameLocation(side: Side) -> Location {
    location(of: object["metadata", "name"] ?? object.root, side: side)
  }
}
