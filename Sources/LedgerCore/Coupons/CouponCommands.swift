// What can be asked about coupons (C4-C8). Decisions are in CouponDecide.

/// A member takes a coupon of a campaign, or a bundle.
public struct ClaimCoupon: CommandData {
  public var member: MemberID = .blank
  public var campaign: CampaignID = .blank
  /// The SHA-256 of the code that the member gave.
  public var codeHash: ContentHash?

  init() {}
  public init(member: MemberID, campaign: CampaignID, codeHash: ContentHash? = nil) {
    self.member = member
    self.campaign = campaign
    self.codeHash = codeHash
  }

  static let type = CommandType(
    "coupon.claim", by: [.service, .operator],
    refusals: CouponGrant.refusals + [
      .memberUnknown, .memberMerged, .memberLeft, .couponCodeNeeded, .couponCodeWrong, .couponCodeUsed,
      .couponOnlyInBundle, .fundTooManyReceipts,
    ],
    "A member takes a coupon of a campaign, or all of a bundle; it is known by this command's id.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("campaign", &campaign)
    try io.field("codeHash", &codeHash, "the SHA-256 of the code that the member gave")
  }
}

extension CouponGrant {
  /// How a grant can be refused, claimed or pushed.
  static let refusals: [Refusal.Code] = [
    .campaignUnknown, .campaignNotPublished, .timeBeforeCause, .campaignNotInWindow, .couponOutsideAudience,
    .couponQuotaTaken, .couponBudgetTaken,
  ]
}

/// Sets a coupon apart for an order.
public struct LockCoupon: CommandData {
  public var member: MemberID = .blank
  public var campaign: CampaignID = .blank
  /// The id of the command that granted it.
  public var coupon: CommandID = .blank
  public var order: Reference = .blank
  public var deadline: Instant = .blank

  init() {}
  public init(
    member: MemberID, campaign: CampaignID, coupon: CommandID, order: Reference, deadline: Instant
  ) {
    self.member = member
    self.campaign = campaign
    self.coupon = coupon
    self.order = order
    self.deadline = deadline
  }

  static let type = CommandType(
    "coupon.lock", by: [.service, .operator],
    refusals: Coupon.refusals + [.couponDeadlinePassed, .couponLocked],
    "Sets a coupon apart for an order, until a deadline.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon, "the id of the command that granted it")
    try io.field("order", &order, "only it may use the coupon")
    try io.field("deadline", &deadline, "after `at`; it lapses then")
  }
}

extension Coupon {
  /// How a command about an open coupon can be refused.
  static let refusals: [Refusal.Code] = [
    .memberUnknown, .memberMerged, .campaignUnknown, .couponNotOpen, .timeBeforeCause,
  ]
}

/// Lets another order have a coupon.
public struct UnlockCoupon: CommandData {
  public var member: MemberID = .blank
  public var campaign: CampaignID = .blank
  public var coupon: CommandID = .blank

  init() {}
  public init(member: MemberID, campaign: CampaignID, coupon: CommandID) {
    self.member = member
    self.campaign = campaign
    self.coupon = coupon
  }

  static let type = CommandType(
    "coupon.unlock", by: [.service, .operator], refusals: Coupon.refusals + [.couponNotLocked],
    "Lets another order have a coupon.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon, "the id of the command that granted it")
  }
}

/// One of the coupons of an order.
public struct CouponForOrder: Equatable, Sendable {
  public var campaign: CampaignID = .blank
  public var coupon: CommandID = .blank
  /// How much of a stored sum; nil takes what the order leaves.
  public var amountFen: Fen?

  init() {}
  public init(campaign: CampaignID, coupon: CommandID, amountFen: Fen? = nil) {
    self.campaign = campaign
    self.coupon = coupon
    self.amountFen = amountFen
  }
}

extension CouponForOrder: WireObject {
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon, "the id of the command that granted it")
    try io.field(
      "amountFen", &amountFen, in: 1...Fen.limit, "of a stored sum; what the order leaves when absent")
  }
}

/// A member uses coupons for an order at a merchant.
public struct RedeemCoupons: CommandData {
  public var member: MemberID = .blank
  public var merchant: MerchantID = .blank
  public var order: Reference = .blank
  /// The whole order, before any coupon.
  public var amountFen: Fen = .zero
  public var coupons: [CouponForOrder] = []

  init() {}
  public init(
    member: MemberID, merchant: MerchantID, order: Reference, amountFen: Fen, coupons: [CouponForOrder]
  ) {
    self.member = member
    self.merchant = merchant
    self.order = order
    self.amountFen = amountFen
    self.coupons = coupons
  }

  static let type = CommandType(
    "coupon.redeem", by: [.service, .operator],
    refusals: [
      .memberUnknown, .memberMerged, .memberLeft, .merchantUnknown, .merchantClosed, .campaignUnknown,
      .campaignNotPublished, .couponNotOpen, .timeBeforeCause, .couponLocked, .couponMerchantNotInCampaign,
      .couponOutsideAudience, .couponNotStackable, .couponBelowThreshold, .couponLeftTooLow,
      .couponAboveOrder, .couponTakesNothing, .couponQuotaTaken, .couponBudgetTaken, .fundTooManyReceipts,
    ],
    "A member uses up to five coupons for an order at a merchant; the event says who pays what of it.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("merchant", &merchant)
    try io.field("order", &order)
    try io.field("amountFen", &amountFen, in: 1...Fen.limit, "the whole order, before any coupon")
    try io.field("coupons", &coupons, "1 to 5, each once")
    let isEachOnce = coupons.indices.allSatisfy { index in
      !coupons[..<index].contains {
        $0.campaign == coupons[index].campaign && $0.coupon == coupons[index].coupon
      }
    }
    try io.expect((1...5).contains(coupons.count) && isEachOnce, "coupons", "1 to 5 coupons, each once")
  }
}

/// Takes back a use of coupons.
public struct RollBackCoupons: CommandData {
  public var member: MemberID = .blank
  /// The id of the command that used them.
  public var redemption: CommandID = .blank
  public var reason: ReasonCode?

  init() {}
  public init(member: MemberID, redemption: CommandID, reason: ReasonCode? = nil) {
    self.member = member
    self.redemption = redemption
    self.reason = reason
  }

  static let type = CommandType(
    "coupon.roll-back", by: [.service, .operator],
    refusals: CouponBack.refusals + [.couponSettled],
    "Takes back a use of coupons, once: the money, and the coupon by its campaign's terms.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("redemption", &redemption, "the id of the command that used them")
    try io.field("reason", &reason)
  }
}

extension CouponBack {
  static let refusals: [Refusal.Code] = [
    .memberUnknown, .memberMerged, .couponNotARedemption, .timeBeforeCause, .couponRolledBack,
  ]
}

/// Takes back a use of coupons that is in a settlement.
public struct ReverseCoupons: CommandData {
  public var member: MemberID = .blank
  /// The id of the command that used them.
  public var redemption: CommandID = .blank
  public var reason: ReasonCode = .blank

  init() {}
  public init(member: MemberID, redemption: CommandID, reason: ReasonCode) {
    self.member = member
    self.redemption = redemption
    self.reason = reason
  }

  static let type = CommandType(
    "coupon.reverse", by: [.operator, .finance], refusals: CouponBack.refusals + [.couponNotSettled],
    "Takes back a use of coupons that a settlement has frozen: its money counts on the day of the reversal.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("redemption", &redemption, "the id of the command that used them")
    try io.field("reason", &reason)
  }
}

/// Takes a coupon away.
public struct RevokeCoupon: CommandData {
  public var member: MemberID = .blank
  public var campaign: CampaignID = .blank
  public var coupon: CommandID = .blank
  public var reason: ReasonCode = .blank

  init() {}
  public init(member: MemberID, campaign: CampaignID, coupon: CommandID, reason: ReasonCode) {
    self.member = member
    self.campaign = campaign
    self.coupon = coupon
    self.reason = reason
  }

  static let type = CommandType(
    "coupon.revoke", by: [.operator], refusals: Coupon.refusals,
    "Takes a coupon away from a member, locked or not; it still counts as one the member has had.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon, "the id of the command that granted it")
    try io.field("reason", &reason)
  }
}

/// A member gives a coupon back.
///
/// A code of a pool by which it was claimed stays used: whoever had it knows it, and a second member could not be kept
/// from it. Another coupon needs another code.
public struct ReturnCoupon: CommandData {
  public var member: MemberID = .blank
  public var campaign: CampaignID = .blank
  public var coupon: CommandID = .blank

  init() {}
  public init(member: MemberID, campaign: CampaignID, coupon: CommandID) {
    self.member = member
    self.campaign = campaign
    self.coupon = coupon
  }

  static let type = CommandType(
    "coupon.return", by: [.service, .operator], refusals: Coupon.refusals + [.couponLocked],
    "A member gives a coupon back; if it was never used, it counts no more. Its code stays used: it is known."
  )

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member)
    try io.field("campaign", &campaign)
    try io.field("coupon", &coupon, "the id of the command that granted it")
  }
}

/// The sum of the above.
public enum CouponCommand: Equatable, Fielded {
  case claim(ClaimCoupon)
  /// Opens a job.
  case grant(GrantCoupons)
  case lock(LockCoupon)
  case unlock(UnlockCoupon)
  case redeem(RedeemCoupons)
  case rollBack(RollBackCoupons)
  case reverse(ReverseCoupons)
  case revoke(RevokeCoupon)
  case giveBack(ReturnCoupon)

  static var blanks: [CouponCommand] {
    [
      .claim(.blank), .grant(.blank), .lock(.blank), .unlock(.blank), .redeem(.blank), .rollBack(.blank),
      .reverse(.blank), .revoke(.blank), .giveBack(.blank),
    ]
  }

  var type: CommandType {
    switch self {
    case .claim: ClaimCoupon.type
    case .grant: GrantCoupons.type
    case .lock: LockCoupon.type
    case .unlock: UnlockCoupon.type
    case .redeem: RedeemCoupons.type
    case .rollBack: RollBackCoupons.type
    case .reverse: ReverseCoupons.type
    case .revoke: RevokeCoupon.type
    case .giveBack: ReturnCoupon.type
    }
  }

  /// Whose coupons it is about; nil for those of everybody.
  var member: MemberID? {
    switch self {
    case .claim(let data): data.member
    case .grant: nil
    case .lock(let data): data.member
    case .unlock(let data): data.member
    case .redeem(let data): data.member
    case .rollBack(let data): data.member
    case .reverse(let data): data.member
    case .revoke(let data): data.member
    case .giveBack(let data): data.member
    }
  }

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    switch self {
    case .claim(let data): try io.walk(data) { self = .claim($0) }
    case .grant(let data): try io.walk(data) { self = .grant($0) }
    case .lock(let data): try io.walk(data) { self = .lock($0) }
    case .unlock(let data): try io.walk(data) { self = .unlock($0) }
    case .redeem(let data): try io.walk(data) { self = .redeem($0) }
    case .rollBack(let data): try io.walk(data) { self = .rollBack($0) }
    case .reverse(let data): try io.walk(data) { self = .reverse($0) }
    case .revoke(let data): try io.walk(data) { self = .revoke($0) }
    case .giveBack(let data): try io.walk(data) { self = .giveBack($0) }
    }
  }
}
