extension AppliedState {
  /// What a Flux Kustomization applies of a folder.
  package struct FolderObjects: Sendable {
    package var kustomization: AppliedKustomization
    package var objects: [AppliedObject]
  }

  /// What Flux applies of a folder: everything of those Kustomizations whose path it is; without any, the objects that
  /// begin in a file below it.
  package func objects(of folder: String) -> [FolderObjects] {
    let owners = kustomizations.filter { $0.settings.path == folder && $0.outcome != .foreign }
    if !owners.isEmpty { return owners.map { FolderObjects(kustomization: $0, objects: $0.objects) } }
    return kustomizations.compactMap { kustomization in
      let objects = kustomization.objects.filter { Path.isIn($0.path, folder: folder) }
      return objects.isEmpty ? nil : FolderObjects(kustomization: kustomization, objects: objects)
    }
  }
}
