// A member's points (P1), and how events change them. What they consist of is in WalletParts; what is allowed is in
// PointsDecide; what falls due by the clock is in PointsDue.

/// A member's points: the sum of their lots.
///
/// A lot is (rule@version, earning day, expiry): earnings of one rule on one day join it (P1). Spending takes the nearest
/// expiry first, among equals the oldest, points without expiry last (P2). A hold keeps its lots' shares apart until it
/// is captured, released or lapses (P8); a refund restores the same lots with their expiry (P3).
///
/// An earning under a rule with pending days stands apart until its day (P7), then joins its lot. A claw-back takes what
/// is pending of the earning, then its lot, then other lots in spending order; what is missing is a debt, which later
/// credits pay first (P9).
///
/// A lot leaves when nothing is left of it, so what was granted on a day is counted apart: a late command may be dated
/// on any day, and the cap of that day still holds.
///
/// Example: two lots, 5 until 31 May and 10 until 31 December. Holding 8 takes 5 and 3; 7 stay available. Capturing
/// 6 of the 8 spends 5 and 1, and 2 return to the lot of December: 9 available. Clawing back 12 takes the 9 and leaves a
/// debt of 3: of the next 5 that are earned, 2 become available.
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
  /// What cannot be spent yet, in the order it was earned.
  public internal(set) var pending: [PendingEarning] = []
  /// What is owed, oldest first.
  public internal(set) var debts: [Debt] = []
  /// Earnings of which something was taken back, in the order that began.
  public internal(set) var takenBack: [TakenBackEarning] = []

  /// How many lots or months one event may name: a lot whose rule has the longest id takes 394 bytes, and a record must
  /// stay under 64 KiB.
  static let mostLotsAnEvent = 140
  /// How many earnings one event may name: with the longest ids each takes 930 bytes.
  static let mostEarningsAnEvent = 40
  /// How many debts one credit pays: with the longest ids each takes 560 bytes. The next credit pays the next ones.
  static let mostDebtsAnEvent = 20

  /// Points that can be spent: what the lots hold, without what is set aside by holds.
  public var available: Points { lots.reduce(.zero) { $0 + $1.left } }
  /// Points set aside by holds.
  public var held: Points { holds.reduce(.zero) { $0 + $1.points } }
  /// Points that cannot be spent yet.
  public var pendingPoints: Points { pending.reduce(.zero) { $0 + $1.share.points } }
  /// Points owed.
  public var debt: Points { debts.reduce(.zero) { $0 + $1.points } }
}

extension Wallet: Decider {
  static func evolve(_ state: inout Wallet?, _ event: PointsEvent, _ stamp: Stamp) {
    // Matched, because `==` copies what it compares.
    if case nil = state { state = Wallet() }
    state?.evolve(event, stamp)
  }

  /// The same event as the other wallet sees it, of the two that a merge is about.
  static func evolve(other state: inout Wallet?, _ event: PointsEvent, _ stamp: Stamp) {
    guard case .merged(let event) = event else { return }
    if state == nil { state = Wallet() }
    state?.takeOver(event, at: stamp.at)
    state?.position = stamp.position
  }

  private mutating func evolve(_ event: PointsEvent, _ stamp: Stamp) {
    position = stamp.position
    switch event {
    case .earned(let event): earn(event, stamp)
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
    case .expired(let event):
      take(event.lots)
      takePending(event.whilePending)
    case .forfeited(let event):
      take(event.lots)
      takePending(event.whilePending)
    case .activated(let event):
      activate(event.earnings)
      put(event.lots, at: stamp.at)
      pay(event.debtPaid)
    case .cancelled(let event):
      takePending([PendingShare(earning: event.request.earning, lot: event.lot)])
      note(takenBack: event.lot.points, of: event.request.earning)
      uncount(event.lot)
    case .clawedBack(let event): clawBack(event, stamp)
    case .expiryNoticed(let event):
      for share in event.lots {
        if let index = lots.firstIndex(where: { $0.isLot(of: share) }) { lots[index].noticeOn = nil }
      }
    case .extended(let event): extend(event, at: stamp.at)
    case .adjusted(let event): adjust(event, stamp)
    case .grantReversed(let event):
      take(event.lots)
      takePending(event.whilePending)
      if let shortfall = event.shortfall {
        owe(Debt(clawback: stamp.command, since: stamp.at, points: shortfall))
      }
      note(takenBack: event.reversed, of: event.request.event)
      if let lot = event.uncounted { uncount(lot) }
    case .spendingReversed(let event):
      put(event.restored, at: stamp.at)
      put(event.graced, at: stamp.at)
      note(refunded: event.total, of: event.request.event)
    case .merged(let event): giveUp(event)
    case .moved, .ruleDefined, .extensionGranted: break
    }
  }

  private mutating func earn(_ event: PointsEarned, _ stamp: Stamp) {
    if let closed = event.countersClosedThrough { forgetDays(through: closed) }
    guard event.credited > .zero else { return }
    let lot = event.lot
    if let activeOn = event.activeOn {
      pending.append(
        PendingEarning(earning: stamp.command, since: stamp.at, activeOn: activeOn, share: lot))
    } else if let paid = event.debtPaid {
      pay(paid)
      if lot.points > paid.total { change(lot, by: lot.points - paid.total, at: stamp.at) }
    } else {
      change(lot, by: lot.points, at: stamp.at)
    }
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

  private mutating func forgetDays(through day: CivilDay) {
    for index in counters.indices { counters[index].days.removeAll { $0.day <= day } }
  }

  /// What never came to be counts towards no cap.
  private mutating func uncount(_ lot: LotShare) {
    guard let counter = counters.firstIndex(where: { $0.rule == lot.rule }) else { return }
    counters[counter].lifetime -= lot.points
    if let index = counters[counter].months.lastIndex(where: { $0.month == lot.day.civilMonth }) {
      counters[counter].months[index].granted -= lot.points
    }
    if let index = counters[counter].days.lastIndex(where: { $0.day == lot.day }) {
      counters[counter].days[index].granted -= lot.points
    }
  }

  private mutating func clawBack(_ event: PointsClawedBack, _ stamp: Stamp) {
    take(event.lots)
    takePending(event.whilePending)
    if let shortfall = event.shortfall {
      owe(Debt(clawback: stamp.command, since: stamp.at, points: shortfall))
    }
    note(takenBack: event.clawedBack, of: event.request.earning)
  }

  mutating func owe(_ debt: Debt) {
    let place = debts.lastIndex { $0.since <= debt.since }.map { $0 + 1 } ?? 0
    debts.insert(debt, at: place)
  }

  /// Pays debts, which leave when nothing is left of them.
  private mutating func pay(_ shares: [DebtShare]?) {
    for share in shares ?? [] {
      if let index = debts.firstIndex(where: { $0.clawback == share.clawback }) {
        debts[index].points -= share.points
        if debts[index].points == .zero { debts.remove(at: index) }
      } else {
        debts.append(Debt(clawback: share.clawback, since: .blank, points: .zero - share.points))
      }
    }
  }

  mutating func note(takenBack points: Points, of earning: CommandID) {
    if let index = takenBack.firstIndex(where: { $0.earning == earning }) {
      takenBack[index].points += points
    } else {
      takenBack.append(TakenBackEarning(earning: earning, points: points))
    }
  }

  /// Earnings are pending no more. What one command gave under several rules is several: the earliest is meant.
  private mutating func activate(_ earnings: [CommandID]) {
    for earning in earnings {
      let own = pending.indices.filter { pending[$0].earning == earning }
      if let earliest = own.min(by: { pending[$0].activeOn < pending[$1].activeOn }) {
        pending.remove(at: earliest)
      }
    }
  }

  /// Where an earning is pending in this lot; one command may have given several.
  private func pendingIndex(of earning: CommandID, in lot: LotShare) -> Int? {
    pending.firstIndex { $0.earning == earning && $0.share.isLot(of: lot) }
      ?? pending.firstIndex { $0.earning == earning }
  }

  /// Takes points of earnings that are pending; an earning leaves when nothing is left of it.
  private mutating func takePending(_ shares: [PendingShare]?) {
    for taken in shares ?? [] {
      guard let index = pendingIndex(of: taken.earning, in: taken.lot) else { continue }
      pending[index].share.points -= taken.lot.points
      if pending[index].share.points == .zero { pending.remove(at: index) }
    }
  }

  private mutating func refund(_ event: PointsRefunded, at instant: Instant) {
    put(event.restored, at: instant)
    put(event.graced, at: instant)
    note(refunded: event.request.points, of: event.request.spending)
  }

  private mutating func note(refunded points: Points, of spending: CommandID) {
    if let index = refunds.firstIndex(where: { $0.spending == spending }) {
      refunds[index].points += points
    } else {
      refunds.append(RefundedSpending(spending: spending, points: points))
    }
  }

  private mutating func adjust(_ event: PointsAdjusted, _ stamp: Stamp) {
    guard event.gives else { return take(event.lots) }
    pay(event.debtPaid)
    let (_, rest) = event.lots.split(at: (event.debtPaid ?? []).total)
    put(rest, at: stamp.at)
  }

  /// Moves points to another expiry; they stay what they are, and since when they are there.
  private mutating func extend(_ event: PointsExtended, at instant: Instant) {
    for share in event.lots {
      let old = LotShare(share, points: share.points, expires: event.expires)
      let since = lots.first { $0.isLot(of: old) }?.since ?? instant
      take([old])
      put([share], at: since)
    }
    for share in event.held {
      let old = LotShare(share.lot, points: share.lot.points, expires: event.expires)
      guard let hold = holds.firstIndex(where: { $0.hold == share.hold }),
        let index = holds[hold].shares.firstIndex(where: { $0.isLot(of: old) })
      else { continue }
      holds[hold].shares[index] = share.lot
    }
    for share in event.whilePending {
      let old = LotShare(share.lot, points: share.lot.points, expires: event.expires)
      guard let index = pendingIndex(of: share.earning, in: old) else { continue }
      pending[index].share = share.lot
    }
  }

  /// Takes points out of a lot, which leaves when nothing is left. A lot that is not there goes below zero: the
  /// effective view of late commands shows it.
  mutating func take(_ shares: [LotShare]) {
    for share in shares { change(share, by: .zero - share.points, at: .blank) }
  }

  /// Adds points to their lot, which may have to be made or made anew.
  mutating func put(_ shares: [LotShare], at instant: Instant) {
    for share in shares { change(share, by: share.points, at: instant) }
  }

  private mutating func change(_ share: LotShare, by points: Points, at instant: Instant) {
    // From the back, where what is earned now usually stands: earlier lots are not even looked at.
    var place = lots.endIndex
    while place > lots.startIndex, !lots[place - 1].isSpentBefore(share) { place -= 1 }
    if place < lots.endIndex, lots[place].isLot(of: share) {
      lots[place].left += points
      if points > .zero {
        lots[place].since = min(lots[place].since, instant)
        lots[place].noticeOn =
          share.noticeOn.map { min($0, lots[place].noticeOn ?? $0) } ?? lots[place].noticeOn
      }
      // Below zero, which only the effective view sees, there is nothing to tell of.
      if lots[place].left < .zero { lots[place].noticeOn = nil }
      if lots[place].left == .zero { lots.remove(at: place) }
      return
    }
    let lot = Lot(
      rule: share.rule, ruleVersion: share.ruleVersion, day: share.day, expires: share.expires,
      since: instant, left: points, noticeOn: points > .zero ? share.noticeOn : nil)
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
  func isLot(of other: LotShare) -> Bool {
    day == other.day && expires == other.expires && ruleVersion == other.ruleVersion && rule == other.rule
  }

  init(_ lot: Lot, points: Points) {
    self.init(
      rule: lot.rule, ruleVersion: lot.ruleVersion, day: lot.day, expires: lot.expires, points: points,
      noticeOn: lot.noticeOn)
  }
  /// With another expiry, of which no notice is due.
  init(_ share: LotShare, points: Points, expires: CivilDay?) {
    self.init(
      rule: share.rule, ruleVersion: share.ruleVersion, day: share.day, expires: expires, points: points)
  }
  init(_ share: LotShare, points: Points) {
    self = share
    self.points = points
  }
}
