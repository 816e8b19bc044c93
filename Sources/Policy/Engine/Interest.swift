internal import Manifests

/// Tells from its bytes, in one pass, whether a manifest can hold an object that some rule judges.
package struct Interest: Sendable {
  /// What the bytes of a manifest promise.
  package struct Look: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// An object of a judged kind can stand in it.
    package static let judged = Look(rawValue: 1)
    /// Some rule can have a word about any edit of it, and not only look at it beside others.
    package static let told = Look(rawValue: 2)
    /// Some rule can have a word where one of its ``Interest/words`` stands in what differs.
    package static let asked = Look(rawValue: 4)
    /// An edit can matter to objects of any kind: their other side has to be read as well.
    package static let marked = Look(rawValue: 8)
    /// An object of the EKS Anywhere API can stand in it.
    package static let cluster = Look(rawValue: 16)
    /// No object that is applied stands in it, or not only such: a patch, the values of a chart, a transformer, a
    /// kustomization without a kind.
    package static let fragment = Look(rawValue: 32)
    /// One of the words of ``asked`` stands in it.
    package static let worded = Look(rawValue: 64)
    /// A Secret can stand in it.
    package static let secret = Look(rawValue: 128)
    /// An object of another kind than Secret and SealedSecret can stand in it.
    package static let other = Look(rawValue: 256)
    /// A variable of Flux can stand in it.
    package static let variable = Look(rawValue: 512)

    /// What is promised where only a parser can tell.
    package static let unclear: Look = [.judged, .told, .cluster, .secret, .other, .variable]

    /// Whether some rule can have a word about what comes or goes with it, and not only look at it beside others.
    package var tells: Bool { contains(.told) || isSuperset(of: [.asked, .worded]) }
  }

  /// What a text promises, and which groups and kinds it names.
  package struct Glance: Sendable {
    package var look: Look
    package var names: NameSet

    package init(look: Look, names: NameSet) {
      self.look = look
      self.names = names
    }
  }

  /// What a group, or a kind of the core group, promises.
  private let groups: [[UInt8]: Look]
  private let kinds: [[UInt8]: Look]
  private let markers: [[UInt8]]
  private static let clusterGroup = Array(EKSAnywhere.group.utf8)
  private static let secret = Array("Secret".utf8)
  private static let variable = Array("${".utf8)
  private static let sealed = Array("SealedSecret".utf8)
  /// How the kinds end that kustomize reads itself.
  private static let steps = ["Transformer", "Generator"].map { Array($0.utf8) }
  private let words: [[UInt8]]

  init(_ selections: [(kinds: KindSelection, words: [GroupKind: [String]])]) {
    var groups: [[UInt8]: Look] = [Array(EKSAnywhere.group.utf8): .cluster]
    var kinds: [[UInt8]: Look] = [:]
    var markers: Set<String> = []
    var words: Set<String> = []
    for (selection, conditions) in selections {
      switch selection {
      case .mentioning(let found): markers.formUnion(found)
      case .groups(let found):
        for group in found { groups[Array(group.utf8), default: []].formUnion([.judged, .told]) }
      case .kinds(let found):
        for kind in found {
          let look: Look = conditions[kind] == nil ? [.judged, .told] : [.judged, .asked]
          words.formUnion(conditions[kind] ?? [])
          if kind.group.isEmpty {
            kinds[Array(kind.kind.utf8), default: []].formUnion(look)
          } else {
            groups[Array(kind.group.utf8), default: []].formUnion(look)
          }
        }
      }
    }
    self.groups = groups
    self.kinds = kinds
    self.markers = markers.sorted().map { Array($0.utf8) }
    self.words = words.sorted().map { Array($0.utf8) }
  }

  /// Whether a kind is one that kustomize reads itself.
  private static func isStep(_ kind: some BidirectionalCollection<UInt8>) -> Bool {
    steps.contains { kind.suffix($0.count).elementsEqual($0) }
  }

  /// What the text of a manifest promises. A value that can't be told without a parser promises everything.
  package func look(at text: UnsafeRawBufferPointer) -> Look { glance(at: text).look }

  /// What the text of a manifest promises, and which groups and kinds it names.
  package func glance(at text: UnsafeRawBufferPointer) -> Glance {
    var look: Look = .fragment
    var names = NameSet()
    let heads = ObjectHeads(of: text)
    guard !heads.isUnclear else {
      // One such file makes no history of clusters.
      let look = text.holds(Interest.clusterGroup) ? Look.unclear : .unclear.subtracting(.cluster)
      return Glance(look: look, names: .all)
    }
    for token in heads.groups {
      let group = Array(text[token])
      names.insert(group)
      look.formUnion(groups[group] ?? [])
    }
    for token in heads.kinds {
      let kind = Array(text[token])
      look.remove(.fragment)
      names.insert(kind)
      if kind == Interest.secret { look.insert(.secret) } else if kind != Interest.sealed { look.insert(.other) }
      look.formUnion(kinds[kind] ?? [])
    }
    if heads.kinds.contains(where: { Interest.isStep(text[$0]) }) { look.insert(.fragment) }
    for token in heads.otherGroups {
      look.formUnion((groups[Array(text[token])] ?? []).intersection(.cluster))
    }
    if text.holds(Interest.variable) { look.insert(.variable) }
    if markers.contains(where: { text.holds($0) }) { look.formUnion([.judged, .told, .marked]) }
    if look.contains(.asked), !look.contains(.told), asks(text) { look.insert(.worded) }
    return Glance(look: look, names: names)
  }

  /// Whether one of the words stands in a text, of which some rules make their interest depend.
  private func asks(_ text: UnsafeRawBufferPointer) -> Bool { words.contains { text.holds($0) } }

  /// Whether an edit is one about which no rule has a word, as far as the two texts of a file tell.
  ///
  /// - Parameters:
  ///   - look: what both texts promise.
  ///   - isBuilt: whether what is built of the text is looked at: without an object in it, it may be a patch, and a
  ///     variable that it comes to use may have no value.
  package func isQuiet(_ old: [UInt8], _ new: [UInt8], _ look: Look, isBuilt: Bool) -> Bool {
    if look.contains(.told) || isBuilt && look.contains(.fragment) { return false }
    if isBuilt, !VariableUses(new).names.isSubset(of: VariableUses(old).names) { return false }
    guard look.contains(.asked) else { return true }
    let middle = DifferingLines.middle(old, new)
    guard middle.old.withUnsafeBytes(asks) || middle.new.withUnsafeBytes(asks) else { return true }
    return !DifferingLines.of(middle.old, middle.new).withUnsafeBytes(asks)
  }
}
