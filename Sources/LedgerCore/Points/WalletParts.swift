// What a member's points consist of: lots and their shares, what is pending, holds, debts, counters, and how each looks
// in rows and events. How events change them is in Wallet.

/// Points of one rule version, one earning day and one expiry.
public struct Lot: Equatable, Sendable {
  public internal(set) var rule: RuleID = .blank
  public internal(set) var ruleVersion: Int64 = 1
  /// The earning day.
  public internal(set) var day: CivilDay = .blank
  /// The last valid day; nil never expires.
  public internal(set) var expires: CivilDay?
  /// Since when it can be spent: the first earning, or the return of points after it had been spent.
  public internal(set) var since: Instant = .blank
  /// What can be spent of it.
  public internal(set) var left: Points = .zero
  /// The day at whose first midnight the member is told of the expiry (P11); nil when told already, or never.
  public internal(set) var noticeOn: CivilDay?
}

/// Part of a lot, as events name it.
public struct LotShare: Equatable, Sendable {
  public internal(set) var rule: RuleID = .blank
  public internal(set) var ruleVersion: Int64 = 1
  public internal(set) var day: CivilDay = .blank
  public internal(set) var expires: CivilDay?
  public internal(set) var points: Points = .zero
  /// The day of a notice that is still due (P11).
  public internal(set) var noticeOn: CivilDay?
}

/// Points of one earning that cannot be spent yet (P7).
public struct PendingEarning: Equatable, Sendable {
  /// The id of the command that earned them.
  public internal(set) var earning: CommandID = .blank
  public internal(set) var since: Instant = .blank
  /// The first day on which they can be spent.
  public internal(set) var activeOn: CivilDay = .blank
  /// What is still pending of them, and the lot it will join.
  public internal(set) var share = LotShare()
}

/// What a member owes because points that were taken back had been used already (P9); later credits pay it first.
public struct Debt: Equatable, Sendable {
  /// The id of the command that took back more than there was.
  public internal(set) var clawback: CommandID = .blank
  public internal(set) var since: Instant = .blank
  public internal(set) var points: Points = .zero
}

/// How much of an earning was taken back so far: cancelled, clawed back or reversed.
public struct TakenBackEarning: Equatable, Sendable {
  public internal(set) var earning: CommandID = .blank
  public internal(set) var points: Points = .zero
}

/// Points set aside for an order (P8), known by the command that set them aside.
public struct Hold: Equatable, Sendable {
  public internal(set) var hold: CommandID = .blank
  public internal(set) var since: Instant = .blank
  /// The instant at which it lapses.
  public internal(set) var deadline: Instant = .blank
  public internal(set) var shares: [LotShare] = []
  public var points: Points { shares.reduce(.zero) { $0 + $1.points } }
}

/// What a member was granted under one rule: the counters of its caps.
public struct RuleCounter: Equatable, Sendable {
  public internal(set) var rule: RuleID = .blank
  public internal(set) var lifetime: Points = .zero
  /// In the order of their first earning.
  public internal(set) var months: [MonthCounter] = []
  /// Likewise; days leave with the first earning after their period is closed.
  public internal(set) var days: [DayCounter] = []

  package func granted(in month: CivilMonth) -> Points { months.last { $0.month == month }?.granted ?? .zero }
  package func granted(on day: CivilDay) -> Points { days.last { $0.day == day }?.granted ?? .zero }
}

/// What was granted on one day.
public struct DayCounter: Equatable, Sendable {
  public internal(set) var day: CivilDay = .blank
  public internal(set) var granted: Points = .zero
}

/// What was granted in one month.
public struct MonthCounter: Equatable, Sendable {
  public internal(set) var month: CivilMonth = .blank
  public internal(set) var granted: Points = .zero
}

/// How much of a spending was refunded so far.
public struct RefundedSpending: Equatable, Sendable {
  public internal(set) var spending: CommandID = .blank
  public internal(set) var points: Points = .zero
}

extension Lot: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("rule", &rule)
    try io.field("ruleVersion", &ruleVersion)
    try io.field("day", &day)
    try io.field("expires", &expires)
    try io.field("since", &since)
    try io.field("left", &left, in: Int64.min...Int64.max, "")
    try io.field("noticeOn", &noticeOn)
  }
}

extension LotShare: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("rule", &rule)
    try io.field("ruleVersion", &ruleVersion, in: 1...1_000_000, "")
    try io.field("day", &day, "the earning day")
    try io.field("expires", &expires, "the last valid day; never when absent")
    try io.field("points", &points, in: 1...Int64.max, "")
    try io.field("noticeOn", &noticeOn, "the day of a notice of expiry that is still due")
  }
}

extension PendingEarning: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("earning", &earning)
    try io.field("since", &since)
    try io.field("activeOn", &activeOn)
    try io.field("share", &share)
  }
}

extension Debt: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("clawback", &clawback)
    try io.field("since", &since)
    try io.field("points", &points, in: Int64.min...Int64.max, "")
  }
}

extension TakenBackEarning: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("earning", &earning)
    try io.field("points", &points)
  }
}

extension Hold: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("hold", &hold)
    try io.field("since", &since)
    try io.field("deadline", &deadline)
    try io.field("shares", &shares)
  }
}

extension RuleCounter: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("rule", &rule)
    try io.field("lifetime", &lifetime)
    try io.field("months", &months)
    try io.field("days", &days)
  }
}

extension DayCounter: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("day", &day)
    try io.field("granted", &granted)
  }
}

extension MonthCounter: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("month", &month)
    try io.field("granted", &granted)
  }
}

extension RefundedSpending: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("spending", &spending)
    try io.field("points", &points)
  }
}
