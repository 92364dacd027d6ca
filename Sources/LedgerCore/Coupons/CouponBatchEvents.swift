// What happened when coupons were granted to a whole audience. What it does to the campaign is in CampaignUse, to a member in
// CouponHolding; the job's own events are in Jobs.

/// A job that grants coupons begins: all that it may grant is set aside.
struct CouponGrantOpened: EventData {
  /// The id of the command that opened it.
  var job: CommandID = .blank
  var campaign: CampaignID = .blank
  var version: Int64 = 1
  var pieces: Int64 = 0
  /// The money of all of them.
  var held: [FundShare] = []
  /// The day of whose quota they are, if there is one.
  var countedOn: CivilDay?
  var exhausted: Bool?
  static let type = EventType("coupon.grant-opened", "What a job may grant is set aside.")
  consuming func asEvent() -> Event { .coupon(.grantOpened(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("job", &job)
    try io.field("campaign", &campaign)
    try io.field("version", &version, in: 1...1_000, "of the campaign's terms")
    try io.field("pieces", &pieces, in: 1...100_000_000, "that are set aside")
    try io.field("held", &held, "the money that is set aside")
    try io.field("countedOn", &countedOn, "the day of whose quota they are")
    try io.field("exhausted", &exhausted, "true when it takes the last that the campaign had to grant")
  }
}

/// A chunk of a job grants coupons.
struct CouponsGranted: EventData {
  var job: CommandID = .blank
  var campaign: CampaignID = .blank
  var version: Int64 = 1
  var expires: Instant = .blank
  /// A stored sum.
  var left: Fen?
  var countedOn: CivilDay?
  /// Members by what is set aside for each one's coupon, in the order of their ids.
  var groups: [GrantGroup] = []
  /// Members that the chunk named and who may not have one any more.
  var skipped: Int64 = 0
  static let type = EventType("coupon.granted", "Coupons are granted to members of a campaign's audience.")
  consuming func asEvent() -> Event { .coupon(.granted(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("job", &job)
    try io.field("campaign", &campaign)
    try io.field("version", &version, in: 1...1_000, "of the campaign's terms, which stay")
    try io.field("expires", &expires, "from then on they cannot be used")
    try io.field("leftFen", &left, "a stored sum, of each")
    try io.field("countedOn", &countedOn, "the day of whose quota they are")
    try io.field("groups", &groups, "members by what is set aside for each one's coupon")
    try io.field("skipped", &skipped, in: 0...Int64.max, "members who may not have one any more")
  }

  var pieces: Int64 { groups.reduce(0) { $0 + Int64($1.members.count) } }
  /// What is set aside for all of them.
  var reserved: [FundShare] {
    groups.reduce(into: []) { sum, group in
      let count = Int64(group.members.count)
      let shares = group.reserved.map {
        FundShare(fund: $0.fund, receipt: $0.receipt, amount: Fen(count: $0.amount.count * count))
      }
      sum = sum.joined(with: shares)
    }
  }

  /// A member's coupon; nil when there is none for that one.
  func grant(to member: MemberID) -> CouponGrant? {
    guard let group = groups.first(where: { $0.members.contains(member) }) else { return nil }
    return CouponGrant(
      campaign: campaign, version: version, expires: expires, left: left, reserved: group.reserved,
      countedOn: countedOn)
  }
}

/// Members for whose coupons the same is set aside.
struct GrantGroup: Equatable, Sendable {
  /// For each coupon.
  var reserved: [FundShare] = []
  var members: [MemberID] = []
}

extension GrantGroup: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("reserved", &reserved, "for each coupon")
    try io.field("members", &members, "who get one each")
  }
}

/// A job that grants coupons ends: what it did not grant is the campaign's again.
struct CouponGrantClosed: EventData {
  var job: CommandID = .blank
  var campaign: CampaignID = .blank
  /// Coupons that it granted.
  var granted: Int64 = 0
  /// Coupons that were set aside and not granted.
  var released: Int64 = 0
  /// The money of these.
  var freed: [FundShare] = []
  /// Whether that goes back to its funds, because the campaign is closed.
  var toFund: Bool?
  /// The day of whose quota the released ones were.
  var countedOn: CivilDay?
  var exhausted: Bool?
  static let type = EventType("coupon.grant-closed", "What a job did not grant is the campaign's again.")
  consuming func asEvent() -> Event { .coupon(.grantClosed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("job", &job)
    try io.field("campaign", &campaign)
    try io.field("granted", &granted, in: 0...Int64.max, "coupons")
    try io.field("released", &released, in: 0...Int64.max, "coupons that were set aside and not granted")
    try io.field("freed", &freed, "the money of these")
    try io.field("toFund", &toFund, "true when that goes back to its funds")
    try io.field("countedOn", &countedOn, "the day of whose quota they were")
    try io.field("exhausted", &exhausted, "false when the campaign has something to grant again")
  }
}
