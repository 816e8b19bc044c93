/// A YAML timestamp as go-yaml knows it, which kustomize prints in RFC 3339.
struct Timestamp: Equatable {
  /// RFC 3339 text: `2026-01-31T00:00:00Z`.
  let text: String

  /// Reads `2006-1-2`, `2006-1-2 15:4:5.9` and `2006-1-2T15:4:5.9Z07:00`; `nil` for anything else.
  init?(_ source: String) {
    var scanner = Scanner(bytes: Array(source.utf8))
    guard scanner.digits(4, 4) != nil, scanner.take("-") else { return nil }
    scanner = Scanner(bytes: scanner.bytes)
    guard let year = scanner.digits(4, 4), scanner.take("-"), let month = scanner.digits(1, 2), scanner.take("-"),
      let day = scanner.digits(1, 2), month >= 1, month <= 12, day >= 1, day <= Timestamp.days(month, year)
    else { return nil }
    let date = "\(Timestamp.pad(year, 4))-\(Timestamp.pad(month))-\(Timestamp.pad(day))"
    if scanner.isDone {
      text = date + "T00:00:00Z"
      return
    }
    let spaced = scanner.take(" ")
    guard spaced || scanner.take("T") || scanner.take("t"), let hour = scanner.digits(1, 2), scanner.take(":"),
      let minute = scanner.digits(1, 2), scanner.take(":"), let second = scanner.digits(1, 2), hour < 24,
      minute < 60, second < 60
    else { return nil }
    var fraction = ""
    if scanner.take(".") || scanner.take(",") {
      guard let part = scanner.run() else { return nil }
      fraction = String(part.prefix(9))
      while fraction.hasSuffix("0") { fraction.removeLast() }
    }
    var zone = "Z"
    if !spaced, !scanner.take("Z") {
      guard let given = scanner.zone() else { return nil }
      zone = given == "+00:00" ? "Z" : given
    }
    guard scanner.isDone else { return nil }
    let time = "\(Timestamp.pad(hour)):\(Timestamp.pad(minute)):\(Timestamp.pad(second))"
    text = "\(date)T\(time)" + (fraction.isEmpty ? "" : "." + fraction) + zone
  }

  private static func pad(_ number: Int, _ width: Int = 2) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  private struct Scanner {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isDone: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard position < bytes.count, bytes[position] == UInt8(truncatingIfNeeded: character.value) else { return false }
      position += 1
      return true
    }

    mutating func digits(_ least: Int, _ most: Int) -> Int? {
      var value = 0
      var count = 0
      while count < most, position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 {
        value = value * 10 + Int(bytes[position] - 48)
        position += 1
        count += 1
      }
      return count >= least ? value : nil
    }

    mutating func run() -> String? {
      let start = position
      while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 { position += 1 }
      return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
    }

    mutating func zone() -> String? {
      let sign: String
      if take("+") { sign = "+" } else if take("-") { sign = "-" } else { return nil }
      guard let hours = digits(2, 2), take(":"), let minutes = digits(2, 2) else { return nil }
      return "\(sign)\(Timestamp.pad(hours)):\(Timestamp.pad(minutes))"
    }
  }
}
