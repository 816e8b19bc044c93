internal import Flux
internal import Manifests

/// What an edit of one of Flux's controllers does that neither a release of Flux nor an ordinary setting of its own
/// does, wherever it is written: in a patch, or under a new version.
struct ControllerDanger {
  /// What becomes of the controller.
  enum Kind: Hashable {
    /// No pod runs any more.
    case scaled
    /// The object goes.
    case removed
    /// Other namespaces are left alone.
    case narrowed
    /// It runs with the rights of another service account.
    case account(String)
    /// What keeps tenants apart is switched off.
    case lockdown
    /// A check is switched off.
    case insecure
    /// An argument comes with a new version that no release of Flux writes.
    case foreign
  }

  let kind: Kind
  /// The controller: `kustomize-controller`.
  let controller: String
  /// The arguments that it is about.
  var arguments: [String] = []
  /// Where the controller says so.
  var field: FieldPath?

  /// What an edit of a controller that stays does.
  ///
  /// - Parameter isUpgrade: whether the edit comes with another version of Flux, so that no argument is one's own.
  static func of(_ before: KubernetesObject, _ after: KubernetesObject, isUpgrade: Bool) -> [ControllerDanger] {
    let name = after.identity.name
    var found: [ControllerDanger] = []
    let replicas: FieldPath = "spec.replicas"
    if isNone(after.root.value(at: replicas)), !isNone(before.root.value(at: replicas)) {
      found.append(ControllerDanger(kind: .scaled, controller: name, field: replicas))
    }
    let account: FieldPath = "spec.template.spec.serviceAccountName"
    if let new = after.root.value(at: account)?.text, new != name, new != before.root.value(at: account)?.text {
      found.append(ControllerDanger(kind: .account(new), controller: name, field: account))
    }
    return found + of(ControllerArguments(before), ControllerArguments(after), name, isUpgrade)
  }

  private static func isNone(_ node: Node?) -> Bool { node?.text.flatMap(Int.init) == 0 }

  private static func of(
    _ before: ControllerArguments, _ after: ControllerArguments, _ name: String, _ isUpgrade: Bool
  ) -> [ControllerDanger] {
    if after.hasUnknown || before.hasUnknown { return [] }
    let lost = ControllerArguments.lockdown.filter {
      ControllerArguments.isKnown($0, to: name) && before.isOn($0) && !after.isOn($0)
    }
    let insecure = ControllerArguments.insecure.filter { after.isOn($0) && !before.isOn($0) }
    let isNarrowed = after.isNarrowed && !before.isNarrowed
    let foreign = isUpgrade ? after.foreign(since: before).filter { !insecure.contains($0) } : []
    let all: [(Kind, [String])] = [
      (.lockdown, lost), (.insecure, insecure), (.foreign, foreign),
      (.narrowed, isNarrowed ? [ControllerArguments.everywhere] : []),
    ]
    return all.filter { !$0.1.isEmpty }.map {
      ControllerDanger(kind: $0.0, controller: name, arguments: $0.1, field: after.path ?? before.path)
    }
  }
}

extension ControllerDanger {
  /// What comes to a halt with a controller.
  private static let losses = [
    (
      name: "kustomize-controller", loss: "nothing that Git says is applied any more, and no edit in Git brings it back"
    ),
    (name: "source-controller", loss: "nothing is fetched any more, and no edit in Git brings it back"),
    (name: "helm-controller", loss: "no HelmRelease is installed, upgraded or mended any more"),
    (name: "notification-controller", loss: "nothing is reported, and no webhook received any more"),
    (name: "image-reflector-controller", loss: "no registry is looked at for new images any more"),
    (name: "image-automation-controller", loss: "no new image is written to Git any more"),
    (name: "source-watcher", loss: "no source is made of others any more"),
  ]

  /// What comes to a halt with a controller, as the rest of a sentence.
  var loss: String { ControllerDanger.losses.first { $0.name == controller }?.loss ?? "it does nothing any more" }

  /// The place of a controller in the order of what hangs on it.
  var rank: Int { ControllerDanger.losses.firstIndex { $0.name == controller } ?? ControllerDanger.losses.count }

  /// Whether it is less than the rest: a part of Flux without which Git is still applied, or an argument of its own.
  var isMinor: Bool {
    switch kind {
    case .scaled, .removed: rank > 2
    case .foreign: true
    case .narrowed, .account, .lockdown, .insecure: false
    }
  }

  /// The sentence about some controllers with the same danger.
  ///
  /// - Parameters:
  ///   - lead: what they are called together.
  ///   - isOne: whether the lead is one of them.
  ///   - arguments: those of all of them.
  func sentence(_ lead: String, isOne: Bool, _ arguments: [String]) -> String {
    let list = arguments.joined(separator: ", ")
    switch kind {
    case .scaled: return "\(lead) \(isOne ? "is" : "are") scaled to no pod: \(loss)."
    case .removed: return "\(lead) \(isOne ? "is" : "are") removed: \(loss)."
    case .narrowed:
      return "\(lead) \(isOne ? "gets" : "get") \(list): what is in other namespaces is left as it is from now on."
    case .account(let account):
      let rights = ["kustomize-controller", "helm-controller"].contains(account) ? ", which is cluster-admin" : ""
      return "\(lead) \(isOne ? "runs" : "run") as service account \(account)\(rights)."
    case .lockdown:
      return "\(lead) \(isOne ? "loses" : "lose") \(list): what kept tenants from each other and from cluster-admin."
    case .insecure: return "\(lead) \(isOne ? "gets" : "get") \(list), which switches a check off."
    case .foreign:
      return "\(lead) \(isOne ? "gets" : "get") \(list) with the new version, which no release of Flux writes."
    }
  }
}
