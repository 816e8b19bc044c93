internal import ArgumentParser

/// A day, or a moment of it, in UTC: `2026-11-20` or `2026-11-20T12:30:00`.
struct Date: ExpressibleByArgument {
  /// Seconds since 1970 at which it starts.
  let start: Int64
  /// Seconds since 1970 at which it ends: the day's last second, or the moment itself.
  let end: Int64

  init?(argument: String) {
    let parts = argument.split(separator: "T", maxSplits: 1).map(String.init)
    guard let day = parts.first.flatMap(Date.days) else { return nil }
    guard parts.count == 2 else {
      start = day * 86_400
      end = start + 86_399
      return
    }
    let clock = parts[1].hasSuffix("Z") ? String(parts[1].dropLast()) : parts[1]
    let numbers = clock.split(separator: ":").map { Int64($0) }
    guard (2...3).contains(numbers.count), numbers.allSatisfy({ $0 != nil }) else { return nil }
    let units = numbers.compactMap { $0 } + [0]
    guard units[0] < 24, units[1] < 60, units[2] < 61 else { return nil }
    start = day * 86_400 + units[0] * 3600 + units[1] * 60 + units[2]
    end = start
  }

  /// Days since 1970-01-01 of a date of the Gregorian calendar.
  private static func days(_ text: String) -> Int64? {
    let parts = text.split(separator: "-").compactMap { Int64($0) }
    guard parts.count == 3, text.utf8.count == 10, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else {
      return nil
    }
    let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
    let era = year / 400
    let month = (parts[1] + 9) % 12
    let dayOfYear = (153 * month + 2) / 5 + parts[2] - 1
    let yearOfEra = year - era * 400
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
