// Coupons of a mixed history, from the grant to the end. Their campaigns are in MixedCampaigns.

@testable import LedgerCore

extension MixedGenerator {
  mutating func coupon() -> CommandBody? {
    switch random.number(0...99) {
    case 0...33: return claim()
    case 34...57: return redeem()
    case 58...65:
      guard let redemption = redemption(isFrozen: false) else { return nil }
      return .coupon(
        .rollBack(RollBackCoupons(member: owner(redemption.member), redemption: redemption.id)))
    case 66...72:
      guard let redemption = redemption(isFrozen: true) else { return nil }
      return .coupon(
        .reverse(
          ReverseCoupons(
            member: owner(redemption.member), redemption: redemption.id, reason: .named("goods-returned"))))
    case 73...82:
      guard let (holding, coupon) = openCoupon(where: { $0.lock == nil }) else { return nil }
      return .coupon(
        .lock(
          LockCoupon(
            member: holding.second, campaign: holding.first, coupon: coupon.coupon,
            order: .named(fresh("order")),
            deadline: now.adding(milliseconds: Int64(random.number(6...60)) * 3_600_000))))
    case 83...87:
      guard let (holding, coupon) = openCoupon(where: { $0.lock != nil }) else { return nil }
      return .coupon(
        .unlock(UnlockCoupon(member: holding.second, campaign: holding.first, coupon: coupon.coupon)))
    case 88...93:
      guard let (holding, coupon) = openCoupon() else { return nil }
      return .coupon(
        .revoke(
          RevokeCoupon(
            member: holding.second, campaign: holding.first, coupon: coupon.coupon,
            reason: .named("by-mistake"))))
    default:
      guard let (holding, coupon) = openCoupon(where: { $0.lock == nil }) else { return nil }
      return .coupon(
        .giveBack(ReturnCoupon(member: holding.second, campaign: holding.first, coupon: coupon.coupon)))
    }
  }

  /// A job that grants coupons.
  mutating func push() -> CommandBody? {
    guard
      let (id, _) = someCampaign(where: {
        $0.kind.mode != .bundle && $0.codeHash == nil && $0.usesCodePool != true
      })
    else { return nil }
    return .coupon(.grant(GrantCoupons(campaign: id, pieces: Int64(random.number(1...4)))))
  }

  /// A campaign whose coupons can be had now.
  private mutating func someCampaign(
    where isRight: (CampaignTerms) -> Bool = { _ in true }
  ) -> (id: CampaignID, terms: CampaignTerms)? {
    let now = now
    let isAny = random.chance(4)
    let found = one(of: \.campaigns) { campaign in
      guard let terms = campaign.terms, isRight(terms) else { return false }
      return isAny
        || (campaign.status == .published && terms.from <= now && now < terms.until
          && terms.isOnlyInBundle != true)
    }
    guard let found, let terms = found.state.terms else { return nil }
    return (found.id, terms)
  }

  private mutating func claim() -> CommandBody? {
    guard let (id, terms) = someCampaign() else { return nil }
    var code = random.chance(95) ? terms.codeHash : nil
    if terms.usesCodePool == true {
      code =
        book.couponCodes.all.filter { $0.1.campaign == id && $0.1.member == nil }.map { $0.0 }
        .min { $0.text < $1.text } ?? .named("unknown")
    }
    return .coupon(.claim(ClaimCoupon(member: someMember(), campaign: id, codeHash: code)))
  }

  /// A coupon that can be used, and whose it is.
  private mutating func openCoupon(
    of member: MemberID? = nil, where isRight: (Coupon) -> Bool = { _ in true }
  ) -> (holding: CampaignMember, coupon: Coupon)? {
    let now = now
    var found: [(holding: CampaignMember, coupon: Coupon)] = []
    for (id, holding) in book.couponHoldings.all where member == nil || id.second == member {
      for coupon in holding.coupons where !coupon.isUsedUp && now < coupon.expires && isRight(coupon) {
        found.append((id, coupon))
      }
    }
    found.sort { ($0.holding, $0.coupon.coupon) < ($1.holding, $1.coupon.coupon) }
    return found.randomElement(using: &random)
  }

  /// One or two coupons of a member for an order that is mostly large enough for them.
  private mutating func redeem() -> CommandBody? {
    guard let (holding, coupon) = openCoupon() else { return nil }
    let terms = book.campaign(holding.first)?.version(coupon.version)?.terms ?? CampaignTerms()
    var asked = [CouponForOrder(campaign: holding.first, coupon: coupon.coupon)]
    if terms.kind.mode == .stored, let left = coupon.left, random.chance(60) {
      asked[0].amountFen = fen(upTo: left)
    }
    if random.chance(25), let second = openCoupon(of: holding.second), second.coupon.coupon != coupon.coupon {
      asked.append(CouponForOrder(campaign: second.holding.first, coupon: second.coupon.coupon))
    }
    let least = max(terms.kind.thresholdFen ?? .zero, terms.kind.mostFen)
    let shop = one(of: \.merchants) { !$0.isClosed }?.id ?? .named("k-0")
    return .coupon(
      .redeem(
        RedeemCoupons(
          member: holding.second,
          merchant: random.chance(95) ? terms.merchants?.first ?? shop : shop,
          order: coupon.lock?.order ?? .named(fresh("order")),
          amountFen: random.chance(90) ? least + fen(upTo: Fen(count: 300)) : fen(upTo: Fen(count: 60)),
          coupons: asked)))
  }

  /// One that could be taken back; whether a settlement has taken its day.
  private mutating func redemption(isFrozen: Bool) -> MixedMemory.Redemption? {
    let book = book
    return accepted.redemptions.filter { redemption in
      book.merchant(redemption.merchant)?.isFrozen(redemption.day, redemption.position) == isFrozen
    }.suffix(12).randomElement(using: &random)
  }
}
