internal import Flux
internal import Manifests

/// One field of a plan as lines, each with its sign: what was there, what will be there.
struct FieldLines {
  /// A line of a changed field.
  struct Line: Equatable {
    enum Sign: String {
      case old = "-"
      case new = "+"
      case both = "~"
      case rest = " "
    }

    var sign: Sign
    var text: String
  }

  /// The lines of a text that are shown of each side.
  private static let lineLimit = 12
  /// More lines than these are compared at their ends only.
  private static let comparedLines = 2000
  /// The characters of a value that are shown.
  private static let valueLimit = 300

  private let path: String
  private let before: String?
  private let after: String?

  /// A field, control characters still in it.
  init(_ field: Plan.Field) {
    path = field.path.description.printable
    before = field.before
    after = field.after
  }

  /// The lines, printable.
  ///
  /// - Parameter width: the cells up to which both values stand on one line; `nil` for never.
  func lines(width: Int?) -> [Line] {
    if let before, let after, before.utf8.contains(0x0A) || after.utf8.contains(0x0A) {
      return [Line(sign: .both, text: path + ":")] + difference(before, after)
    }
    let skipped = commonStart
    let old = before.map { shown($0, skipping: skipped) }
    let new = after.map { shown($0, skipping: skipped) }
    if let old, let new, old == new {
      return [Line(sign: .both, text: "\(path): \(old) (changed)")]
    }
    if let old, let new, let width {
      let line = "\(path): \(old) → \(new)"
      if DisplayWidth.of(line) <= width { return [Line(sign: .both, text: line)] }
      return [
        Line(sign: .both, text: path + ":"), Line(sign: .old, text: "  " + old), Line(sign: .new, text: "  " + new),
      ]
    }
    return [old.map { Line(sign: .old, text: "\(path): \($0)") }, new.map { Line(sign: .new, text: "\(path): \($0)") }]
      .compactMap(\.self)
  }

  private func shown(_ value: String, skipping start: Int) -> String {
    if value.isEmpty { return "\"\"" }
    let text = start == 0 ? value : "…" + value.dropFirst(start)
    return text.shortened(to: FieldLines.valueLimit).printable
  }

  /// How many characters of two long values are left out, because they are alike and what differs comes late.
  private var commonStart: Int {
    guard let before, let after, max(before.utf8.count, after.utf8.count) > 120 else { return 0 }
    let common = zip(before, after).prefix { $0 == $1 }.count
    return common > 80 ? common - 30 : 0
  }

  /// The lines in which two texts differ, in the order of the texts.
  private func difference(_ before: String, _ after: String) -> [Line] {
    let old = before.split(separator: "\n", omittingEmptySubsequences: false)
    let new = after.split(separator: "\n", omittingEmptySubsequences: false)
    let (removed, added) = FieldLines.offsets(old, new)
    var lines: [Line] = []
    var counts = (old: 0, new: 0)
    var left = 0
    var right = 0
    while left < old.count || right < new.count {
      if removed.contains(left) {
        counts.old += 1
        if counts.old <= FieldLines.lineLimit { lines.append(line(old[left], .old)) }
        left += 1
      } else if added.contains(right) {
        counts.new += 1
        if counts.new <= FieldLines.lineLimit { lines.append(line(new[right], .new)) }
        right += 1
      } else {
        left += 1
        right += 1
      }
    }
    let rest = max(0, counts.old - FieldLines.lineLimit) + max(0, counts.new - FieldLines.lineLimit)
    if rest > 0 { lines.append(Line(sign: .rest, text: "  … \(Decimal.count(rest, "more line"))")) }
    return lines
  }

  private func line(_ text: Substring, _ sign: Line.Sign) -> Line {
    let shown = String(text).shortened(to: FieldLines.valueLimit).replacing("\t", with: "    ").printable
    return Line(sign: sign, text: "  " + shown)
  }

  /// The lines that only one text has; of long texts, what is between their common beginning and their common end.
  private static func offsets(_ old: [Substring], _ new: [Substring]) -> (removed: Set<Int>, added: Set<Int>) {
    guard old.count + new.count > comparedLines else {
      let steps = new.difference(from: old)
      return (Set(steps.removals.map(\.offset)), Set(steps.insertions.map(\.offset)))
    }
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var end = 0
    while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    return (Set(start..<(old.count - end)), Set(start..<(new.count - end)))
  }
}

extension CollectionDifference.Change {
  /// The place in the text that has the line.
  fileprivate var offset: Int {
    switch self {
    case .remove(let offset, _, _), .insert(let offset, _, _): offset
    }
  }
}
