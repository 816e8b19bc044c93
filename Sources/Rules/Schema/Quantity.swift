internal import Manifests

/// A Kubernetes quantity, `4Gi` or `4096Mi`, as its number of thousandths.
struct Quantity: Hashable, Comparable {
  /// The value times 1000, as far as a 64-bit float holds it.
  let value: Double

  /// Reads the notation of Kubernetes; `nil` where it is none.
  init?(_ text: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "+" || $0 == "-") }
    let suffix = text.dropFirst(number.count)
    guard number.contains(where: \.isNumber) else { return nil }
    if let factor = Quantity.factors[String(suffix)] {
      guard let plain = Double(number) else { return nil }
      value = plain * factor * 1000
    } else if suffix.hasPrefix("e") || suffix.hasPrefix("E"), let plain = Double(text) {
      value = plain * 1000
    } else {
      return nil
    }
  }

  /// Reads a node that holds a number or a text.
  init?(_ node: Node) {
    guard let text = node.text, node.int != nil || node.string != nil else { return nil }
    self.init(text)
  }

  static func < (left: Quantity, right: Quantity) -> Bool { left.value < right.value }

  private static let factors: [String: Double] = [
    "": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
    "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776, "Pi": 1_125_899_906_842_624,
    "Ei": 1_152_921_504_606_846_976,
  ]
}
