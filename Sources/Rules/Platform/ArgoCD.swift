internal import Flux
internal import Manifests
internal import Policy

/// Kinds of Argo CD.
enum ArgoKind {
  static let group = "argoproj.io"
  static let application = GroupKind(group: group, kind: "Application")
  static let set = GroupKind(group: group, kind: "ApplicationSet")
  static let project = GroupKind(group: group, kind: "AppProject")
}

/// An Argo CD application that leaves, or a generator that no longer makes it.
struct ArgoApplicationRemoved: ObjectRule {
  var kinds: KindSelection { .kinds([ArgoKind.application, ArgoKind.set, ArgoKind.project]) }

  let info = RuleInfo(
    "argocd-application-removed", .high, .lifecycle,
    summary: "An Argo CD Application, ApplicationSet or one of its generators is removed.",
    why: "With its finalizer, or through its ApplicationSet, an Application deletes everything that it applied.",
    remediation: "Set `preserveResourcesOnDeletion: true`, or remove the finalizer, in a commit before the removal.",
    references: [References.argoCD], groupsSameEdits: true,
    examples: [
      .file(
        "the application is deleted", "argo/web.yaml",
        before: Samples.object("argoproj.io/v1alpha1", "Application", "⟦web⟧"), after: nil),
      .file(
        "a folder is no longer generated from", "argo/set.yaml", before: set("[{path: apps/*}, ⟦{path: infra/*}⟧]"),
        after: set("[{path: apps/*}]")),
      .file(
        "a folder is added", "argo/set.yaml", before: set("[{path: apps/*}]"),
        after: set("[{path: apps/*}, {path: b/*}]")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let before = change.before else { return [] }
    guard let after = change.after else {
      let deletes =
        before.object.identity.kind != "Application"
        || (before.object["metadata", "finalizers"]?.items ?? []).contains {
          $0.text?.hasPrefix("resources-finalizer") == true
        }
      let fate =
        deletes
        ? "what it applied is deleted with it" : "what it applied is deleted, unless its finalizer is absent live too"
      return [change.violation("\(change.title) leaves Git: \(fate).")]
    }
    guard before.object.groupKind == ArgoKind.set,
      before.object["spec", "syncPolicy", "preserveResourcesOnDeletion"]?.isTrue != true,
      let lost = lostGenerator(before.object, after.object)
    else { return [] }
    return [
      Violation(
        "\(change.title) no longer generates from \(lost.text): the Applications from there are deleted.",
        object: before,
        field: "spec.generators", before: lost.text, location: before.location(of: lost.node, side: .before))
    ]
  }

  private func lostGenerator(_ before: KubernetesObject, _ after: KubernetesObject) -> (text: String, node: Node)? {
    let kept = Set(generated(after).map(\.text))
    return generated(before).first { !kept.contains($0.text) }
  }

  /// What each generator makes applications from: folders, files, list elements.
  private func generated(_ object: KubernetesObject) -> [(text: String, node: Node)] {
    (object["spec", "generators"]?.items ?? []).flatMap { generator -> [(text: String, node: Node)] in
      let git = (generator["git", "directories"]?.items ?? []) + (generator["git", "files"]?.items ?? [])
      let folders = git.filter { $0["exclude"]?.isTrue != true }.compactMap { item in
        item["path"]?.text.map { ($0, item) }
      }
      let elements = (generator["list", "elements"]?.items ?? []).compactMap { item in
        (item["name"] ?? item["cluster"] ?? item.entries.first?.value)?.text.map { ($0, item) }
      }
      return folders + elements
    }
  }

  private static func set(_ folders: String) -> String {
    Samples.object(
      "argoproj.io/v1alpha1", "ApplicationSet", "apps", "spec: {generators: [{git: {directories: \(folders)}}]}")
  }
}

/// Rules about the settings of Argo CD applications.
enum ArgoSettings {
  static let rules: [any Rule] = [ArgoApplicationRemoved(), prune, ArgoSourceChanged()]

  private static let prune = SettingWeakened(
    info: RuleInfo(
      "argocd-prune-enabled", .medium, .flux,
      summary: "An Argo CD Application starts to delete what leaves Git.",
      why: "From the next sync on every object that is not in Git is deleted, also what was left over on purpose.",
      remediation:
        """
        Compare with `argocd app diff` first, and annotate what must stay with `argocd.argoproj.io/sync-options: \
        Prune=false`.
        """,
      references: [References.argoSync], groupsSameEdits: true,
      examples: [
        .file(
          "pruning is switched on", "argo/web.yaml", before: application("prune: false"),
          after: application("prune: ⟦true⟧")),
        .file(
          "healing is switched on", "argo/web.yaml", before: application("prune: true"),
          after: application("prune: true, selfHeal: true")),
      ]),
    settings: [
      WeakSetting(
        kinds: [ArgoKind.application], query: "spec.syncPolicy.automated.prune", isWeak: { $0?.isTrue ?? false },
        text: "deletes what leaves Git from now on", judgesNew: false),
      WeakSetting(
        kinds: [ArgoKind.set], query: "spec.template.spec.syncPolicy.automated.prune", isWeak: { $0?.isTrue ?? false },
        text: "makes its Applications delete what leaves Git from now on", judgesNew: false),
    ])

  private static func application(_ automated: String) -> String {
    Samples.object(
      "argoproj.io/v1alpha1", "Application", "web", "spec: {syncPolicy: {automated: {\(automated)}}}")
  }
}

/// Another source, branch or path behind what Argo CD applies.
struct ArgoSourceChanged: ObjectRule {
  var kinds: KindSelection { .kinds([ArgoKind.application, ArgoKind.set, ArgoKind.project]) }

  let info = RuleInfo(
    "argocd-source-changed", .high, .supplyChain,
    summary: "An Argo CD Application takes its manifests from elsewhere, or a project allows more sources.",
    why: "Whoever writes there decides what runs; with pruning on, what is not there is deleted.",
    remediation: "Keep repository, path and branch; raise a chart or release by its version number alone.",
    references: [References.argoSync], groupsSameEdits: true,
    examples: [
      .file(
        "another repository", "argo/web.yaml", before: application("repoURL: \"https://github.com/acme/web\""),
        after: application("repoURL: ⟦\"https://github.com/mallory/web\"⟧")),
      .file(
        "the next release of a chart", "argo/web.yaml", before: application("chart: web, targetRevision: 1.0.0"),
        after: application("chart: web, targetRevision: 1.1.0")),
      .file(
        "a project allows all repositories", "argo/project.yaml",
        before: Samples.object("argoproj.io/v1alpha1", "AppProject", "team", "spec: {sourceRepos: [a]}"),
        after: Samples.object("argoproj.io/v1alpha1", "AppProject", "team", "spec: {sourceRepos: ⟦[\"*\"]⟧}")),
    ])

  func judge(_ change: ObjectChange, in step: Change) -> [Violation] {
    guard let (before, after) = change.kept else { return [] }
    if after.object.groupKind == ArgoKind.project { return judgeProject(change) }
    let spec: FieldPath = after.object.groupKind == ArgoKind.set ? "spec.template.spec" : "spec"
    return sources(after, spec).compactMap { path, source -> Violation? in
      guard let old = before.object.root.value(at: path) else { return nil }
      guard let key = ["repoURL", "path", "chart", "targetRevision"].first(where: { isMoved(old[$0], source[$0], $0) })
      else {
        return nil
      }
      return change.violation(
        "\(change.title) takes its manifests from elsewhere: \(key) is changed.", at: path.key(key))
    }
  }

  private func sources(_ object: AppliedObject, _ spec: FieldPath) -> [(path: FieldPath, source: Node)] {
    let root = object.object.root
    let single = root.value(at: spec.key("source")).map { [(spec.key("source"), $0)] } ?? []
    let several = (root.value(at: spec.key("sources"))?.items ?? []).enumerated().map {
      (spec.key("sources").index($0.offset), $0.element)
    }
    return single + several
  }

  private func isMoved(_ old: Node?, _ new: Node?, _ key: String) -> Bool {
    guard let new = new?.text, let old = old?.text ?? (key == "targetRevision" ? "HEAD" : nil), old != new else {
      return false
    }
    switch key {
    case "repoURL": return !GitURL.isSame(old, new)
    case "path": return Path.joined(old) != Path.joined(new)
    case "targetRevision": return !(isVersion(old) && isVersion(new))
    default: return true
    }
  }

  /// A release, a version range or a commit.
  private func isVersion(_ text: String) -> Bool {
    text.contains(where: \.isNumber) && (text.contains(".") || text.count == 40 && text.allSatisfy(\.isHexDigit))
  }

  private func judgeProject(_ change: ObjectChange) -> [Violation] {
    guard let (before, after) = change.kept else { return [] }
    func isOpen(_ object: AppliedObject, _ key: String) -> Bool {
      (object.object["spec", key]?.items ?? []).contains { $0.text == "*" || $0["server"]?.text == "*" }
    }
    return ["sourceRepos", "destinations"].compactMap { key -> Violation? in
      guard isOpen(after, key), !isOpen(before, key) else { return nil }
      return change.violation("\(change.title) allows every one of its \(key).", at: FieldPath("spec").key(key))
    }
  }

  private static func application(_ source: String) -> String {
    Samples.object("argoproj.io/v1alpha1", "Application", "web", "spec: {source: {\(source)}}")
  }
}
