internal import CYAML

extension YAMLStream {
  /// Reads a text as YAML. It never fails as a whole: what stands before a syntax error is kept.
  package static func parse(_ bytes: some Collection<UInt8>, budget: YAMLBudget = YAMLBudget()) -> YAMLStream {
    if let result = bytes.withContiguousStorageIfAvailable({ parse(UnsafeRawBufferPointer($0), budget: budget) }) {
      return result
    }
    return Array(bytes).withUnsafeBytes { parse($0, budget: budget) }
  }

  /// Reads a text as YAML. It never fails as a whole: what stands before a syntax error is kept.
  ///
  /// - Parameter firstLine: the lines before the text in its file, for a piece of a larger text.
  package static func parse(
    _ bytes: UnsafeRawBufferPointer, budget: YAMLBudget = YAMLBudget(), firstLine: Int = 0
  ) -> YAMLStream {
    guard bytes.count <= budget.bytes else {
      let reason = "the file is larger than \(budget.bytes >> 20) MiB"
      return YAMLStream(documents: [], problem: YAMLProblem(kind: .overBudget, reason: reason, span: .none))
    }
    var composer = YAMLComposer(bytes, budget: budget, firstLine: firstLine)
    return composer.compose()
  }
}

/// Makes values out of libyaml's events.
private struct YAMLComposer {
  private struct Frame {
    var isMapping: Bool
    var entries: [Entry] = []
    /// Where each key stands, once a mapping is too large to look through.
    var index: [String: Int] = [:]
    var items: [Node] = []
    var key: Node?
    var merges: [Node] = []
    var start: Span
    var anchor: String?
    var firstNode: Int
  }

  /// The entries for which a mapping has room from the start: most have no more, and growing entry by entry costs more
  /// than reading them.
  private static let room = 4

  private let bytes: UnsafeRawBufferPointer
  private let budget: YAMLBudget
  private let lines: LineMap
  private var frames: [Frame] = []
  private var anchors: [String: (node: Node, size: Int)] = [:]
  private var documents: [YAMLDocument] = []
  private var root: Node?
  private var problems: [YAMLProblem] = []
  private var nodes = 0

  init(_ bytes: UnsafeRawBufferPointer, budget: YAMLBudget, firstLine: Int) {
    self.bytes = bytes
    self.budget = budget
    lines = LineMap(bytes, firstLine: firstLine)
  }

  mutating func compose() -> YAMLStream {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return failed("libyaml found no memory") }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_input_string(&parser, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else {
        let reason = parser.problem.map { String(cString: $0) } ?? "not YAML"
        return failed(reason, at: span(parser.problem_mark, parser.problem_mark))
      }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return YAMLStream(documents: documents) }
      if let problem = take(event) { return YAMLStream(documents: documents, problem: problem) }
    }
  }

  private func failed(_ reason: String, at span: Span = .none) -> YAMLStream {
    YAMLStream(documents: documents, problem: YAMLProblem(kind: .syntax, reason: reason, span: span))
  }

  /// Takes one event; a problem ends the reading.
  private mutating func take(_ event: yaml_event_t) -> YAMLProblem? {
    let place = span(event.start_mark, event.end_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      anchors.removeAll(keepingCapacity: true)
      root = nil
      problems = []
    case YAML_DOCUMENT_END_EVENT:
      documents.append(YAMLDocument(root: root.flatMap { isEmpty($0) ? nil : $0 }, problems: problems))
    case YAML_SCALAR_EVENT:
      nodes += 1
      add(scalar(event, at: place), anchor: event.data.scalar.anchor, size: 1)
    case YAML_ALIAS_EVENT:
      return alias(event, at: place)
    case YAML_MAPPING_START_EVENT:
      open(mapping: true, anchor: event.data.mapping_start.anchor, at: place)
    case YAML_SEQUENCE_START_EVENT:
      open(mapping: false, anchor: event.data.sequence_start.anchor, at: place)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT:
      close(at: place)
    default: break
    }
    if frames.count > budget.depth {
      return YAMLProblem(kind: .overBudget, reason: "nested deeper than \(budget.depth) levels", span: place)
    }
    if nodes > budget.nodes {
      return YAMLProblem(kind: .overBudget, reason: "expands to more than \(budget.nodes) values", span: place)
    }
    return nil
  }

  private func isEmpty(_ node: Node) -> Bool {
    if case .scalar(let scalar) = node.value { return scalar.style == .plain && scalar.text.isEmpty }
    return false
  }

  private mutating func alias(_ event: yaml_event_t, at place: Span) -> YAMLProblem? {
    guard let name = event.data.alias.anchor.map({ String(cString: $0) }), let target = anchors[name] else {
      return YAMLProblem(kind: .undefinedAlias, reason: "an alias names an anchor that is not defined", span: place)
    }
    nodes += target.size
    add(target.node, anchor: nil, size: target.size)
    return nil
  }

  private mutating func open(mapping: Bool, anchor: UnsafeMutablePointer<UInt8>?, at place: Span) {
    nodes += 1
    frames.append(
      Frame(isMapping: mapping, start: place, anchor: anchor.map { String(cString: $0) }, firstNode: nodes - 1))
  }

  private mutating func close(at place: Span) {
    guard let frame = frames.popLast() else { return }
    var whole = frame.start
    if let last = frame.isMapping ? frame.entries.last?.value.span : frame.items.last?.span, isBlock(frame.start) {
      whole.endLine = last.endLine
      whole.endColumn = last.endColumn
    } else {
      whole.endLine = place.endLine
      whole.endColumn = place.endColumn
    }
    let value: Node.Value = frame.isMapping ? .mapping(merged(frame)) : .sequence(frame.items)
    finish(Node(value, span: whole), anchor: frame.anchor, size: nodes - frame.firstNode)
  }

  /// A block collection's start event is empty; a flow collection's is its bracket.
  private func isBlock(_ start: Span) -> Bool {
    start.startLine == start.endLine && start.startColumn == start.endColumn
  }

  /// A mapping's entries after `<<`: explicit keys win, then the first merged mapping that has the key.
  private func merged(_ frame: Frame) -> [Entry] {
    guard !frame.merges.isEmpty else { return frame.entries }
    var entries = frame.entries
    var seen = Set(entries.map(\.name))
    for merge in frame.merges {
      for source in merge.isSequence ? merge.items : [merge] {
        for entry in source.entries where seen.insert(entry.name).inserted { entries.append(entry) }
      }
    }
    return entries
  }

  private mutating func add(_ node: Node, anchor: UnsafeMutablePointer<UInt8>?, size: Int) {
    finish(node, anchor: anchor.map { String(cString: $0) }, size: size)
  }

  private mutating func finish(_ node: Node, anchor: String?, size: Int) {
    if let anchor { anchors[anchor] = (node, size) }
    guard let last = frames.indices.last else {
      root = node
      return
    }
    guard frames[last].isMapping else {
      frames[last].items.append(node)
      return
    }
    guard let key = frames[last].key else {
      frames[last].key = node
      return
    }
    frames[last].key = nil
    if case .scalar(let scalar) = key.value, scalar.text == "<<", scalar.style == .plain {
      frames[last].merges.append(node)
    } else {
      put(Entry(key: key, value: node), into: last)
    }
  }

  private mutating func put(_ entry: Entry, into frame: Int) {
    if let twin = place(of: entry, in: frame) {
      let reason = "a mapping has the same key twice"
      problems.append(YAMLProblem(kind: .duplicateKey, reason: reason, span: entry.key.span))
      frames[frame].entries[twin] = entry
    } else {
      if frames[frame].entries.isEmpty { frames[frame].entries.reserveCapacity(YAMLComposer.room) }
      frames[frame].entries.append(entry)
    }
  }

  /// The place of an earlier entry with the same key; beyond a few entries it is looked up, not looked for.
  private mutating func place(of entry: Entry, in frame: Int) -> Int? {
    guard let name = entry.key.text else { return nil }
    let count = frames[frame].entries.count
    guard count >= 16 else { return Node.place(of: name, in: frames[frame].entries) }
    if frames[frame].index.isEmpty {
      for (position, known) in frames[frame].entries.enumerated() { frames[frame].index[known.name] = position }
    }
    if let twin = frames[frame].index[name] { return twin }
    frames[frame].index[name] = count
    return nil
  }

  private func scalar(_ event: yaml_event_t, at place: Span) -> Node {
    let data = event.data.scalar
    let buffer = UnsafeBufferPointer(start: data.value, count: data.length)
    let style: Scalar.Style =
      switch data.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    let text = String(decoding: buffer, as: UTF8.self)
    return Node(.scalar(Scalar(text, style: style, tag: data.tag.flatMap(tag))), span: place)
  }

  private func tag(_ name: UnsafeMutablePointer<UInt8>) -> Scalar.Tag? {
    switch String(cString: name) {
    case "tag:yaml.org,2002:str": .string
    case "tag:yaml.org,2002:int": .int
    case "tag:yaml.org,2002:float": .float
    case "tag:yaml.org,2002:bool": .bool
    case "tag:yaml.org,2002:null": .null
    case "!": .string
    default: .other
    }
  }

  private func span(_ start: yaml_mark_t, _ end: yaml_mark_t) -> Span {
    let first = lines.position(index: start.index, line: start.line, column: start.column)
    let last = lines.position(index: end.index, line: end.line, column: end.column)
    return Span(startLine: first.line, startColumn: first.column, endLine: last.line, endColumn: last.column)
  }
}
