#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif
internal import Manifests

/// Tells from its bytes whether a manifest can hold an object that some rule judges.
package struct Interest: Sendable {
  /// The words of all kinds that a rule judges.
  private let known: [[UInt8]]
  /// Words that make an object of any kind one that is judged.
  private let markers: [[UInt8]]
  /// Those of them that suffice for a rule to have something to say.
  private let telling: [[UInt8]]
  /// Those that do so only together with one of their words.
  private let conditional: [(kind: [UInt8], words: [[UInt8]])]

  /// A group's name stands in the text of each of its objects, and so does the kind of a core object.
  init(_ selections: [(kinds: KindSelection, words: [GroupKind: [String]])]) {
    var always: Set<String> = []
    var marks: Set<String> = []
    var sometimes: [String: Set<String>] = [:]
    for (selection, words) in selections {
      switch selection {
      case .mentioning(let words): marks.formUnion(words)
      case .groups(let groups): always.formUnion(groups)
      case .kinds(let kinds):
        for kind in kinds {
          let literal = kind.group.isEmpty ? kind.kind : kind.group
          if let words = words[kind] { sometimes[literal, default: []].formUnion(words) } else { always.insert(literal) }
        }
      }
    }
    sometimes = sometimes.filter { !always.contains($0.key) }
    func bytes(_ words: some Sequence<String>) -> [[UInt8]] { words.sorted().map { Array($0.utf8) } }
    markers = bytes(marks)
    telling = bytes(always.union(marks))
    known = telling + bytes(sometimes.keys)
    conditional = sometimes.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), bytes($0.value)) }
  }

  /// Whether an object of a judged kind can stand in the text.
  package func includes(_ text: UnsafeRawBufferPointer) -> Bool { known.contains { text.holds($0) } }

  /// Whether an edit of the text can matter to objects of any kind: then their other side has to be read as well.
  package func isMarked(_ text: UnsafeRawBufferPointer) -> Bool { markers.contains { text.holds($0) } }

  /// Whether some rule can have a word about an edit of the text, and not only look at it beside others.
  package func isTold(by text: UnsafeRawBufferPointer) -> Bool {
    telling.contains { text.holds($0) }
      || conditional.contains { pair in text.holds(pair.kind) && pair.words.contains { text.holds($0) } }
  }
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
