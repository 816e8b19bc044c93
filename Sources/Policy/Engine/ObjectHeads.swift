/// Which groups and kinds a text names for objects of its own, without parsing.
struct ObjectHeads {
  /// Where the values of each `apiVersion` begin and end, up to the version, and those of each `kind`.
  private(set) var groups: [Range<Int>] = []
  private(set) var kinds: [Range<Int>] = []
  /// The values of `apiVersion` that name the group of something else.
  private(set) var otherGroups: [Range<Int>] = []
  /// Whether only a parser can tell.
  private(set) var isUnclear = false

  init(of text: UnsafeRawBufferPointer) {
    var (outer, inner): ([KeyValues.Value], [KeyValues.Value]) = ([], [])
    var holdsList = false
    for value in KeyValues(of: "kind", rarest: 0, in: text) {
      if RootMargin.isWithin(value.key, in: text) { inner.append(value) } else { outer.append(value) }
      holdsList = holdsList || text[value.token].suffix(4).elementsEqual("List".utf8)
    }
    var (outerGroups, innerGroups): ([KeyValues.Value], [KeyValues.Value]) = ([], [])
    for value in KeyValues(of: "apiVersion", rarest: 3, in: text) {
      if RootMargin.isWithin(value.key, in: text) { innerGroups.append(value) } else { outerGroups.append(value) }
    }
    if !(inner.isEmpty && innerGroups.isEmpty), holdsList || !RootMargin.isKept(by: text) {
      outer += inner
      outerGroups += innerGroups
      innerGroups = []
    }
    isUnclear = (outer + outerGroups).contains(where: \.isUnclear) || HiddenKeys.mayStand(in: text)
    groups = outerGroups.map(\.token)
    kinds = outer.map(\.token)
    otherGroups = innerGroups.map(\.token)
  }
}
