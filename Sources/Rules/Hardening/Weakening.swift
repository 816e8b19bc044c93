internal import Manifests

/// A setting and what makes it dangerous.
struct Weakness: Sendable {
  let field: FieldPattern
  /// Whether a value is permissive; `nil` stands for a setting that is not written.
  let isWeak: @Sendable (String?) -> Bool
  /// What a permissive value does.
  let effect: String

  init(_ field: FieldPattern, _ effect: String, where isWeak: @escaping @Sendable (String?) -> Bool) {
    self.field = field
    self.isWeak = isWeak
    self.effect = effect
  }

  /// A setting with values that are dangerous when written.
  static func value(_ field: FieldPattern, _ values: String..., effect: String) -> Weakness {
    Weakness(field, effect) { text in text.map { values.contains($0.lowercased()) } ?? false }
  }

  /// The settings that are permissive after an edit and were not so before.
  ///
  /// A setting that was written and strict, and is written no more, is one too where its absence is weak.
  static func found(_ table: [Weakness], under prefix: FieldChange) -> [(change: FieldChange, effect: String)] {
    table.flatMap { weakness in
      weakness.field.values(before: prefix.before, after: prefix.after).compactMap { field in
        guard field.before?.hasUnknown != true, field.after?.hasUnknown != true else { return nil }
        guard weakness.isWeak(field.after.text), !weakness.isWeak(field.before.text) else { return nil }
        let path = FieldPath(prefix.path.steps + field.path.steps)
        return (FieldChange(path: path, before: field.before, after: field.after), weakness.effect)
      }
    }
  }
}

extension Node? {
  /// A scalar's text, or the texts of a list joined by commas.
  fileprivate var text: String? {
    guard let node = self else { return nil }
    return node.text ?? (node.isSequence ? node.items.compactMap(\.text).joined(separator: ",") : "…")
  }
}
