// What coupon events consist of: a grant, a use, what a rollback gives back, an end. The events themselves are in
// CouponEvents; how they are decided is in CouponGranting, CouponRedeem and CouponRollback.

/// One coupon as it is granted, or the bundle that it came with.
struct CouponGrant: Equatable, Sendable {
  var campaign: CampaignID = .blank
  var version: Int64 = 1
  /// The midnight from which on it cannot be used; nil for a bundle, which is no coupon itself.
  var expires: Instant?
  /// A stored sum.
  var left: Fen?
  /// What is set aside for it.
  var reserved: [FundShare] = []
  /// The day of whose quota it is, if there is one.
  var countedOn: CivilDay?
  /// Whether it takes the last that its campaign had to grant; nil when it does not.
  var exhausted: Bool?
}

extension CouponGrant: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("version", &version, in: 1...1_000, "of the campaign's terms, which stay")
    try io.field("expires", &expires, "from then on it cannot be used; none for a bundle")
    try io.field("leftFen", &left, "a stored sum")
    try io.field("reserved", &reserved, "what is set aside for it")
    try io.field("countedOn", &countedOn, "the day of whose quota it is")
    try io.field("exhausted", &exhausted, "true when it takes the last that the campaign had to grant")
  }
}

/// What was true of a member when a coupon was granted or used (C3).
struct AudienceFacts: Equatable, Sendable {
  var organisation: OrganisationID = .blank
  var isVerified = false
  /// The occupation that was asked for and is the member's.
  var occupation: FreeText?
}

extension AudienceFacts: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("organisation", &organisation)
    try io.field("verified", &isVerified)
    try io.field("occupation", &occupation, "the one that was asked for")
  }
}

/// One coupon's part in an order.
struct CouponUse: Equatable, Sendable {
  var campaign: CampaignID = .blank
  var coupon: CommandID = .blank
  var version: Int64 = 1
  /// When the coupon was granted.
  var since: Instant = .blank
  var expires: Instant = .blank
  /// What the member is spared.
  var face: Fen = .zero
  /// What the payers pay the merchant: the same, or the settlement price (C11).
  var payers: [PayerShares] = []
  /// What of that was set aside for the coupon; the rest was free.
  var reserved: [FundShare] = []
  /// What was set aside for the coupon and is not needed.
  var freed: [FundShare]?
  /// Whether what is freed goes back to its fund, because the campaign is closed.
  var toFund: Bool?
  /// What is left of a stored sum.
  var left: Fen?
  /// Nothing is left of the coupon.
  var isUsedUp = true
  /// It is a stored sum or a standing entitlement.
  var isUsedOften = false
  /// The day of whose quota of uses it is, if there is one.
  var countedOn: CivilDay?
  /// Whether it takes the last that its campaign had, or frees some again; nil when neither.
  var exhausted: Bool?
  /// Whom it was granted to, when that one was merged into the member since.
  var grantedTo: MemberID?
}

extension CouponUse: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon, "the id of the command that granted it")
    try io.field("version", &version, in: 1...1_000, "of the campaign's terms")
    try io.field("since", &since, "when it was granted")
    try io.field("expires", &expires)
    try io.field("faceFen", &face, "what the member is spared")
    try io.field("payers", &payers, "what the payers pay: the same, or the settlement price")
    try io.field("reserved", &reserved, "what of that was set aside for the coupon; the rest was free")
    try io.field("freed", &freed, "what was set aside for the coupon and is not needed")
    try io.field("toFund", &toFund, "true when what is freed goes back to its fund")
    try io.field("leftFen", &left, "of a stored sum, after this event")
    try io.field("usedUp", &isUsedUp, "nothing is left of the coupon")
    try io.field("usedOften", &isUsedOften, "it is a stored sum or a standing entitlement")
    try io.field("countedOn", &countedOn, "the day of whose quota of uses it is")
    try io.field(
      "exhausted", &exhausted, "whether the campaign has nothing to grant any more, when that changes")
    try io.field("grantedTo", &grantedTo, "whom it was granted to, who was merged into the member")
  }
}

/// What becomes of a coupon whose use is rolled back (C6).
enum CouponInstance: String, CaseIterable, Sendable {
  /// It was used up, and can be used again.
  case reopened
  /// It can be used anyway, and gets back what the use took.
  case kept
  /// Its last day has passed, and its terms give nothing back.
  case forfeited
  /// It was revoked, given back or is over since; it does not come back.
  case gone
}

extension CouponInstance: WireWord {}

/// What a rollback gives back of one use (C6).
struct CouponBack: Equatable, Sendable {
  var campaign: CampaignID = .blank
  var coupon: CommandID = .blank
  var version: Int64 = 1
  /// When the coupon was granted.
  var since: Instant = .blank
  var face: Fen = .zero
  /// What the payers get back.
  var payers: [PayerShares] = []
  var instance: CouponInstance = .reopened
  /// The coupon's time, when it can be used again.
  var expires: Instant?
  /// What is set aside for the coupon again: what came back, and what is missing to its worth if it was free.
  var reserved: [FundShare] = []
  /// What was free and is set aside.
  var taken: [FundShare]?
  /// What came back and is not set aside.
  var freed: [FundShare]?
  /// Whether what is freed goes back to its fund, because the campaign is closed.
  var toFund: Bool?
  /// Of a stored sum.
  var left: Fen?
  /// Whether the coupon counts no more against the total and the member's quota.
  var quota = false
  /// The day of whose quota of uses it counts no more; nil when that day is over.
  var countedOn: CivilDay?
  var exhausted: Bool?
  /// Whom it was granted to, when that one was merged into the member since.
  var grantedTo: MemberID?
}

extension CouponBack: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon, "the id of the command that granted it")
    try io.field("version", &version, in: 1...1_000, "of the campaign's terms")
    try io.field("since", &since, "when it was granted")
    try io.field("faceFen", &face, "what the member was spared")
    try io.field("payers", &payers, "what the payers get back")
    try io.field("instance", &instance, "what becomes of the coupon")
    try io.field("expires", &expires, "its time, when it can be used again")
    try io.field("reserved", &reserved, "what is set aside for the coupon again")
    try io.field("taken", &taken, "what of that was free")
    try io.field("freed", &freed, "what came back and is not set aside")
    try io.field("toFund", &toFund, "true when what is freed goes back to its fund")
    try io.field("leftFen", &left, "of a stored sum, after this event")
    try io.field("quota", &quota, "whether it counts no more against the total and the member's quota")
    try io.field("countedOn", &countedOn, "the day of whose quota of uses it counts no more")
    try io.field(
      "exhausted", &exhausted, "whether the campaign has nothing to grant any more, when that changes")
    try io.field("grantedTo", &grantedTo, "whom it was granted to, who was merged into the member")
  }
}

/// A coupon that ends without a use.
struct CouponEnding: Equatable, Sendable {
  var coupon: CommandID = .blank
  /// What was set aside for it.
  var freed: [FundShare] = []
  /// Whether that goes back to its fund, because the campaign is closed.
  var toFund: Bool?
  /// Whether it counts no more against the total.
  var quota = false
  /// Whether it counts no more against the member's quota.
  var memberQuota = false
  /// The day of whose quota it counts no more; nil when that day is over.
  var countedOn: CivilDay?
  /// Whom it was granted to, when that one was merged into the member since.
  var grantedTo: MemberID?
}

extension CouponEnding: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("coupon", &coupon, "the id of the command that granted it")
    try io.field("freed", &freed, "what was set aside for it")
    try io.field("toFund", &toFund, "true when that goes back to its fund")
    try io.field("quota", &quota, "whether it counts no more against the total")
    try io.field("memberQuota", &memberQuota, "whether it counts no more against the member's quota")
    try io.field("countedOn", &countedOn, "the day of whose quota it counts no more")
    try io.field("grantedTo", &grantedTo, "whom it was granted to, who was merged into the member")
  }
}
