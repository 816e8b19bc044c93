internal import Flux
internal import Manifests

/// Tells from changed files alone whether what Flux builds can differ in more than the objects that are written in them.
///
/// It errs on the side of looking: only edits that are known to add, or to take away what the same commit deletes, pass.
struct BuildScreen {
  let before: any FileTree
  let after: any FileTree
  let files: [FileChange]

  /// Whether the applied state has to be worked out.
  func isNeeded(_ objects: [ObjectChange], _ kustomizations: [KustomizationChange]) -> Bool {
    objects.contains(where: decidesWhatIsBuilt) || !kustomizations.allSatisfy(isPlain)
      || files.contains { isMissed($0, kustomizations) || mayFeedBuild($0) }
  }

  /// Whether a file may be what others are built from: the values of variables and replacements, or a generator's input.
  private func mayFeedBuild(_ file: FileChange) -> Bool {
    guard ChangeBuilder.isManifest(file.path) else { return isListed(file) }
    return [(file.old, before), (file.new, after)].contains { entry, tree in
      guard let entry, entry.kind == .file, let bytes = try? tree.contents(of: entry, at: file.path) else {
        return false
      }
      return bytes.withUnsafeBytes { text in
        let heads = ObjectHeads(of: text)
        return heads.isUnclear || heads.kinds.contains { BuildScreen.sources.contains(Array(text[$0])) }
      }
    }
  }

  private static let sources = Set(["ConfigMap", "Secret"].map { Array($0.utf8) })

  /// Whether a kustomization in the file's folder, or above it, names the file.
  private func isListed(_ file: FileChange) -> Bool {
    var folder = file.path[...]
    let name = Array(
      file.path[(file.path.lastIndex(of: "/").map(file.path.index(after:)) ?? file.path.startIndex)...].utf8)
    while !folder.isEmpty {
      folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
      for kustomization in KustomizationFileView.names {
        let path = folder.isEmpty ? kustomization : "\(folder)/\(kustomization)"
        guard let entry = (try? after.entry(at: path)) ?? nil, entry.kind == .file,
          let bytes = try? after.contents(of: entry, at: path)
        else { continue }
        if bytes.withUnsafeBytes({ $0.holds(name) }) { return true }
      }
    }
    return false
  }

  private func decidesWhatIsBuilt(_ change: ObjectChange) -> Bool {
    guard let identity = change.identity else { return true }
    let group = identity.group
    if group == EKSAnywhere.group || group == "fluxcd.controlplane.io" { return true }
    let isRepository = group == "source.toolkit.fluxcd.io" && identity.kind == "GitRepository"
    guard isRepository || group == FluxKustomization.group else { return false }
    guard let old = change.before?.object, let new = change.after?.object else { return isRepository }
    // Whether a repository is this one is told from its address and branch, what of it counts from its ignore rules.
    let deciding =
      isRepository ? ["spec.url", "spec.ref.branch", "spec.ignore"] : ["spec.postBuild", "spec.components"]
    return FieldChange.between(old.root, new.root, group: group).contains { edit in
      let path = edit.path.schemaPath
      return deciding.contains { path.hasPrefix($0) || $0.hasPrefix("\(path).") }
    }
  }

  /// Whether a kustomization only gains what comes with it, or loses what is deleted with it.
  private func isPlain(_ change: KustomizationChange) -> Bool {
    guard let new = change.after else { return false }
    guard let old = change.before else {
      return !exists(new.folder, in: before)
        && isPlainList(nil, new.root.entry("resources")?.value, folder: new.folder)
    }
    let fields = Set(old.root.entries.map(\.name)).union(new.root.entries.map(\.name))
    return fields.allSatisfy { field in
      let (left, right) = (old.root.entry(field)?.value, new.root.entry(field)?.value)
      if let left, let right, left.means(right) { return true }
      switch field {
      case "resources": return isPlainList(left, right, folder: new.folder)
      case "images": return left != nil && right != nil
      default: return false
      }
    }
  }

  private func isPlainList(_ old: Node?, _ new: Node?, folder: String) -> Bool {
    let left = Set(old?.items.map { $0.text ?? "" } ?? [])
    let right = Set(new?.items.map { $0.text ?? "" } ?? [])
    // What was there before and is listed only now comes without its files.
    return right.subtracting(left).allSatisfy {
      target($0, folder).map { exists($0, in: after) && !exists($0, in: before) } ?? false
    }
      && left.subtracting(right).allSatisfy { target($0, folder).map { !exists($0, in: after) } ?? false }
  }

  /// Whether a file goes and the kustomization beside it, which may list it, stays as it is.
  private func isMissed(_ file: FileChange, _ kustomizations: [KustomizationChange]) -> Bool {
    guard file.new == nil, !KustomizationFileView.isNamed(file.path) else { return false }
    let folder = file.path.lastIndex(of: "/").map { String(file.path[..<$0]) } ?? ""
    if kustomizations.contains(where: { ($0.after ?? $0.before)?.folder == folder }) { return false }
    return KustomizationFileView.names.contains { exists(folder.isEmpty ? $0 : "\(folder)/\($0)", in: after) }
  }

  /// The path of a listed resource from the root; `nil` for an address or a path that leaves the tree.
  private func target(_ resource: String, _ folder: String) -> String? {
    guard !resource.isEmpty, !resource.contains("://"), !resource.contains("?") else { return nil }
    var parts = folder.split(separator: "/").map(String.init)
    for part in resource.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(String(part))
      }
    }
    return parts.joined(separator: "/")
  }

  private func exists(_ path: String, in tree: any FileTree) -> Bool {
    path.isEmpty || ((try? tree.entry(at: path)) ?? nil) != nil
  }
}
