internal import Flux

/// Remembers which groups and kinds are named in files, so that a file is read only where it can hold what is wanted.
struct HeadIndex {
  /// The names in files that were read before, by what read them.
  private let known: @Sendable (ContentID) -> NameSet?
  private var names: [ContentID: NameSet] = [:]

  init(known: @escaping @Sendable (ContentID) -> NameSet?) { self.known = known }

  /// Whether a file is known to lack one of the names.
  func lacks(_ wanted: NameSet, _ id: ContentID) -> Bool {
    guard let found = known(id) ?? names[id] else { return false }
    return !found.mayHold(wanted)
  }

  /// Looks at a file's text.
  mutating func note(_ id: ContentID, _ text: UnsafeRawBufferPointer) {
    guard known(id) == nil, names[id] == nil else { return }
    if names.count > 1 << 17 { names.removeAll() }
    names[id] = NameSet(of: text)
  }
}
