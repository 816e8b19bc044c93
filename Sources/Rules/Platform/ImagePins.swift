internal import Flux
internal import Manifests
internal import Policy

/// An image pinned by digest that is named by a tag again.
struct ImageDigestDropped: ObjectRule {
  var kinds: KindSelection {
    .kinds(PodTemplate.kinds + [FluxKind.helmRelease, FluxKind.ociRepository, FluxKind.kustomization])
  }
  var words: [GroupKind: [String]] { [FluxKind.helmRelease: ["sha256:"], FluxKind.ociRepository: ["sha256:"]] }

  let info = RuleInfo(
    "image-digest-dropped", .medium, .supplyChain,
    summary: "An image or artifact pinned by its digest is named by a tag again.",
    why: "A tag can be moved to other content at any time, without a commit here.",
    remediation: "Write the digest of the wanted version: `image: name:tag@sha256:…`.",
    references: [References.eksImages], groupsSameEdits: true,
    examples: [
      .file(
        "the digest is dropped", "apps/web.yaml",
        before: image("ghcr.io/acme/web:1.0.0@sha256:\(digest)"),
        after: image("⟦\"ghcr.io/acme/web:1.1.0\"⟧", quoted: false)),
      .file(
        "the digest moves on with the tag", "apps/web.yaml",
        before: image("ghcr.io/acme/web:1.0.0@sha256:\(digest)"),
        after: image("ghcr.io/acme/web:1.1.0@sha256:\(digest)")),
      .file(
        "the artifact's digest is dropped", "apps/repo.yaml",
        before: Samples.object(
          "source.toolkit.fluxcd.io/v1", "OCIRepository", "web",
          "spec: {ref: {tag: 1.0.0, digest: ⟦\"sha256:\(digest)\"⟧}}"),
        after: Samples.object("source.toolkit.fluxcd.io/v1", "OCIRepository", "web", "spec: {ref: {tag: 1.0.0}}")),
      .file(
        "a patch drops the digest", "apps/web.yaml",
        before: patch("image: {name: acme/web, tag: \"1.0@sha256:\(digest)\"}"),
        after: patch("image: {name: acme/web, tag: \"1.1\"}", mark: true)),
      .file(
        "a patch leaves the image to others", "apps/web.yaml",
        before: patch("image: {name: acme/web, tag: \"1.0@sha256:\(digest)\"}"), after: patch("replicas: 2")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept, before.object.root.holdsDigest else { return [] }
    let group = after.object.identity.group
    return FieldChange.between(before.object.root, after.object.root, group: group).compactMap { edit in
      guard isUnpinned(edit, in: after.object.root) else { return nil }
      return change.violation(
        "\(change.title) no longer pins \(edit.path) by a digest.", at: edit.path, old: edit.before, new: edit.after,
        sameEdit: "digest")
    }
  }

  /// Whether an image keeps standing here without its digest; of a patch written as a text each image is asked.
  private func isUnpinned(_ edit: FieldChange, in root: Node) -> Bool {
    guard let patches = ImageDigestDropped.patches(edit) else { return isDropped(edit) && !isPinned(edit, root) }
    return patches.contains { old, new in
      FieldChange.between(old, new, group: "").contains { isUnpinned($0, in: new) }
    }
  }

  private func isDropped(_ edit: FieldChange) -> Bool {
    guard let old = edit.before?.text, edit.after?.isUnknown != true else { return false }
    if old.hasPrefix("sha256:"), edit.path.steps.last == .key("digest") {
      return edit.after?.text.map(\.isEmpty) ?? true
    }
    guard old.contains("@sha256:"), let new = edit.after?.text else { return false }
    return !new.contains("sha256:")
  }

  /// The documents of a patch that is written as a text, before and after; `nil` for other texts, or for more patches
  /// or fewer.
  private static func patches(_ edit: FieldChange) -> [(old: Node, new: Node)]? {
    guard let old = edit.before?.text, let new = edit.after?.text, old.contains("\n") else { return nil }
    let sides = [old, new].map { YAMLStream.parse(Array($0.utf8)).documents.compactMap(\.root) }
    guard sides[0].count == sides[1].count, (sides[0] + sides[1]).allSatisfy({ $0.text == nil }) else { return nil }
    return zip(sides[0], sides[1]).map { ($0, $1) }
  }

  /// Whether the digest only moved to another field of the same image.
  private func isPinned(_ edit: FieldChange, _ root: Node) -> Bool {
    let holder = FieldPath(Array(edit.path.steps.dropLast()))
    guard let image = root.value(at: holder) else {
      return edit.after == nil
    }
    return image.entries.contains { $0.value.text?.contains("sha256:") == true }
  }

  private static let digest = String(repeating: "0", count: 64)

  private static func patch(_ line: String, mark: Bool = false) -> String {
    Samples.object(
      "kustomize.toolkit.fluxcd.io/v1", "Kustomization", "web", namespace: "flux-system",
      "spec: {path: ./web, prune: true, interval: 1h, sourceRef: {kind: GitRepository, name: flux-system}, patches: [{",
      "  patch: \(mark ? "⟦" : "")'kind: HelmRelease\n\n    \(line)'\(mark ? "⟧" : "")}]}")
  }

  private static func image(_ name: String, quoted: Bool = true) -> String {
    Samples.object(
      "apps/v1", "Deployment", "web",
      "spec: {template: {spec: {containers: [{name: web, image: \(quoted ? "\"\(name)\"" : name)}]}}}")
  }
}

extension Node {
  /// Whether a digest stands in any value.
  fileprivate var holdsDigest: Bool {
    switch value {
    case .scalar(let scalar): scalar.text.utf8.count >= 71 && scalar.text.contains("sha256:")
    case .sequence(let items): items.contains(where: \.holdsDigest)
    case .mapping(let entries): entries.contains(where: \.value.holdsDigest)
    case .unknown: false
    }
  }
}
