internal import Manifests

extension FluxKustomization {
  /// What the patches of a FluxInstance make of the Kustomization that the Flux Operator generates: its decryption and
  /// variables come this way, as the operator's guides on SOPS and on cluster variables have it.
  ///
  /// - Parameter patches: `spec.kustomize.patches` of the instance. One that can't be applied leaves it as it is: the
  ///   operator then makes nothing new.
  func patched(by patches: Node?) -> FluxKustomization {
    let decoder = FieldDecoder(path: file, isLenient: true)
    let rules = (patches?.items ?? []).compactMap { try? decoder.patchRule($0) }.filter { rule in
      rule.target.map { $0.kind == "Kustomization" } ?? false
    }
    guard !rules.isEmpty else { return self }
    let access = FolderAccess(
      reader: FolderReader(tree: FlatTree(texts: [:]), cache: ParseCache()), folder: "", kustomization: file,
      allowsOutside: false)
    do {
      var map = ResourceMap()
      try map.append(Resource(root: root, path: file))
      var run = PatchRun(access: access, isComplete: false)
      try run.apply(rules, to: &map)
      return map.resources.first.flatMap { KubernetesObject($0.root) }.flatMap {
        FluxKustomization($0, file: file, maker: maker)
      } ?? self
    } catch {
      return self
    }
  }
}
