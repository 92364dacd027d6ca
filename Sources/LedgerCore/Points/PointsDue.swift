// What falls due on a wallet by the clock (L10): activation, expiry and notices at midnight, holds at their deadline; and
// what follows when a member moves or leaves. What clients ask for is in PointsDecide.

extension Wallet {
  /// Whether something falls due at or before an instant.
  func isDue(by instant: Instant, _ zone: Zone) -> Bool { nextDue(zone).map { $0 <= instant } ?? false }

  /// When the next thing falls due; nil when nothing ever does.
  func nextDue(_ zone: Zone) -> Instant? {
    var next = lots.first { $0.left > .zero && $0.expires != nil }?.expires.map(zone.end(of:))
    func consider(_ instant: Instant?) {
      guard let instant else { return }
      next = next.map { min($0, instant) } ?? instant
    }
    for hold in holds { consider(hold.deadline) }
    for lot in lots where lot.left > .zero { consider(lot.noticeOn.map(zone.start(of:))) }
    for earning in pending {
      consider(zone.start(of: earning.activeOn))
      consider(earning.share.expires.map(zone.end(of:)))
    }
    return next
  }

  /// The first thing that falls due at or before `instant`, with its boundary instant; nil when nothing does.
  /// Apply it and ask again.
  ///
  /// At one boundary pending points are activated first; then holds lapse, so that what expired with them is not given
  /// back; then lots expire; then notices are due.
  func due(
    _ member: MemberID, of organisation: OrganisationID, at instant: Instant, _ zone: Zone
  ) -> (at: Instant, event: PointsEvent)? {
    guard let boundary = nextDue(zone), boundary <= instant else { return nil }
    let event =
      activation(member, of: organisation, at: boundary, zone)
      ?? lapse(member, of: organisation, at: boundary, zone)
      ?? expiry(member, of: organisation, at: boundary, zone)
      ?? notice(member, of: organisation, at: boundary, zone)
    return event.map { (boundary, $0) }
  }

  private func activation(
    _ member: MemberID, of organisation: OrganisationID, at boundary: Instant, _ zone: Zone
  ) -> PointsEvent? {
    let ready = pending.filter { zone.start(of: $0.activeOn) == boundary }.prefix(Self.mostEarningsAnEvent)
    guard !ready.isEmpty else { return nil }
    let shares = ready.map(\.share)
    let paid = repayment(of: shares.total, at: boundary)
    let (repaid, lots) = shares.split(at: paid.total)
    return .activated(
      PointsActivated(
        member: member, organisation: organisation, earnings: ready.map(\.earning), lots: lots,
        repaid: paid.isEmpty ? nil : repaid, debtPaid: paid.isEmpty ? nil : paid,
        available: available + lots.total, pending: pendingPoints - shares.total,
        debt: paid.isEmpty ? nil : debt - paid.total))
  }

  private func lapse(
    _ member: MemberID, of organisation: OrganisationID, at boundary: Instant, _ zone: Zone
  ) -> PointsEvent? {
    guard let hold = holds.min(by: { $0.deadline < $1.deadline }), hold.deadline == boundary else {
      return nil
    }
    let (expired, released) = hold.shares.returned(at: boundary, zone)
    return .lapsed(
      PointsLapsed(
        member: member, hold: hold.hold, organisation: organisation, released: released, expired: expired,
        available: available + released.total, held: held - hold.points))
  }

  private func expiry(
    _ member: MemberID, of organisation: OrganisationID, at boundary: Instant, _ zone: Zone
  ) -> PointsEvent? {
    func ends(_ expires: CivilDay?) -> Bool { expires.map { zone.end(of: $0) == boundary } ?? false }
    let shares = lots.filter { $0.left > .zero && ends($0.expires) }.prefix(Self.mostLotsAnEvent)
      .map { LotShare($0, points: $0.left) }
    if !shares.isEmpty {
      return .expired(
        PointsExpired(
          member: member, organisation: organisation, lots: shares, available: available - shares.total))
    }
    let early = pending.filter { ends($0.share.expires) }.prefix(Self.mostEarningsAnEvent)
      .map { PendingShare(earning: $0.earning, lot: $0.share) }
    guard !early.isEmpty else { return nil }
    return .expired(
      PointsExpired(
        member: member, organisation: organisation, whilePending: early, available: available,
        pending: pendingPoints - early.total))
  }

  private func notice(
    _ member: MemberID, of organisation: OrganisationID, at boundary: Instant, _ zone: Zone
  ) -> PointsEvent? {
    let shares = lots.filter { lot in
      lot.left > .zero && (lot.noticeOn.map { zone.start(of: $0) == boundary } ?? false)
    }.prefix(Self.mostLotsAnEvent).map { LotShare($0, points: $0.left) }
    guard !shares.isEmpty else { return nil }
    return .expiryNoticed(PointsExpiryNoticed(member: member, organisation: organisation, lots: shares))
  }

  /// What a credit of so many points pays of the debts that exist at its time, oldest first (P9).
  func repayment(of points: Points, at instant: Instant) -> [DebtShare] {
    if debts.isEmpty { return [] }
    var paid: [DebtShare] = []
    var open = points
    for debt in debts where debt.since <= instant && debt.points > .zero && open > .zero {
      guard paid.count < Self.mostDebtsAnEvent else { break }
      let part = min(open, debt.points)
      paid.append(DebtShare(clawback: debt.clawback, points: part))
      open -= part
    }
    return paid
  }

  /// The liability by expiry month, for a member who changes organisation; as many events as the months need.
  func moved(_ member: MemberID, from: OrganisationID, to: OrganisationID) -> [PointsEvent] {
    var months: [MonthShare] = []
    func add(_ expires: CivilDay?, available: Points = .zero, held: Points = .zero, pending: Points? = nil) {
      let month = expires?.civilMonth
      let index = months.firstIndex { $0.month == month } ?? months.endIndex
      if index == months.endIndex { months.append(MonthShare(month: month)) }
      months[index].available += available
      months[index].held += held
      if let pending { months[index].pending = (months[index].pending ?? .zero) + pending }
    }
    for lot in lots where lot.left != .zero { add(lot.expires, available: lot.left) }
    for share in holds.flatMap(\.shares) { add(share.expires, held: share.points) }
    for share in pending.map(\.share) { add(share.expires, pending: share.points) }
    if months.isEmpty, debt != .zero {
      return [.moved(PointsMoved(member: member, from: from, to: to, debt: debt))]
    }
    return stride(from: 0, to: months.count, by: Self.mostLotsAnEvent).map { start in
      let part = Array(months[start..<min(start + Self.mostLotsAnEvent, months.count)])
      return .moved(
        PointsMoved(
          member: member, from: from, to: to, months: part, debt: start == 0 && debt != .zero ? debt : nil))
    }
  }

  /// Everything that is available or pending, forfeited, and no debt; as many events as the lots need. Refused while a hold is open.
  func forfeitAll(_ member: MemberID, of organisation: OrganisationID) throws(Undecided) -> [PointsEvent] {
    guard holds.isEmpty else { throw .refused(Refusal(.holdsOpen, "holds", Int64(holds.count))) }
    var shares = lots.filter { $0.left > .zero }.map { LotShare($0, points: $0.left) }
    var left = available
    var events: [PointsEvent] = []
    while !shares.isEmpty {
      let part = Array(shares.prefix(Self.mostLotsAnEvent))
      shares.removeFirst(part.count)
      left -= part.total
      events.append(
        .forfeited(PointsForfeited(member: member, organisation: organisation, lots: part, available: left)))
    }
    var early = pending.map { PendingShare(earning: $0.earning, lot: $0.share) }
    while !early.isEmpty {
      let part = Array(early.prefix(Self.mostEarningsAnEvent))
      early.removeFirst(part.count)
      events.append(
        .forfeited(
          PointsForfeited(
            member: member, organisation: organisation, whilePending: part, available: left,
            pending: early.total)))
    }
    return events
  }
}

extension PointsEvent {
  /// What fell due on a day that is closed by now (L4).
  func occurred(on day: CivilDay) -> PointsEvent {
    switch self {
    case .lapsed(var event):
      event.occurredOn = day
      return .lapsed(event)
    case .expired(var event):
      event.occurredOn = day
      return .expired(event)
    case .activated(var event):
      event.occurredOn = day
      return .activated(event)
    case .expiryNoticed(var event):
      event.occurredOn = day
      return .expiryNoticed(event)
    case .ruleDefined, .earned, .spent, .held, .captured, .released, .refunded, .moved, .forfeited,
      .merged, .cancelled, .clawedBack, .extensionGranted, .extended, .adjusted, .grantReversed,
      .spendingReversed:
      preconditionFailure("\(dataType.type.name) does not fall due")
    }
  }
}

extension Lot {
  /// Whether it can still be spent at that time.
  func isValid(at instant: Instant, _ zone: Zone) -> Bool {
    expires.map { instant < zone.end(of: $0) } ?? true
  }
}

extension LotShare {
  func hasExpired(at instant: Instant, _ zone: Zone) -> Bool {
    expires.map { zone.end(of: $0) <= instant } ?? false
  }
}

extension [PendingShare] {
  var total: Points { reduce(.zero) { $0 + $1.lot.points } }
}

extension [LotShare] {
  var total: Points { reduce(.zero) { $0 + $1.points } }

  /// The first shares that sum to `points`, one of them cut if need be, and the rest.
  func split(at points: Points) -> (first: [LotShare], rest: [LotShare]) {
    var first: [LotShare] = []
    var rest: [LotShare] = []
    var open = points
    for share in self {
      let taken = Swift.min(open, share.points)
      if taken > .zero { first.append(LotShare(share, points: taken)) }
      if taken < share.points { rest.append(LotShare(share, points: share.points - taken)) }
      open -= taken
    }
    return (first, rest)
  }

  /// What comes back at that time: what has expired meanwhile, and what is good. A notice that was due meanwhile is due
  /// at the next midnight (P11).
  func returned(at instant: Instant, _ zone: Zone) -> (expired: [LotShare], good: [LotShare]) {
    var (expired, good) = partitioned { $0.hasExpired(at: instant, zone) }
    for index in good.indices {
      guard let noticeOn = good[index].noticeOn, zone.start(of: noticeOn) <= instant else { continue }
      let next = zone.day(of: instant).next
      good[index].noticeOn = good[index].expires.map { next <= $0 } ?? false ? next : nil
    }
    return (expired, good)
  }

  func partitioned(_ isFirst: (LotShare) -> Bool) -> (yes: [LotShare], no: [LotShare]) {
    var (yes, no): ([LotShare], [LotShare]) = ([], [])
    for share in self {
      if isFirst(share) { yes.append(share) } else { no.append(share) }
    }
    return (yes, no)
  }
}
