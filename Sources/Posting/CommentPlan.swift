internal import Manifests
internal import Policy
internal import Reporting

/// Which comments a report asks for, each at a place that the pull request shows.
struct CommentPlan {
  private(set) var comments: [WantedComment] = []
  /// The keys of all findings that count, whether they have a place in the diff or not.
  private(set) var open: Set<String> = []
  /// What is said of findings that do not count, by the key of their comment.
  private(set) var waived: [String: String] = [:]
  /// Findings for which the diff has no place: they stand in the summary alone.
  private(set) var elsewhere = 0

  private let files: [String: DiffLines]
  /// Beyond these nobody reads comments: no new ones are made, and the rest stands in the summary.
  static let limit = 150

  init(_ report: Report, _ pull: PullRequest) {
    var files: [String: DiffLines] = [:]
    for file in pull.files {
      files[file.path] = file
      if files[file.oldPath] == nil { files[file.oldPath] = file }
    }
    self.files = files
    for finding in report.findings {
      guard let suppression = finding.suppression else { continue }
      waived[finding.fingerprint] = CommentText.waived(finding.rule, suppression)
    }
    var seen: [String: Int] = [:]
    for finding in report.findings where finding.suppression == nil {
      seen[finding.fingerprint, default: 0] += 1
      let count = seen[finding.fingerprint] ?? 1
      let key = count == 1 ? finding.fingerprint : "\(finding.fingerprint)-\(count)"
      open.insert(key)
      guard let anchor = anchor(of: finding) else {
        elsewhere += 1
        continue
      }
      let isAtItsLine = anchor.line != nil
      let body =
        Marker.comment(key) + "\n"
        + CommentText.of(finding, suggestion: suggestion(finding, anchor), isAtItsLine: isAtItsLine)
      comments.append(WantedComment(key: key, rule: finding.rule, anchor: anchor, body: body))
    }
  }

  /// What the summary says of findings that have no comment.
  var remarks: [String] {
    var remarks: [String] = []
    if elsewhere > 0, !comments.isEmpty {
      remarks.append("\(elsewhere) of them have no line in this pull request's diff and stand here only.")
    }
    let beyond = comments.count - CommentPlan.limit
    if beyond > 0 {
      remarks.append(
        "\(beyond) of them are beyond the \(CommentPlan.limit) that get a comment, and may stand here only.")
    }
    return remarks
  }

  /// The finding's line, else the file; `nil` where the pull request does not show the file.
  private func anchor(of finding: Finding) -> Anchor? {
    guard let place = finding.location else { return nil }
    let isOld = place.side == .before
    guard let file = files[place.path] else { return nil }
    var anchor = Anchor(path: file.path, oldPath: file.oldPath, isOld: isOld)
    // A place in a commit on the way says nothing about the lines of the end.
    guard finding.commit == nil, place.span != .none else { return anchor }
    let endsBefore = place.span.endColumn == 1 && place.span.endLine > place.span.startLine
    let start = Int(place.span.startLine)
    let end = Int(place.span.endLine) - (endsBefore ? 1 : 0)
    guard let first = file.line(start, isOld: isOld) else { return anchor }
    anchor.line = first
    if end > start, end - start < 20, let other = file.line(end, isOld: isOld), other.hunk == first.hunk {
      anchor.line = other
      anchor.firstLine = first
    }
    return anchor
  }

  /// The line with the old value in the place of the new one, where that is all the remedy there is.
  private func suggestion(_ finding: Finding, _ anchor: Anchor) -> String? {
    guard finding.category != .secret, finding.category != .process, !anchor.isOld, anchor.firstLine == nil,
      let line = anchor.line, line.old == nil, let place = finding.location, place.span.startLine == place.span.endLine,
      let before = finding.before, let after = finding.after, !before.isEmpty, before.utf8.count <= 100
    else { return nil }
    guard before.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && $0 != "`" && $0 != "#" }) else {
      return nil
    }
    let bytes = Array(line.text.utf8)
    let range = Int(place.span.startColumn) - 1..<Int(place.span.endColumn) - 1
    guard range.lowerBound >= 0, range.upperBound <= bytes.count, !range.isEmpty else { return nil }
    let written = String(decoding: bytes[range], as: UTF8.self)
    let quote = written.first.map { $0 == "\"" || $0 == "'" ? String($0) : "" } ?? ""
    guard written == quote + after + quote, !line.text.hasSuffix("\r") else { return nil }
    let head = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
    let tail = String(decoding: bytes[range.upperBound...], as: UTF8.self)
    return head + quote + before + quote + tail
  }
}
