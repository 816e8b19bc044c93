package import Manifests
package import Policy

/// A trusted file with waivers in its comments, and what each of them is about.
///
/// A waiver is bound to what it stands beside, not to a line number: in a manifest to the field of an object, elsewhere
/// to the text of the line. So it survives when lines move, and covers nothing else that comes to stand there.
package struct CommentedFile {
  package let path: String
  package let comments: [WaiverComment]
  private let lines: [ArraySlice<UInt8>]
  private let objects: [KubernetesObject]
  private let documents: [Node]

  /// - Returns: `nil` where the text holds no such comment.
  package init?(path: String, text: [UInt8]) {
    let comments = WaiverComment.all(in: text)
    guard !comments.isEmpty else { return nil }
    self.path = path
    self.comments = comments
    lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    let manifest = ManifestFile(parsing: text)
    objects = manifest.objects
    documents = manifest.objects.map(\.root) + manifest.others
  }

  /// The comment that covers a finding about an object or a place, by the trusted file alone.
  ///
  /// - Parameters:
  ///   - line: the text of the line that the finding is at, in the file that it was found in.
  ///   - value: the value that a finding about a credential is about, as that file has it; it must be the same here.
  package func cover(_ finding: Finding, line: [UInt8]?, value: Node? = nil) -> (
    comment: WaiverComment, waiver: Waiver
  )? {
    let wanted = comments.compactMap { comment in
      comment.waivers.first { $0.rule == finding.rule }.map { (comment, $0) }
    }
    guard !wanted.isEmpty else { return nil }
    var covered: Set<Int> = []
    if let subject = finding.subject {
      for object in objects where object.isSubject(subject) {
        let (way, end) = object.root.way(to: finding.field)
        if finding.category == .secret {
          guard let value, let end, end.means(value), let last = way.last else { continue }
          covered.formUnion([last, Int(end.span.startLine)])
        } else {
          covered.formUnion(way)
        }
      }
    } else if finding.category != .secret {
      for document in documents { covered.insert(Int(document.span.startLine)) }
      if let line { covered.formUnion(places(of: line)) }
    }
    return wanted.first { covered.contains($0.0.target) }.map { (comment: $0.0, waiver: $0.1) }
  }

  /// The comment that covers a credential at a place of this very file.
  package func cover(_ rule: String, at span: Span) -> (comment: WaiverComment, waiver: Waiver)? {
    let line = Int(span.startLine)
    // In a block of several lines no comment can stand beside the value: the one beside its key counts.
    let holder = documents.lazy.compactMap { $0.keyLine(holding: line) }.first
    for comment in comments where comment.target == line || comment.target == holder {
      if let waiver = comment.waivers.first(where: { $0.rule == rule }) { return (comment, waiver) }
    }
    return nil
  }

  /// The value of a field of an object in a text.
  package static func value(of subject: Finding.Subject, _ field: FieldPath?, in text: [UInt8]) -> Node? {
    ManifestFile(parsing: text).objects.lazy.filter { $0.isSubject(subject) }
      .compactMap { $0.root.way(to: field).end }.first
  }

  /// What a waiver stands beside, for telling whether a change moved it: the object and the key, or the line's text.
  package func anchor(of comment: WaiverComment) -> String {
    for object in objects where object.root.holds(line: comment.target) {
      let keys = object.root.keys(downTo: comment.target)
      let identity = object.identity
      return "\(identity.group)/\(identity.kind)/\(identity.namespace)/\(identity.name) \(keys.joined(separator: "."))"
    }
    guard comment.target <= lines.count else { return "" }
    return String(decoding: CommentedFile.bare(lines[comment.target - 1]), as: UTF8.self)
  }

  private func places(of line: [UInt8]) -> [Int] {
    let wanted = Array(CommentedFile.bare(line[...]))
    guard !wanted.isEmpty else { return [] }
    return lines.indices.filter { Array(CommentedFile.bare(lines[$0])) == wanted }.map { $0 + 1 }
  }

  /// A line without the space around it and without a comment at its end.
  private static func bare(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.endIndex
    for index in line.indices.dropFirst() where line[index] == UInt8(ascii: "#") && line[index - 1] == 0x20 {
      end = index
      break
    }
    let start = line[..<end].drop { $0 == 0x20 || $0 == 0x09 }
    let last = start.lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    return last.map { start[...$0] } ?? start.prefix(0)
  }
}

extension KubernetesObject {
  /// Whether a finding's subject is this object as it is written; a namespace may come from a kustomization.
  fileprivate func isSubject(_ subject: Finding.Subject) -> Bool {
    guard identity.kind == subject.kind, identity.name == subject.name else { return false }
    let group = subject.apiVersion.contains("/") ? subject.apiVersion.split(separator: "/").first.map(String.init) : ""
    guard identity.group == group ?? "" else { return false }
    return identity.namespace.isEmpty || identity.namespace == subject.namespace
      || identity.namespace == "default" && subject.namespace.isEmpty
  }
}

extension Node {
  /// The lines of the keys that lead to a field, from the object's first line on, and its value where it is there.
  func way(to field: FieldPath?) -> (lines: [Int], end: Node?) {
    var lines = [Int(span.startLine)]
    var node = self
    for step in field?.steps ?? [] {
      guard let (line, next) = node.child(step) else { return (lines, nil) }
      lines.append(line)
      node = next
    }
    return (lines, node)
  }

  private func child(_ step: FieldPath.Step) -> (line: Int, node: Node)? {
    switch step {
    case .key(let name): return entry(name).map { (Int($0.key.span.startLine), $0.value) }
    case .index(let number):
      return items.indices.contains(number) ? (Int(items[number].span.startLine), items[number]) : nil
    case .item(let name):
      let item = items.first { item in item.text == name || item.entries.contains { $0.value.text == name } }
      return item.map { (Int($0.span.startLine), $0) }
    }
  }

  /// Whether a line lies within.
  func holds(line: Int) -> Bool { span.startLine <= line && line <= span.endLine }

  /// The names of the keys that lead to a line.
  func keys(downTo line: Int) -> [String] {
    for entry in entries
    where entry.key.span.startLine <= line && line <= max(entry.key.span.endLine, entry.value.span.endLine) {
      if Int(entry.key.span.startLine) == line { return [entry.name] }
      return [entry.name] + entry.value.keys(downTo: line)
    }
    for (index, item) in items.enumerated() where item.holds(line: line) {
      let name = item["name"]?.text ?? String(index)
      return [name] + item.keys(downTo: line)
    }
    return []
  }

  /// The line of the innermost key whose value holds a line.
  func keyLine(holding line: Int) -> Int? {
    for entry in entries where entry.key.span.startLine <= line && line <= entry.value.span.endLine {
      return entry.value.keyLine(holding: line) ?? Int(entry.key.span.startLine)
    }
    for item in items where item.holds(line: line) { return item.keyLine(holding: line) }
    return nil
  }
}
