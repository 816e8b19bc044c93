internal import Flux
internal import Manifests
internal import Policy

/// Variables that a Flux Kustomization loses at their source: a ConfigMap that it takes them from, or `postBuild` itself.
enum LostVariables {
  static func judge(_ step: Change) -> [Violation] { lostSources(step) + lostSettings(step) }

  /// ConfigMaps and Secrets that leave Git, with the Kustomizations that do not do without them: kustomize-controller
  /// fails where `substituteFrom` names what is not there, unless it is `optional`.
  private static func lostSources(_ step: Change) -> [Violation] {
    return (step.applied?.changes ?? []).compactMap { change -> Violation? in
      guard let source = change.before, let users = step.applied?.after.users(ofLost: change) else { return nil }
      if users.isEmpty { return nil }
      var violation = change.violation(
        """
        \(change.title) \(step.exit(of: source)), and \(Stop.names(users.map(\.user))) \
        \(users.count == 1 ? "takes" : "take") variables from it: Flux refuses to apply what they are in.
        """)
      violation.sameEdit = change.title
      violation.related = users.map { Location(path: $0.user.settings.file, side: .after, span: $0.node.span) }
      return violation
    }
  }

  /// Kustomizations that no longer replace variables although what they apply still has some: they are applied as they
  /// are written.
  private static func lostSettings(_ step: Change) -> [Violation] {
    step.fluxEdits.compactMap { edit -> Violation? in
      guard let (before, after) = edit.kept, before["postBuild"] != nil, after["postBuild"] == nil,
        let object = edit.builtChanges?.lazy.compactMap(unreplaced).first
      else { return nil }
      return edit.change.violation(
        "\(after.title) no longer replaces variables: \(object.title) gets the text `${…}` as it is written.",
        at: "spec.postBuild", sameEdit: "postBuild")
    }
  }

  /// An object that is built with a variable in it where there was a value.
  private static func unreplaced(_ change: ObjectChange) -> ObjectIdentity? {
    guard let before = change.before, let after = change.after else { return nil }
    let fields = FieldChange.between(before.object.root, after.object.root, group: after.object.groupKind.group)
    let isBare = fields.contains { field in
      field.after?.text?.contains("${") == true && field.before?.text?.contains("${") != true
    }
    return isBare ? after.object.identity : nil
  }
}
