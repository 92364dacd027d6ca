// What falls due on a wallet by the clock (L10): expiry at midnight, holds at their deadline; and what follows when a
// member moves or leaves. What clients ask for is in PointsDecide.

extension Wallet {
  /// When the next thing falls due; nil when nothing ever does.
  func nextDue(_ zone: Zone) -> Instant? {
    let expiry = lots.first { $0.left > .zero && $0.expires != nil }?.expires.map(zone.end(of:))
    let lapse = holds.map(\.deadline).min()
    guard let expiry else { return lapse }
    return lapse.map { min($0, expiry) } ?? expiry
  }

  /// The first thing that falls due at or before `instant`, with its boundary instant; nil when nothing does.
  /// Apply it and ask again.
  func due(
    _ member: MemberID, of organisation: OrganisationID, at instant: Instant, _ zone: Zone
  ) -> (at: Instant, event: PointsEvent)? {
    guard let boundary = nextDue(zone), boundary <= instant else { return nil }
    if let hold = holds.min(by: { $0.deadline < $1.deadline }), hold.deadline == boundary {
      let (expired, released) = hold.shares.partitioned { $0.hasExpired(at: boundary, zone) }
      return (
        boundary,
        .lapsed(
          PointsLapsed(
            member: member, hold: hold.hold, organisation: organisation, released: released, expired: expired,
            available: available + released.total, held: held - hold.points))
      )
    }
    let lots = lots.filter { lot in
      lot.left > .zero && (lot.expires.map { zone.end(of: $0) == boundary } ?? false)
    }
    let shares = lots.prefix(Self.mostLotsAnEvent).map { LotShare($0, points: $0.left) }
    return (
      boundary,
      .expired(
        PointsExpired(
          member: member, organisation: organisation, lots: shares, available: available - shares.total))
    )
  }

  /// The liability by expiry month, for a member who changes organisation; as many events as the months need.
  func moved(_ member: MemberID, from: OrganisationID, to: OrganisationID) -> [PointsEvent] {
    var months: [MonthShare] = []
    func add(_ expires: CivilDay?, available: Points, held: Points) {
      let month = expires?.civilMonth
      let index = months.firstIndex { $0.month == month } ?? months.endIndex
      if index == months.endIndex { months.append(MonthShare(month: month)) }
      months[index].available += available
      months[index].held += held
    }
    for lot in lots where lot.left != .zero { add(lot.expires, available: lot.left, held: .zero) }
    for share in holds.flatMap(\.shares) { add(share.expires, available: .zero, held: share.points) }
    return stride(from: 0, to: months.count, by: Self.mostLotsAnEvent).map { start in
      let part = Array(months[start..<min(start + Self.mostLotsAnEvent, months.count)])
      return .moved(PointsMoved(member: member, from: from, to: to, months: part))
    }
  }

  /// Everything that is available, forfeited; as many events as the lots need. Refused while a hold is open.
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
    case .ruleDefined, .earned, .spent, .held, .captured, .released, .refunded, .moved, .forfeited:
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

  func partitioned(_ isFirst: (LotShare) -> Bool) -> (yes: [LotShare], no: [LotShare]) {
    var (yes, no): ([LotShare], [LotShare]) = ([], [])
    for share in self {
      if isFirst(share) { yes.append(share) } else { no.append(share) }
    }
    return (yes, no)
  }
}
