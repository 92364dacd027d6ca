// What falls due on a member's coupons by the clock (L10, C4, C9): locks at their deadline, coupons at the midnight that
// ends their last day. What clients ask for is in CouponDecide.

extension CouponHolding {
  /// Whether something falls due at or before an instant.
  func isDue(by instant: Instant) -> Bool { nextDue.map { $0 <= instant } ?? false }

  /// When the next thing falls due; nil when nothing ever does.
  var nextDue: Instant? {
    var next: Instant?
    for coupon in coupons where !coupon.isUsedUp {
      let first = coupon.lock.map { min($0.deadline, coupon.expires) } ?? coupon.expires
      next = next.map { min($0, first) } ?? first
    }
    return next
  }

  /// The first thing that falls due at or before `instant`, with its boundary instant; nil when nothing does. Apply it
  /// and ask again.
  ///
  /// At one boundary locks lapse first; then coupons expire, as many at once as one event may name.
  func due(
    _ id: CampaignMember, of campaign: Campaign, at instant: Instant
  ) -> (at: Instant, event: CouponEvent)? {
    guard let boundary = nextDue, boundary <= instant else { return nil }
    let open = coupons.filter { !$0.isUsedUp }
    if let locked = open.first(where: { $0.lock?.deadline == boundary }) {
      return (
        boundary,
        .lockLapsed(
          CouponLockLapsed(
            member: id.second, campaign: id.first, coupon: locked.coupon, grantedTo: locked.grantedTo))
      )
    }
    var after = campaign
    var expired = CouponsExpired(member: id.second, campaign: id.first)
    for coupon in open where coupon.expires == boundary {
      let shares = expired.endings.reduce(coupon.reserved.count) { $0 + $1.freed.count }
      guard expired.endings.isEmpty || shares + expired.endings.count <= [FundShare].mostInAnEvent else {
        break
      }
      let ending = CouponEnding(
        coupon: coupon.coupon, freed: coupon.reserved,
        toFund: campaign.isClosed && !coupon.reserved.isEmpty ? true : nil, grantedTo: coupon.grantedTo)
      after.take(ending)
      expired.endings.append(ending)
    }
    expired.exhausted = after.exhaustedChange
    return (boundary, .expired(expired))
  }
}

extension CouponEvent {
  /// What fell due on a day that is closed by now (L4).
  func occurred(on day: CivilDay) -> CouponEvent {
    switch self {
    case .lockLapsed(var event):
      event.occurredOn = day
      return .lockLapsed(event)
    case .expired(var event):
      event.occurredOn = day
      return .expired(event)
    case .claimed, .grantOpened, .granted, .grantClosed, .locked, .unlocked, .redeemed, .rolledBack,
      .reversed,
      .revoked, .returned, .merged:
      preconditionFailure("\(dataType.type.name) does not fall due")
    }
  }
}
