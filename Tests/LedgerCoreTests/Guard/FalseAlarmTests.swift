// How often the guard is wrong: order numbers of the usual shapes, random but for what their shape fixes, counted and
// printed. The expected counts are worked out by hand from the rules of L8.

import Foundation
import Testing

@testable import LedgerCore

/// `GUARD_COUNT` is how many numbers of each shape are made, `GUARD_SEED` the seed. The long run:
/// `GUARD_COUNT=1000000 swift test --filter FalseAlarmTests`.
@Suite("False alarms of the guard")
struct FalseAlarmTests {
  /// An order number as a system makes it, and how many of a million are mistaken for which number of a person.
  struct Shape: Sendable, CustomTestStringConvertible {
    let name: String
    let perMillion: [PersonalNumber: Double]
    let make: @Sendable (inout SeededGenerator) -> String
    var testDescription: String { name }
  }

  /// 18 random digits are an identity card if the year is in 1900…2099 (200 of 10,000), the month and day exist
  /// (365.25 of 10,000) and the check digit is right (1 of 11: it is a digit 10 times of 11, and this one 1 time of 10).
  private static let randomCard = 1e6 * 200 / 10_000 * 365.25 / 10_000 / 11
  /// 16 to 19 are a bank card if they begin with 4 or 5 (2 of 10) or 62 (1 of 100) and the last is right (1 of 10).
  private static let randomBankCard = 1e6 * 0.21 / 10

  /// Only the last group of a UUID can hold 11 digits (10 of 16 each): after a letter (6 of 16) or before one, and
  /// beginning with 13…19 (7 of 100).
  private static let uuidMobile: Double = 1e6 * 2.0 * 6.0 / 16.0 * pow(10.0 / 16.0, 11.0) * 0.07

  private static let shapes = random + times + systems

  private static let random: [Shape] =
    (16...19).map { length in
      let ofCards = length == 18 ? randomCard : 0
      return Shape(
        name: "\(length) random digits", perMillion: [.identityCard: ofCards, .bankCard: randomBankCard]
      ) { digits(length, &$0) }
    } + [Shape(name: "11 random digits", perMillion: [.mobile: 70_000]) { digits(11, &$0) }]

  private static let times: [Shape] = [
    Shape(name: "yyyyMMddHHmmss and 2 digits", perMillion: [:]) { moment(&$0) + digits(2, &$0) },
    // The digits 7 to 14 are day, hour, minute and second: the 19th and 20th (24 days of 365) make years, and of the
    // 3,600 minutes and seconds 365.25 are a month and a day.
    Shape(
      name: "yyyyMMddHHmmss and 4 digits", perMillion: [.identityCard: 1e6 * 24 / 365 * 365.25 / 3600 / 11]
    ) { moment(&$0) + digits(4, &$0) },
    Shape(name: "yyyyMMddHHmmss and 5 digits", perMillion: [:]) { moment(&$0) + digits(5, &$0) },
    Shape(name: "yyyyMMddHHmmss-4 digits", perMillion: [:]) { moment(&$0) + "-" + digits(4, &$0) },
    Shape(name: "13 digits of milliseconds", perMillion: [:]) {
      "\(UInt64.random(in: 1_640_995_200_000..<1_672_531_200_000, using: &$0))"
    },
  ]

  private static let systems: [Shape] = [
    Shape(name: "28 digits of a payment", perMillion: [:]) {
      "4200001" + digits(3, &$0) + moment(&$0).prefix(8) + digits(10, &$0)
    },
    // 41 bits of milliseconds, 22 of a machine and a sequence: 19 digits that begin with 1.
    Shape(name: "snowflake of 19 digits", perMillion: [:]) {
      snowflake(375_000_000_000..<406_000_000_000, &$0)
    },
    // The same in a system's fourth year: 18 digits that begin with 4 or 5.
    Shape(
      name: "snowflake of 18 digits", perMillion: [.identityCard: randomCard, .bankCard: 100_000]
    ) { snowflake(96_000_000_000..<126_000_000_000, &$0) },
    Shape(name: "UUID", perMillion: [.mobile: uuidMobile]) { uuid(&$0) },
    Shape(name: "source-number", perMillion: [:]) {
      ["app", "till7", "gd.shop"][Int($0.next() % 3)] + "-\($0.next() % 10_000_000_000)"
    },
  ]

  private static func size(_ name: String, or standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
  }

  @Test("are as rare as the rules make them in free text and ids, and none in references", arguments: shapes)
  func falseAlarms(shape: Shape) throws {
    let seed = Self.size("GUARD_SEED", or: 1)
    let count = Self.size("GUARD_COUNT", or: 20_000)
    var generator = SeededGenerator(seed: UInt64(seed))
    var inText: [PersonalNumber: Int] = [:]
    var inID = 0
    var inReference = 0
    for _ in 0..<count {
      let number = shape.make(&generator)
      if let kind = PersonalNumber.first(in: number, FreeText.guarding) { inText[kind, default: 0] += 1 }
      if PersonalNumber.first(in: number, CommandID.guarding) != nil { inID += 1 }
      var earning = EarnPoints(member: "m-1", rule: "read")
      earning.reference = Reference(number)
      let finding = PersonalNumberGuard.firstFinding { (io) throws(WireError) in try earning.fields(&io) }
      if finding != nil { inReference += 1 }
    }
    let told = PersonalNumber.allCases.map { "\($0.rawValue) \(inText[$0] ?? 0)" }.joined(separator: ", ")
    print(
      "\(count) × \(shape.name), seed \(seed): in free text \(told); as a command id \(inID); "
        + "as a reference \(inReference)")
    #expect(inReference == 0)
    #expect(inID == inText[.identityCard] ?? 0)
    for kind in PersonalNumber.allCases {
      let expected = (shape.perMillion[kind] ?? 0) * Double(count) / 1e6
      let found = Double(inText[kind] ?? 0)
      // Five standard deviations; a shape that cannot be mistaken never is.
      #expect(abs(found - expected) <= (expected == 0 ? 0 : 5 * expected.squareRoot() + 2), "\(kind)")
    }
  }

  private static func digits(_ count: Int, _ generator: inout SeededGenerator) -> String {
    String((0..<count).map { _ in Character(String(generator.next() % 10)) })
  }

  /// A second of 2022, as `yyyyMMddHHmmss`.
  private static func moment(_ generator: inout SeededGenerator) -> String {
    let second = Int64(generator.next() % (365 * 86_400))
    let instant = Instant(milliseconds: 1_640_995_200_000 + second * 1000)
    return String(instant.description.prefix(19).filter(\.isNumber))
  }

  private static func snowflake(
    _ milliseconds: Range<UInt64>, _ generator: inout SeededGenerator
  ) -> String {
    "\(UInt64.random(in: milliseconds, using: &generator) << 22 | generator.next() & 0x3F_FFFF)"
  }

  private static func uuid(_ generator: inout SeededGenerator) -> String {
    let hex = [generator.next(), generator.next()].map { word in
      let text = String(word, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
    let ends = [8, 12, 16, 20, 32]
    return zip([0] + ends, ends).map { start, end in hex.dropFirst(start).prefix(end - start) }
      .joined(separator: "-")
  }
}
