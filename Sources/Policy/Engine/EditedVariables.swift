internal import Flux
internal import Manifests

/// Where a change edits the variables that a value is made of: the value itself stands in a file that may not differ.
struct EditedVariables {
  private let step: Change
  /// What may hold variables and stays, with an edit: nearly always nothing.
  private let edits: [ObjectChange]

  init(_ step: Change) {
    self.step = step
    edits = step.objects.filter { edit in
      guard edit.before != nil, edit.after != nil, let identity = edit.identity else { return false }
      return identity.group == FluxKustomization.group
        || identity.group.isEmpty && ["ConfigMap", "Secret"].contains(identity.kind)
    }
  }

  /// The edits behind a violation about a value with replaced variables; none for any other.
  func places(of violation: Violation, in change: ObjectChange) -> [Location] {
    guard !edits.isEmpty, let field = violation.field, let owner = change.after?.owner,
      fields(of: change).contains(where: {
        $0.after?.isSubstituted == true && field.holds($0.path)
      })
    else { return [] }
    let settings = step.applied?.after.kustomizations.first { $0.owner.identity.key == owner.identity.key }?.settings
    let places = edits.flatMap { edit -> [Location] in
      guard let identity = edit.identity else { return [] }
      if identity.key == owner.identity.key { return self.places(of: edit, beneath: "spec.postBuild.substitute") }
      guard let settings, settings.takesVariables(from: identity) else { return [] }
      return self.places(of: edit, beneath: "data") + self.places(of: edit, beneath: "stringData")
    }
    return Array(places.prefix(3))
  }

  private func places(of edit: ObjectChange, beneath place: FieldPath) -> [Location] {
    fields(of: edit).filter { place.holds($0.path) }.compactMap { field in
      (field.after ?? field.holderAfter).flatMap { edit.after?.location(of: $0, side: .after) }
    }
  }

  private func fields(of edit: ObjectChange) -> [FieldChange] {
    guard let before = edit.before, let after = edit.after else { return [] }
    return FieldChange.between(before.object.root, after.object.root, group: after.object.groupKind.group)
  }
}

extension FluxKustomization {
  /// Whether `postBuild.substituteFrom` names a ConfigMap or Secret.
  fileprivate func takesVariables(from source: ObjectIdentity) -> Bool {
    variableSources.contains {
      $0.reference.kind == source.kind && $0.reference.name == source.name && $0.reference.namespace == source.namespace
    }
  }
}
