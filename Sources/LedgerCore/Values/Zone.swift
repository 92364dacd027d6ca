// A fixed offset from universal time, and the days and midnights it gives.
// No time zone database and no summer time: a ledger's business days (domain.md L10) keep one offset.

/// A fixed offset from universal time, in whole minutes, −18:00...+18:00.
///
/// It says which day an instant falls on and at which instant a day begins. Days are half-open: they contain
/// their own midnight and not the next.
public struct Zone: Hashable, Sendable, CustomStringConvertible {
  /// Minutes that local time is ahead of universal time; −1,080...1,080.
  public let offsetMinutes: Int

  /// Universal time, `+00:00`.
  public static let utc = Zone(offsetMinutes: 0)

  /// The zone so many minutes ahead of universal time (behind, when negative); beyond 18 hours is a
  /// programming error and traps. Use `init(checking:)` for a number from outside.
  public init(offsetMinutes: Int) {
    precondition(
      (-1080...1080).contains(offsetMinutes), "a zone is at most 18 hours, 1080 minutes, from universal time")
    self.offsetMinutes = offsetMinutes
  }

  /// The zone so many minutes ahead of universal time (behind, when negative); nil beyond 18 hours.
  public init?(checking offsetMinutes: Int) {
    guard (-1080...1080).contains(offsetMinutes) else { return nil }
    self.init(offsetMinutes: offsetMinutes)
  }

  /// The zone written `+08:00`, `-03:30` or `Z` (`-00:00` counts as `Z`); nil for any other form and beyond
  /// 18 hours.
  public init?(_ text: String) {
    var text = text
    guard let offset = text.withUTF8({ Zone.offset(writtenIn: $0) }) else { return nil }
    self.init(offset)
  }

  /// The day the instant falls on. Where local time has passed into the year 10000, the last day there is.
  public func day(of instant: Instant) -> CivilDay {
    let days = shifted(instant) / Zone.dayMilliseconds - 1
    return min(.latest, CivilDay(unchecked: Int32(truncatingIfNeeded: days)))
  }

  /// The midnight the day begins with; one outside the range of `Instant` becomes the nearest instant there
  /// is.
  public func start(of day: CivilDay) -> Instant {
    midnight(dayNumber: Int64(day.number))
  }

  /// The midnight the day ends with: the start of the next day, no longer part of this one. One outside the
  /// range of `Instant` becomes the nearest instant there is.
  public func end(of day: CivilDay) -> Instant {
    midnight(dayNumber: Int64(day.number) + 1)
  }

  /// Milliseconds since local midnight, 0..<86,400,000.
  public func millisecondsIntoDay(of instant: Instant) -> Int64 {
    shifted(instant) % Zone.dayMilliseconds
  }

  /// The written form, `+08:00`; universal time is `+00:00`.
  public var description: String {
    DecimalDigits.string(width: 6) { bytes in
      let minutes = abs(offsetMinutes)
      bytes[0] = offsetMinutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
      DecimalDigits.writeTwo(minutes / 60, to: bytes + 1)
      bytes[3] = UInt8(ascii: ":")
      DecimalDigits.writeTwo(minutes % 60, to: bytes + 4)
    }
  }

  private static let dayMilliseconds: Int64 = 86_400_000

  /// Local milliseconds since 1969-12-31T00:00: one day early, so that it is never negative and division
  /// rounds down.
  private func shifted(_ instant: Instant) -> Int64 {
    instant.milliseconds + Int64(offsetMinutes) * 60_000 + Zone.dayMilliseconds
  }

  private func midnight(dayNumber: Int64) -> Instant {
    let moment = dayNumber * Zone.dayMilliseconds - Int64(offsetMinutes) * 60_000
    return Instant(checking: moment) ?? (moment < 0 ? .earliest : .latest)
  }
}

// MARK: - The written offset

extension Zone {
  /// An offset as it is written, perhaps out of range.
  struct WrittenOffset {
    let sign: Int
    let hours: Int
    let minutes: Int
  }

  /// The offset in exactly these bytes, `Z` or `±HH:MM`; nil when they have another shape.
  static func offset(writtenIn bytes: UnsafeBufferPointer<UInt8>) -> WrittenOffset? {
    guard let start = bytes.baseAddress else { return nil }
    if bytes.count == 1, start[0] == UInt8(ascii: "Z") {
      return WrittenOffset(sign: 1, hours: 0, minutes: 0)
    }
    guard bytes.count == 6, start[0] == UInt8(ascii: "+") || start[0] == UInt8(ascii: "-"),
      let hours = DecimalDigits.read(start + 1, width: 2), start[3] == UInt8(ascii: ":"),
      let minutes = DecimalDigits.read(start + 4, width: 2)
    else { return nil }
    return WrittenOffset(sign: start[0] == UInt8(ascii: "-") ? -1 : 1, hours: hours, minutes: minutes)
  }

  /// The zone of a written offset; nil for 60 minutes or more, and beyond 18 hours.
  init?(_ written: WrittenOffset) {
    guard written.minutes < 60 else { return nil }
    self.init(checking: written.sign * (written.hours * 60 + written.minutes))
  }
}
