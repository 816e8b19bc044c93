internal import Flux
internal import Manifests

/// A release of EKS Anywhere: `v0.26.1`, the `v` being optional.
struct EKSAnywhereVersion: Hashable, Comparable, CustomStringConvertible {
  let major: Int
  let minor: Int
  let patch: Int
  /// What follows the three numbers: `-dev+latest`.
  let suffix: String

  /// Reads a semantic version; `nil` where the text is none.
  init?(_ text: String) {
    let plain = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let core = plain.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let parts = core.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    suffix = String(plain.dropFirst(core.count))
    guard parts.count == 3, let major = parts[0], let minor = parts[1], let patch = parts[2],
      suffix.isEmpty || suffix.count > 1 && (suffix.hasPrefix("-") || suffix.hasPrefix("+"))
    else { return nil }
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  init?(_ node: Node?) {
    guard let text = node?.text else { return nil }
    self.init(text)
  }

  /// Whether EKS Anywhere takes it for its development build and checks nothing.
  var skipsChecks: Bool { major == 0 && minor == 19 && patch == 0 }

  var description: String { "v\(major).\(minor).\(patch)\(suffix)" }

  static func < (left: EKSAnywhereVersion, right: EKSAnywhereVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  /// The first and last minor version of Kubernetes 1 in the bundles of each minor release, from the version table of
  /// EKS Anywhere's documentation (`docs/data/version_support.yml`).
  static let kubernetes: [Int: ClosedRange<Int>] = [
    5: 20...21, 6: 20...21, 7: 20...21, 8: 20...22, 9: 20...22, 10: 20...22, 11: 20...23, 12: 20...24, 13: 21...24,
    14: 21...25, 15: 22...26, 16: 23...27, 17: 23...27, 18: 24...28, 19: 25...29, 20: 26...30, 21: 27...31, 22: 28...32,
    23: 28...33, 24: 28...34, 25: 29...35, 26: 30...36,
  ]
}

extension ClusterSpec {
  /// `spec.eksaVersion` as written.
  var eksaVersion: Node? { applied.object["spec", "eksaVersion"] }

  /// `spec.bundlesRef` as written.
  var bundlesRef: Node? { applied.object["spec", "bundlesRef"] }
}
