internal import Manifests

/// The transformers of one kustomization, in kustomize's order.
struct TransformerRun {
  let file: KustomizationFile
  let access: FolderAccess
  /// Whether all objects are there; otherwise a patch without a target may be for one that is not.
  let isComplete: Bool

  /// Carries out all of them.
  ///
  /// - Returns: how many objects the target of each patch fitted.
  func run(on map: inout ResourceMap, _ tables: TransformerTables) throws(BuildProblem) -> [PatchTarget: Int] {
    let transformers = Transformers(path: file.path, memo: access.reader.memo)
    var patches = PatchRun(access: access, isComplete: isComplete)
    try patches.applyOldStyle(file.patchesStrategicMerge, to: &map)
    try patches.apply(file.patches, to: &map)
    if let namespace = file.namespace { try transformers.setNamespace(namespace, tables.namespace, in: &map) }
    if let prefix = file.namePrefix {
      try transformers.rename(prefix: prefix, suffix: nil, tables.namePrefix, in: &map)
    }
    if let suffix = file.nameSuffix {
      try transformers.rename(prefix: nil, suffix: suffix, tables.nameSuffix, in: &map)
    }
    for label in file.labels {
      try transformers.set(label.pairs, at: try fields(of: label, tables), cause: "labels", in: &map)
    }
    try transformers.set(file.commonLabels, at: tables.commonLabels, cause: "commonLabels", in: &map)
    try transformers.set(file.commonAnnotations, at: tables.commonAnnotations, cause: "commonAnnotations", in: &map)
    try patches.applyJSON(file.patchesJSON6902, to: &map)
    for replica in file.replicas { try transformers.setReplicas(replica, tables.replicas, in: &map) }
    for image in file.images {
      let transformer = try ImageTransformer(image, path: file.path)
      for index in map.resources.indices { try transformer.transform(&map.resources[index], tables.images) }
    }
    try replace(in: &map)
    return patches.matches
  }

  private func fields(
    of label: KustomizationFile.LabelRule, _ tables: TransformerTables
  ) throws(BuildProblem) -> [FieldSpec] {
    var specs = label.fields
    func add(_ others: [FieldSpec]) throws(BuildProblem) {
      specs = specs.isEmpty ? others : try FieldSpec.merged(specs, others, at: file.path)
    }
    try add(tables.labels)
    if label.includeSelectors {
      try add(tables.commonLabels)
    } else {
      if label.includeTemplates { try add(tables.templateLabels) }
      try add([FieldSpec(path: "metadata/labels", creates: true)])
    }
    return specs
  }

  private func replace(in map: inout ResourceMap) throws(BuildProblem) {
    for rule in file.replacements {
      guard let path = rule.path else {
        try ReplacementTransformer(path: file.path).apply(rule, to: &map)
        continue
      }
      let (found, parsed) = try access.parse(path)
      if let problem = parsed.syntaxProblem {
        throw BuildProblem(.badReplacement, path: found, span: problem.span, message: problem.reason)
      }
      let decoder = FieldDecoder(path: found, isLenient: true)
      guard let root = parsed.documents.first else { continue }
      for node in root.isSequence ? root.items : [root] {
        try ReplacementTransformer(path: found).apply(try decoder.replacementRule(node), to: &map)
      }
    }
  }
}
