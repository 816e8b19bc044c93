internal import Policy

extension Finding.Suppression {
  /// Who waived a finding, until when and why, in words for people; not escaped.
  var words: String {
    let who =
      switch kind {
      case .comment: "by a comment in the file"
      case .config: "by the configuration"
      case .baseline: "by the baseline"
      case .operatorAllowed: "by the operator"
      }
    let owner = owner.map { ", \($0)" } ?? ""
    let until = until.map { ", until \($0)" } ?? ""
    return "\(who)\(owner)\(until): \(reason.isEmpty ? "no reason given" : reason)"
  }
}
