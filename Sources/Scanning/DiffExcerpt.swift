internal import Manifests
internal import Policy

/// What changes in a file around a place. Lines are compared as they are and shown with secrets masked.
struct DiffExcerpt {
  private struct Entry {
    var sign: Finding.DiffLine.Sign
    /// The line's number in the file before and after, where it stands there.
    var old: Int?
    var new: Int?
  }

  /// Kept lines that are shown beside a change or the place.
  private static let context = 3
  /// Lines that are shown before the place, and behind its start.
  private static let reach = (before: 8, after: 12)
  /// Where more lines than these differ as a whole, comparing them costs more than it tells.
  private static let limit = 600
  /// The same where lines only come, or only go.
  private static let oneSidedLimit = 20_000

  private let entries: [Entry]

  /// Compares the lines of two texts; `nil` for a file that is not there.
  init(before: MaskedText?, after: MaskedText?) {
    let (old, new) = (before?.rawLines ?? [], after?.rawLines ?? [])
    let shorter = min(old.count, new.count)
    let start = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    let end = (0..<(shorter - start)).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? shorter - start
    let (oldEnd, newEnd) = (old.count - end, new.count - end)
    let isOneSided = start == oldEnd || start == newEnd
    let limit = isOneSided ? DiffExcerpt.oneSidedLimit : DiffExcerpt.limit
    guard max(oldEnd, newEnd) - start <= limit else {
      entries = []
      return
    }
    var entries = ((max(0, start - DiffExcerpt.reach.after))..<start).map {
      Entry(sign: .kept, old: $0 + 1, new: $0 + 1)
    }
    entries += DiffExcerpt.compared(old[start..<oldEnd], new[start..<newEnd])
    entries += (0..<min(end, DiffExcerpt.reach.after)).map {
      Entry(sign: .kept, old: oldEnd + $0 + 1, new: newEnd + $0 + 1)
    }
    self.entries = entries
  }

  private static func compared(_ old: ArraySlice<ArraySlice<UInt8>>, _ new: ArraySlice<ArraySlice<UInt8>>) -> [Entry] {
    let difference = old.isEmpty || new.isEmpty ? nil : new.difference(from: old)
    var removed: Set<Int> = difference == nil ? Set(0..<old.count) : []
    var added: Set<Int> = difference == nil ? Set(0..<new.count) : []
    for change in difference?.removals ?? [] { if case .remove(let offset, _, _) = change { removed.insert(offset) } }
    for change in difference?.insertions ?? [] { if case .insert(let offset, _, _) = change { added.insert(offset) } }
    var entries: [Entry] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        entries.append(Entry(sign: .removed, old: old.startIndex + left + 1))
        left += 1
      } else if right < new.count, added.contains(right) {
        entries.append(Entry(sign: .added, new: new.startIndex + right + 1))
        right += 1
      } else {
        entries.append(Entry(sign: .kept, old: old.startIndex + left + 1, new: new.startIndex + right + 1))
        left += 1
        right += 1
      }
    }
    return entries
  }

  /// The lines around a place; empty where nothing changes near it.
  func lines(
    around span: Span, _ side: Side, before: MaskedText?, after: MaskedText?, width: Int
  ) -> [Finding.DiffLine] {
    let last = span.endColumn == 1 && span.endLine > span.startLine ? span.endLine - 1 : span.endLine
    let place = Int(span.startLine)...max(Int(span.startLine), Int(last))
    func isFlagged(_ entry: Entry) -> Bool { (side == .before ? entry.old : entry.new).map(place.contains) ?? false }
    guard let first = entries.firstIndex(where: isFlagged) else { return [] }
    let window = max(0, first - DiffExcerpt.reach.before)..<min(entries.count, first + DiffExcerpt.reach.after)
    guard entries[window].contains(where: { $0.sign != .kept }) else { return [] }
    let telling = window.filter { entries[$0].sign != .kept || isFlagged(entries[$0]) }
    return window.compactMap { index in
      guard telling.contains(where: { abs($0 - index) <= DiffExcerpt.context }) else { return nil }
      let entry = entries[index]
      let number = entry.new ?? entry.old ?? 0
      let text = entry.new == nil ? before : after
      return text?.line(number, limit: width).map {
        Finding.DiffLine(entry.sign, number: number, text: $0, isFlagged: isFlagged(entry))
      }
    }
  }
}
