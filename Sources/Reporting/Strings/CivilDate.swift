/// A day of the Gregorian calendar in UTC.
struct CivilDate: Equatable {
  var year: Int
  /// From 1.
  var month: Int
  var day = 1

  private static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  init(year: Int, month: Int, day: Int = 1) { (self.year, self.month, self.day) = (year, month, day) }

  /// The day of a moment: seconds since 1970.
  init(seconds: Int64) {
    // Days are counted from 1 March 0000, in eras of 400 years, so that a leap day ends its year.
    let shifted = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * part + 2) / 5 + 1
    month = part < 10 ? part + 3 : part - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The day's first second, since 1970.
  var seconds: Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400
  }

  /// The first day of the month that is some months later.
  func adding(months: Int) -> CivilDate {
    let count = year * 12 + month - 1 + months
    return CivilDate(year: count / 12, month: count % 12 + 1)
  }

  /// `2026-11-02`.
  var text: String {
    func padded(_ number: Int, _ digits: Int) -> String {
      let text = String(max(0, number))
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// A moment, seconds since 1970, as `2026-11-02T17:45:03Z`.
  static func moment(_ seconds: Int64) -> String {
    let seconds = min(max(seconds, -62_135_596_800), 253_402_300_799)
    let day = CivilDate(seconds: seconds)
    let time = Int(seconds - day.seconds)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(day.text)T\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))Z"
  }

  /// `Nov`.
  var monthName: String { CivilDate.names[min(11, max(0, month - 1))] }

  /// Seconds since 1970 of a date as commits have it, `2026-11-02T17:45:03+01:00`; `nil` for any other text.
  static func seconds(of text: String) -> Int64? {
    let bytes = Array(text.utf8)
    func number(_ start: Int, _ count: Int) -> Int? {
      guard start + count <= bytes.count else { return nil }
      return bytes[start..<start + count].reduce(Int?(0)) { sum, byte in
        (0x30...0x39).contains(byte) ? sum.map { $0 * 10 + Int(byte - 0x30) } : nil
      }
    }
    guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), (1...12).contains(month),
      (1...31).contains(day), let hour = number(11, 2), let minute = number(14, 2), let second = number(17, 2)
    else { return nil }
    var offset = 0
    if bytes.count > 19, bytes[19] != UInt8(ascii: "Z") {
      guard let hours = number(20, 2), let minutes = number(23, 2) else { return nil }
      offset = (hours * 60 + minutes) * (bytes[19] == UInt8(ascii: "-") ? -60 : 60)
    }
    let clock = hour * 3600 + minute * 60 + second - offset
    return CivilDate(year: year, month: month, day: day).seconds + Int64(clock)
  }
}
