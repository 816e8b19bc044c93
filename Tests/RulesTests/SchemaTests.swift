import Foundation
import Testing

@testable import Rules

/// The tables of fields against the facts read off the custom resource definitions.
@Suite struct SchemaTests {
  /// Required fields that a mutating webhook fills in, so that leaving them out is no error.
  private static let filledIn = [
    "VSphereDatacenterConfig.spec.insecure", "VSphereDatacenterConfig.spec.thumbprint",
    "VSphereMachineConfig.spec.folder", "VSphereMachineConfig.spec.memoryMiB", "VSphereMachineConfig.spec.numCPUs",
    "VSphereMachineConfig.spec.osFamily", "TinkerbellMachineConfig.spec.osFamily",
    "CloudStackDatacenterConfig.spec.availabilityZones.credentialsRef",
    "CloudStackDatacenterConfig.spec.availabilityZones.domain",
    "CloudStackDatacenterConfig.spec.availabilityZones.managementApiEndpoint",
    "CloudStackDatacenterConfig.spec.availabilityZones.name",
    "CloudStackDatacenterConfig.spec.availabilityZones.zone",
    "CloudStackDatacenterConfig.spec.availabilityZones.zone.network", "CloudStackDatacenterConfig.spec.zones.network",
  ]

  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/schemas/fields.json").standardizedFileURL

  @Test(.enabled(if: FileManager.default.isReadableFile(atPath: file.path), "../shared/schemas is not there"))
  func `the tables say of every field what its definition says`() throws {
    let data = try Data(contentsOf: SchemaTests.file)
    let facts = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let kinds = facts.filter { $0.key.hasPrefix("anywhere.eks.amazonaws.com/") }
    #expect(Set(kinds.keys.map { String($0.split(separator: "/")[2]) }) == Set(Schemas.byKind.keys))
    for (key, value) in kinds {
      let kind = String(key.split(separator: "/")[2])
      let spec = ((value as? [String: Any])?["properties"] as? [String: Any])?["spec"] as? [String: Any]
      let schema = try #require(Schemas.byKind[kind]?.fields["spec"])
      compare(schema, try #require(spec), at: "\(kind).spec", isRequired: schema.isRequired)
    }
  }

  @Test func `every kind has fields, except the one that has none`() {
    let empty = Schemas.byKind.filter { $0.value.fields["spec"]?.fields.isEmpty ?? true }.map(\.key)
    #expect(empty == ["DockerDatacenterConfig"])
    #expect(Schemas.byKind["Cluster"]?.fields["spec"]?.size == 432)
  }

  private func compare(_ schema: FieldSchema, _ fact: [String: Any], at path: String, isRequired: Bool) {
    if !SchemaTests.filledIn.contains(path) { #expect(schema.isRequired == isRequired, "\(path)") }
    var schema = schema
    var fact = fact
    while let wrapping = schema.wrappings.first {
      #expect(
        schema.itemCount.map { [$0.lowerBound, $0.upperBound] } == bounds(fact, "minItems", "maxItems"), "\(path)")
      let inner = fact[wrapping == .list ? "items" : "additionalProperties"] as? [String: Any]
      #expect(inner != nil, "\(path)")
      fact = inner ?? [:]
      schema = schema.unwrapped
    }
    // The definition keeps anything there; the fields are those that the webhook decodes strictly.
    if path.hasSuffix(".kubeletConfiguration") {
      return #expect(content(of: fact) == .any && schema.content == .object, "\(path)")
    }
    #expect(content(of: fact) == schema.content, "\(path)")
    #expect((fact["enum"] as? [String] ?? []).sorted() == schema.choices.sorted(), "\(path)")
    #expect(schema.range.map { [$0.lowerBound, $0.upperBound] } == bounds(fact, "minimum", "maximum"), "\(path)")
    #expect(schema.length.map { [$0.lowerBound, $0.upperBound] } == bounds(fact, "minLength", "maxLength"), "\(path)")
    guard schema.content == .object else { return }
    let properties = fact["properties"] as? [String: [String: Any]] ?? [:]
    let required = Set(fact["required"] as? [String] ?? [])
    #expect(Set(properties.keys) == Set(schema.fields.keys), "\(path)")
    for (name, field) in schema.fields {
      guard let property = properties[name] else { continue }
      compare(field, property, at: "\(path).\(name)", isRequired: required.contains(name))
    }
  }

  private func bounds(_ fact: [String: Any], _ low: String, _ high: String) -> [Int]? {
    let ends = (fact[low] as? Int, fact[high] as? Int)
    if ends.0 == nil, ends.1 == nil { return nil }
    return [ends.0 ?? 0, ends.1 ?? .max]
  }

  private func content(of fact: [String: Any]) -> FieldSchema.Content {
    if fact["x-kubernetes-preserve-unknown-fields"] != nil { return .any }
    if fact["x-kubernetes-int-or-string"] != nil { return fact["pattern"] == nil ? .intOrString : .quantity }
    switch fact["type"] as? String {
    case "integer": return .int
    case "boolean": return .bool
    case "string": return .string
    case "object": return .object
    default: return .any
    }
  }
}
