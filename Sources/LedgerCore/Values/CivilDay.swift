// Calendar days and calendar months, proleptic Gregorian, in integers; 1900-01-01 ... 9999-12-31.
// No time of day and no zone: Zone says which day an Instant falls on.

/// A day of the calendar, such as the day a lot was earned on or expires after.
///
/// The conversions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
/// (howardhinnant.github.io/date_algorithms.html), `days_from_civil` and `civil_from_days`. Arithmetic that
/// would leave 1900-01-01 ... 9999-12-31 stops at the end it reached.
public struct CivilDay: Comparable, Hashable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01; −25,567 (1900-01-01) ... 2,932,896 (9999-12-31).
  public let number: Int32

  /// 1900-01-01, the first day there is.
  public static let earliest = CivilDay(unchecked: -25_567)

  /// 9999-12-31, the last day there is.
  public static let latest = CivilDay(unchecked: 2_932_896)

  /// The day with this year (1900...9999), month (1...12) and day of the month (1...31), if it exists.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...9999).contains(year), CivilDay.exists(year: year, month: month, day: day) else {
      return nil
    }
    self.init(unchecked: Int32(truncatingIfNeeded: CivilDay.days(year: year, month: month, day: day)))
  }

  /// The day so many days after 1970-01-01 (before, when negative); a number outside 1900...9999 is a
  /// programming error and traps. Use `init(checking:)` for a number from outside.
  public init(number: Int32) {
    precondition(CivilDay.holds(Int(number)), "a day lies in 1900...9999: -25567...2932896 days since 1970")
    self.number = number
  }

  /// The day so many days after 1970-01-01 (before, when negative); nil when it is outside 1900...9999.
  public init?(checking number: Int) {
    guard CivilDay.holds(number) else { return nil }
    self.init(unchecked: Int32(truncatingIfNeeded: number))
  }

  /// The day written `2022-12-31`; nil for any other form and for a day that does not exist.
  public init?(_ text: String) {
    var text = text
    let day = text.withUTF8 { bytes -> CivilDay? in
      guard bytes.count == CivilDay.isoWidth, let start = bytes.baseAddress else { return nil }
      return CivilDay(iso: start)
    }
    guard let day else { return nil }
    self = day
  }

  /// The day whose `compact` number this is, such as 20221231; nil when there is none.
  public init?(compact: Int64) {
    guard compact >= 1900_01_01, compact <= 9999_12_31 else { return nil }
    let number = Int(compact)
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// Trusts the caller that the number is in range.
  init(unchecked number: Int32) {
    self.number = number
  }

  private static func holds(_ number: Int) -> Bool {
    number >= -25_567 && number <= 2_932_896
  }

  /// The year, 1900...9999.
  public var year: Int { parts.year }

  /// The month of the year, 1...12.
  public var month: Int { parts.month }

  /// The day of the month, 1...31.
  public var day: Int { parts.day }

  /// The day as one number that reads and sorts like the date: 20221231.
  public var compact: Int64 {
    let (year, month, day) = parts
    return Int64(year * 10_000 + month * 100 + day)
  }

  /// The month the day lies in.
  public var civilMonth: CivilMonth {
    let (year, month, _) = parts
    return CivilMonth(year: year, monthOfYear: month)
  }

  /// The day after; the last day there is stays itself.
  public var next: CivilDay { adding(days: 1) }

  /// The day so many days later (earlier when negative), not beyond `earliest` and `latest`.
  public func adding(days: Int) -> CivilDay {
    let (sum, overflow) = Int(number).addingReportingOverflow(days)
    if let day = CivilDay(checking: sum), !overflow { return day }
    return days > 0 ? .latest : .earliest
  }

  /// The corresponding day so many months later (earlier when negative), not beyond `earliest` and `latest`.
  ///
  /// PRC Civil Code art. 202: where a period is counted by months, the corresponding day of the month it
  /// falls due in is its last day; where that month has none, the last day of the month is. So 31 January and
  /// one month is 28 or 29 February.
  public func adding(months: Int) -> CivilDay {
    let (year, month, day) = parts
    let here = CivilMonth(year: year, monthOfYear: month)
    guard let there = CivilMonth(checking: here.index(monthsLater: months)) else {
      return months > 0 ? .latest : .earliest
    }
    return there.firstDay.adding(days: min(day, there.lengthDays) - 1)
  }

  /// The last day of the month so many months after this one (0: of this month), not beyond `latest`;
  /// negative numbers count back, not beyond January 1900.
  public func lastDayOfMonth(monthsLater: Int) -> CivilDay {
    civilMonth.adding(months: monthsLater).lastDay
  }

  /// 31 December of the year so many years after this one (0: of this year), not beyond `latest`; negative
  /// numbers count back, not beyond 1900.
  public func lastDayOfYear(yearsLater: Int) -> CivilDay {
    let target = year + max(-10_000, min(10_000, yearsLater))
    return CivilMonth(year: max(1900, min(9999, target)), monthOfYear: 12).lastDay
  }

  /// The ISO 8601 form, `2022-12-31`.
  public var description: String {
    DecimalDigits.string(width: CivilDay.isoWidth) { write(to: $0) }
  }

  /// Whether the left day is before the right one.
  public static func < (left: CivilDay, right: CivilDay) -> Bool {
    left.number < right.number
  }
}

extension CivilDay {
  /// Bytes of the ISO form.
  package static let isoWidth = 10

  /// Reads exactly the 10 bytes of the ISO form, `2022-12-31`; nil for anything else.
  package init?(iso bytes: UnsafePointer<UInt8>) {
    guard let year = DecimalDigits.read(bytes, width: 4), bytes[4] == UInt8(ascii: "-"),
      let month = DecimalDigits.read(bytes + 5, width: 2), bytes[7] == UInt8(ascii: "-"),
      let day = DecimalDigits.read(bytes + 8, width: 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Writes the 10 bytes of the ISO form.
  package func write(to bytes: UnsafeMutablePointer<UInt8>) {
    let (year, month, day) = parts
    DecimalDigits.writeFour(year, to: bytes)
    bytes[4] = UInt8(ascii: "-")
    DecimalDigits.writeTwo(month, to: bytes + 5)
    bytes[7] = UInt8(ascii: "-")
    DecimalDigits.writeTwo(day, to: bytes + 8)
  }
}

// MARK: - Gregorian arithmetic

extension CivilDay {
  /// `civil_from_days`. The year is counted from 1 March, so that the leap day is the last of its year.
  fileprivate var parts: (year: Int, month: Int, day: Int) {
    let sinceYearZero = UInt32(bitPattern: number &+ 719_468)  // days since 0000-03-01
    let era = sinceYearZero / 146_097
    let dayOfEra = sinceYearZero % 146_097
    let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let monthFromMarch = (5 &* dayOfYear &+ 2) / 153
    let day = dayOfYear &- (153 &* monthFromMarch &+ 2) / 5 &+ 1
    let month = monthFromMarch < 10 ? monthFromMarch &+ 3 : monthFromMarch &- 9
    let year = era &* 400 &+ yearOfEra &+ (month <= 2 ? 1 : 0)
    return (Int(year), Int(month), Int(day))
  }

  /// `days_from_civil` for a date that exists and is not before 0001-01-01: days since 1970-01-01.
  static func days(year: Int, month: Int, day: Int) -> Int {
    let afterFebruary = month > 2
    let marchYear = UInt32(truncatingIfNeeded: afterFebruary ? year : year &- 1)
    let monthFromMarch = UInt32(truncatingIfNeeded: afterFebruary ? month &- 3 : month &+ 9)
    let leapDays = marchYear / 4 &- marchYear / 100 &+ marchYear / 400
    let beforeMonth = (153 &* monthFromMarch &+ 2) / 5
    return Int(365 &* marchYear &+ leapDays &+ beforeMonth) &+ day &- 719_469
  }

  /// Whether the calendar has this day; the year is not checked.
  static func exists(year: Int, month: Int, day: Int) -> Bool {
    month >= 1 && month <= 12 && day >= 1 && day <= lengthDays(year: year, month: month)
  }

  /// Days of a month that exists, 28...31.
  static func lengthDays(year: Int, month: Int) -> Int {
    // 31 for odd months up to July and even ones from August: the lowest bit of month xor month / 8.
    if month != 2 { return 30 | (month ^ (month >> 3)) }
    let leap = year & 3 == 0 && (year % 100 != 0 || year & 15 == 0)
    return leap ? 29 : 28
  }
}

/// A month of the calendar, such as the month a lot expires in; 1900-01 ... 9999-12.
public struct CivilMonth: Comparable, Hashable, Sendable, CustomStringConvertible {
  /// Months since January of the year 0: year × 12 + month − 1; 22,800...119,999.
  public let monthsSinceYearZero: Int32

  /// The month of this year (1900...9999) and number (1...12); nil when there is none.
  public init?(year: Int, month: Int) {
    guard (1900...9999).contains(year), (1...12).contains(month) else { return nil }
    self.init(year: year, monthOfYear: month)
  }

  /// The month so many months after January of the year 0; nil when it is outside 1900...9999.
  public init?(checking monthsSinceYearZero: Int) {
    guard (1900 * 12..<10_000 * 12).contains(monthsSinceYearZero) else { return nil }
    self.monthsSinceYearZero = Int32(truncatingIfNeeded: monthsSinceYearZero)
  }

  /// The month written `2022-12`; nil for any other form and for a month that does not exist.
  public init?(_ text: String) {
    var text = text
    let month = text.withUTF8 { bytes -> CivilMonth? in
      guard bytes.count == CivilMonth.isoWidth, let start = bytes.baseAddress else { return nil }
      return CivilMonth(iso: start)
    }
    guard let month else { return nil }
    self = month
  }

  /// The month whose `compact` number this is, such as 202212; nil when there is none.
  public init?(compact: Int64) {
    guard compact >= 1900_01, compact <= 9999_12 else { return nil }
    self.init(year: Int(compact) / 100, month: Int(compact) % 100)
  }

  /// Trusts the caller that the month exists.
  fileprivate init(year: Int, monthOfYear: Int) {
    monthsSinceYearZero = Int32(truncatingIfNeeded: year &* 12 &+ monthOfYear &- 1)
  }

  /// The year, 1900...9999.
  public var year: Int { Int(monthsSinceYearZero) / 12 }

  /// The month of the year, 1...12.
  public var month: Int { Int(monthsSinceYearZero) % 12 + 1 }

  /// Days of the month, 28...31.
  public var lengthDays: Int { CivilDay.lengthDays(year: year, month: month) }

  /// The first day of the month.
  public var firstDay: CivilDay {
    CivilDay(unchecked: Int32(truncatingIfNeeded: CivilDay.days(year: year, month: month, day: 1)))
  }

  /// The last day of the month.
  public var lastDay: CivilDay { firstDay.adding(days: lengthDays - 1) }

  /// The month as one number that reads and sorts like it: 202212.
  public var compact: Int64 { Int64(year * 100 + month) }

  /// The month so many months later (earlier when negative), not beyond 1900-01 and 9999-12.
  public func adding(months: Int) -> CivilMonth {
    let target = max(1900 * 12, min(10_000 * 12 - 1, index(monthsLater: months)))
    return CivilMonth(checking: target) ?? self
  }

  /// The ISO 8601 form, `2022-12`.
  public var description: String {
    DecimalDigits.string(width: CivilMonth.isoWidth) { write(to: $0) }
  }

  /// Whether the left month is before the right one.
  public static func < (left: CivilMonth, right: CivilMonth) -> Bool {
    left.monthsSinceYearZero < right.monthsSinceYearZero
  }

  /// `monthsSinceYearZero` so many months later, perhaps out of range; cannot overflow.
  fileprivate func index(monthsLater months: Int) -> Int {
    Int(monthsSinceYearZero) + max(-200_000, min(200_000, months))
  }
}

extension CivilMonth {
  /// Bytes of the ISO form.
  package static let isoWidth = 7

  /// Reads exactly the 7 bytes of the ISO form, `2022-12`; nil for anything else.
  package init?(iso bytes: UnsafePointer<UInt8>) {
    guard let year = DecimalDigits.read(bytes, width: 4), bytes[4] == UInt8(ascii: "-"),
      let month = DecimalDigits.read(bytes + 5, width: 2)
    else { return nil }
    self.init(year: year, month: month)
  }

  /// Writes the 7 bytes of the ISO form.
  package func write(to bytes: UnsafeMutablePointer<UInt8>) {
    DecimalDigits.writeFour(year, to: bytes)
    bytes[4] = UInt8(ascii: "-")
    DecimalDigits.writeTwo(month, to: bytes + 5)
  }
}
