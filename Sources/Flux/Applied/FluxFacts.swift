internal import Manifests

/// What one file says about Flux itself.
package struct FluxFacts: Sendable {
  /// A `GitRepository`.
  struct Repository: Sendable {
    var reference: FluxKustomization.Reference
    var url: String
    var branch: String?
    var ignore: String?

    /// The part of the URL that names a repository, whatever the way to it.
    var address: String {
      var text = Substring(url.lowercased())
      if let scheme = text.firstRange(of: "://") { text = text[scheme.upperBound...] }
      if let at = text.firstIndex(of: "@") { text = text[text.index(after: at)...] }
      var parts = text.split(whereSeparator: { $0 == "/" || $0 == ":" }).map(String.init)
      if parts.count > 1, Int(parts[1]) != nil { parts.remove(at: 1) }
      if let last = parts.last, last.hasSuffix(".git") { parts[parts.count - 1] = String(last.dropLast(4)) }
      return parts.joined(separator: "/")
    }
  }

  var kustomizations: [FluxKustomization] = []
  var repositories: [Repository] = []
  /// Those that the Flux Operator makes.
  var syncs: [FluxKustomization] = []

  /// Whether there is nothing.
  var isEmpty: Bool { kustomizations.isEmpty && repositories.isEmpty && syncs.isEmpty }

  /// Whether a file's bytes may hold anything of this; false for almost every file.
  static func mayHold(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      buffer.isUTF16 || marks.contains { words in words.allSatisfy { buffer.holds($0) } }
    }
  }

  /// The words that stand in a file which says something of this: all of one line.
  private static let marks = [
    ["kustomize.toolkit.fluxcd.io"], ["source.toolkit.fluxcd.io", "GitRepository"], ["fluxcd.controlplane.io"],
    ["helm.toolkit.fluxcd.io", "instance", "sync"], valuesMarks,
  ].map { $0.map { Array($0.utf8) } }

  private static let valuesMarks = ["instance:", "sync:", "path:", "url:"]

  /// Whether a file that holds no object may be values of the chart `flux-instance` from which Flux takes what it applies.
  package static func mayHoldSync(ofValues bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in valuesMarks.allSatisfy { buffer.holds(Array($0.utf8)) } }
  }

  /// Reads a file's objects.
  init(_ parsed: ParsedFile, path: String) {
    for document in parsed.documents { take(document, path) }
  }

  /// Nothing.
  init() {}

  private mutating func take(_ node: Node, _ path: String) {
    if let kind = node["kind"]?.text, kind.hasSuffix("List") {
      for item in node["items"]?.items ?? [] { take(item, path) }
      return
    }
    guard let object = KubernetesObject(node) else {
      if let sync = FluxKustomization(syncOfValues: node, file: path) {
        syncs.append(sync.patched(by: node["instance", "kustomize", "patches"]))
      }
      return
    }
    if let kustomization = FluxKustomization(object, file: path) {
      kustomizations.append(kustomization)
      return
    }
    let identity = object.identity
    switch (identity.group, identity.kind) {
    case ("source.toolkit.fluxcd.io", "GitRepository"):
      repositories.append(
        Repository(
          reference: .init(kind: "GitRepository", namespace: identity.namespace, name: identity.name),
          url: object["spec", "url"]?.text ?? "", branch: object["spec", "ref", "branch"]?.text,
          ignore: object["spec", "ignore"]?.text))
    default:
      if let sync = FluxKustomization(syncOf: object, file: path) {
        let instance = identity.kind == "HelmRelease" ? object["spec", "values", "instance"] : object["spec"]
        syncs.append(sync.patched(by: instance?["kustomize", "patches"]))
      }
    }
  }
}
