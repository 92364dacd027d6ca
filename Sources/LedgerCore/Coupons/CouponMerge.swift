// What becomes of coupons when their member is merged into another (M4): the event, how it is made, and how it changes both
// holdings. When two members may be merged is decided in Members; what follows from what, in Book/Flows.

/// A member's coupons of one campaign, or a part of them, in the hands of another member.
///
/// They keep their terms, their money, their last day, and a lock its order and deadline. Nothing moves in the campaign or
/// in its funds: the same pieces stay open, and the same money stays set aside, so there is no double entry.
struct CouponsMerged: EventData {
  /// Whose they were.
  var member: MemberID = .blank
  /// Whose they are.
  var into: MemberID = .blank
  var campaign: CampaignID = .blank
  var coupons: [Coupon] = []
  /// What counts against the quota of a member, and the uses: added to the other's.
  var taken: Int64 = 0
  var uses: Int64 = 0
  var days: [CouponDay] = []
  /// Redemptions that were taken back.
  var rolledBack: [CommandID] = []
  /// Coupons of the other that can be used, after this event.
  var open: Int64 = 0
  static let type = EventType(
    "coupon.merged",
    "A member's coupons of a campaign are another's, with their terms and locks; counters add.")
  consuming func asEvent() -> Event { .coupon(.merged(self)) }
  mutating func fields(_ io: inout some RecordIO) throws(WireError) {
    try io.field("member", &member, "whose they were")
    try io.field("into", &into, "whose they are")
    try io.field("campaign", &campaign)
    try io.field("coupons", &coupons, "with their terms, their money and their locks")
    try io.field(
      "taken", &taken, in: 0...Int64.max, "what counts against a member's quota, added to the other's")
    try io.field("uses", &uses, in: 0...Int64.max, "likewise")
    try io.field("days", &days, "what counts against the quota of a day, likewise")
    try io.field("rolledBack", &rolledBack, "redemptions that were taken back")
    try io.field("open", &open, in: 0...Int64.max, "coupons of the other, after this event")
  }
}

extension CouponHolding {
  /// Everything in this holding as another member's from `instant` on; as many events as it needs.
  func merged(
    _ id: CampaignMember, into: MemberID, holding other: CouponHolding?, at instant: Instant
  ) -> [CouponEvent] {
    var parts = RecordParts<CouponsMerged>()
    for var coupon in coupons {
      coupon.since = instant
      coupon.lock?.since = instant
      coupon.grantedTo = coupon.grantedTo ?? id.second
      parts.add(coupon, \.coupons)
    }
    for day in days { parts.add(day, \.days) }
    for redemption in rolledBack { parts.add(redemption, \.rolledBack) }
    var events = parts.events
    if events.isEmpty, taken != 0 || uses != 0 { events = [CouponsMerged()] }
    var open = other?.open ?? 0
    return events.enumerated().map { index, part in
      var event = part
      (event.member, event.into, event.campaign) = (id.second, into, id.first)
      if index == 0 { (event.taken, event.uses) = (taken, uses) }
      open += Int64(event.coupons.count { !$0.isUsedUp })
      event.open = open
      return .merged(event)
    }
  }

  /// The holding that is emptied. What has come to it meanwhile stays: the effective view shows it.
  mutating func giveUp(_ event: CouponsMerged) {
    coupons.removeAll { own in
      event.coupons.contains {
        $0.coupon == own.coupon && $0.grantedTo == own.grantedTo ?? event.member
      }
    }
    taken -= event.taken
    uses -= event.uses
    for day in event.days { days.add(-day.count, on: day.day) }
    rolledBack.removeAll(where: event.rolledBack.contains)
  }

  /// The holding that receives.
  mutating func takeOver(_ event: CouponsMerged) {
    coupons += event.coupons
    taken += event.taken
    uses += event.uses
    for day in event.days { days.add(day.count, on: day.day) }
    rolledBack += event.rolledBack
  }
}
