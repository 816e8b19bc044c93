/// Numbers in sentences.
package enum Count {
  /// `1 machine`, `3 machines`: a number with what is counted.
  package static func of(_ number: Int, _ noun: String) -> String {
    "\(number) \(number == 1 ? noun : plural(of: noun))"
  }

  /// `NetworkPolicies`, `Ingresses`, `machines`.
  private static func plural(of noun: String) -> String {
    if noun.hasSuffix("y"), let before = noun.dropLast().last, !"aeiou".contains(before) {
      return "\(noun.dropLast())ies"
    }
    return ["s", "x", "ch"].contains { noun.hasSuffix($0) } ? "\(noun)es" : "\(noun)s"
  }

  /// The verb after a number of things: `is` after one, `are` after any other.
  package static func are(_ number: Int) -> String { number == 1 ? "is" : "are" }
}
