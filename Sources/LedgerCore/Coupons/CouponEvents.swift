// What happened to coupons. State and evolve are in CouponHolding, what it does to the campaign in CampaignUse, the double
// entry in CouponLegs.

struct CouponClaimed: EventData {
  var request = ClaimCoupon()
  /// Of the bundle first, then of each coupon; of one coupon otherwise.
  var grants: [CouponGrant] = []
  var facts = AudienceFacts()
  /// Whether the code is of a pool, and used up now.
  var usesOwnCode = false
  /// What the quotas leave for that day, when there is one by day.
  var leftToday: Int64?
  /// What the total leaves, when there is one.
  var leftInAll: Int64?
  /// Days through this one are closed, and no longer counted.
  var countersClosedThrough: CivilDay?
  static let type = EventType("coupon.claimed", "A member takes a coupon, or the coupons of a bundle.")
  consuming func asEvent() -> Event { .coupon(.claimed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("grants", &grants, "of the bundle first, then of its coupons; of one coupon otherwise")
    try io.field("facts", &facts)
    try io.field("usesOwnCode", &usesOwnCode, "whether the code is of a pool, and used up now")
    try io.field("leftToday", &leftToday, "what the quota by day leaves, after this event")
    try io.field("leftInAll", &leftInAll, "what the total leaves, after this event")
    try io.field(
      "countersClosedThrough", &countersClosedThrough, "days that are closed, and no longer counted")
  }
}

struct CouponWasLocked: EventData {
  var request = LockCoupon()
  /// Whom it was granted to, when that one was merged into the member since.
  var grantedTo: MemberID?
  static let type = EventType("coupon.locked", "A coupon is set apart for an order.")
  consuming func asEvent() -> Event { .coupon(.locked(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("grantedTo", &grantedTo, "whom it was granted to, who was merged into the member")
  }
}

struct CouponUnlocked: EventData {
  var request = UnlockCoupon()
  /// Whom it was granted to, when that one was merged into the member since.
  var grantedTo: MemberID?
  static let type = EventType("coupon.unlocked", "A coupon is free for any order.")
  consuming func asEvent() -> Event { .coupon(.unlocked(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("grantedTo", &grantedTo, "whom it was granted to, who was merged into the member")
  }
}

struct CouponLockLapsed: EventData {
  var member: MemberID = .blank
  var campaign: CampaignID = .blank
  var coupon: CommandID = .blank
  /// Whom it was granted to, when that one was merged into the member since.
  var grantedTo: MemberID?
  /// When it fell due, if that day lies in a closed period.
  var occurredOn: CivilDay?
  static let type = EventType("coupon.lock-lapsed", "A lock reached its deadline; `at` is the deadline.")
  consuming func asEvent() -> Event { .coupon(.lockLapsed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon)
    try io.field("grantedTo", &grantedTo, "whom it was granted to, who was merged into the member")
    try io.field("occurredOn", &occurredOn, "when it fell due, if that day lies in a closed period")
  }
}

struct CouponsRedeemed: EventData {
  var request = RedeemCoupons()
  /// What the member pays: the order less what each coupon takes off it.
  var memberFen: Fen = .zero
  /// In the order they were applied.
  var uses: [CouponUse] = []
  var merchantOrganisation: OrganisationID = .blank
  /// The merchant's day.
  var day: CivilDay = .blank
  var facts = AudienceFacts()
  /// Days through this one are closed, and no longer counted.
  var countersClosedThrough: CivilDay?
  static let type = EventType(
    "coupon.redeemed", "Coupons are used for an order; the member's and the payers' shares add up to it.")
  consuming func asEvent() -> Event { .coupon(.redeemed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("memberFen", &memberFen, "what the member pays")
    try io.field("uses", &uses, "in the order they were applied")
    try io.field("merchantOrganisation", &merchantOrganisation)
    try io.field("day", &day, "the merchant's")
    try io.field("facts", &facts)
    try io.field(
      "countersClosedThrough", &countersClosedThrough, "days that are closed, and no longer counted")
  }
}

/// What taking back a redemption does.
struct RedemptionBack: Equatable, Sendable {
  var merchant: MerchantID = .blank
  var merchantOrganisation: OrganisationID = .blank
  /// The merchant's day on which it counts.
  var day: CivilDay = .blank
  var uses: [CouponBack] = []
}

extension RedemptionBack {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("merchant", &merchant)
    try io.field("merchantOrganisation", &merchantOrganisation)
    try io.field("day", &day, "the merchant's, on which it counts")
    try io.field("uses", &uses)
  }
}

struct CouponsRolledBack: EventData {
  var request = RollBackCoupons()
  var back = RedemptionBack()
  static let type = EventType(
    "coupon.rolled-back", "A use of coupons is taken back; it counts on the merchant's day of the use.")
  consuming func asEvent() -> Event { .coupon(.rolledBack(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try back.fields(&io)
  }
}

struct CouponsReversed: EventData {
  var request = ReverseCoupons()
  var back = RedemptionBack()
  static let type = EventType(
    "coupon.reversed", "A settled use of coupons is taken back; it counts on the day of the reversal.")
  consuming func asEvent() -> Event { .coupon(.reversed(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try back.fields(&io)
  }
}

struct CouponsExpired: EventData {
  var member: MemberID = .blank
  var campaign: CampaignID = .blank
  var endings: [CouponEnding] = []
  /// False when the campaign can grant again by it.
  var exhausted: Bool?
  /// When it fell due, if that day lies in a closed period.
  var occurredOn: CivilDay?
  static let type = EventType(
    "coupon.expired", "Coupons can no longer be used; `at` is the midnight that ends their last day.")
  consuming func asEvent() -> Event { .coupon(.expired(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("campaign", &campaign)
    try io.field("endings", &endings)
    try io.field("exhausted", &exhausted, "false when the campaign can grant again by it")
    try io.field("occurredOn", &occurredOn, "when it fell due, if that day lies in a closed period")
  }
}

struct CouponRevoked: EventData {
  var request = RevokeCoupon()
  var ending = CouponEnding()
  var exhausted: Bool?
  static let type = EventType("coupon.revoked", "A coupon is taken away from its member.")
  consuming func asEvent() -> Event { .coupon(.revoked(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("ending", &ending)
    try io.field("exhausted", &exhausted, "false when the campaign can grant again by it")
  }
}

struct CouponReturned: EventData {
  var request = ReturnCoupon()
  var ending = CouponEnding()
  var exhausted: Bool?
  static let type = EventType("coupon.returned", "A member gives a coupon back.")
  consuming func asEvent() -> Event { .coupon(.returned(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try request.fields(&io)
    try io.field("ending", &ending)
    try io.field("exhausted", &exhausted, "false when the campaign can grant again by it")
  }
}

/// The sum of the above.
indirect enum CouponEvent: Equatable, Fielded {
  case claimed(CouponClaimed)
  case grantOpened(CouponGrantOpened)
  case granted(CouponsGranted)
  case grantClosed(CouponGrantClosed)
  case locked(CouponWasLocked)
  case unlocked(CouponUnlocked)
  case lockLapsed(CouponLockLapsed)
  case redeemed(CouponsRedeemed)
  case rolledBack(CouponsRolledBack)
  case reversed(CouponsReversed)
  case expired(CouponsExpired)
  case revoked(CouponRevoked)
  case returned(CouponReturned)
  case merged(CouponsMerged)

  static var types: [any EventData.Type] {
    [
      CouponClaimed.self, CouponGrantOpened.self, CouponsGranted.self, CouponGrantClosed.self,
      CouponWasLocked.self, CouponUnlocked.self, CouponLockLapsed.self,
      CouponsRedeemed.self, CouponsRolledBack.self, CouponsReversed.self, CouponsExpired.self,
      CouponRevoked.self, CouponReturned.self, CouponsMerged.self,
    ]
  }

  var dataType: any EventData.Type {
    switch self {
    case .claimed: CouponClaimed.self
    case .grantOpened: CouponGrantOpened.self
    case .granted: CouponsGranted.self
    case .grantClosed: CouponGrantClosed.self
    case .locked: CouponWasLocked.self
    case .unlocked: CouponUnlocked.self
    case .lockLapsed: CouponLockLapsed.self
    case .redeemed: CouponsRedeemed.self
    case .rolledBack: CouponsRolledBack.self
    case .reversed: CouponsReversed.self
    case .expired: CouponsExpired.self
    case .revoked: CouponRevoked.self
    case .returned: CouponReturned.self
    case .merged: CouponsMerged.self
    }
  }

  /// The command that this event answers; nil for what was merely due or only follows.
  var request: CouponCommand? {
    switch self {
    case .claimed(let event): .claim(event.request)
    case .locked(let event): .lock(event.request)
    case .unlocked(let event): .unlock(event.request)
    case .redeemed(let event): .redeem(event.request)
    case .rolledBack(let event): .rollBack(event.request)
    case .reversed(let event): .reverse(event.request)
    case .revoked(let event): .revoke(event.request)
    case .returned(let event): .giveBack(event.request)
    case .lockLapsed, .expired, .grantOpened, .granted, .grantClosed, .merged: nil
    }
  }

  /// The command whose event it takes back because a settlement has frozen it (L6).
  var reverses: CommandID? {
    switch self {
    case .reversed(let event): event.request.redemption
    case .claimed, .grantOpened, .granted, .grantClosed, .locked, .unlocked, .lockLapsed, .redeemed,
      .rolledBack,
      .expired, .revoked, .returned, .merged:
      nil
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .claimed(let event): try io.walk(event) { self = .claimed($0) }
    case .grantOpened(let event): try io.walk(event) { self = .grantOpened($0) }
    case .granted(let event): try io.walk(event) { self = .granted($0) }
    case .grantClosed(let event): try io.walk(event) { self = .grantClosed($0) }
    case .locked(let event): try io.walk(event) { self = .locked($0) }
    case .unlocked(let event): try io.walk(event) { self = .unlocked($0) }
    case .lockLapsed(let event): try io.walk(event) { self = .lockLapsed($0) }
    case .redeemed(let event): try io.walk(event) { self = .redeemed($0) }
    case .rolledBack(let event): try io.walk(event) { self = .rolledBack($0) }
    case .reversed(let event): try io.walk(event) { self = .reversed($0) }
    case .expired(let event): try io.walk(event) { self = .expired($0) }
    case .revoked(let event): try io.walk(event) { self = .revoked($0) }
    case .returned(let event): try io.walk(event) { self = .returned($0) }
    case .merged(let event): try io.walk(event) { self = .merged($0) }
    }
  }
}
