internal import Flux
internal import Manifests
internal import Policy

/// A quoted variable whose value loses its quotes in the build.
struct SubstituteRetyped: ChangeRule {
  var kinds: KindSelection { .groups([EKSAnywhere.group]) }

  let info = RuleInfo(
    "substitute-retyped", .medium, .flux,
    summary: "A quoted variable becomes a number or a truth value when Flux substitutes it.",
    why: """
      The build drops the quotes of `"${V}"`, and Flux reads the result anew: 1.30 becomes the number 1.3 and the API \
      server refuses it where it wants a text.
      """,
    remediation: "Quote within the value, or write the value into the manifest.",
    references: [References.fluxKustomization],
    examples: [
      .fleet(
        "the version becomes a number",
        before: ["flux-system/gotk-sync.yaml": substituting, "a.yaml": Samples.cluster()],
        after: [
          "flux-system/gotk-sync.yaml": substituting, "a.yaml": Samples.cluster(version: "⟦\"${VERSION}\"⟧"),
        ]),
      .fleet(
        "a name stays a text", before: ["flux-system/gotk-sync.yaml": substituting, "a.yaml": Samples.cluster()],
        after: [
          "flux-system/gotk-sync.yaml": substituting,
          "a.yaml": Samples.cluster(extra: "datacenterRef: {kind: VSphereDatacenterConfig, name: \"${REGION}\"}"),
        ].mapValues { $0.replacing("  datacenterRef: {kind: VSphereDatacenterConfig, name: dc}\n", with: "") }),
    ])

  private static let substituting = Samples.flux(spec: "postBuild: {substitute: {VERSION: \"1.30\", REGION: eu}}")

  func judge(_ step: Change) -> [Violation] {
    (step.applied?.changes ?? []).flatMap { change -> [Violation] in
      guard let after = change.after, after.object.identity.group == EKSAnywhere.group else { return [] }
      let found = SubstituteRetyped.retyped(after.object.root, FieldPath())
      guard !found.isEmpty, let written = written(after, step) else { return [] }
      return found.compactMap { path, node in
        guard let text = written.root.value(at: path), isQuoted(text) else { return nil }
        if let old = change.before?.object.root.value(at: path), old.means(node) { return nil }
        return change.violation(
          "\(path) of \(change.title) is quoted, but Flux makes \(node.text ?? "a value") of it, which is no text.",
          at: path,
          new: node)
      }
    }
  }

  /// Substituted values that are no text, with their paths.
  private static func retyped(_ node: Node, _ path: FieldPath) -> [(path: FieldPath, node: Node)] {
    switch node.value {
    case .mapping(let entries): return entries.flatMap { retyped($0.value, path.key($0.name)) }
    case .sequence(let items):
      return items.enumerated().flatMap { index, item in
        retyped(item, item["name"]?.text.map { path.item($0) } ?? path.index(index))
      }
    case .scalar(let scalar):
      let isText = scalar.meaning == .string || scalar.meaning == .timestamp
      return node.origin?.cause == "postBuild.substitute" && !isText ? [(path, node)] : []
    case .unknown: return []
    }
  }

  private func written(_ object: AppliedObject, _ step: Change) -> KubernetesObject? {
    let same = step.after.objects(under: String(object.folder)).filter {
      $0.path == object.path && $0.object.groupKind == object.object.groupKind
    }
    return same.count == 1
      ? same.first?.object : same.first { $0.object.identity.name == object.object.identity.name }?.object
  }

  private func isQuoted(_ node: Node) -> Bool {
    guard case .scalar(let scalar) = node.value else { return false }
    return scalar.style == .doubleQuoted || scalar.style == .singleQuoted
  }
}
