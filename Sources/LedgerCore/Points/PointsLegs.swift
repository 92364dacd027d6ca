// The double entry of points events (L5), and the accounts of one organisation that fold from it. No rule is here:
// legs are a pure function of the event.

extension PointsEvent {
  /// The entry of this event: amounts that sum to zero. Positive is where points went.
  var legs: [Leg] {
    switch self {
    case .ruleDefined: []
    case .earned(let event):
      event.credited == .zero
        ? []
        : [
          Leg(.issued, event.organisation, -event.credited.count),
          Leg(.available(event.expires?.civilMonth), event.organisation, event.credited.count),
        ]
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
    case .expired(let event): move(event.lots, { .available($0) }, .expired, event.organisation)
    case .forfeited(let event): move(event.lots, { .available($0) }, .forfeited, event.organisation)
    case .moved(let event):
      event.months.flatMap { share in
        [
          Leg(.available(share.month), event.from, -share.available.count),
          Leg(.held(share.month), event.from, -share.held.count),
          Leg(.available(share.month), event.to, share.available.count),
          Leg(.held(share.month), event.to, share.held.count),
        ].filter { $0.amount != 0 }
      }
    }
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
  case spent
  case expired
  case forfeited
}

/// The points accounts of one organisation (P13), folded from legs alone.
///
/// Over all organisations they sum to zero: what was issued is available, held, spent, expired or forfeited.
/// Available and held together are the liability.
public struct PointsAccount: Equatable, Sendable {
  /// Points granted to members while they belonged here; not negative.
  public internal(set) var issued: Int64 = 0
  public internal(set) var spent: Int64 = 0
  public internal(set) var expired: Int64 = 0
  public internal(set) var forfeited: Int64 = 0
  /// By month of expiry, points that never expire last; months whose both figures are zero are left out.
  public internal(set) var months: [LiabilityMonth] = []

  /// The accounts of an organisation whose members never had points.
  public static let empty = PointsAccount()

  public var available: Int64 { months.reduce(0) { $0 + $1.available } }
  public var held: Int64 { months.reduce(0) { $0 + $1.held } }
}

/// Points that expire in one month.
public struct LiabilityMonth: Equatable, Sendable {
  /// nil never expires.
  public internal(set) var month: CivilMonth?
  public internal(set) var available: Int64 = 0
  public internal(set) var held: Int64 = 0
}

extension LiabilityMonth: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("month", &month)
    try io.field("available", &available)
    try io.field("held", &held)
  }
}

extension PointsAccount {
  mutating func post(_ name: PointsAccountName, _ amount: Int64) {
    switch name {
    case .issued: issued -= amount
    case .spent: spent += amount
    case .expired: expired += amount
    case .forfeited: forfeited += amount
    case .available(let month): post(month) { $0.available += amount }
    case .held(let month): post(month) { $0.held += amount }
    }
  }

  private mutating func post(_ month: CivilMonth?, _ change: (inout LiabilityMonth) -> Void) {
    var place = months.endIndex
    while place > 0, months[place - 1].isBefore(month) == false { place -= 1 }
    if place < months.endIndex, months[place].month == month {
      change(&months[place])
      if months[place].available == 0, months[place].held == 0 { months.remove(at: place) }
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
