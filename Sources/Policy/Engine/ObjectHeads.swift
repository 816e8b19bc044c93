internal import Manifests

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
    if text.isUTF16 {
      isUnclear = true
      return
    }
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

  /// The kinds of the objects in the text of a manifest; `nil` where only a parser can tell.
  static func kinds(of bytes: [UInt8]) -> Set<String>? {
    bytes.withUnsafeBytes { text in
      let heads = ObjectHeads(of: text)
      return heads.isUnclear ? nil : Set(heads.kinds.map { String(decoding: text[$0], as: UTF8.self) })
    }
  }
}
