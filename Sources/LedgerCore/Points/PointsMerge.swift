// What becomes of points when their member is merged into another (M4, P4): the event, how it is made, and how it changes
// both wallets. When two members may be merged is decided in Members; what follows from what, in Book/Flows.

/// Everything a wallet holds, or a part of it, in the hands of another member.
struct PointsMerged: EventData {
  /// Whose it was.
  var member: MemberID = .blank
  /// Whose it is.
  var into: MemberID = .blank
  /// The organisation of the one, and that of the other.
  var from: OrganisationID = .blank
  var to: OrganisationID = .blank
  var lots: [LotShare] = []
  /// Open ones, with their ids and deadlines.
  var holds: [Hold] = []
  /// Added to the other's.
  var counters: [RuleCounter] = []
  var refunds: [RefundedSpending] = []
  var pendingEarnings: [PendingEarning] = []
  var debts: [Debt] = []
  var takenBack: [TakenBackEarning] = []
  var available: Points = .zero
  var held: Points = .zero
  var pending: Points = .zero
  var debt: Points = .zero
  static let type = EventType(
    "points.merged", "A member's points are another's, lot by lot with their expiries; counters add.")
  consuming func asEvent() -> Event { .points(.merged(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member, "whose it was")
    try io.field("into", &into, "whose it is")
    try io.field("from", &from, "the organisation of the one")
    try io.field("to", &to, "the organisation of the other")
    try io.field("lots", &lots)
    try io.field("holds", &holds, "open ones, with their ids and deadlines")
    try io.field("counters", &counters, "added to the other's")
    try io.field("refunds", &refunds, "how much of each spending was refunded")
    try io.field("pendingEarnings", &pendingEarnings, "with the days on which they become active")
    try io.field("debts", &debts)
    try io.field("takenBack", &takenBack, "how much of each earning was cancelled or clawed back")
    try io.field("available", &available, "of the other, after this event")
    try io.field("held", &held, "of the other, after this event")
    try io.field("pending", &pending, "of the other, after this event")
    try io.field("debt", &debt, "of the other, after this event")
  }
}

extension PointsMerged {
  /// How much of each goes from the one to the other; what is available is the total of the lots.
  var heldMoved: Points { holds.reduce(.zero) { $0 + $1.points } }
  var pendingMoved: Points { pendingEarnings.reduce(.zero) { $0 + $1.share.points } }
  var debtMoved: Points { debts.reduce(.zero) { $0 + $1.points } }
}

extension Wallet {
  /// Everything in this wallet as another member's from `instant` on; as many events as it needs. None for a wallet
  /// that never had anything.
  func merged(
    _ member: MemberID, of from: OrganisationID, into: MemberID, of to: OrganisationID, holding other: Wallet,
    at instant: Instant
  ) -> [PointsEvent] {
    var parts = RecordParts<PointsMerged>()
    for lot in lots where lot.left > .zero { parts.add(LotShare(lot, points: lot.left), \.lots) }
    for var hold in holds {
      hold.since = instant
      parts.add(hold, \.holds)
    }
    for var earning in pending {
      earning.since = instant
      parts.add(earning, \.pendingEarnings)
    }
    for var debt in debts {
      debt.since = instant
      parts.add(debt, \.debts)
    }
    for piece in counters.flatMap(\.pieces) { parts.add(piece, \.counters) }
    for refund in refunds { parts.add(refund, \.refunds) }
    for earning in takenBack { parts.add(earning, \.takenBack) }
    var last = PointsMerged()
    (last.available, last.held) = (other.available, other.held)
    (last.pending, last.debt) = (other.pendingPoints, other.debt)
    return parts.events.map { part in
      var event = part
      (event.member, event.into, event.from, event.to) = (member, into, from, to)
      event.available = last.available + event.lots.total
      event.held = last.held + event.heldMoved
      event.pending = last.pending + event.pendingMoved
      event.debt = last.debt + event.debtMoved
      last = event
      return .merged(event)
    }
  }

  /// The wallet that is emptied. What has come to it meanwhile stays: the effective view shows it.
  mutating func giveUp(_ event: PointsMerged) {
    take(event.lots)
    holds.removeAll { hold in event.holds.contains { $0.hold == hold.hold } }
    for counter in event.counters { count(counter, sign: -1) }
    refunds.removeAll { refund in event.refunds.contains { $0.spending == refund.spending } }
    pending.removeAll { open in event.pendingEarnings.contains { $0.earning == open.earning } }
    debts.removeAll { debt in event.debts.contains { $0.clawback == debt.clawback } }
    takenBack.removeAll { taken in event.takenBack.contains { $0.earning == taken.earning } }
  }

  /// The wallet that receives.
  mutating func takeOver(_ event: PointsMerged, at instant: Instant) {
    put(event.lots, at: instant)
    holds += event.holds
    for counter in event.counters { count(counter, sign: 1) }
    refunds += event.refunds
    pending += event.pendingEarnings
    for debt in event.debts { owe(debt) }
    // One draw of an activity may have given points to both.
    for taken in event.takenBack { note(takenBack: taken.points, of: taken.earning) }
  }

  private mutating func count(_ counted: RuleCounter, sign: Int64) {
    let index = counters.firstIndex { $0.rule == counted.rule } ?? counters.endIndex
    if index == counters.endIndex { counters.append(RuleCounter(rule: counted.rule)) }
    counters[index].add(counted, sign: sign)
    if counters[index] == RuleCounter(rule: counted.rule) { counters.remove(at: index) }
  }
}

extension RuleCounter {
  /// How many months and days of a counter one event may name.
  private static let mostEntriesAPiece = 200

  /// The counter in pieces that fit into events; together they sum to it.
  fileprivate var pieces: [RuleCounter] {
    let months = months.filter { $0.granted != .zero }
    let days = days.filter { $0.granted != .zero }
    let length = Self.mostEntriesAPiece
    return stride(from: 0, to: max(months.count, days.count, 1), by: length).map { start in
      RuleCounter(
        rule: rule, lifetime: start == 0 ? lifetime : .zero,
        months: Array(months.dropFirst(start).prefix(length)),
        days: Array(days.dropFirst(start).prefix(length)))
    }
  }

  /// Adds what was counted elsewhere, or takes it away; what comes to nothing leaves.
  fileprivate mutating func add(_ other: RuleCounter, sign: Int64) {
    func signed(_ points: Points) -> Points { Points(count: sign * points.count) }
    lifetime += signed(other.lifetime)
    for month in other.months {
      if let index = months.lastIndex(where: { $0.month == month.month }) {
        months[index].granted += signed(month.granted)
      } else {
        months.append(MonthCounter(month: month.month, granted: signed(month.granted)))
      }
    }
    for day in other.days {
      if let index = days.lastIndex(where: { $0.day == day.day }) {
        days[index].granted += signed(day.granted)
      } else {
        days.append(DayCounter(day: day.day, granted: signed(day.granted)))
      }
    }
    months.removeAll { $0.granted == .zero }
    days.removeAll { $0.granted == .zero }
  }
}
