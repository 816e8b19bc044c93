internal import Flux

extension ObjectChange {
  /// Why an object that leaves Git is not deleted, as the end of a sentence.
  func whyItStays(_ verdict: Verdict?) -> String {
    guard let reason = verdictReason else { return verdict?.whyItStays ?? "stays" }
    switch verdict {
    case .stalled, .pathMissing: return "\(reason), so that nothing is deleted yet: \(whenDeleted)"
    default: return "\(verdict?.whyItStays ?? "stays"): \(reason)"
    }
  }
}

extension Verdict {
  /// Why an object is not deleted, as the end of a sentence.
  var whyItStays: String {
    switch self {
    case .orphaned: "stays in the cluster, unmanaged"
    case .moved: "another Flux Kustomization takes it over, if it is not deleted before"
    case .stalled: "the build fails, so that nothing is deleted yet"
    case .pathMissing: "Flux does not find the path and deletes nothing"
    case .pruned, .applied, .rejected, .unknown: "nothing is known of its end"
    }
  }
}
