#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Manifests

/// Tells from its bytes whether a manifest can hold an object that some rule judges.
package struct Interest: Sendable {
  private let literals: [[UInt8]]

  /// A group's name stands in the text of each of its objects, and so does the kind of a core object.
  package init(_ kinds: [KindSelection]) {
    var words: Set<String> = []
    for selection in kinds {
      switch selection {
      case .all: words.insert("kind")
      case .groups(let groups): words.formUnion(groups)
      case .kinds(let kinds): words.formUnion(kinds.map { $0.group.isEmpty ? $0.kind : $0.group })
      }
    }
    literals = words.sorted().map { Array($0.utf8) }
  }

  /// Whether any of the words stands in the text.
  package func includes(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { includes($0) }
  }

  /// Whether any of the words stands in the text.
  package func includes(_ text: UnsafeRawBufferPointer) -> Bool { literals.contains { text.holds($0) } }
}

extension UnsafeRawBufferPointer {
  /// Whether a literal stands somewhere in the bytes.
  package func holds(_ literal: [UInt8]) -> Bool {
    guard var here = baseAddress, let first = literal.first, count >= literal.count else { return false }
    let last = here + (count - literal.count)
    while here <= last {
      guard let hit = memchr(here, Int32(first), last - here + 1) else { return false }
      if memcmp(hit, literal, literal.count) == 0 { return true }
      here = UnsafeRawPointer(hit) + 1
    }
    return false
  }
}
