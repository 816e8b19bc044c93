internal import Flux
internal import Manifests

/// Remembers which groups and kinds are named in files, so that a file is parsed only where it can hold what is wanted.
struct HeadIndex {
  /// A number for each name of a group or kind.
  private var numbers: [[UInt8]: UInt16] = [:]
  /// The names in a file; `nil` where only a parser can tell.
  private var names: [ContentID: [UInt16]?] = [:]

  /// Whether a file was looked at and holds no object of a kind.
  func lacks(_ kind: GroupKind, _ id: ContentID) -> Bool {
    guard let known = names[id], let found = known else { return false }
    func isNamed(_ name: String) -> Bool { numbers[Array(name.utf8)].map { found.contains($0) } ?? false }
    return !isNamed(kind.kind) || !kind.group.isEmpty && !isNamed(kind.group)
  }

  /// Looks at a file's text.
  mutating func note(_ id: ContentID, _ text: UnsafeRawBufferPointer) {
    guard names[id] == nil else { return }
    if names.count > 1 << 17 { names.removeAll() }
    var found: [UInt16] = []
    for value in [KeyValues(of: "apiVersion", rarest: 3, in: text), KeyValues(of: "kind", rarest: 0, in: text)].joined()
    {
      if value.isUnclear || numbers.count == Int(UInt16.max) {
        names[id] = .some(nil)
        return
      }
      let name = Array(text[value.token])
      let number = numbers[name] ?? UInt16(numbers.count)
      numbers[name] = number
      if !found.contains(number) { found.append(number) }
    }
    names[id] = found
  }
}
