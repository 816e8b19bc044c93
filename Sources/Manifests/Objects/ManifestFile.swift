/// A YAML or JSON file read as Kubernetes manifests.
package struct ManifestFile: Sendable {
  /// The objects in the order of the file, every kind of list expanded.
  package var objects: [KubernetesObject]
  /// Non-empty documents that are no Kubernetes object: values files, a kustomization without a name, CI files.
  package var others: [Node]
  /// The first reason for which kustomize would refuse the file as YAML.
  package var problem: YAMLProblem?

  package init(objects: [KubernetesObject], others: [Node], problem: YAMLProblem?) {
    self.objects = objects
    self.others = others
    self.problem = problem
  }

  /// Reads a file; it never fails as a whole, what stands before a problem is kept.
  package init(parsing bytes: some Collection<UInt8>) {
    self.init(objects: [], others: [], problem: nil)
    add(YAMLStream.parse(bytes))
  }

  /// Adds the documents of a stream; of several problems the first is kept.
  mutating func add(_ stream: YAMLStream) {
    problem = problem ?? stream.firstProblem
    for document in stream.documents {
      if let root = document.root { add(root) }
    }
  }

  /// Adds a document. Any kind that ends in `List` and has `items` is expanded, nested too, as kustomize does.
  private mutating func add(_ root: Node) {
    if let kind = root["kind"]?.text, kind.hasSuffix("List"), let items = root.entry("items")?.value {
      for item in items.items { add(item) }
    } else if let object = KubernetesObject(root) {
      objects.append(object)
    } else {
      others.append(root)
    }
  }
}
