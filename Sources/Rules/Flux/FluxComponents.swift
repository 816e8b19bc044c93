internal import Flux
internal import Manifests
internal import Policy

/// Flux's own manifests, edited by hand.
struct FluxComponentsEdited: ChangeRule {
  /// The words of Flux's own manifests, and of the releases that make them: other rules about these rely on them too.
  var kinds: KindSelection {
    .mentioning(["app.kubernetes.io/part-of", "flux-instance", "flux-operator", "chart: flux2"])
  }

  let info = RuleInfo(
    "flux-components-edited", .high, .supplyChain,
    summary: "Flux's own component manifests are edited other than by an upgrade.",
    why: """
      `gotk-components.yaml` is generated. Its controllers run as cluster-admin, so a changed argument, role or image \
      there is a change of who rules the cluster; a removed object can uninstall Flux with all that it applies.
      """,
    remediation: """
      Regenerate the file with `flux install --export` or the EKS Anywhere CLI of the wanted version, and put own \
      settings into patches of the kustomization beside it.
      """,
    references: [References.fluxSecurity, References.gitOps],
    examples: [
      .file(
        "an argument is added", path, before: component(),
        after: component(arguments: "[--no-cross-namespace-refs=false]")
          .replacing("name: kustomize-controller", with: "name: ⟦kustomize-controller⟧")),
      .file(
        "the version is raised", path, before: component(),
        after: component(version: "v2.7.0", arguments: "[--events-addr=]")),
      .file(
        "an image is held by its digest", path, before: component(),
        after: component().replacing("controller:v1", with: "controller:v1@sha256:\(String(repeating: "0", count: 64))")
      ),
      .file("Flux is bootstrapped", path, before: nil, after: component()),
    ])

  func judge(_ step: Change) -> [Violation] {
    var dangers = ControllerEdits(step)
    let changes = step.objects.filter { change in
      [change.before, change.after].contains { $0?.path.isFluxComponents == true }
        && change.identity?.kind != CoreKind.networkPolicy.kind && !change.onlyMovesImages
        && step.handover(of: change) == nil
    }
    var files: [String: [ObjectChange]] = [:]
    for change in changes { files[(change.before ?? change.after)?.path ?? "", default: []].append(change) }
    let told = files.sorted { $0.key < $1.key }.filter {
      !step.removesSync(beside: $0.key) && step.edits($0.key, $0.value)
    }
    for (_, changes) in told where changes.allSatisfy({ $0.versions == nil }) { dangers.leaveRemovals(among: changes) }
    return told.compactMap { judge($0.value, dangers) } + dangers.violations
      + step.instanceEdits.flatMap { InstanceDangers($0).violations(FluxRegistries(step).hold) }
      + step.objects.compactMap { FluxChart.violation($0, step) }
  }

  private func judge(_ changes: [ObjectChange], _ dangers: ControllerEdits) -> Violation? {
    guard changes.contains(where: { $0.before != nil }) else { return nil }
    if changes.allSatisfy({ $0.after == nil && [.stalled, .pathMissing].contains($0.verdict) }) { return nil }
    let versions = Set(changes.compactMap(\.versions))
    let edited = (versions.isEmpty ? changes : changes.filter(rebinds)).filter { !dangers.tellsAll(of: $0) }
    guard let first = edited.first else { return nil }
    let more = edited.count > 1 ? " and \(Count.of(edited.count - 1, "more object"))" : ""
    let lead = "\(first.title)\(more) of Flux itself \(Count.are(edited.count))"
    let isRemoval = edited.allSatisfy { $0.after == nil }
    var violation = first.violation(
      isRemoval
        ? "\(lead) removed: Flux deletes that part of its own installation."
        : versions.isEmpty
          ? "\(lead) edited without a new Flux version\(first.firstField.map { ": \($0)" } ?? "")."
          : "\(lead) bound otherwise in the new Flux version.",
      severity: edited.allSatisfy(\.onlyNotes)
        ? .low : versions.isEmpty || !edited.allSatisfy(bindsFluxAlone) ? nil : .medium)
    violation.related = edited.dropFirst().prefix(20).compactMap { $0.violation("").location }
    return violation
  }

  /// Whether a binding changes whom it binds; an upgrade has no reason to.
  private func rebinds(_ change: ObjectChange) -> Bool {
    guard let (before, after) = change.kept, before.object.identity.kind.hasSuffix("RoleBinding") else { return false }
    return ["roleRef", "subjects"].contains { key in
      guard let old = before.object[key], let new = after.object[key] else { return true }
      return !old.means(new)
    }
  }

  /// Whether a binding binds nobody but Flux's controllers, and to what a release of Flux binds them.
  private func bindsFluxAlone(_ change: ObjectChange) -> Bool {
    guard let after = change.after?.object, let subjects = after["subjects"]?.items else { return false }
    let role = after["roleRef", "name"]?.text ?? ""
    return (role == "cluster-admin" || role == after.identity.name)
      && subjects.allSatisfy { subject in
        subject["kind"]?.text == "ServiceAccount" && subject["namespace"]?.text == "flux-system"
          && FluxKind.controllers.contains(subject["name"]?.text ?? "")
      }
  }

  private static let path = "clusters/mgmt/flux-system/gotk-components.yaml"

  private static func component(version: String = "v2.6.0", arguments: String = "[]") -> String {
    Samples.object(
      "apps/v1", "Deployment", "kustomize-controller", namespace: "flux-system",
      labels: "app.kubernetes.io/part-of: flux, app.kubernetes.io/version: \(version)", "spec:", "  template:",
      "    spec:",
      "      containers: [{name: manager, image: \"ghcr.io/fluxcd/kustomize-controller:v1\", args: \(arguments)}]")
  }
}

extension ObjectChange {
  /// The versions of Flux that its objects name before and after; `nil` where these are the same.
  var versions: [String]? {
    guard let (before, after) = kept else { return nil }
    let pair = [before, after].map { $0.object.label("app.kubernetes.io/version") ?? "" }
    return pair[0] == pair[1] ? nil : pair
  }

  /// The first field that differs, and how many more do.
  fileprivate var firstField: String? {
    guard let (before, after) = kept else { return nil }
    let fields = FieldChange.between(before.object.root, after.object.root, group: after.object.groupKind.group)
    guard let first = fields.first else { return nil }
    return fields.count > 1 ? "\(first.path) and \(Count.of(fields.count - 1, "more field"))" : "\(first.path)"
  }

  /// Whether nothing but labels and annotations differ, and none of Flux's or Kubernetes' own, which have an effect.
  fileprivate var onlyNotes: Bool {
    guard let before, let after else { return false }
    let fields = FieldChange.between(before.object.root, after.object.root, group: after.object.groupKind.group)
    return !fields.isEmpty
      && fields.allSatisfy { field in
        let steps = field.path.steps
        guard steps.count == 3, steps[0] == .key("metadata"), [.key("labels"), .key("annotations")].contains(steps[1]),
          case .key(let name) = steps[2]
        else { return false }
        return !["kubernetes.io/", "k8s.io/", "fluxcd.io/"].contains { name.contains($0) }
      }
  }

  /// Whether nothing but images differ, and they are newer versions of what they were, or the same held by their digest,
  /// or come from elsewhere, of which ``FluxImageOverride`` tells.
  fileprivate var onlyMovesImages: Bool {
    guard let before, let after else { return false }
    let fields = FieldChange.between(before.object.root, after.object.root, group: after.object.groupKind.group)
    return !fields.isEmpty
      && fields.allSatisfy { field in
        guard field.path.steps.last == .key("image"), let old = field.before?.text, let new = field.after?.text else {
          return false
        }
        let (was, now) = (ImageName(old), ImageName(new))
        return was.repository != now.repository || now.isNewer(than: was) || now.pins(was)
      }
  }
}

extension Change {
  /// Whether a file of Flux's own manifests goes as a whole, so that what is in it is not to be told one by one.
  func removesFlux(_ path: String) -> Bool { path.isFluxComponents && mode == .edit && !after.exists(path) }

  /// Whether a file differs that holds objects; what patches and variables make of the same file is no edit of it.
  fileprivate func edits(_ path: String, _ changes: [ObjectChange]) -> Bool {
    // Where files are judged as written, a change of an object is an edit of its file.
    if applied == nil { return true }
    func written(_ view: any StateView, _ path: String) -> [KubernetesObject] {
      let folder = Path.parent(path)
      return view.objects(under: folder).filter { $0.path == path }.map(\.object)
    }
    let old = written(before, path)
    let new = written(after, changes.lazy.compactMap(\.after?.path).first ?? path)
    return old.count != new.count || !zip(old, new).allSatisfy { $0.root.means($1.root) }
  }

  /// Whether a file of Flux's own manifests goes together with the sync in its folder, of which other rules tell.
  fileprivate func removesSync(beside path: String) -> Bool {
    guard removesFlux(path) else { return false }
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    return objects.contains {
      $0.after == nil && $0.before?.object.groupKind == FluxKind.kustomization && $0.before?.folder == folder
    }
  }
}

extension String {
  /// Whether a path is that of Flux's generated manifests.
  var isFluxComponents: Bool { hasSuffix("gotk-components.yaml") }
}

extension KubernetesObject {
  /// Whether this is the Deployment of one of Flux's own controllers.
  var isFluxController: Bool {
    groupKind == CoreKind.deployment && FluxKind.controllers.contains(identity.name)
      && (identity.namespace.isEmpty || identity.namespace == "flux-system"
        || label("app.kubernetes.io/part-of") == "flux")
  }
}
