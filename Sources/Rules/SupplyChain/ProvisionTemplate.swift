internal import Flux
internal import Manifests
internal import Policy

/// What bare metal servers run while they are provisioned, apart from what its parts are called.
struct ProvisionTemplate {
  private let tasks: [Node]

  /// The template of a `TinkerbellTemplateConfig`; `nil` where not all of it is known.
  init?(_ config: AppliedObject) {
    guard let tasks = config.object["spec", "template", "tasks"], !tasks.hasUnknown else { return nil }
    self.tasks = tasks.items
  }

  /// The template that machines refer to; `nil` where they refer to none, or it is not in the repository.
  init?(of machines: AppliedObject?, in state: any StateView) {
    guard let machines, let name = machines.object["spec", "templateRef", "name"]?.text,
      let config = state.objects(of: Kinds.tinkerbellTemplate).first(where: {
        $0.object.identity.name == name && $0.object.identity.key.namespace == machines.object.identity.key.namespace
      })
    else { return nil }
    self.init(config)
  }

  /// Whether the same containers run in the same order with the same settings.
  func runsTheSame(as other: ProvisionTemplate) -> Bool {
    tasks.count == other.tasks.count
      && zip(tasks, other.tasks).allSatisfy { Self.unnamed($0).means(Self.unnamed($1)) }
  }

  /// Where a task or an action is called otherwise than before; of two templates that run the same.
  func firstOtherName(than other: ProvisionTemplate) -> Node? {
    for (task, old) in zip(tasks, other.tasks) {
      let parts = zip([task] + (task["actions"]?.items ?? []), [old] + (old["actions"]?.items ?? []))
      if let part = parts.first(where: { $0["name"]?.text != $1["name"]?.text }) { return part.0["name"] }
    }
    return nil
  }

  /// A task without its name and those of its actions.
  private static func unnamed(_ task: Node) -> Node {
    func rest(_ node: Node) -> [Entry] { node.entries.filter { $0.name != "name" } }
    let entries = rest(task).map { entry in
      guard entry.name == "actions", entry.value.isSequence else { return entry }
      return Entry(key: entry.key, value: Node(.sequence(entry.value.items.map { Node(.mapping(rest($0))) })))
    }
    return Node(.mapping(entries))
  }
}
