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
      guard var made = map.resources.first?.root else { return self }
      // A patch leaves annotations behind, empty where there were none.
      made.update("metadata") { metadata in
        if metadata.entry("annotations")?.value.entries.isEmpty == true { metadata.remove("annotations") }
      }
      return KubernetesObject(made).flatMap { FluxKustomization($0, file: file, maker: maker) } ?? self
    } catch {
      return self
    }
  }
}

extension AppliedKustomization {
  /// What other patches make of the Kustomization that the Flux Operator generates, which stands in no file as such: as an
  /// edit of it, apart from what the sync itself says. `nil` where they make the same of it.
  func patchedStart(as later: AppliedKustomization?) -> ObjectChange? {
    guard let later, let maker = settings.maker, later.settings.maker == maker else { return nil }
    var before = settings.root
    let own = later.settings.root.entry("spec")?.value
    before.update("spec") { spec in
      for field in ["path", "sourceRef"] { own?.entry(field).map { spec.set(field, to: $0.value) } }
    }
    guard !before.means(later.settings.root), let old = KubernetesObject(before),
      let new = KubernetesObject(later.settings.root)
    else { return nil }
    return ObjectChange(
      before: AppliedObject(object: old, path: settings.file, owner: owner),
      after: AppliedObject(object: new, path: later.settings.file, owner: later.owner), verdict: .applied)
  }
}
