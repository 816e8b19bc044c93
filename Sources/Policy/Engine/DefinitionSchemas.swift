internal import Manifests

/// Custom resource definitions are the longest manifests of all, and no rule looks into their schemas.
enum DefinitionSchemas {
  private static let kind = Array("CustomResourceDefinition".utf8)
  private static let kindLines = ["kind: CustomResourceDefinition", "kind: \"CustomResourceDefinition\""].map {
    Array($0.utf8)
  }
  private static let spec = Array("spec:".utf8)
  private static let marker = Array("\n---".utf8)
  private static let lineBreak: [UInt8] = [0x0A]

  /// The text with empty lines in place of every definition's `spec`, where it is written in block style from the first
  /// column; all other lines keep their numbers.
  static func blanked(_ text: [UInt8]) -> [UInt8] {
    text.withUnsafeBytes { bytes in
      guard bytes.first(kind, rarest: 6, from: 0) != nil else { return text }
      var result: [UInt8] = []
      result.reserveCapacity(text.count / 4)
      var start = 0
      while start < bytes.count {
        let end = bytes.first(marker, rarest: 0, from: start).map { $0 + 1 } ?? bytes.count
        let document = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        if isDefinition(document) { append(document, to: &result) } else { result += document }
        start = end
      }
      return result
    }
  }

  /// Whether a line of a document says that it is a definition.
  private static func isDefinition(_ document: UnsafeRawBufferPointer) -> Bool {
    var place = 0
    while let hit = document.first(kind, rarest: 6, from: place) {
      place = hit + kind.count
      for line in kindLines {
        // What stands before the name in the line: `kind: `, with or without a quote.
        let start = hit - line.count + kind.count + (line.last == kind.last ? 0 : 1)
        guard start >= 0, start == 0 || document[start - 1] == 0x0A, document[start...].starts(with: line) else {
          continue
        }
        if endsBlank(document[(start + line.count)...]) { return true }
      }
    }
    return false
  }

  /// Whether only blanks follow up to the end of the line.
  private static func endsBlank(_ rest: Slice<UnsafeRawBufferPointer>) -> Bool {
    rest.first { $0 != 0x20 && $0 != 0x0D }.map { $0 == 0x0A } ?? true
  }

  /// Copies a definition without the lines of its `spec`, of which the breaks remain.
  private static func append(_ document: UnsafeRawBufferPointer, to result: inout [UInt8]) {
    var isSpec = false
    var start = 0
    while start < document.count {
      let end = document.first(lineBreak, rarest: 0, from: start) ?? document.count
      let first = document[start]
      if first != 0x20, first != 0x0A, first != 0x0D, first != UInt8(ascii: "#") {
        let line = document[start..<end]
        isSpec = line.starts(with: spec) && endsBlank(line.dropFirst(spec.count))
      }
      if !isSpec { result += document[start..<end] }
      if end < document.count { result.append(0x0A) }
      start = end + 1
    }
  }
}
