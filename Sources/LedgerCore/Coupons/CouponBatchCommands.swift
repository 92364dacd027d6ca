// Granting coupons to a whole audience (C2, C4): what can be asked. It is a job; its decisions are in CouponBatchDecide.

/// Grants one coupon to every member in a campaign's audience, in the order of their ids, at most so many.
public struct GrantCoupons: CommandData {
  public var campaign: CampaignID = .blank
  /// The most coupons; their quotas and money are set aside when the job opens, and the rest is released at its end.
  public var pieces: Int64 = 1

  init() {}
  public init(campaign: CampaignID, pieces: Int64) {
    self.campaign = campaign
    self.pieces = pieces
  }

  static let type = CommandType(
    "coupon.grant", by: [.operator],
    refusals: [
      .campaignUnknown, .campaignNotPublished, .timeBeforeCause, .campaignNotInWindow, .couponNotPushed,
      .jobIdTooLong, .couponQuotaTaken, .couponBudgetTaken,
    ],
    "Grants a coupon to every member of the audience, at most so many: a job, in chunks.")

  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("campaign", &campaign)
    try io.field("pieces", &pieces, in: 1...100_000_000, "the most coupons; set aside when the job opens")
  }
}
