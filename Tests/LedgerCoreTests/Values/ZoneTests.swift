// Which day an instant falls on, when days begin and end, and the written offsets, on both sides of UTC.
// The calendar itself is in CivilDayTests.

import Testing

@testable import LedgerCore

@Suite("A zone")
struct ZoneTests {
  static let offsets = [-1080, -210, -1, 0, 1, 345, 480, 1080]

  private func instant(_ text: String) throws -> Instant {
    let bytes = Array(text.utf8)
    let result = bytes.withUnsafeBufferPointer { bytes in Result { try Instant(rfc3339: bytes) } }
    return try result.get()
  }

  @Test(
    "reads and writes its form",
    arguments: [
      ("+08:00", 480), ("-03:30", -210), ("+00:00", 0), ("+18:00", 1080), ("-18:00", -1080), ("+05:45", 345),
    ])
  func form(text: String, minutes: Int) throws {
    let zone = try #require(Zone(text))
    #expect(zone.offsetMinutes == minutes)
    #expect(zone.description == text)
    #expect(zone == Zone(checking: minutes))
  }

  @Test("takes Z and -00:00 for universal time")
  func universalTime() {
    #expect(Zone("Z") == .utc)
    #expect(Zone("-00:00") == .utc)
    #expect(Zone.utc.description == "+00:00")
  }

  @Test(
    "is read from no other form, nor beyond 18 hours",
    arguments: [
      "", "z", "ZZ", "+8:00", "+0800", "+08", "08:00", "+08:60", "+18:01", "-18:01", "+99:99", "+08:00 ",
      "−08:00", "+0a:00", "+08-00", "UTC", "Asia/Shanghai",
    ])
  func noOtherForm(text: String) {
    #expect(Zone(text) == nil)
  }

  @Test("is refused beyond 18 hours")
  func range() {
    #expect(Zone(checking: 1081) == nil)
    #expect(Zone(checking: -1081) == nil)
    #expect(Zone(checking: .min) == nil)
    #expect(Zone(checking: .max) == nil)
  }

  @Test(
    "gives an instant its local day",
    arguments: [
      ("+08:00", "2022-12-31T15:59:59.999Z", "2022-12-31"),
      ("+08:00", "2022-12-31T16:00:00.000Z", "2023-01-01"),
      ("-03:30", "2023-01-01T03:29:59.999Z", "2022-12-31"),
      ("-03:30", "2023-01-01T03:30:00.000Z", "2023-01-01"),
      ("+00:00", "1970-01-01T00:00:00.000Z", "1970-01-01"),
      ("-18:00", "1970-01-01T00:00:00.000Z", "1969-12-31"),
      ("+08:00", "9999-12-31T15:59:59.999Z", "9999-12-31"),
      ("+08:00", "9999-12-31T16:00:00.000Z", "9999-12-31"),
    ])
  func localDay(zone: String, moment: String, expected: String) throws {
    let zone = try #require(Zone(zone))
    #expect(try zone.day(of: instant(moment)).description == expected)
  }

  @Test("begins a day at its midnight and ends it at the next", arguments: offsets)
  func midnights(offset: Int) throws {
    let zone = Zone(offsetMinutes: offset)
    for text in ["1970-01-03", "2000-02-29", "2022-12-31", "2024-02-28", "9999-12-29"] {
      let day = try #require(CivilDay(text))
      let start = zone.start(of: day)
      let end = zone.end(of: day)
      #expect(end == zone.start(of: day.next))
      #expect(end.milliseconds - start.milliseconds == 86_400_000)
      #expect(zone.day(of: start) == day)
      #expect(zone.day(of: end) == day.next)
      #expect(zone.day(of: start.adding(milliseconds: -1)) == day.adding(days: -1))
      #expect(zone.day(of: end.adding(milliseconds: -1)) == day)
      #expect(zone.millisecondsIntoDay(of: start) == 0)
      #expect(zone.millisecondsIntoDay(of: start.adding(milliseconds: -1)) == 86_399_999)
      #expect(zone.millisecondsIntoDay(of: start.adding(milliseconds: 12_345)) == 12_345)
    }
  }

  @Test("in China begins a day at 16:00 universal time of the day before")
  func china() throws {
    let zone = try #require(Zone("+08:00"))
    let day = try #require(CivilDay(String("2022-10-01")))
    #expect(zone.start(of: day).description == "2022-09-30T16:00:00.000Z")
    #expect(zone.end(of: day).description == "2022-10-01T16:00:00.000Z")
  }

  @Test("stops at the first and last instant for days and instants near the ends", arguments: offsets)
  func ends(offset: Int) throws {
    let zone = Zone(offsetMinutes: offset)
    #expect(zone.start(of: .earliest) == .earliest)
    #expect(zone.end(of: .earliest) == .earliest)
    // East of Greenwich the last day ends while there are instants left.
    let lastMidnight = Instant(checking: 253_402_300_800_000 - Int64(offset) * 60_000)
    #expect(zone.end(of: .latest) == lastMidnight ?? .latest)
    for instant in [Instant.earliest, .latest] {
      let day = zone.day(of: instant)
      #expect(zone.start(of: day) <= instant)
      #expect((0..<86_400_000).contains(zone.millisecondsIntoDay(of: instant)))
    }
    #expect(zone.day(of: .earliest).description == (offset < 0 ? "1969-12-31" : "1970-01-01"))
    #expect(zone.day(of: .latest).description == "9999-12-31")
  }
}
