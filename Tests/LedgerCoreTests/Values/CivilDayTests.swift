// Days and months of the calendar: every day there is, month ends, leap years, both ends of the range.
// Which instant a day begins at is in ZoneTests.

import Testing

@testable import LedgerCore

/// The day written so; a test that misspells one fails there.
private func day(_ text: String) throws -> CivilDay {
  try #require(CivilDay(text), "\(text) is a day")
}

@Suite("A day")
struct CivilDayTests {
  @Test("follows the one before it, for every day from 1900 to 9999, and survives each of its forms")
  func everyDay() throws {
    var expected = (year: 1900, month: 1, day: 1)
    var wrong: [Int32] = []
    for number in CivilDay.earliest.number...CivilDay.latest.number {
      let day = CivilDay(number: number)
      let (year, month, ofMonth) = expected
      let compact = Int64(year * 10_000 + month * 100 + ofMonth)
      let read = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: CivilDay.isoWidth) { buffer in
        buffer.baseAddress.flatMap { bytes -> CivilDay? in
          day.write(to: bytes)
          return CivilDay(iso: bytes)
        }
      }
      if day.year != year || day.month != month || day.day != ofMonth || day.compact != compact
        || CivilDay(year: year, month: month, day: ofMonth) != day || CivilDay(compact: compact) != day
        || read != day || day.civilMonth != CivilMonth(year: year, month: month)
      {
        wrong.append(number)
      }
      expected = dayAfter(expected)
    }
    #expect(wrong.isEmpty, "first: \(wrong.first ?? 0)")
    #expect(expected == (10_000, 1, 1))
    #expect(try day("1970-01-01").number == 0)
    #expect(try day("1970-01-02").number == 1)
  }

  /// The calendar as it is taught, to hold the arithmetic against.
  private func dayAfter(_ date: (year: Int, month: Int, day: Int)) -> (year: Int, month: Int, day: Int) {
    let leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0
    let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if date.day < lengths[date.month - 1] { return (date.year, date.month, date.day + 1) }
    return date.month < 12 ? (date.year, date.month + 1, 1) : (date.year + 1, 1, 1)
  }

  @Test(
    "is not there when the calendar does not have it",
    arguments: [
      "1899-12-31", "2022-00-01", "2022-13-01", "2022-01-00", "2022-01-32", "2022-02-29", "1900-02-29",
      "2100-02-29", "2022-04-31", "2022-06-31", "2022-09-31", "2022-11-31", "0000-01-01",
    ])
  func noSuchDay(text: String) {
    #expect(CivilDay(text) == nil)
  }

  @Test(
    "is read from no other form",
    arguments: [
      "", "2022-12-3", "2022-12-311", "20221231", "2022/12/31", "2022-12-3a", " 2022-12-31", "22-12-31",
      "+022-12-31", "2022-12‐31", "２０２２-12-31", "2022-1-031",
    ])
  func noOtherForm(text: String) {
    #expect(CivilDay(text) == nil)
  }

  @Test("has 29 February in leap years only")
  func leapYears() throws {
    #expect(try day("2000-02-29").next == day("2000-03-01"))
    #expect(try day("2024-02-28").next == day("2024-02-29"))
    #expect(try day("2023-02-28").next == day("2023-03-01"))
    #expect(try day("1900-02-28").next == day("1900-03-01"))
    #expect(try day("2400-02-29").adding(days: 1) == day("2400-03-01"))
  }

  @Test("is refused out of range as numbers, of whatever size")
  func outOfRange() {
    #expect(CivilDay(checking: -25_567) == .earliest)
    #expect(CivilDay(checking: -25_568) == nil)
    #expect(CivilDay(checking: 2_932_896) == .latest)
    #expect(CivilDay(checking: 2_932_897) == nil)
    #expect(CivilDay(checking: .max) == nil)
    #expect(CivilDay(year: 1899, month: 12, day: 31) == nil)
    #expect(CivilDay(year: 10_000, month: 1, day: 1) == nil)
    #expect(CivilDay(year: .max, month: .max, day: .max) == nil)
    #expect(CivilDay(year: 2022, month: .min, day: .min) == nil)
    for compact in [Int64.min, -20_221_231, 0, 18_991_231, 20_221_301, 20_220_230, 99_991_232, .max] {
      #expect(CivilDay(compact: compact) == nil)
    }
    #expect(CivilDay.earliest.description == "1900-01-01")
    #expect(CivilDay.latest.description == "9999-12-31")
    #expect(CivilDay(compact: 20_221_231)?.description == "2022-12-31")
  }

  @Test("moves by days, not beyond the ends")
  func addingDays() throws {
    #expect(try day("2022-12-31").adding(days: 1) == day("2023-01-01"))
    #expect(try day("2023-01-01").adding(days: -1) == day("2022-12-31"))
    #expect(try day("2022-12-31").adding(days: 0) == day("2022-12-31"))
    #expect(CivilDay.latest.next == .latest)
    #expect(CivilDay.latest.adding(days: .max) == .latest)
    #expect(CivilDay.latest.adding(days: .min) == .earliest)
    #expect(CivilDay.earliest.adding(days: .min) == .earliest)
    #expect(CivilDay.earliest.adding(days: -1) == .earliest)
    #expect(CivilDay.earliest.adding(days: 25_567 + 2_932_896) == .latest)
  }

  @Test(
    "has a corresponding day in every month, the last one where its own is missing",
    arguments: [
      ("2023-01-31", 1, "2023-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 2, "2023-03-31"),
      ("2023-01-31", 3, "2023-04-30"), ("2023-02-28", 1, "2023-03-28"), ("2024-02-29", 12, "2025-02-28"),
      ("2024-02-29", 48, "2028-02-29"), ("2022-10-15", 3, "2023-01-15"), ("2022-12-31", 0, "2022-12-31"),
      ("2023-03-31", -1, "2023-02-28"), ("2023-01-15", -1, "2022-12-15"), ("2096-02-29", 48, "2100-02-28"),
      ("9999-11-30", 1, "9999-12-30"), ("9999-11-15", 2, "9999-12-31"), ("1900-02-15", -2, "1900-01-01"),
      ("2022-01-01", .max, "9999-12-31"), ("2022-01-01", .min, "1900-01-01"),
    ])
  func addingMonths(from: String, months: Int, to: String) throws {
    #expect(try day(from).adding(months: months) == day(to))
  }

  @Test(
    "knows the end of its month and of later ones",
    arguments: [
      ("2022-10-15", 0, "2022-10-31"), ("2022-10-31", 1, "2022-11-30"), ("2022-10-15", 4, "2023-02-28"),
      ("2023-10-15", 4, "2024-02-29"), ("2022-12-31", 12, "2023-12-31"), ("2022-03-31", -1, "2022-02-28"),
      ("9999-12-01", 1, "9999-12-31"), ("2022-01-01", .max, "9999-12-31"), ("2022-01-01", .min, "1900-01-31"),
    ])
  func monthEnds(from: String, months: Int, to: String) throws {
    #expect(try day(from).lastDayOfMonth(monthsLater: months) == day(to))
  }

  @Test(
    "knows the end of its year and of later ones",
    arguments: [
      ("2022-10-15", 0, "2022-12-31"), ("2022-12-31", 0, "2022-12-31"), ("2022-01-01", 2, "2024-12-31"),
      ("2022-01-01", -1, "2021-12-31"), ("9999-01-01", 1, "9999-12-31"), ("2022-01-01", .max, "9999-12-31"),
      ("2022-01-01", .min, "1900-12-31"),
    ])
  func yearEnds(from: String, years: Int, to: String) throws {
    #expect(try day(from).lastDayOfYear(yearsLater: years) == day(to))
  }

  @Test("is ordered in time")
  func order() throws {
    #expect(try day("1969-12-31") < day("1970-01-01"))
    #expect(try day("2022-12-31") < day("2023-01-01"))
    #expect(CivilDay.earliest < .latest)
  }
}

@Suite("A month")
struct CivilMonthTests {
  @Test("survives each of its forms, for every month from 1900 to 9999")
  func everyMonth() throws {
    var previous: CivilMonth?
    for year in 1900...9999 {
      for number in 1...12 {
        let month = try #require(CivilMonth(year: year, month: number))
        #expect(month.year == year && month.month == number && month.compact == Int64(year * 100 + number))
        #expect(CivilMonth(compact: month.compact) == month && CivilMonth(month.description) == month)
        #expect(month.firstDay.civilMonth == month && month.lastDay.civilMonth == month)
        #expect(month.lastDay == .latest || month.lastDay.next.day == 1)
        #expect(month.lastDay.day == month.lengthDays)
        if let previous { #expect(previous < month && previous.adding(months: 1) == month) }
        previous = month
      }
    }
  }

  @Test(
    "is read from its own form only",
    arguments: [
      "", "2022-1", "2022-13", "2022-00", "1899-12", "2022/12", "202212", "2022-12-01", "2022-1a", "a022-12",
    ])
  func noOtherForm(text: String) {
    #expect(CivilMonth(text) == nil)
  }

  @Test("is refused out of range as numbers, of whatever size")
  func outOfRange() {
    for compact in [Int64.min, 0, 189_912, 190_000, 202_213, 999_913, .max] {
      #expect(CivilMonth(compact: compact) == nil)
    }
    #expect(CivilMonth(year: 2022, month: 13) == nil)
    #expect(CivilMonth(year: 10_000, month: 1) == nil)
    #expect(CivilMonth(checking: 22_799) == nil)
    #expect(CivilMonth(checking: 22_800)?.description == "1900-01")
    #expect(CivilMonth(checking: 119_999)?.description == "9999-12")
    #expect(CivilMonth(checking: 120_000) == nil)
  }

  @Test("moves by months, not beyond the ends")
  func addingMonths() throws {
    let month = try #require(CivilMonth("2022-12"))
    #expect(month.description == "2022-12")
    #expect(month.adding(months: 1).description == "2023-01")
    #expect(month.adding(months: -12).description == "2021-12")
    #expect(month.adding(months: .max).description == "9999-12")
    #expect(month.adding(months: .min).description == "1900-01")
  }
}
