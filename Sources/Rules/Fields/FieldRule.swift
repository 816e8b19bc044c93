internal import Flux
internal import Manifests
internal import Policy

/// A rule that watches single fields: what is watched, and what is said, are rows of data.
struct FieldRule: ObjectRule {
  let info: RuleInfo
  let watches: [FieldWatch]

  init(_ info: RuleInfo, _ watches: FieldWatch...) {
    self.info = info
    self.watches = watches
  }

  var kinds: KindSelection { .kinds(watches.flatMap(\.kinds)) }

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let after = change.after else { return [] }
    let edit = ObjectEdit(change, in: step)
    return watches.filter { $0.kinds.contains(after.object.groupKind) }.flatMap { $0.judge(edit) }
  }
}

/// Fields of some kinds, an edit of them, and what it means.
struct FieldWatch: Sendable {
  let kinds: [GroupKind]
  let fields: [FieldPattern]
  let test: FieldTest
  /// The sentence; `{object}`, `{field}`, `{before}` and `{after}` are filled in, `{change}` with `goes from … to …`,
  /// `is added (…)` or `is removed (was …)`, `{instead}` with `… instead of …`, and `{refused}` with what the webhook
  /// does to an immutable field.
  let message: String
  /// Instead of the sentence where the object is new.
  var whenNew: String?
  /// Instead of the sentence where the field goes.
  var whenRemoved: String?
  /// Whether the values may be printed.
  var shows = true
  /// Instead of the rule's own severity.
  var severity: Severity?
  /// Whether an edit of several of the fields is told once.
  var once = false

  init(
    _ kinds: [GroupKind], _ fields: [FieldPattern], _ test: FieldTest, _ message: String,
    whenNew: String? = nil, whenRemoved: String? = nil, shows: Bool = true, severity: Severity? = nil,
    once: Bool = false
  ) {
    self.kinds = kinds
    self.fields = fields
    self.test = test
    self.message = message
    self.whenNew = whenNew
    self.whenRemoved = whenRemoved
    self.shows = shows
    self.severity = severity
    self.once = once
  }

  /// What is to be said of an object that is there after the edit.
  func judge(_ edit: ObjectEdit) -> [Violation] {
    if edit.before == nil, !test.judgesNew { return [] }
    // Of an object that was paused, immutable-edit-under-pause says more.
    if message.contains("{refused}"), edit.before?.isPaused == true { return [] }
    let found = fields.flatMap { edit.values($0) }.compactMap { field -> Violation? in
      guard field.before?.hasUnknown != true, field.after?.hasUnknown != true, test.holds(field) else { return nil }
      let text = sentence(field, edit)
      guard var violation = edit.violation(text, at: field.path, shows: shows, severity: severity) else { return nil }
      violation.isRefused = message.contains("{refused}")
      if shows, violation.before == nil { violation.before = field.before.flatMap(FieldWords.short) }
      if shows, violation.after == nil { violation.after = field.after.flatMap(FieldWords.short) }
      return violation
    }
    // What is there now tells more than what is gone.
    return once ? [found.first { $0.location?.side == .after } ?? found.first].compactMap { $0 } : found
  }

  private func sentence(_ field: FieldChange, _ edit: ObjectEdit) -> String {
    let (old, new) = (field.before, field.after)
    var text = message
    if new.isEmpty, let whenRemoved { text = whenRemoved }
    if edit.before == nil, let whenNew { text = whenNew }
    let parts = [
      ("{object}", edit.title), ("{field}", field.path.description), ("{change}", FieldWords.change(old, new)),
      ("{instead}", FieldWords.instead(old, new)),
      ("{refused}", text.contains("{refused}") ? refusal(field, edit) : ""),
      ("{before}", FieldWords.of(old)), ("{after}", FieldWords.of(new)),
    ]
    for (name, words) in parts where text.contains(name) { text = text.replacing(name, with: words) }
    return text
  }
}

extension FieldWatch {
  /// What the webhook does to an edit of an immutable field, as a relative clause.
  private func refusal(_ field: FieldChange, _ edit: ObjectEdit) -> String {
    let mayPass = edit.editsUnderPause.contains { step in
      fields.flatMap { step.values($0) }.contains { $0.path == field.path && test.holds($0) }
    }
    let condition = mayPass ? " if all commits arrive at once, and lets pass if Flux applies the pause first" : ""
    return "which the API server refuses\(condition)"
  }
}

/// An edit of one field.
struct FieldTest: Sendable {
  /// Whether the field of an object that is new is judged too.
  var judgesNew = false
  let holds: @Sendable (FieldChange) -> Bool

  /// A boolean that becomes true; absent is false.
  static let turnedOn = FieldTest(judgesNew: true) { $0.after?.bool == true && $0.before?.bool != true }
  /// A boolean of an existing object that becomes true.
  static let switchedOn = FieldTest { $0.after?.bool == true && $0.before?.bool != true }
  /// A boolean of an existing object that is no longer true.
  static let switchedOff = FieldTest { $0.before?.bool == true && $0.after?.bool != true }
  /// A boolean of an existing object that flips either way; absent is false.
  static let flipped = FieldTest { ($0.before?.bool ?? false) != ($0.after?.bool ?? false) }
  /// A value that was there and is another, or gone; empty counts as gone.
  static let replacedOrRemoved = FieldTest { !$0.before.isEmpty && !$0.isSame }
  /// A value that was there and is another one.
  static let replaced = FieldTest { !$0.before.isEmpty && !$0.after.isEmpty && !$0.isSame }
  /// Any difference, coming and going included; empty counts as absent.
  static let differs = FieldTest { !($0.before.isEmpty && $0.after.isEmpty) && !$0.isSame }
  /// Any difference, inside a list item only where the item is on both sides.
  static let differsInKept = FieldTest { field in
    differs.holds(field) && field.holderBefore != nil && field.holderAfter != nil
  }
  /// A value that comes or becomes another one.
  static let addedOrReplaced = FieldTest { !$0.after.isEmpty && !$0.isSame }
  /// A value that comes, in a new object too.
  static let introduced = FieldTest(judgesNew: true) { $0.before.isEmpty && !$0.after.isEmpty }
  /// A value that comes into an existing object.
  static let added = FieldTest { $0.before.isEmpty && !$0.after.isEmpty }

  /// A text that differs when written in one way.
  static func differs(as canonical: @escaping @Sendable (String) -> String) -> FieldTest {
    FieldTest { field in
      let old = canonical(field.before?.text ?? "")
      let new = canonical(field.after?.text ?? "")
      return old != new
    }
  }

  /// A text that was there and is another, or gone, when written in one way.
  static func replacedOrRemoved(as canonical: @escaping @Sendable (String) -> String) -> FieldTest {
    FieldTest { field in
      let old = canonical(field.before?.text ?? "")
      return !old.isEmpty && old != canonical(field.after?.text ?? "")
    }
  }
}

extension FieldChange {
  /// Whether both sides mean the same, lists compared as EKS Anywhere compares them.
  var isSame: Bool {
    switch (before, after) {
    case (nil, nil): return true
    case (let old?, let new?):
      if old.means(new) { return true }
      let name = path.steps.last.map { step in if case .key(let name) = step { name } else { "" } } ?? ""
      func held(_ node: Node) -> Node { Node(.mapping([Entry(key: .string(name), value: node)])) }
      return FieldChange.between(held(old), held(new), group: EKSAnywhere.group).isEmpty
    default: return before.isEmpty && after.isEmpty
    }
  }
}

extension Node? {
  /// Whether there is nothing: no value, an empty text, list or mapping.
  var isEmpty: Bool {
    guard let node = self else { return true }
    switch node.value {
    case .scalar(let scalar): return scalar.text.isEmpty || scalar.meaning == .null
    case .sequence(let items): return items.isEmpty
    case .mapping(let entries): return entries.isEmpty
    case .unknown: return false
    }
  }
}

extension Node {
  /// Whether any part of the value cannot be known from the repository.
  var hasUnknown: Bool {
    switch value {
    case .scalar: false
    case .unknown: true
    case .sequence(let items): items.contains(where: \.hasUnknown)
    case .mapping(let entries): entries.contains { $0.value.hasUnknown }
    }
  }
}
