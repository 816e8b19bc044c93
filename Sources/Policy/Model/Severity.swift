/// How bad a finding is; `low` is the smallest.
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  case low, medium, high, critical

  private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  /// One step milder; `low` stays.
  package var milder: Severity { Severity.allCases[max(0, rank - 1)] }
}

/// What part of a platform a rule guards.
package enum Category: String, Sendable, Hashable, CaseIterable {
  case lifecycle, scale, version, admission, flux, access, hardening, secret, process
  case supplyChain = "supply-chain"
}
