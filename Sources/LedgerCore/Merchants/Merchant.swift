// Who accepts coupons and is paid for what was redeemed (商户): what we remember of a merchant, folded from its events and
// everybody's legs. Its settlements are in Settlement; what is allowed is in MerchantDecide.

/// A merchant of an organisation (C10).
///
/// What is redeemed with it counts on its day as gross, what is rolled back as rolled back, until a settlement takes the
/// day. Owed is at every moment all gross less all rolled back less what was paid.
///
/// Example: a hotel redeems two rooms of 600 yuan on 3 July, one of them is rolled back: the day has 1,200 gross and 600
/// rolled back. A settlement takes July with 600 net. When the other room is rolled back in August, that counts on the
/// day in August: July stays as it was settled.
public struct Merchant: Equatable, Sendable {
  /// Position of the last event about it.
  public internal(set) var position: Int64 = 0
  public internal(set) var since: Instant = .blank
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var name: FreeText?
  public internal(set) var isClosed = false
  /// What is in settlements, paid or not.
  public internal(set) var settledGross: Fen = .zero
  public internal(set) var settledRolledBack: Fen = .zero
  public internal(set) var paid: Fen = .zero
  /// What is owed to it; below zero when more was rolled back than is left to settle.
  public internal(set) var owed: Fen = .zero
  /// What earlier settlements came to below zero: the next one sets it off.
  public internal(set) var carried: Fen = .zero
  /// The last day that a settlement took.
  public internal(set) var frozenThrough: CivilDay?
  /// Where the event of that settlement stands.
  public internal(set) var frozenAt: Int64 = 0
  /// When that settlement was frozen.
  public internal(set) var frozenSince: Instant?
  /// What no settlement has taken yet, by day in order.
  public internal(set) var days: [MerchantDay] = []

  public var gross: Fen { days.reduce(settledGross) { $0 + $1.gross } }
  public var rolledBack: Fen { days.reduce(settledRolledBack) { $0 + $1.rolledBack } }

  /// Whether a settlement has taken what was redeemed on `day` by the event at `position`.
  func isFrozen(_ day: CivilDay, _ position: Int64) -> Bool {
    guard let frozenThrough else { return false }
    return day <= frozenThrough && position < frozenAt
  }

  /// The day on which a rollback counts: that of the redemption, or, once a settlement has it, the day of the rollback.
  func day(ofRollingBack redeemed: CivilDay, _ position: Int64, on today: CivilDay) -> CivilDay {
    isFrozen(redeemed, position) ? today : redeemed
  }
}

/// A day of a merchant.
public struct MerchantDay: Equatable, Sendable {
  public internal(set) var day: CivilDay = .blank
  public internal(set) var gross: Fen = .zero
  public internal(set) var rolledBack: Fen = .zero
}

extension MerchantDay: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("day", &day)
    try io.field("grossFen", &gross)
    try io.field("rolledBackFen", &rolledBack)
  }
}

extension Merchant: Decider {
  static func evolve(_ state: inout Merchant?, _ event: MerchantEvent, _ stamp: Stamp) {
    var merchant = state ?? Merchant()
    switch event {
    case .registered(let event):
      merchant.since = stamp.at
      merchant.organisation = event.request.organisation
      merchant.name = event.request.name
    case .closed: merchant.isClosed = true
    case .settlementFrozen(let event):
      merchant.frozenThrough = event.through
      merchant.frozenAt = stamp.position
      merchant.frozenSince = stamp.at
      merchant.carried = event.carriedOn
    case .settlementPaid, .settlementDisputed, .settlementResolved: break
    }
    merchant.position = stamp.position
    state = merchant
  }

  /// What a leg puts into one of its accounts.
  mutating func post(_ name: MerchantAccountName, _ amount: Int64) {
    let money = Fen(count: amount)
    switch name {
    case .gross(let day): post(day) { $0.gross = $0.gross - money }
    case .rolledBack(let day): post(day) { $0.rolledBack = $0.rolledBack + money }
    case .owed: owed = owed + money
    case .settledGross: settledGross = settledGross - money
    case .settledRolledBack: settledRolledBack = settledRolledBack + money
    case .paid: paid = paid + money
    }
  }

  private mutating func post(_ day: CivilDay, _ change: (inout MerchantDay) -> Void) {
    // Nearly always it is the last day, or one after it.
    var place = days.endIndex
    while place > 0, days[place - 1].day >= day { place -= 1 }
    if place == days.endIndex || days[place].day != day { days.insert(MerchantDay(day: day), at: place) }
    change(&days[place])
    if days[place].gross == .zero, days[place].rolledBack == .zero { days.remove(at: place) }
  }
}
