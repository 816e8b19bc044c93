internal import Policy
enum RuleText {
  static func list(_ r: [RuleInfo]) -> String { "" }
  static func json(_ r: [RuleInfo]) -> String { "" }
  static func markdown(_ r: [RuleInfo]) -> String { "" }
  static func explain(_ r: RuleInfo) -> String { "" }
}
