/// Decimal numbers without a locale.
enum Decimal {
  /// A number of seconds with three digits after the point: `0.042`.
  static func thousandths(_ number: Double) -> String { fixed(number, digits: 3) }

  /// A number with so many digits after the point; what is not a number, or below zero, is 0.
  static func fixed(_ number: Double, digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let usable = number.isFinite ? min(max(0, number), 1e12) : 0
    let scaled = Int((usable * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: max(0, digits - fraction.count))
    return digits == 0 ? String(scaled) : "\(scaled / scale).\(zeros)\(fraction)"
  }

  /// A duration for people: `0.04 s`, `12.3 s`, `2 min 05 s`.
  static func duration(_ seconds: Double) -> String {
    let seconds = seconds.isFinite ? max(0, seconds) : 0
    if seconds < 9.995 { return fixed(seconds, digits: 2) + " s" }
    if seconds < 99.95 { return fixed(seconds, digits: 1) + " s" }
    let whole = Int(min(seconds, 1e9).rounded())
    let rest = whole % 60
    return "\(whole / 60) min \(rest < 10 ? "0" : "")\(rest) s"
  }

  /// A count with its noun: `1 file`, `12 files`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
