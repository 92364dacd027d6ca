// What Instant reads, writes and refuses, at its ends, at midnights and under seeded damage.
// Which day an instant falls on is in ZoneTests.

import Testing

@testable import LedgerCore

@Suite("An instant")
struct InstantTests {
  private func request(_ text: String) throws(InstantProblem) -> Instant {
    try request(Array(text.utf8))
  }

  private func request(_ bytes: [UInt8]) throws(InstantProblem) -> Instant {
    let result = bytes.withUnsafeBufferPointer { bytes -> Result<Instant, InstantProblem> in
      Result { () throws(InstantProblem) in try Instant(rfc3339: bytes) }
    }
    return try result.get()
  }

  private func record(_ bytes: [UInt8]) -> Instant? {
    precondition(bytes.count == Instant.recordWidth)
    return bytes.withUnsafeBufferPointer { $0.baseAddress.flatMap { Instant(record: $0) } }
  }

  private func record(_ text: String) -> Instant? { record(Array(text.utf8)) }

  @Test(
    "reads and writes the record form",
    arguments: [
      ("1970-01-01T00:00:00.000Z", 0),
      ("1970-01-01T00:00:00.001Z", 1),
      ("1970-01-01T23:59:59.999Z", 86_399_999),
      ("1970-01-02T00:00:00.000Z", 86_400_000),
      ("2000-02-29T12:34:56.789Z", 951_827_696_789),
      ("2026-01-01T00:00:00.000Z", 1_767_225_600_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func recordForm(text: String, milliseconds: Int64) throws {
    #expect(record(text) == Instant(milliseconds: milliseconds))
    #expect(Instant(milliseconds: milliseconds).description == text)
    #expect(try request(text) == Instant(milliseconds: milliseconds))
  }

  @Test("goes through its record form unchanged, at every midnight, the millisecond before and a seeded time")
  func recordRoundTrip() {
    var random = SeededNumbers(seed: 1)
    var wrong: [Int64] = []
    for day in 0...Int64(CivilDay.latest.number) {
      let midnight = day * 86_400_000
      for moment in [midnight, midnight + 86_399_999, midnight + Int64(random.below(86_400_000))] {
        let instant = Instant(milliseconds: moment)
        let read = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Instant.recordWidth) { buffer in
          buffer.baseAddress.flatMap { bytes -> Instant? in
            instant.write(to: bytes)
            return Instant(record: bytes)
          }
        }
        if read != instant { wrong.append(moment) }
      }
    }
    #expect(wrong.isEmpty, "seed 1, first: \(wrong.first ?? 0)")
  }

  @Test(
    "is not read from a record that is not exactly the record form",
    arguments: [
      "1969-12-31T23:59:59.999Z", "2026-00-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
      "2026-01-00T00:00:00.000Z", "2026-01-32T00:00:00.000Z", "2026-02-29T00:00:00.000Z",
      "2100-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z", "2026-01-01T24:00:00.000Z",
      "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z", "2026-01-01t00:00:00.000Z",
      "2026-01-01T00:00:00.000z", "2026-01-01T00:00:00,000Z", "2026/01/01T00:00:00.000Z",
      "2026-01-01 00:00:00.000Z", "+026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.00:Z",
      "2026-01-01T00:00+00:00Z ", "２２２２２２２２",
    ])
  func notARecord(text: String) {
    #expect(record(text) == nil)
  }

  @Test("is refused in a record when any one byte is any wrong one")
  func everyWrongByte() {
    let valid = Array("2021-11-11T11:11:11.111Z".utf8)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    for index in valid.indices {
      for byte in UInt8.min...UInt8.max where byte != valid[index] {
        if digits.contains(valid[index]) && digits.contains(byte) { continue }
        var damaged = valid
        damaged[index] = byte
        #expect(record(damaged) == nil, "byte \(index) as \(byte)")
      }
    }
  }

  @Test(
    "reads what clients may send",
    arguments: [
      ("2026-01-01T08:00:00+08:00", "2026-01-01T00:00:00.000Z"),
      ("2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.500Z"),
      ("2026-01-01T00:00:00.05Z", "2026-01-01T00:00:00.050Z"),
      ("2026-01-01T00:00:00.123-03:30", "2026-01-01T03:30:00.123Z"),
      ("2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00.000Z"),
      ("2026-01-01T00:00:00+08:00", "2025-12-31T16:00:00.000Z"),
      ("2024-03-01T05:59:59.999+18:00", "2024-02-29T11:59:59.999Z"),
      ("2024-02-29T12:00:00-18:00", "2024-03-01T06:00:00.000Z"),
      ("1970-01-01T08:00:00+08:00", "1970-01-01T00:00:00.000Z"),
      ("9999-12-31T05:59:59.999-18:00", "9999-12-31T23:59:59.999Z"),
    ])
  func requestForm(text: String, expected: String) throws {
    #expect(try request(text).description == expected)
  }

  @Test(
    "is refused with the first problem that applies",
    arguments: [
      ("", .malformed), ("2026-01-01", .malformed), ("2026-01-01T00:00Z", .malformed),
      ("2026-01-01t00:00:00Z", .malformed), ("2026-01-01T00:00:00z", .malformed),
      ("2026-01-01 00:00:00Z", .malformed), (" 2026-01-01T00:00:00Z", .malformed),
      ("2026-01-01T00:00:00Z ", .malformed), ("2026-01-01T00:00:00.Z", .malformed),
      ("2026-01-01T00:00:00.", .malformed), ("2026-01-01T00:00:00,5Z", .malformed),
      ("2026-01-01T00:00:00+0800", .malformed), ("2026-01-01T00:00:00+08", .malformed),
      ("2026-01-01T00:00:00+08:0", .malformed), ("2026-01-01T00:00:00+08:000", .malformed),
      ("2026-01-01T00:00:00−08:00", .malformed), ("2026-01-01T00:00:00 08:00", .malformed),
      ("26-01-01T00:00:00Z", .malformed), ("12026-01-01T00:00:00Z", .malformed),
      ("2026-1-1T00:00:00Z", .malformed), ("2026-01-01T00:00:00.1a", .malformed),
      ("2026-13-01T00:00:00.1234x", .malformed), ("２０２６-01-01T00:00:00Z", .malformed),
      ("2026-01-01T00:00:00", .noZone), ("2026-01-01T00:00:00.123", .noZone),
      ("2026-01-01T00:00:00.1234", .noZone), ("2026-13-01T00:00:00", .noZone),
      ("2026-01-01T00:00:00.1234Z", .tooPrecise), ("2026-01-01T00:00:00.000000+08:00", .tooPrecise),
      ("2026-13-01T00:00:00.1234Z", .tooPrecise),
      ("2026-00-01T00:00:00Z", .outOfRange), ("2026-13-01T00:00:00Z", .outOfRange),
      ("2026-01-00T00:00:00Z", .outOfRange), ("2026-02-29T00:00:00Z", .outOfRange),
      ("2026-04-31T00:00:00Z", .outOfRange), ("2026-01-01T24:00:00Z", .outOfRange),
      ("2026-01-01T00:60:00Z", .outOfRange), ("2016-12-31T23:59:60Z", .outOfRange),
      ("2026-01-01T00:00:00+18:01", .outOfRange), ("2026-01-01T00:00:00-19:00", .outOfRange),
      ("2026-01-01T00:00:00+08:60", .outOfRange), ("1969-12-31T23:59:59.999Z", .outOfRange),
      ("1969-12-31T23:00:00-02:00", .outOfRange), ("1970-01-01T07:59:59.999+08:00", .outOfRange),
      ("9999-12-31T23:59:59.999-00:01", .outOfRange), ("0000-01-01T00:00:00Z", .outOfRange),
    ] as [(String, InstantProblem)])
  func problems(text: String, expected: InstantProblem) {
    #expect(throws: expected) { try request(text) }
  }

  @Test("is read alike by both readers, and never crashes them, from seeded damage to valid text")
  func seededDamage() {
    let seed: UInt64 = 20_260_101
    var random = SeededNumbers(seed: seed)
    let likely = Array("0123456789-:.TZ+".utf8)
    for round in 0..<50_000 {
      let moment = Int64(random.below(Int(Instant.latest.milliseconds) + 1))
      var bytes = Array(Instant(milliseconds: moment).description.utf8)
      for _ in 0...random.below(3) {
        let index = random.below(bytes.count)
        switch random.below(4) {
        case 0: bytes[index] = UInt8(random.below(256))
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(likely[random.below(likely.count)], at: index)
        default: bytes[index] = likely[random.below(likely.count)]
        }
      }
      let requested = try? request(bytes)
      guard bytes.count == Instant.recordWidth else { continue }
      let recorded = record(bytes)
      #expect(recorded == requested, "seed \(seed), round \(round)")
      if let recorded {
        #expect(Array(recorded.description.utf8) == bytes, "seed \(seed), round \(round)")
      }
    }
  }

  @Test("exists from 1970 to 9999 and nowhere else")
  func range() {
    #expect(Instant(checking: -1) == nil)
    #expect(Instant(checking: 0) == .earliest)
    #expect(Instant(checking: 253_402_300_799_999) == .latest)
    #expect(Instant(checking: 253_402_300_800_000) == nil)
    #expect(Instant(checking: .min) == nil)
    #expect(Instant(checking: .max) == nil)
  }

  @Test("stops at the ends of its range when milliseconds are added")
  func adding() {
    #expect(Instant(milliseconds: 5).adding(milliseconds: 7) == Instant(milliseconds: 12))
    #expect(Instant(milliseconds: 5).adding(milliseconds: -5) == .earliest)
    #expect(Instant(milliseconds: 5).adding(milliseconds: -6) == .earliest)
    #expect(Instant.latest.adding(milliseconds: 1) == .latest)
    #expect(Instant.latest.adding(milliseconds: .max) == .latest)
    #expect(Instant.latest.adding(milliseconds: .min) == .earliest)
    #expect(Instant.earliest.adding(milliseconds: .max) == .latest)
  }

  @Test("is ordered like its record form")
  func order() {
    let instants = [0, 1, 999, 1000, 86_399_999, 86_400_000, 951_827_696_789].map {
      Instant(milliseconds: $0)
    }
    #expect(instants.shuffled().sorted() == instants)
    #expect(instants.map(\.description).sorted() == instants.map(\.description))
  }

  @Test("has problems that each say something of their own, in a sentence")
  func sentences() {
    let sentences = InstantProblem.allCases.map(\.sentence)
    #expect(Set(sentences).count == InstantProblem.allCases.count)
    #expect(sentences.allSatisfy { $0.hasPrefix("The time ") && $0.hasSuffix(".") })
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, on every machine.
private struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
