// The double entry of points events (L5), and the accounts of one organisation that fold from it. No rule is here:
// legs are a pure function of the event.

extension PointsEvent {
  /// The entry of this event: amounts that sum to zero. Positive is where points went.
  var legs: [Leg] {
    switch self {
    case .ruleDefined: []
    case .earned(let event): earned(event)
    case .spent(let event): move(event.lots, { .available($0) }, .spent, event.organisation)
    case .held(let event):
      event.lots.byMonth.flatMap { month, points in
        [Leg(.available(month), event.organisation, -points), Leg(.held(month), event.organisation, points)]
      }
    case .captured(let event):
      move(event.lots, { .held($0) }, .spent, event.organisation)
        + free(event.released, event.expired, event.organisation)
    case .released(let event): free(event.released, event.expired, event.organisation)
    case .lapsed(let event): free(event.released, event.expired, event.organisation)
    case .refunded(let event):
      (event.restored + event.graced).byMonth.flatMap { month, points in
        [
          Leg(.spent, event.spentOrganisation, -points), Leg(.available(month), event.organisation, points),
        ]
      }
        + (event.forfeited.isEmpty
          ? []
          : [
            Leg(.spent, event.spentOrganisation, -event.forfeited.total.count),
            Leg(.forfeited, event.organisation, event.forfeited.total.count),
          ])
    case .expired(let event):
      move(event.lots, { .available($0) }, .expired, event.organisation)
        + move(event.whilePending.lots, { .pending($0) }, .expired, event.organisation)
    case .forfeited(let event):
      move(event.lots, { .available($0) }, .forfeited, event.organisation)
        + move(event.whilePending.lots, { .pending($0) }, .forfeited, event.organisation)
    case .activated(let event):
      event.lots.byMonth.flatMap { month, points in
        [
          Leg(.pending(month), event.organisation, -points),
          Leg(.available(month), event.organisation, points),
        ]
      } + move(event.repaid ?? [], { .pending($0) }, .debt, event.organisation)
    case .cancelled(let event): move([event.lot], { .pending($0) }, .clawedBack, event.organisation)
    case .clawedBack(let event):
      takenBack(event.lots, event.whilePending, event.shortfall, event.organisation)
    case .merged(let event): merged(event)
    case .expiryNoticed, .extensionGranted: []
    case .extended(let event): extended(event)
    case .adjusted(let event): adjusted(event)
    case .grantReversed(let event):
      takenBack(event.lots, event.whilePending, event.shortfall, event.organisation)
    case .spendingReversed(let event): spendingReversed(event)
    case .moved(let event):
      event.months.flatMap { share in
        [
          Leg(.available(share.month), event.from, -share.available.count),
          Leg(.held(share.month), event.from, -share.held.count),
          Leg(.available(share.month), event.to, share.available.count),
          Leg(.held(share.month), event.to, share.held.count),
        ].filter { $0.amount != 0 }
          + (share.pending.map { pending in
            [
              Leg(.pending(share.month), event.from, -pending.count),
              Leg(.pending(share.month), event.to, pending.count),
            ]
          } ?? [])
      }
        + (event.debt.map { debt in
          [Leg(.debt, event.from, debt.count), Leg(.debt, event.to, -debt.count)]
        } ?? [])
    }
  }

  /// Between two members of one organisation nothing moves in its books.
  private func merged(_ event: PointsMerged) -> [Leg] {
    if event.from == event.to { return [] }
    func move(_ shares: [LotShare], _ account: (CivilMonth?) -> PointsAccountName) -> [Leg] {
      shares.byMonth.flatMap { month, points in
        [Leg(account(month), event.from, -points), Leg(account(month), event.to, points)]
      }
    }
    let debt = event.debtMoved.count
    return move(event.lots) { .available($0) } + move(event.holds.flatMap(\.shares)) { .held($0) }
      + move(event.pendingEarnings.map(\.share)) { .pending($0) }
      + (debt == 0 ? [] : [Leg(.debt, event.from, debt), Leg(.debt, event.to, -debt)])
  }

  private func earned(_ event: PointsEarned) -> [Leg] {
    if event.credited == .zero { return [] }
    let month = event.expires?.civilMonth
    let issued = Leg(.issued, event.organisation, -event.credited.count)
    if event.activeOn != nil {
      return [issued, Leg(.pending(month), event.organisation, event.credited.count)]
    }
    guard let paid = event.debtPaid?.total else {
      return [issued, Leg(.available(month), event.organisation, event.credited.count)]
    }
    return [
      issued, Leg(.debt, event.organisation, paid.count),
      Leg(.available(month), event.organisation, (event.credited - paid).count),
    ].filter { $0.amount != 0 }
  }

  private func extended(_ event: PointsExtended) -> [Leg] {
    func change(_ shares: [LotShare], _ account: (CivilMonth?) -> PointsAccountName) -> [Leg] {
      shares.byMonth.filter { $0.0 != event.expires.civilMonth }.flatMap { month, points in
        [
          Leg(account(event.expires.civilMonth), event.organisation, -points),
          Leg(account(month), event.organisation, points),
        ]
      }
    }
    return change(event.lots) { .available($0) } + change(event.held.map(\.lot)) { .held($0) }
      + change(event.whilePending.map(\.lot)) { .pending($0) }
  }

  private func adjusted(_ event: PointsAdjusted) -> [Leg] {
    guard event.gives else { return move(event.lots, { .available($0) }, .clawedBack, event.organisation) }
    let (repaid, rest) = event.lots.split(at: (event.debtPaid ?? []).total)
    return [Leg(.issued, event.organisation, -event.lots.total.count)]
      + (repaid.isEmpty ? [] : [Leg(.debt, event.organisation, repaid.total.count)])
      + rest.byMonth.map { month, points in Leg(.available(month), event.organisation, points) }
  }

  private func spendingReversed(_ event: PointsSpendingReversed) -> [Leg] {
    let from: PointsAccountName = event.kind == .adjustment ? .clawedBack : .spent
    return [Leg(from, event.spentOrganisation, -event.total.count)]
      + (event.restored + event.graced).byMonth.map { month, points in
        Leg(.available(month), event.organisation, points)
      }
      + (event.forfeited.isEmpty
        ? [] : [Leg(.forfeited, event.organisation, event.forfeited.total.count)])
  }

  /// What is owed was taken back too: the debt is a claim that stands against it.
  private func takenBack(
    _ lots: [LotShare], _ whilePending: [PendingShare]?, _ shortfall: Points?, _ organisation: OrganisationID
  ) -> [Leg] {
    move(lots, { .available($0) }, .clawedBack, organisation)
      + move(whilePending.lots, { .pending($0) }, .clawedBack, organisation)
      + (shortfall.map { points in
        [Leg(.debt, organisation, -points.count), Leg(.clawedBack, organisation, points.count)]
      } ?? [])
  }

  private func move(
    _ shares: [LotShare], _ from: (CivilMonth?) -> PointsAccountName, _ to: PointsAccountName,
    _ organisation: OrganisationID
  ) -> [Leg] {
    if shares.isEmpty { return [] }
    return shares.byMonth.map { month, points in Leg(from(month), organisation, -points) }
      + [Leg(to, organisation, shares.total.count)]
  }

  private func free(
    _ released: [LotShare], _ expired: [LotShare], _ organisation: OrganisationID
  ) -> [Leg] {
    released.byMonth.flatMap { month, points in
      [Leg(.held(month), organisation, -points), Leg(.available(month), organisation, points)]
    } + move(expired, { .held($0) }, .expired, organisation)
  }
}

extension [PendingShare]? {
  fileprivate var lots: [LotShare] { map { $0.map(\.lot) } ?? [] }
}

extension [LotShare] {
  /// Points by month of expiry, in the order of first appearance.
  fileprivate var byMonth: [(CivilMonth?, Int64)] {
    var months: [(month: CivilMonth?, points: Int64)] = []
    for share in self {
      let month = share.expires?.civilMonth
      if let index = months.firstIndex(where: { $0.month == month }) {
        months[index].points += share.points.count
      } else {
        months.append((month, share.points.count))
      }
    }
    return months
  }
}

/// The accounts of points that an organisation has.
enum PointsAccountName: Hashable, Sendable {
  /// Minus everything ever granted.
  case issued
  /// What members can spend, by month of expiry; nil never expires.
  case available(CivilMonth?)
  /// What holds set aside, by month of expiry.
  case held(CivilMonth?)
  /// What cannot be spent yet, by month of expiry.
  case pending(CivilMonth?)
  case spent
  case expired
  case forfeited
  /// What was taken back, also what is owed for it.
  case clawedBack
  /// Minus what members owe.
  case debt
}

/// The points accounts of one organisation (P13), folded from legs alone.
///
/// Over all organisations they sum to zero: issued = available + held + pending + spent + expired + forfeited +
/// clawedBack - debt. Available, held and pending together are the liability.
public struct PointsAccount: Equatable, Sendable {
  /// Points granted to members while they belonged here; not negative.
  public internal(set) var issued: Int64 = 0
  public internal(set) var spent: Int64 = 0
  public internal(set) var expired: Int64 = 0
  public internal(set) var forfeited: Int64 = 0
  /// Cancelled, clawed back, reversed or adjusted away, whether it was there or is owed.
  public internal(set) var clawedBack: Int64 = 0
  /// What members owe; not negative.
  public internal(set) var debt: Int64 = 0
  /// By month of expiry, points that never expire last; months whose figures are all zero are left out.
  public internal(set) var months: [LiabilityMonth] = []

  /// The accounts of an organisation whose members never had points.
  public static let empty = PointsAccount()

  public var available: Int64 { months.reduce(0) { $0 + $1.available } }
  public var held: Int64 { months.reduce(0) { $0 + $1.held } }
  public var pending: Int64 { months.reduce(0) { $0 + $1.pending } }
}

/// Points that expire in one month.
public struct LiabilityMonth: Equatable, Sendable {
  /// nil never expires.
  public internal(set) var month: CivilMonth?
  public internal(set) var available: Int64 = 0
  public internal(set) var held: Int64 = 0
  public internal(set) var pending: Int64 = 0

  fileprivate var isEmpty: Bool { available == 0 && held == 0 && pending == 0 }
}

extension LiabilityMonth: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("month", &month)
    try io.field("available", &available)
    try io.field("held", &held)
    var some = pending == 0 ? nil : pending
    try io.field("pending", &some, "when there is any")
    pending = some ?? 0
  }
}

extension PointsAccount {
  mutating func post(_ name: PointsAccountName, _ amount: Int64) {
    // A month that is empty has no entry; a part of a replay may bring one to zero.
    guard amount != 0 else { return }
    switch name {
    case .issued: issued -= amount
    case .spent: spent += amount
    case .expired: expired += amount
    case .forfeited: forfeited += amount
    case .clawedBack: clawedBack += amount
    case .debt: debt -= amount
    case .available(let month): post(month) { $0.available += amount }
    case .held(let month): post(month) { $0.held += amount }
    case .pending(let month): post(month) { $0.pending += amount }
    }
  }

  private mutating func post(_ month: CivilMonth?, _ change: (inout LiabilityMonth) -> Void) {
    var place = months.endIndex
    while place > 0, months[place - 1].isBefore(month) == false { place -= 1 }
    if place < months.endIndex, months[place].month == month {
      change(&months[place])
      if months[place].isEmpty { months.remove(at: place) }
    } else {
      var new = LiabilityMonth(month: month)
      change(&new)
      months.insert(new, at: place)
    }
  }
}

extension LiabilityMonth {
  fileprivate func isBefore(_ other: CivilMonth?) -> Bool {
    guard let month else { return false }
    return other.map { month < $0 } ?? true
  }
}
