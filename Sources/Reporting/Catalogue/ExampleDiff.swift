internal import Policy

/// An example as the difference that people know from `git diff`, with a line under the place that is reported.
struct ExampleDiff {
  /// A line of one or both sides.
  struct Line: Equatable {
    enum Sign: Equatable { case kept, removed, added }

    var sign: Sign
    var text: String
    /// The flagged bytes, from 0.
    var flagged: Range<Int>?
  }

  /// What is left out between two lines that are shown.
  enum Part: Equatable {
    case line(Line)
    case gap
  }

  /// A file of the example.
  struct File {
    var path: String
    /// `new file`, `deleted file`, or nothing.
    var remark: String?
    var parts: [Part]
  }

  /// Lines that are shown around a difference.
  private static let context = 3

  /// Every file of either side, by path.
  private(set) var files: [File] = []
  /// Whether a place is marked: an example without one shows what is not reported.
  private(set) var isReported = false

  /// Compares the two sides of an example, line by line.
  init(_ example: Example) {
    for path in Set(example.before.keys).union(example.after.keys).sorted() {
      let before = example.before[path].map { MarkedLines($0) }
      let after = example.after[path].map { MarkedLines($0) }
      let lines = ExampleDiff.lines(before, after)
      if lines.contains(where: { $0.flagged != nil }) { isReported = true }
      let remark = before == nil ? "new file" : after == nil ? "deleted file" : nil
      files.append(File(path: path, remark: remark, parts: ExampleDiff.parts(lines)))
    }
  }

  private static func lines(_ before: MarkedLines?, _ after: MarkedLines?) -> [Line] {
    let old = before?.lines ?? []
    let new = after?.lines ?? []
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var oldIndex = 0
    var newIndex = 0
    while oldIndex < old.count || newIndex < new.count {
      if removed.contains(oldIndex) {
        lines.append(Line(sign: .removed, text: old[oldIndex], flagged: before?.flagged[oldIndex]))
        oldIndex += 1
      } else if added.contains(newIndex) {
        lines.append(Line(sign: .added, text: new[newIndex], flagged: after?.flagged[newIndex]))
        newIndex += 1
      } else {
        let flagged = after?.flagged[newIndex] ?? before?.flagged[oldIndex]
        lines.append(Line(sign: .kept, text: new[newIndex], flagged: flagged))
        oldIndex += 1
        newIndex += 1
      }
    }
    return lines
  }

  /// The lines near a difference or a mark, the others as gaps.
  private static func parts(_ lines: [Line]) -> [Part] {
    let centres = lines.indices.filter { lines[$0].sign != .kept || lines[$0].flagged != nil }
    guard !centres.isEmpty else { return lines.map { .line($0) } }
    var shown: Set<Int> = []
    for centre in centres { shown.formUnion((centre - context)...(centre + context)) }
    var parts: [Part] = []
    for index in lines.indices {
      if shown.contains(index) {
        parts.append(.line(lines[index]))
      } else if parts.last != .gap {
        parts.append(.gap)
      }
    }
    return parts
  }
}
