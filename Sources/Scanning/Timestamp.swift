/// Dates as Git keeps them: seconds since 1970 and an offset in minutes.
enum Timestamp {
  /// `2026-11-20T22:43:00+01:00`; a zero offset is `Z`.
  static func iso8601(seconds: Int64, offset: Int) -> String {
    let local = bounded(seconds) + Int64(offset) * 60
    let days = local.quotientDown(86_400)
    let time = Int(local - days * 86_400)
    let (year, month, day) = civil(days)
    let zone = offset == 0 ? "Z" : "\(offset < 0 ? "-" : "+")\(two(abs(offset) / 60)):\(two(abs(offset) % 60))"
    let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
    return "\(four(year))-\(two(month))-\(two(day))T\(clock)\(zone)"
  }

  /// The whole days between two moments, as their dates are shown; none where the second is the earlier one.
  static func days(from start: Int64, to end: Int64) -> Int { Int(max(0, bounded(end) - bounded(start)) / 86_400) }

  /// Whether a clock can have shown a time: nothing in Git is older than computers, or from a far future.
  static func isPlausible(_ seconds: Int64) -> Bool { (315_532_800..<4_102_444_800).contains(seconds) }

  /// The nearest moment that has a date of four digits: a commit may name any number.
  private static func bounded(_ seconds: Int64) -> Int64 { min(max(seconds, -62_135_596_800), 253_402_300_799) }

  /// The proleptic Gregorian date of a count of days since 1970-01-01 (H. Hinnant's days-from-civil, inverted).
  private static func civil(_ days: Int64) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = shifted.quotientDown(146_097)
    let dayOfEra = Int(shifted - era * 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

  private static func four(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 4 - text.count)) + text
  }
}

extension Int64 {
  /// The quotient rounded down, also below zero.
  fileprivate func quotientDown(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
