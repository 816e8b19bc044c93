internal import Flux
internal import Manifests

extension AppliedObject {
  /// Whether EKS Anywhere leaves the object alone: only the exact text `true` counts.
  var isPaused: Bool { object.annotation(EKSAnywhere.annotation("paused")) == "true" }

  /// Whether the value of an EKS Anywhere annotation can be known from the repository.
  func knowsAnnotation(_ name: String) -> Bool {
    guard let metadata = object.root["metadata"], !metadata.isUnknown else { return false }
    guard let all = metadata["annotations"] else { return true }
    return !all.isUnknown && all[EKSAnywhere.annotation(name)]?.isUnknown != true
  }
}

extension FieldPath {
  /// The path of an EKS Anywhere annotation.
  static func annotation(_ name: String) -> FieldPath {
    FieldPath("metadata.annotations").key(EKSAnywhere.annotation(name))
  }
}
