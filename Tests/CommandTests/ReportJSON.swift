import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report as the program prints it with `--format json`, and how the program ended.
struct ReportJSON {
  let value: JSON
  /// The exit status.
  let status: Int32
  /// What stood on standard output.
  let text: String
  /// What stood on standard error.
  let errors: String

  init(_ result: ProgramResult) throws {
    guard let value = try? JSONDecoder().decode(JSON.self, from: Data(result.output)) else {
      throw ProgramError("not JSON, status \(result.status): \(result.text)\(result.errorText)")
    }
    self.value = value
    status = result.status
    text = result.text
    errors = result.errorText
  }

  /// All findings.
  var findings: [JSON] { value["findings"].items }
  /// The ids of the rules that found something, waived findings left out, in the order of the report.
  var rules: [String] { findings.filter { $0["suppression"] == .null }.compactMap { $0["rule"].text } }
  /// All diagnostics, as `level: path: message`.
  var diagnostics: [String] {
    value["diagnostics"].items.map { diagnostic in
      ["level", "path", "message"].compactMap { diagnostic[$0].text }.joined(separator: ": ")
    }
  }

  /// The one finding of a rule.
  func only(_ rule: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> JSON {
    let found = findings.filter { $0["rule"].text == rule }
    #expect(found.count == 1, "\(rule) among \(rules)", sourceLocation: sourceLocation)
    return try #require(found.first, sourceLocation: sourceLocation)
  }
}

/// Any JSON value.
enum JSON: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  /// The value under a key; `null` where there is none.
  subscript(key: String) -> JSON {
    if case .object(let entries) = self { entries[key] ?? .null } else { .null }
  }

  /// The elements of an array.
  var items: [JSON] { if case .array(let items) = self { items } else { [] } }
  /// The keys of an object, sorted.
  var keys: [String] { if case .object(let entries) = self { entries.keys.sorted() } else { [] } }
  /// The text of a string.
  var text: String? { if case .string(let text) = self { text } else { nil } }
  /// The value of a whole number.
  var int: Int? { if case .number(let number) = self { Int(number) } else { nil } }
}
