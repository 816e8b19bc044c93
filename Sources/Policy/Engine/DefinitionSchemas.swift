internal import Manifests

/// Custom resource definitions are the longest manifests of all, and no rule looks into their schemas.
enum DefinitionSchemas {
  private static let kind = Array("CustomResourceDefinition".utf8)
  private static let kindLines = ["kind: CustomResourceDefinition", "kind: \"CustomResourceDefinition\""].map {
    Array($0.utf8)
  }
  private static let spec = Array("spec:".utf8)

  /// The text with empty lines in place of every definition's `spec`, where it is written in block style from the first
  /// column; all other lines keep their numbers.
  static func blanked(_ text: [UInt8]) -> [UInt8] {
    guard text.withUnsafeBytes({ $0.first(kind, rarest: 6, from: 0) != nil }) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 4)
    var document: [ArraySlice<UInt8>] = []
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "---".utf8) {
        append(document, to: &result)
        document = []
      }
      document.append(line)
    }
    append(document, to: &result)
    if !result.isEmpty { result.removeLast() }
    return result
  }

  private static func append(_ document: [ArraySlice<UInt8>], to result: inout [UInt8]) {
    let isDefinition = document.contains { line in
      kindLines.contains { line.starts(with: $0) && line.dropFirst($0.count).allSatisfy { $0 == 0x20 || $0 == 0x0D } }
    }
    var isSpec = false
    for line in document {
      if isDefinition, let first = line.first, first != 0x20, first != 0x0D, first != UInt8(ascii: "#") {
        isSpec = line.starts(with: spec) && line.dropFirst(spec.count).allSatisfy { $0 == 0x20 || $0 == 0x0D }
      }
      if !isSpec { result += line }
      result.append(0x0A)
    }
  }
}
