internal import Manifests

/// The fields of every EKS Anywhere kind.
enum Schemas {
  /// The schema of a kind's whole object; `nil` for a kind that EKS Anywhere does not define.
  static func of(_ kind: GroupKind) -> FieldSchema? { kind.group == EKSAnywhere.group ? byKind[kind.kind] : nil }

  /// Every schema by its kind.
  static let byKind: [String: FieldSchema] = {
    let texts = [
      ClusterFields.texts, MachineFields.texts, DatacenterFields.texts, AccessFields.texts, UpgradeFields.texts,
    ]
    var found: [String: FieldSchema] = [:]
    for table in texts {
      for (kind, text) in table {
        let spec = SchemaNotation(text, fragments: SchemaFragments.all).fields()
        found[kind] = object(spec)
      }
    }
    return found
  }()

  /// What stands around `spec` in every object; `sops` is what Flux removes when it decrypts one.
  ///
  /// - Parameter needsSpec: whether an object without `spec` is refused where a field of it is required.
  static func object(_ spec: [String: FieldSchema], needsSpec: Bool = true) -> FieldSchema {
    var fields: [String: FieldSchema] = [
      "apiVersion": FieldSchema(content: .string), "kind": FieldSchema(content: .string),
      "metadata": FieldSchema(content: .object), "status": FieldSchema(content: .any),
      "sops": FieldSchema(content: .any),
    ]
    fields["metadata"]?.fields = SchemaNotation(metadata).fields()
    fields["spec"] = FieldSchema(
      content: .object, isRequired: needsSpec && spec.values.contains(where: \.isRequired), fields: spec)
    return FieldSchema(content: .object, fields: fields)
  }

  /// `ObjectMeta` of Kubernetes. Label and annotation values become strings in a build, so they are not looked into.
  private static let metadata = """
    annotations any
    creationTimestamp any
    deletionGracePeriodSeconds any
    deletionTimestamp any
    finalizers any
    generateName any
    generation any
    labels any
    managedFields any
    name any
    namespace any
    ownerReferences any
    resourceVersion any
    selfLink any
    uid any
    """
}
