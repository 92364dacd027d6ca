// How a use of coupons is taken back (C6, L6): the money, the coupon by its terms, the quotas. A use that a settlement has
// frozen is reversed on the day of the reversal; any other is rolled back on its own day.

extension RollBackCoupons {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let taken = try view.redemption(redemption, of: member, asking)
    if let through = taken.frozenThrough {
      throw .refused(Refusal(.couponSettled, "through", through.description))
    }
    return .rolledBack(
      CouponsRolledBack(request: self, back: try view.back(taken, of: member, on: taken.event.day, asking)))
  }
}

extension ReverseCoupons {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let taken = try view.redemption(redemption, of: member, asking)
    guard taken.frozenThrough != nil else { throw .refused(Refusal(.couponNotSettled)) }
    if let since = taken.frozenSince { try view.require("the settlement", since: since, at: asking.at) }
    return .reversed(
      CouponsReversed(request: self, back: try view.back(taken, of: member, on: asking.day, asking)))
  }
}

/// A redemption that is to be taken back.
private struct TakenRedemption {
  let event: CouponsRedeemed
  /// The last day of the settlement that has frozen it; nil when none has.
  let frozenThrough: CivilDay?
  /// When the merchant's last settlement was frozen.
  let frozenSince: Instant?
}

extension View {
  /// A redemption of the member, or of one who was merged into the member, which was not taken back yet.
  fileprivate func redemption(
    _ command: CommandID, of member: MemberID, _ asking: Asking
  ) throws(Undecided) -> TakenRedemption {
    _ = try knownMember(member)
    let identities = try identities(of: member)
    for record in try events(of: command) {
      guard case .coupon(.redeemed(let event)) = record.event, identities.contains(event.request.member),
        let first = event.uses.first
      else { continue }
      try require("the redemption", since: record.at, at: asking.at)
      let holding = try couponHolding(CampaignMember(first.campaign, member))
      guard holding?.rolledBack.contains(command) != true else { throw .refused(Refusal(.couponRolledBack)) }
      var frozenThrough: CivilDay?
      var frozenSince: Instant?
      if let shop = try merchant(event.request.merchant), shop.isFrozen(event.day, record.position) {
        frozenThrough = shop.frozenThrough
        frozenSince = shop.frozenSince
      }
      return TakenRedemption(event: event, frozenThrough: frozenThrough, frozenSince: frozenSince)
    }
    throw .refused(Refusal(.couponNotARedemption))
  }

  fileprivate func back(
    _ taken: TakenRedemption, of member: MemberID, on day: CivilDay, _ asking: Asking
  ) throws(Undecided) -> RedemptionBack {
    let event = taken.event
    // What was used under the id of somebody who was merged into the member is named by that id now.
    let user = event.request.member == member ? nil : event.request.member
    var back = RedemptionBack(
      merchant: event.request.merchant, merchantOrganisation: event.merchantOrganisation,
      day: day)
    // Two coupons of one campaign: the second finds what the first has left.
    var campaigns: [CampaignID: Campaign] = [:]
    for use in event.uses {
      let known = try knownCampaign(use.campaign)
      let campaign = campaigns[use.campaign] ?? known
      let holding = try couponHolding(CampaignMember(use.campaign, member))
      let grantedTo = use.grantedTo ?? user
      let coupon = holding?.coupons.first {
        $0.coupon == use.coupon && $0.grantedTo == grantedTo && asking.at < $0.expires
      }
      var part = campaign.back(use, coupon, asking, zone)
      part.grantedTo = grantedTo
      // A coupon that comes back to another than it was granted to is that one's from now on (L3).
      if user != nil { part.since = asking.at }
      if use.countedOn == asking.day, coupon != nil { part.countedOn = use.countedOn }
      var after = campaign
      after.take(part, at: event.request.merchant)
      part.exhausted = after.exhaustedChange
      after.isExhausted = part.exhausted ?? after.isExhausted
      campaigns[use.campaign] = after
      back.uses.append(part)
    }
    return back
  }
}

extension Campaign {
  /// What one use gives back.
  ///
  /// - Parameter coupon: what is left of it, if it has not ended; one that was used once has.
  fileprivate func back(
    _ use: CouponUse, _ coupon: Coupon?, _ asking: Asking, _ zone: Zone
  ) -> CouponBack {
    var back = CouponBack(
      campaign: use.campaign, coupon: use.coupon, version: use.version, since: use.since, face: use.face,
      payers: use.payers)
    let terms = version(use.version)?.terms ?? CampaignTerms()
    back.instance = instance(of: use, coupon, asking, terms)
    let money = use.payers.shares
    switch back.instance {
    case .forfeited, .gone:
      back.quota = back.instance == .forfeited
      back.freed = money
    case .kept, .reopened:
      back.expires = coupon?.expires ?? use.expires
      if back.expires.map({ $0 <= asking.at }) ?? false {
        back.expires = zone.end(of: asking.day.adding(days: Int(terms.graceDays ?? 0)))
      }
      if let left = use.left { back.left = (coupon?.left ?? left) + use.face }
      if terms.uses == nil {
        back.reserved = money
        reserveAgain(&back, terms)
      } else {
        back.freed = money
      }
    }
    if isClosed, back.freed != nil { back.toFund = true }
    return back
  }

  private func instance(
    of use: CouponUse, _ coupon: Coupon?, _ asking: Asking, _ terms: CampaignTerms
  ) -> CouponInstance {
    if let coupon { return coupon.isUsedUp ? .reopened : .kept }
    if use.isUsedOften { return .gone }
    if asking.at < use.expires { return .reopened }
    return terms.afterValidity == .grace ? .reopened : .forfeited
  }

  /// A coupon that took less than was set aside for it is worth that again, as far as money is free.
  private func reserveAgain(_ back: inout CouponBack, _ terms: CampaignTerms) {
    guard terms.kind.mode == .percent || terms.kind.mode == .amount else { return }
    let missing = min(max(.zero, terms.reservation - back.reserved.total), free)
    guard missing > .zero else { return }
    let taken = freeMoney.taking(missing).taken
    back.taken = taken
    back.reserved = back.reserved.joined(with: taken)
  }
}
