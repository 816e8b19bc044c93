internal import Flux
internal import Manifests
internal import Policy

/// A field of some kinds of objects whose value can be weak.
struct WeakSetting: Sendable {
  var kinds: [GroupKind]
  var query: FieldQuery
  /// Whether a value, `nil` for an absent one, is weak. An unknown value is never asked about.
  var isWeak: @Sendable (Node?) -> Bool
  /// The end of a sentence that begins with the object.
  var text: String
  /// Whether a new object or list item with such a value is told too.
  var judgesNew = true

  /// A switch that protects while it is on, and is off by default.
  static func turnedOff(_ kinds: [GroupKind], _ query: FieldQuery, _ text: String) -> WeakSetting {
    WeakSetting(kinds: kinds, query: query, isWeak: { !($0?.isTrue ?? false) }, text: text, judgesNew: false)
  }

  /// A switch that protects while it is off, and is off by default.
  static func turnedOn(_ kinds: [GroupKind], _ query: FieldQuery, _ text: String) -> WeakSetting {
    WeakSetting(kinds: kinds, query: query, isWeak: { $0?.isTrue ?? false }, text: text)
  }

  /// A field that protects while it is there at all.
  static func dropped(_ kinds: [GroupKind], _ query: FieldQuery, _ text: String) -> WeakSetting {
    WeakSetting(kinds: kinds, query: query, isWeak: { $0.map(\.isVoid) ?? true }, text: text, judgesNew: false)
  }
}

/// A rule about settings that an edit makes weak. Each is a table of settings.
struct SettingWeakened: ObjectRule {
  let info: RuleInfo
  let settings: [WeakSetting]
  var words: [GroupKind: [String]] = [:]

  var kinds: KindSelection { .kinds(Array(Set(settings.flatMap(\.kinds)))) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let violations = settings.flatMap { setting -> [Violation] in
      guard setting.kinds.contains(after.object.groupKind) else { return [] }
      return setting.query.places(in: after.object.root).compactMap { path, node in
        guard node?.isUnknown != true, setting.isWeak(node), wasStrong(change.before, setting, path) else { return nil }
        let old = change.before.flatMap { setting.query.value(at: path, in: $0.object.root) }
        return change.violation("\(change.title) \(setting.text).", at: path, old: old, new: node)
      }
    }
    // What goes with its holder is told by the holder.
    return violations.filter { violation in
      guard let field = violation.field else { return true }
      return !violations.contains { $0.field != field && $0.field?.holds(field) == true }
    }
  }

  private func wasStrong(_ before: AppliedObject?, _ setting: WeakSetting, _ path: FieldPath) -> Bool {
    guard let root = before?.object.root, setting.query.reaches(path, in: root) else { return setting.judgesNew }
    let old = setting.query.value(at: path, in: root)
    return old?.isUnknown != true && !setting.isWeak(old)
  }
}

extension Node {
  /// Whether this is true, as a boolean or, where the API takes strings, as text.
  var isTrue: Bool { bool ?? (text?.lowercased() == "true") }

  /// Whether this is explicitly false, as a boolean or as text.
  var isFalse: Bool { bool.map { !$0 } ?? (text?.lowercased() == "false") }

  /// Whether there is nothing in it: an empty list, mapping or text.
  var isVoid: Bool {
    switch value {
    case .mapping(let entries): entries.isEmpty
    case .sequence(let items): items.isEmpty
    case .scalar(let scalar): scalar.text.isEmpty
    case .unknown: false
    }
  }
}
