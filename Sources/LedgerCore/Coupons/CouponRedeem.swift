// How coupons are used for an order (C3, C5, C7, C8, C11): what each takes off it, and who pays that. How a use is taken
// back is in CouponRollback.

extension RedeemCoupons {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let buyer = try view.activeMember(member, at: asking.at)
    let shop = try view.openMerchant(merchant, at: asking.at)
    var redeemed = CouponsRedeemed(
      request: self, memberFen: amountFen, merchantOrganisation: shop.organisation, day: asking.day)
    // Two coupons of one campaign: the second finds what the first has left.
    var campaigns: [CampaignID: Campaign] = [:]
    var isCounted = false
    for wanted in try inOrder(asking, view) {
      let known = try view.knownCampaign(wanted.asked.campaign)
      let campaign = campaigns[wanted.asked.campaign] ?? known
      redeemed.facts = try view.audienceFacts(of: buyer, for: wanted.terms, asking)
        .joined(with: redeemed.facts)
      let use = try wanted.use(of: redeemed.memberFen, in: self, campaign, asking)
      var after = campaign
      after.take(use, at: merchant)
      campaigns[wanted.asked.campaign] = after
      redeemed.memberFen -= use.face
      redeemed.uses.append(use)
      if let closed = view.ledger?.closedThrough {
        isCounted = isCounted || wanted.coupon.days.contains { $0.day <= closed }
      }
    }
    try redeemed.uses.flatMap { $0.payers.shares + $0.reserved + ($0.freed ?? []) }.requireFew()
    if isCounted { redeemed.countersClosedThrough = view.ledger?.closedThrough }
    return .redeemed(redeemed)
  }

  /// The coupons in the order they are applied (C7): as their campaigns declare, then as the client names them. No two
  /// are of one exclusive class.
  private func inOrder(_ asking: Asking, _ view: View) throws(Undecided) -> [WantedUse] {
    var wanted: [WantedUse] = []
    for asked in coupons {
      let campaign = try view.knownCampaign(asked.campaign)
      let holding = CampaignMember(asked.campaign, member)
      var coupon = try view.openCoupon(asked.coupon, of: holding, asking) { $0.lock?.order == order }
      if let lock = coupon.lock, lock.order != order {
        coupon = try view.openCoupon(asked.coupon, of: holding, asking) { $0.lock == nil }
      }
      guard let terms = campaign.version(coupon.version)?.terms else {
        preconditionFailure("a coupon's version is one of its campaign's")
      }
      // A closed campaign has no money left but what coupons have reserved.
      if campaign.pausedSince != nil || (campaign.isClosed && terms.uses != nil) {
        throw .refused(campaign.notPublished(asked.campaign))
      }
      if let lock = coupon.lock {
        guard lock.order == order else { throw .refused(Refusal(.couponLocked, "order", lock.order.text)) }
        try view.require("the lock", since: lock.since, at: asking.at)
      }
      if let places = terms.merchants, !places.contains(merchant) {
        throw .refused(Refusal(.couponMerchantNotInCampaign, "campaign", asked.campaign.text))
      }
      if let own = terms.exclusiveClass, wanted.contains(where: { $0.terms.exclusiveClass == own }) {
        throw .refused(Refusal(.couponNotStackable, "class", own.text))
      }
      wanted.append(WantedUse(asked: asked, coupon: coupon, terms: terms))
    }
    // Sorting keeps equals in their order only by the place.
    return wanted.enumerated().sorted { a, b in
      let (first, second) = (a.element.terms.stackOrder ?? .max, b.element.terms.stackOrder ?? .max)
      return first == second ? a.offset < b.offset : first < second
    }.map(\.element)
  }
}

extension AudienceFacts {
  /// Of the same member and day, for several coupons: an occupation that one of them asked for stays.
  fileprivate func joined(with others: AudienceFacts) -> AudienceFacts {
    var joined = self
    joined.occupation = joined.occupation ?? others.occupation
    return joined
  }
}

/// A coupon that is to be used, under the terms it was granted under.
private struct WantedUse {
  let asked: CouponForOrder
  let coupon: Coupon
  let terms: CampaignTerms

  /// The use of it, when `left` is what the member has to pay so far.
  func use(
    of left: Fen, in order: RedeemCoupons, _ campaign: Campaign, _ asking: Asking
  ) throws(Undecided) -> CouponUse {
    if let threshold = terms.kind.thresholdFen, order.amountFen < threshold {
      throw .refused(
        Refusal(
          .couponBelowThreshold,
          [
            Refusal.Detail(name: "campaign", value: .word(asked.campaign.text)),
            Refusal.Detail(name: "short", value: .number((threshold - order.amountFen).count)),
          ]))
    }
    try requireQuotas(order.merchant, campaign, asking)
    var use = CouponUse(
      campaign: asked.campaign, coupon: coupon.coupon, version: coupon.version, since: coupon.since,
      expires: coupon.expires, grantedTo: coupon.grantedTo)
    use.face = try face(of: left)
    use.isUsedOften = terms.isUsedOften
    if let before = coupon.left { use.left = before - use.face }
    use.isUsedUp =
      switch terms.kind.mode {
      case .stored: use.left == .zero
      case .amount, .percent, .exchange, .bundle:
        terms.uses.map { uses in uses.most.map { coupon.uses + 1 >= $0 } ?? false } ?? true
      }
    if terms.uses?.perDay != nil { use.countedOn = asking.day }
    try pay(&use, campaign)
    return use
  }

  /// What the coupon takes off what is left of an order (C5).
  private func face(of left: Fen) throws(Undecided) -> Fen {
    let kind = terms.kind
    let most: Fen
    switch kind.mode {
    case .amount, .exchange: most = kind.mostFen
    case .percent:
      // The member's share is what is computed, rounded half up to a fen; the rest is the payers'.
      let share = (left.count * (100 - (kind.percentOff ?? 0)) + 50) / 100
      most = min(left - Fen(count: share), kind.mostFen)
    case .stored:
      let stored = coupon.left ?? .zero
      most = asked.amountFen ?? min(stored, left)
      guard most <= stored else {
        throw .refused(Refusal(.couponLeftTooLow, "left", stored.count))
      }
      guard most <= left else { throw .refused(Refusal(.couponAboveOrder, "left", left.count)) }
    case .bundle: most = .zero
    }
    let face = min(most, left)
    // A coupon that takes nothing would be used up for nothing.
    guard face > .zero else {
      throw .refused(Refusal(left > .zero ? .couponTakesNothing : .couponAboveOrder, "left", left.count))
    }
    return face
  }

  /// C2, C8: uses at a merchant, and of this coupon on the day.
  private func requireQuotas(
    _ merchant: MerchantID, _ campaign: Campaign, _ asking: Asking
  ) throws(Undecided) {
    if let most = terms.quotas.perMerchant,
      campaign.merchants.first(where: { $0.merchant == merchant })?.uses ?? 0 >= most
    {
      throw .refused(.quotaTaken("per-merchant", of: asked.campaign, limit: most))
    }
    if let most = terms.uses?.perDay, coupon.days.count(on: asking.day) >= most {
      throw .refused(.quotaTaken("uses-per-day", of: asked.campaign, limit: most))
    }
  }

  /// Takes the price from what is reserved for the coupon, then from what is free (F5, C11). What the coupon does not
  /// need any more is free again, or its fund's when the campaign is closed.
  private func pay(_ use: inout CouponUse, _ campaign: Campaign) throws(Undecided) {
    let price = terms.settleFen ?? use.face
    let reserved = campaign.money(coupon.reserved)
    let (taken, rest) = reserved.taking(min(price, reserved.total))
    let missing = price - taken.total
    guard missing <= campaign.free else {
      throw .refused(.budgetTaken(of: asked.campaign, short: missing - campaign.free))
    }
    use.reserved = taken
    use.payers = campaign.byPayer(taken.joined(with: campaign.freeMoney.taking(missing).taken))
    if use.isUsedUp, !rest.isEmpty {
      use.freed = rest
      if campaign.isClosed { use.toFund = true }
    }
    var after = campaign
    after.take(use, at: .blank)
    use.exhausted = after.exhaustedChange
  }
}
