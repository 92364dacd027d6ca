// A member's points (P1): lots, holds and counters, and how events change them. What is allowed is in PointsDecide;
// what falls due by the clock is in PointsDue.

/// A member's points: the sum of their lots.
///
/// A lot is (rule@version, earning day, expiry): earnings of one rule on one day join it (P1). Spending takes the nearest expiry first, among equals the oldest, points without expiry
/// last (P2). A hold keeps its lots' shares apart until it is captured, released or lapses (P8); a refund restores
/// the same lots with their expiry (P3).
///
/// A lot leaves when nothing is left of it, so what was granted on a day is counted apart: a late command may be dated
/// on any day, and the cap of that day still holds.
///
/// Example: two lots, 5 until 31 May and 10 until 31 December. Holding 8 takes 5 and 3; 7 stay available. Capturing
/// 6 of the 8 spends 5 and 1, and 2 return to the lot of December: 9 available.
public struct Wallet: Equatable, Sendable {
  /// Position of the last event about these points.
  public internal(set) var position: Int64 = 0
  /// In the order they are spent.
  public internal(set) var lots: [Lot] = []
  /// Open holds, in the order they were made.
  public internal(set) var holds: [Hold] = []
  /// One per rule under which anything was granted, by first use.
  public internal(set) var counters: [RuleCounter] = []
  /// Spendings of which something was refunded, in the order of their first refund.
  public internal(set) var refunds: [RefundedSpending] = []

  /// How many lots or months one event may name: a lot whose rule has the longest id takes 370 bytes, and a record must
  /// stay under 64 KiB.
  static let mostLotsAnEvent = 150

  /// Points that can be spent: what the lots hold, without what is set aside by holds.
  public var available: Points { lots.reduce(.zero) { $0 + $1.left } }
  /// Points set aside by holds.
  public var held: Points { holds.reduce(.zero) { $0 + $1.points } }
}

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
}

/// Part of a lot, as events name it.
public struct LotShare: Equatable, Sendable {
  public internal(set) var rule: RuleID = .blank
  public internal(set) var ruleVersion: Int64 = 1
  public internal(set) var day: CivilDay = .blank
  public internal(set) var expires: CivilDay?
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
  /// Likewise; days leave when their period is closed, which no release does yet.
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
  }
}

extension LotShare: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("rule", &rule)
    try io.field("ruleVersion", &ruleVersion, in: 1...1_000_000, "")
    try io.field("day", &day, "the earning day")
    try io.field("expires", &expires, "the last valid day; never when absent")
    try io.field("points", &points, in: 1...Int64.max, "")
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

extension Wallet: Decider {
  static func evolve(_ state: inout Wallet?, _ event: PointsEvent, _ stamp: Stamp) {
    // Matched, because `==` copies what it compares.
    if case nil = state { state = Wallet() }
    state?.evolve(event, stamp)
  }

  private mutating func evolve(_ event: PointsEvent, _ stamp: Stamp) {
    position = stamp.position
    switch event {
    case .earned(let event): earn(event, at: stamp.at)
    case .spent(let event): take(event.lots)
    case .held(let event):
      take(event.lots)
      holds.append(
        Hold(hold: stamp.command, since: stamp.at, deadline: event.request.deadline, shares: event.lots))
    case .captured(let event):
      close(event.request.hold)
      put(event.released, at: stamp.at)
    case .released(let event):
      close(event.request.hold)
      put(event.released, at: stamp.at)
    case .lapsed(let event):
      close(event.hold)
      put(event.released, at: stamp.at)
    case .refunded(let event): refund(event, at: stamp.at)
    case .expired(let event): take(event.lots)
    case .forfeited(let event): take(event.lots)
    case .moved, .ruleDefined: break
    }
  }

  private mutating func earn(_ event: PointsEarned, at instant: Instant) {
    guard event.credited > .zero else { return }
    let lot = LotShare(
      rule: event.request.rule, ruleVersion: event.ruleVersion, day: event.day, expires: event.expires,
      points: event.credited)
    change(lot, by: lot.points, at: instant)
    // By index, because an element handed to a closure is copied.
    let counter = counters.indices.first { counters[$0].rule == event.request.rule } ?? counters.endIndex
    if counter == counters.endIndex { counters.append(RuleCounter(rule: event.request.rule)) }
    counters[counter].lifetime += event.credited
    let month = event.day.civilMonth
    if let index = counters[counter].months.lastIndex(where: { $0.month == month }) {
      counters[counter].months[index].granted += event.credited
    } else {
      counters[counter].months.append(MonthCounter(month: month, granted: event.credited))
    }
    if let index = counters[counter].days.lastIndex(where: { $0.day == event.day }) {
      counters[counter].days[index].granted += event.credited
    } else {
      counters[counter].days.append(DayCounter(day: event.day, granted: event.credited))
    }
  }

  private mutating func refund(_ event: PointsRefunded, at instant: Instant) {
    put(event.restored, at: instant)
    put(event.graced, at: instant)
    if let index = refunds.firstIndex(where: { $0.spending == event.request.spending }) {
      refunds[index].points += event.request.points
    } else {
      refunds.append(RefundedSpending(spending: event.request.spending, points: event.request.points))
    }
  }

  /// Takes points out of a lot, which leaves when nothing is left. A lot that is not there goes below zero: the
  /// effective view of late commands shows it.
  private mutating func take(_ shares: [LotShare]) {
    for share in shares { change(share, by: .zero - share.points, at: .blank) }
  }

  /// Adds points to their lot, which may have to be made or made anew.
  private mutating func put(_ shares: [LotShare], at instant: Instant) {
    for share in shares { change(share, by: share.points, at: instant) }
  }

  private mutating func change(_ share: LotShare, by points: Points, at instant: Instant) {
    // From the back, where what is earned now usually stands: earlier lots are not even looked at.
    var place = lots.endIndex
    while place > lots.startIndex, !lots[place - 1].isSpentBefore(share) { place -= 1 }
    if place < lots.endIndex, lots[place].isLot(of: share) {
      lots[place].left += points
      if points > .zero { lots[place].since = min(lots[place].since, instant) }
      if lots[place].left == .zero { lots.remove(at: place) }
      return
    }
    let lot = Lot(
      rule: share.rule, ruleVersion: share.ruleVersion, day: share.day, expires: share.expires,
      since: instant, left: points)
    lots.insert(lot, at: place)
  }

  private mutating func close(_ hold: CommandID) { holds.removeAll { $0.hold == hold } }
}

extension Lot {
  func isLot(of share: LotShare) -> Bool {
    day == share.day && expires == share.expires && ruleVersion == share.ruleVersion && rule == share.rule
  }

  /// P2: nearest expiry first, ties oldest first, no expiry last; then by rule, so that the order is total.
  func isSpentBefore(_ other: LotShare) -> Bool {
    if expires != other.expires {
      guard let expires else { return false }
      return other.expires.map { expires < $0 } ?? true
    }
    if day != other.day { return day < other.day }
    if rule != other.rule { return rule < other.rule }
    return ruleVersion < other.ruleVersion
  }
}

extension LotShare {
  init(_ lot: Lot, points: Points) {
    self.init(
      rule: lot.rule, ruleVersion: lot.ruleVersion, day: lot.day, expires: lot.expires, points: points)
  }
  init(_ share: LotShare, points: Points, expires: CivilDay?) {
    self.init(
      rule: share.rule, ruleVersion: share.ruleVersion, day: share.day, expires: expires, points: points)
  }
  init(_ share: LotShare, points: Points) { self.init(share, points: points, expires: share.expires) }
}
