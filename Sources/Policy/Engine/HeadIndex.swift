internal import Flux
internal import Manifests

/// Remembers which groups and kinds are named in files, so that a file is parsed only where it can hold what is wanted.
struct HeadIndex {
  /// A number for each name of a group or kind.
  private var numbers: [[UInt8]: UInt16] = [:]
  /// The names in a file; `nil` where only a parser can tell.
  private var names: [ContentID: [UInt16]?] = [:]

  /// The numbers of a kind's names; `nil` for the core group, which is not named.
  struct Names {
    fileprivate var kind: UInt16
    fileprivate var group: UInt16?
  }

  /// The names of a kind, to ask many files about; `nil` where there are too many names to tell.
  mutating func names(of kind: GroupKind) -> Names? {
    guard let own = number(of: Array(kind.kind.utf8)) else { return nil }
    if kind.group.isEmpty { return Names(kind: own, group: nil) }
    guard let group = number(of: Array(kind.group.utf8)) else { return nil }
    return Names(kind: own, group: group)
  }

  /// Whether a file was looked at and holds no object of a kind.
  func lacks(_ wanted: Names, _ id: ContentID) -> Bool {
    guard let known = names[id], let found = known else { return false }
    return !found.contains(wanted.kind) || wanted.group.map { !found.contains($0) } ?? false
  }

  private mutating func number(of name: [UInt8]) -> UInt16? {
    if let known = numbers[name] { return known }
    guard numbers.count < Int(UInt16.max) else { return nil }
    let number = UInt16(numbers.count)
    numbers[name] = number
    return number
  }

  /// Looks at a file's text.
  mutating func note(_ id: ContentID, _ text: UnsafeRawBufferPointer) {
    guard names[id] == nil else { return }
    if names.count > 1 << 17 { names.removeAll() }
    var found: [UInt16] = []
    for value in [KeyValues(of: "apiVersion", rarest: 3, in: text), KeyValues(of: "kind", rarest: 0, in: text)].joined()
    {
      guard !value.isUnclear, let number = number(of: Array(text[value.token])) else {
        names[id] = .some(nil)
        return
      }
      if !found.contains(number) { found.append(number) }
    }
    names[id] = found
  }
}
