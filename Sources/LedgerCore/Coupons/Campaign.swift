// A campaign of coupons (活动批次): its versions, quotas and money; what we remember of it, and how its own events and its
// coupons' change it. Its terms are in CampaignTerms; what is allowed is in CampaignDecide and CouponGranting.

/// A campaign (C1, C2, C12).
///
/// Its terms come in versions: each is drafted, submitted, approved by somebody else, and published. Publishing commits
/// the budget on the payers' funds, each payer's part by its weight (F4, F5). Of that money the campaign knows by receipt
/// what is free; a job sets aside what it may grant, a coupon that is granted reserves its worth, and a coupon that is
/// used spends it. So budget = free + set aside + reserved + spent, until the campaign closes and what is free goes back
/// to its funds.
///
/// It is exhausted when the last coupon of its total, or the last money for one, is taken, and goes on when a coupon
/// frees some. Coupons keep the version they were granted under.
///
/// Example: 100 coupons of 1.99 off 2.00 on a budget of 10.00 yuan: the fifth coupon takes 9.95 in all, the sixth finds
/// 0.05 and is refused. When one of the five expires unused, a sixth member may have it.
public struct Campaign: Equatable, Sendable {
  /// Position of the last event about it; those about its coupons do not count.
  public internal(set) var position: Int64 = 0
  /// When its first version was drafted.
  public internal(set) var since: Instant = .blank
  public internal(set) var organisation: OrganisationID = .blank
  /// In order; version n is at index n - 1.
  public internal(set) var versions: [CampaignVersion] = []
  /// The version that grants; nil before the first is published.
  public internal(set) var published: Int64?
  /// nil while it goes on.
  public internal(set) var pausedSince: Instant?
  public internal(set) var isExhausted = false
  public internal(set) var isClosed = false
  /// In the order of the terms.
  public internal(set) var payers: [CampaignMoney] = []
  /// What open coupons have reserved.
  public internal(set) var reserved: Fen = .zero
  /// What was paid for uses, less what was rolled back.
  public internal(set) var spent: Fen = .zero
  /// Coupons that count against the total: granted, and not given back with their quota.
  public internal(set) var taken: Int64 = 0
  /// Coupons by day of the grant, oldest first; only while there is a quota by day.
  public internal(set) var days: [CouponDay] = []
  /// Uses by merchant; only while there is a quota by merchant.
  public internal(set) var merchants: [MerchantUses] = []
  /// What jobs that grant coupons have set aside and not granted yet.
  public internal(set) var holds: [JobHold] = []
  /// Pieces, folded from legs: granted = open + redeemed + expired + revoked + returned.
  public internal(set) var granted: Int64 = 0
  public internal(set) var open: Int64 = 0
  public internal(set) var redeemed: Int64 = 0
  public internal(set) var expired: Int64 = 0
  public internal(set) var revoked: Int64 = 0
  public internal(set) var returned: Int64 = 0

  /// Committed, and neither reserved nor spent.
  public var free: Fen { payers.reduce(.zero) { $0 + $1.free.total } }

  /// One word for where it stands.
  public var status: CampaignStatus {
    if isClosed { return .closed }
    guard published != nil else { return versions.last?.stage.status ?? .draft }
    if pausedSince != nil { return .paused }
    return isExhausted ? .exhausted : .published
  }

  public func version(_ number: Int64) -> CampaignVersion? {
    versions.indices.contains(Int(number) - 1) ? versions[Int(number) - 1] : nil
  }

  /// The terms under which coupons are granted; nil before the first version is published.
  public var terms: CampaignTerms? { published.flatMap { version($0)?.terms } }
}

/// Where a campaign stands (C1).
public enum CampaignStatus: String, CaseIterable, Sendable {
  case draft, submitted, approved, published, paused, exhausted, closed
}

/// One version of a campaign's terms, and how far it has come.
public struct CampaignVersion: Equatable, Sendable {
  public internal(set) var terms = CampaignTerms()
  public internal(set) var stage: Stage = .draft
  /// When it came to this stage.
  public internal(set) var since: Instant = .blank
  /// Who drafted it, and may not approve it.
  public internal(set) var author: ActorID = .blank

  public enum Stage: String, CaseIterable, Sendable {
    case draft, submitted, approved, published

    var status: CampaignStatus {
      switch self {
      case .draft: .draft
      case .submitted: .submitted
      case .approved: .approved
      case .published: .published
      }
    }
  }
}

extension CampaignVersion.Stage: WireWord {}

extension CampaignVersion: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("stage", &stage)
    try io.field("since", &since)
    try io.field("author", &author)
    try io.field("terms", &terms)
  }
}

/// What one payer has committed and is free, by receipt.
public struct CampaignMoney: Equatable, Sendable {
  public internal(set) var fund: FundID = .blank
  /// Whose fund it is.
  public internal(set) var organisation: OrganisationID = .blank
  public internal(set) var weight: Int64 = 1
  /// In the order the receipts are used; one that has nothing left for now keeps its place.
  public internal(set) var free: [FundShare] = []
}

extension CampaignMoney: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("fund", &fund)
    try io.field("organisation", &organisation)
    try io.field("weight", &weight)
    try io.field("free", &free)
  }
}

/// What a job may still grant.
public struct JobHold: Equatable, Sendable {
  /// The id of the command that opened it.
  public internal(set) var job: CommandID = .blank
  /// Of the campaign's terms.
  public internal(set) var version: Int64 = 1
  /// Coupons that were set aside when it opened.
  public internal(set) var opened: Int64 = 0
  /// Coupons that it has not granted.
  public internal(set) var pieces: Int64 = 0
  /// Their money.
  public internal(set) var money: [FundShare] = []
  /// The day of whose quota they are, if there is one.
  public internal(set) var countedOn: CivilDay?
}

extension JobHold: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("job", &job)
    try io.field("version", &version)
    try io.field("opened", &opened)
    try io.field("pieces", &pieces)
    try io.field("money", &money)
    try io.field("countedOn", &countedOn)
  }
}

extension Campaign {
  /// How many coupons a job may still grant; zero when there is no such job.
  package func pieces(heldFor job: CommandID) -> Int64 { holds.first { $0.job == job }?.pieces ?? 0 }
}

extension CampaignTerms {
  /// The payers' money as it is, or none yet before the first version is published.
  func money(of organisations: [OrganisationID], _ known: [CampaignMoney]) -> [CampaignMoney] {
    guard known.isEmpty else { return known }
    return zip(payers ?? [], organisations).map { payer, organisation in
      CampaignMoney(fund: payer.fund, organisation: organisation, weight: payer.weight)
    }
  }
}

/// How often on a day.
public struct CouponDay: Equatable, Sendable {
  public internal(set) var day: CivilDay = .blank
  public internal(set) var count: Int64 = 0
}

extension CouponDay: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("day", &day)
    try io.field("count", &count)
  }
}

extension [CouponDay] {
  func count(on day: CivilDay) -> Int64 { last { $0.day == day }?.count ?? 0 }

  /// Days stay in order; one that comes to nothing leaves.
  mutating func add(_ count: Int64, on day: CivilDay) {
    var place = endIndex
    while place > startIndex, self[place - 1].day >= day { place -= 1 }
    if place == endIndex || self[place].day != day { insert(CouponDay(day: day), at: place) }
    self[place].count += count
    if self[place].count == 0 { remove(at: place) }
  }
}

/// How often at a merchant.
public struct MerchantUses: Equatable, Sendable {
  public internal(set) var merchant: MerchantID = .blank
  public internal(set) var uses: Int64 = 0
}

extension MerchantUses: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("merchant", &merchant)
    try io.field("uses", &uses)
  }
}

extension Campaign: Decider {
  static func evolve(_ state: inout Campaign?, _ event: CampaignEvent, _ stamp: Stamp) {
    var campaign = state ?? Campaign()
    campaign.position = stamp.position
    switch event {
    case .drafted(let event):
      if campaign.versions.isEmpty {
        campaign.since = stamp.at
        campaign.organisation = event.request.terms.organisation
      }
      campaign.versions.append(
        CampaignVersion(terms: event.request.terms, since: stamp.at, author: event.author))
    case .submitted(let event): campaign.move(event.request.version, to: .submitted, stamp)
    case .approved(let event): campaign.move(event.request.version, to: .approved, stamp)
    case .published(let event): campaign.publish(event, stamp)
    case .paused: campaign.pausedSince = stamp.at
    case .resumed: campaign.pausedSince = nil
    case .closed(let event):
      campaign.isClosed = true
      campaign.take(event.released)
    case .codesImported: break
    }
    state = campaign
  }

  private mutating func move(_ number: Int64, to stage: CampaignVersion.Stage, _ stamp: Stamp) {
    let index = Int(number) - 1
    guard versions.indices.contains(index) else { return }
    versions[index].stage = stage
    versions[index].since = stamp.at
  }

  private mutating func publish(_ event: CampaignPublished, _ stamp: Stamp) {
    move(event.request.version, to: .published, stamp)
    published = event.request.version
    isExhausted = event.exhausted
    if let terms { payers = terms.money(of: event.organisations, payers) }
    give(event.committed)
    take(event.released)
  }

  /// More of the campaign's money is free.
  mutating func give(_ shares: [FundShare]) { change(shares) { $0 + $1 } }

  /// Less of the campaign's money is free.
  mutating func take(_ shares: [FundShare]) { change(shares) { $0 - $1 } }

  private mutating func change(_ shares: [FundShare], _ change: (Fen, Fen) -> Fen) {
    for share in shares {
      guard let payer = payers.firstIndex(where: { $0.fund == share.fund }) else { continue }
      let place =
        payers[payer].free.firstIndex { $0.receipt == share.receipt } ?? payers[payer].free.endIndex
      if place == payers[payer].free.endIndex {
        payers[payer].free.append(FundShare(fund: share.fund, receipt: share.receipt))
      }
      payers[payer].free[place].amount = change(payers[payer].free[place].amount, share.amount)
    }
  }

  /// What a leg posts to one of its accounts of pieces.
  mutating func post(_ name: CouponAccountName, _ pieces: Int64) {
    switch name {
    case .granted: granted -= pieces
    case .open: open += pieces
    case .redeemed: redeemed += pieces
    case .expired: expired += pieces
    case .revoked: revoked += pieces
    case .returned: returned += pieces
    }
  }
}
