// Days and instants for the reference model, by way of the C library. It shares no code with LedgerCore's calendar, on
// purpose: two mistakes would have to agree.

import Foundation

/// Days are texts such as `2022-10-01`, instants are milliseconds since 1970; business days are days in one zone.
struct ReferenceCalendar {
  var offsetMilliseconds = 0

  init(zone: String = "+00:00") {
    let parts = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
    let minutes = parts.count == 2 ? parts[0] * 60 + parts[1] : 0
    offsetMilliseconds = (zone.hasPrefix("-") ? -minutes : minutes) * 60_000
  }

  /// `2022-10-01T01:00:00.000Z` as milliseconds.
  static func milliseconds(_ text: String) -> Int {
    let digits = text.utf8.map { Int($0) - 48 }
    func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
    return seconds(number(0..<4), number(5..<7), number(8..<10)) * 1000 + number(11..<13) * 3_600_000
      + number(14..<16) * 60_000 + number(17..<19) * 1000 + number(20..<23)
  }

  /// The midnight in UTC that begins a day, which may lie beyond the end of its month.
  private static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int {
    var time = tm()
    time.tm_year = Int32(year - 1900)
    time.tm_mon = Int32(month - 1)
    time.tm_mday = Int32(day)
    return timegm(&time)
  }

  private static func text(_ seconds: Int) -> String {
    var time = tm()
    var seconds = time_t(seconds)
    gmtime_r(&seconds, &time)
    let number = (Int(time.tm_year) + 1900) * 10_000 + (Int(time.tm_mon) + 1) * 100 + Int(time.tm_mday)
    let digits = String(number)
    return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
  }

  static func parts(_ day: String) -> (year: Int, month: Int, day: Int) {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? (parts[0], parts[1], parts[2]) : (0, 0, 0)
  }

  /// The business day of an instant.
  func day(_ milliseconds: Int) -> String { Self.text((milliseconds + offsetMilliseconds) / 1000) }

  /// The midnight that ends a day.
  func end(_ day: String) -> Int {
    let (year, month, number) = Self.parts(day)
    return Self.seconds(year, month, number + 1) * 1000 - offsetMilliseconds
  }

  /// The midnight that begins a day.
  func start(_ day: String) -> Int { end(day) - 86_400_000 }

  func adding(days: Int, to day: String) -> String {
    let (year, month, number) = Self.parts(day)
    return Self.text(Self.seconds(year, month, number + days))
  }

  /// The last valid day of points earned on `day`, from a rule's `validity`; nil never expires.
  func lastDay(_ validity: [String: Any], earnedOn day: String) -> String? {
    let (year, month, number) = Self.parts(day)
    let count = validity["count"] as? Int ?? 0
    switch validity["mode"] as? String {
    case "months":
      // The same number of the day, or the month's last day if it has no such day.
      let lastOfMonth = Self.text(Self.seconds(year, month + count + 1, 0))
      return Self.text(Self.seconds(year, month + count, min(number, Self.parts(lastOfMonth).day)))
    case "end-of-month": return Self.text(Self.seconds(year, month + count + 1, 0))
    case "end-of-year": return Self.text(Self.seconds(year + count, 12, 31))
    case "day": return validity["day"] as? String
    default: return nil
    }
  }
}
