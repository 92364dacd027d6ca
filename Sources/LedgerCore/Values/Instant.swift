// A moment on the universal time line, to the millisecond, and its two written forms.
// No clock is read here, and no calendar day is known: a day needs a Zone.

/// A moment, counted in milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Range: 1970-01-01T00:00:00.000Z ... 9999-12-31T23:59:59.999Z, so that every instant has a record form of
/// exactly 24 bytes, and the order of the forms as bytes is the order in time.
public struct Instant: Comparable, Hashable, Sendable, CustomStringConvertible {
  /// Milliseconds since 1970-01-01T00:00:00Z; 0...253,402,300,799,999.
  public let milliseconds: Int64

  /// 1970-01-01T00:00:00.000Z, the first instant there is.
  public static let earliest = Instant(unchecked: 0)

  /// 9999-12-31T23:59:59.999Z, the last instant there is.
  public static let latest = Instant(unchecked: 253_402_300_799_999)

  /// The instant so many milliseconds after 1970-01-01T00:00:00Z; a number out of range is a programming
  /// error and traps. Use `init(checking:)` for a number from outside.
  public init(milliseconds: Int64) {
    precondition(
      Instant.holds(milliseconds), "an Instant lies in 1970...9999: 0...253402300799999 milliseconds")
    self.milliseconds = milliseconds
  }

  /// The instant so many milliseconds after 1970-01-01T00:00:00Z, or nil when that is before 1970 or after
  /// 9999.
  public init?(checking milliseconds: Int64) {
    guard Instant.holds(milliseconds) else { return nil }
    self.milliseconds = milliseconds
  }

  /// Trusts the caller that the number is in range.
  init(unchecked milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  private static func holds(_ milliseconds: Int64) -> Bool {
    milliseconds >= 0 && milliseconds <= 253_402_300_799_999
  }

  /// The instant so many milliseconds later (earlier when negative). A result outside the range becomes
  /// `earliest` or `latest`.
  public func adding(milliseconds: Int64) -> Instant {
    let (sum, overflow) = self.milliseconds.addingReportingOverflow(milliseconds)
    // Only a positive number can overflow, because `self` is never negative.
    if overflow || sum > Instant.latest.milliseconds { return .latest }
    return sum < 0 ? .earliest : Instant(unchecked: sum)
  }

  /// The record form, `2026-01-01T00:00:00.000Z`.
  public var description: String {
    DecimalDigits.string(width: Instant.recordWidth) { write(to: $0) }
  }

  /// Whether the left instant is before the right one.
  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

/// Why a written time was not accepted. When several apply, the first in this order is reported.
public enum InstantProblem: Error, Hashable, Sendable, CaseIterable {
  /// Not of the shape `YYYY-MM-DDTHH:MM:SS[.d…](Z|±HH:MM)`; lower-case `t` and `z` do not count.
  case malformed
  /// Well formed, but without a zone (`domain.md` L3).
  case noZone
  /// More than three decimals of a second.
  case tooPrecise
  /// No such date, time or offset, or the year before 1970, or the moment outside the range of `Instant`.
  case outOfRange

  /// What is wrong and what to write instead, in English, without the text that was refused.
  public var sentence: String {
    switch self {
    case .malformed:
      "The time does not have the form YYYY-MM-DDTHH:MM:SS with a zone; "
        + "write it like 2026-01-01T08:00:00.000+08:00."
    case .noZone:
      "The time has no zone; end it with Z or with an offset such as +08:00."
    case .tooPrecise:
      "The time has more than three decimals of a second; give it in milliseconds."
    case .outOfRange:
      "The time does not exist or lies outside 1970 to 9999; "
        + "hours end at 23, minutes and seconds at 59, offsets at 18:00."
    }
  }
}

// MARK: - The form in requests

extension Instant {
  /// Reads an instant with a zone, such as `2022-10-01T09:00:00+08:00`; nil when the text is none.
  public init?(_ text: String) {
    var text = text
    guard let instant = text.withUTF8({ try? Instant(rfc3339: $0) }) else { return nil }
    self = instant
  }

  /// Reads the profile of RFC 3339 §5.6 that clients may send: `YYYY-MM-DD`, `T`, `HH:MM:SS`, optionally `.`
  /// and 1–3 digits, then `Z` or `±HH:MM`.
  ///
  /// `-00:00` is taken as `Z` (RFC 3339 §4.3: the universal time is known, the local offset is not). The year
  /// as written and the moment itself must both be in range. Throws the first `InstantProblem` that applies.
  package init(rfc3339 bytes: UnsafeBufferPointer<UInt8>) throws(InstantProblem) {
    guard bytes.count >= 19, let start = bytes.baseAddress,
      let year = DecimalDigits.read(start, width: 4), start[4] == UInt8(ascii: "-"),
      let month = DecimalDigits.read(start + 5, width: 2), start[7] == UInt8(ascii: "-"),
      let day = DecimalDigits.read(start + 8, width: 2), start[10] == UInt8(ascii: "T"),
      let hour = DecimalDigits.read(start + 11, width: 2), start[13] == UInt8(ascii: ":"),
      let minute = DecimalDigits.read(start + 14, width: 2), start[16] == UInt8(ascii: ":"),
      let second = DecimalDigits.read(start + 17, width: 2),
      let fraction = Instant.fraction(UnsafeBufferPointer(rebasing: bytes[19...]))
    else { throw .malformed }

    let suffix = UnsafeBufferPointer(rebasing: bytes[(19 + fraction.width)...])
    let offset = Zone.offset(writtenIn: suffix)
    guard offset != nil || suffix.isEmpty else { throw .malformed }
    guard let offset else { throw .noZone }
    guard fraction.width <= 4 else { throw .tooPrecise }

    guard year >= 1970, let date = CivilDay(year: year, month: month, day: day),
      hour < 24, minute < 60, second < 60, let zone = Zone(offset)
    else { throw .outOfRange }
    let seconds = Int64((hour * 60 + minute - zone.offsetMinutes) * 60 + second)
    let moment = Int64(date.number) * 86_400_000 + seconds * 1000 + fraction.milliseconds
    guard let instant = Instant(checking: moment) else { throw .outOfRange }
    self = instant
  }

  /// The decimals of a second at the front of `bytes`: how many bytes they take, point included, and what the
  /// first three are worth. No point: width 0. Nil when the point has no digit after it.
  private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>) -> (width: Int, milliseconds: Int64)? {
    guard bytes.first == UInt8(ascii: ".") else { return (0, 0) }
    var milliseconds = 0
    var worth = 100
    var width = 1
    while width < bytes.count, let digit = DecimalDigits.digit(bytes[width]) {
      milliseconds += digit * worth
      worth /= 10
      width += 1
    }
    return width > 1 ? (width, Int64(milliseconds)) : nil
  }
}

// MARK: - The form in records

extension Instant {
  /// Bytes of the record form.
  package static let recordWidth = 24

  /// Reads exactly the 24 bytes of the record form, `2026-01-01T00:00:00.000Z`; nil for anything else.
  ///
  /// It runs once for every event of every replay, so it takes the bytes as three words of eight
  /// (`2026-01-`, `01T00:00`, `:00.000Z`) and never loops.
  package init?(record bytes: UnsafePointer<UInt8>) {
    let raw = UnsafeRawPointer(bytes)
    let date = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self)) ^ RecordWord.date.pattern
    let time =
      UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      ^ RecordWord.time.pattern
    let rest =
      UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
      ^ RecordWord.rest.pattern
    let faults =
      RecordWord.date.faults(date) | RecordWord.time.faults(time) | RecordWord.rest.faults(rest)
    guard faults == 0 else { return nil }

    let dates = RecordWord.pairs(date)
    let times = RecordWord.pairs(time)
    let rests = RecordWord.pairs(rest)
    let year = RecordWord.byte(0, of: dates) &* 100 &+ RecordWord.byte(2, of: dates)
    let month = RecordWord.byte(5, of: dates)
    let day = RecordWord.byte(0, of: times)
    let hour = RecordWord.byte(3, of: times)
    let minute = RecordWord.byte(6, of: times)
    let second = RecordWord.byte(1, of: rests)
    let millisecond = RecordWord.byte(4, of: rests) &* 10 &+ RecordWord.byte(6, of: rest)
    guard year >= 1970, CivilDay.exists(year: year, month: month, day: day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let days = CivilDay.days(year: year, month: month, day: day)
    let seconds = ((days &* 24 &+ hour) &* 60 &+ minute) &* 60 &+ second
    self.init(unchecked: Int64(seconds &* 1000 &+ millisecond))
  }

  /// Writes the 24 bytes of the record form.
  package func write(to bytes: UnsafeMutablePointer<UInt8>) {
    let days = milliseconds / 86_400_000
    let rest = Int(milliseconds % 86_400_000)
    CivilDay(unchecked: Int32(truncatingIfNeeded: days)).write(to: bytes)
    bytes[10] = UInt8(ascii: "T")
    DecimalDigits.writeTwo(rest / 3_600_000, to: bytes + 11)
    bytes[13] = UInt8(ascii: ":")
    DecimalDigits.writeTwo(rest / 60_000 % 60, to: bytes + 14)
    bytes[16] = UInt8(ascii: ":")
    DecimalDigits.writeTwo(rest / 1000 % 60, to: bytes + 17)
    bytes[19] = UInt8(ascii: ".")
    DecimalDigits.writeTwo(rest % 1000 / 10, to: bytes + 20)
    bytes[22] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
    bytes[23] = UInt8(ascii: "Z")
  }
}

/// One of the three words of the record form, its first byte lowest.
private struct RecordWord {
  /// `0` where a digit belongs, else the separator itself: what the word is exclusive-ored with, so that
  /// every byte becomes its digit's value and every separator 0.
  let pattern: UInt64
  /// What lifts a byte to 16 or more when it is wrong: 6 for a digit (10 + 6), 15 for a separator (1 + 15).
  let lift: UInt64

  static let date = RecordWord(pattern: 0x2D30_302D_3030_3030, lift: 0x0F06_060F_0606_0606)  // 0000-00-
  static let time = RecordWord(pattern: 0x3030_3A30_3054_3030, lift: 0x0606_0F06_060F_0606)  // 00T00:00
  static let rest = RecordWord(pattern: 0x5A30_3030_2E30_303A, lift: 0x0F06_0606_0F06_060F)  // :00.000Z

  /// Not 0 when a byte of the word is neither its digit nor its separator. A carry between bytes can only
  /// come from a byte that is a fault by itself.
  func faults(_ word: UInt64) -> UInt64 {
    (word | (word &+ lift)) & 0xF0F0_F0F0_F0F0_F0F0
  }

  /// Each byte times ten plus the byte after it: the two-digit number that starts there, at most 99.
  static func pairs(_ word: UInt64) -> UInt64 {
    word &* 10 &+ (word >> 8)
  }

  static func byte(_ index: UInt64, of word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word >> (index &* 8)) & 0xFF)
  }
}
