/// How bad it is that a credential of a type stands in a repository.
package enum CredentialSeverity: Int, Sendable, Comparable, CaseIterable {
  /// Tells something about a system, opens little by itself.
  case low
  /// Opens little, or only together with something that is not in the repository.
  case medium
  /// Opens one service or one account.
  case high
  /// Opens a cluster, a cloud account, a forge, or whatever trusts a key.
  case critical

  /// The word reports print.
  package var name: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
