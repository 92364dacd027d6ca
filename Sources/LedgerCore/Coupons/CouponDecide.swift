// What is allowed with coupons (C3, C4), one function a command. How one is granted is in CouponGranting, used in
// CouponRedeem, taken back in CouponRollback; what falls due by the clock is in CouponDue.

extension CouponCommand {
  func decide(_ asking: Asking, _ view: View) throws(Undecided) -> [CouponEvent] {
    switch self {
    case .claim(let data): [try data.decide(asking, view)]
    case .grant(let data): [try data.decide(asking, view)]
    case .lock(let data): [try data.decide(asking, view)]
    case .unlock(let data): [try data.decide(asking, view)]
    case .redeem(let data): [try data.decide(asking, view)]
    case .rollBack(let data): [try data.decide(asking, view)]
    case .reverse(let data): [try data.decide(asking, view)]
    case .revoke(let data): [try data.decide(asking, view)]
    case .giveBack(let data): [try data.decide(asking, view)]
    }
  }

  /// Where the actor's role must reach: the member's organisation, or the campaign's when a job grants its coupons.
  func scope(_ view: View) throws(Undecided) -> [OrganisationID] {
    if case .grant(let data) = self { return [try view.knownCampaign(data.campaign).organisation] }
    return try member.map { (id) throws(Undecided) in [try view.knownMember(id).organisation] } ?? []
  }

  /// The holdings it touches: what is due on them is applied before it.
  func holdings(_ view: View) throws(Undecided) -> [CampaignMember] {
    var campaigns: [CampaignID] = []
    switch self {
    case .claim(let data):
      campaigns = [data.campaign] + (try view.campaign(data.campaign)?.terms?.kind.parts ?? [])
    case .lock(let data): campaigns = [data.campaign]
    case .unlock(let data): campaigns = [data.campaign]
    case .revoke(let data): campaigns = [data.campaign]
    case .giveBack(let data): campaigns = [data.campaign]
    case .redeem(let data):
      for coupon in data.coupons where !campaigns.contains(coupon.campaign) {
        campaigns.append(coupon.campaign)
      }
    case .rollBack(let data):
      campaigns = try view.redeemed(by: data.redemption)?.holdings.map(\.first) ?? []
    case .reverse(let data):
      campaigns = try view.redeemed(by: data.redemption)?.holdings.map(\.first) ?? []
    case .grant: return []
    }
    guard let member else { return [] }
    return campaigns.map { CampaignMember($0, member) }
  }
}

extension View {
  /// The event by which a command used coupons; nil when it did not.
  fileprivate func redeemed(by command: CommandID) throws(Undecided) -> CouponEvent? {
    for record in try events(of: command) {
      if case .coupon(let event) = record.event, case .redeemed = event { return event }
    }
    return nil
  }
}

extension ClaimCoupon {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let claimer = try view.activeMember(member, at: asking.at)
    let (asked, terms) = try view.grantingCampaign(campaign, asking)
    guard terms.isOnlyInBundle != true else {
      throw .refused(Refusal(.couponOnlyInBundle, "campaign", campaign.text))
    }
    var claimed = CouponClaimed(request: self)
    claimed.facts = try view.audienceFacts(of: claimer, for: terms, asking)
    claimed.usesOwnCode = try requireCode(terms, asking, view)
    var isCounted = false
    for id in [campaign] + (terms.kind.parts ?? []) {
      let (granting, own) = try view.grantingCampaign(id, asking)
      if id != campaign { _ = try view.audienceFacts(of: claimer, for: own, asking) }
      let holding = try view.couponHolding(CampaignMember(id, member))
      claimed.grants.append(try granting.grant(id, to: holding, asking, view.zone))
      if let closed = view.ledger?.closedThrough {
        let counted = granting.days + (holding?.days ?? [])
        isCounted = isCounted || counted.contains { $0.day <= closed }
      }
    }
    try claimed.grants.flatMap(\.reserved).requireFew()
    if isCounted { claimed.countersClosedThrough = view.ledger?.closedThrough }
    var after = asked
    if let grant = claimed.grants.first { after.take(grant) }
    (claimed.leftToday, claimed.leftInAll) = after.left(on: asking.day)
    return .claimed(claimed)
  }

  /// Whether the code is one of a pool, which is used up by this.
  private func requireCode(
    _ terms: CampaignTerms, _ asking: Asking, _ view: View
  ) throws(Undecided) -> Bool {
    guard terms.codeHash != nil || terms.usesCodePool == true else { return false }
    guard let codeHash else { throw .refused(Refusal(.couponCodeNeeded, "campaign", campaign.text)) }
    if let shared = terms.codeHash {
      guard codeHash == shared else { throw .refused(Refusal(.couponCodeWrong, "campaign", campaign.text)) }
      return false
    }
    guard let code = try view.couponCode(codeHash), code.campaign == campaign else {
      throw .refused(Refusal(.couponCodeWrong, "campaign", campaign.text))
    }
    try view.require("the code", since: code.since, at: asking.at)
    guard code.member == nil else { throw .refused(Refusal(.couponCodeUsed, "campaign", campaign.text)) }
    return true
  }
}

extension LockCoupon {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let open = try view.openCoupon(coupon, of: CampaignMember(campaign, member), asking) { $0.lock == nil }
    guard deadline > asking.at else { throw .refused(Refusal(.couponDeadlinePassed)) }
    try open.requireUnlocked()
    return .locked(CouponWasLocked(request: self, grantedTo: open.grantedTo))
  }
}

extension UnlockCoupon {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let open = try view.openCoupon(coupon, of: CampaignMember(campaign, member), asking) { $0.lock != nil }
    guard let lock = open.lock else { throw .refused(Refusal(.couponNotLocked)) }
    try view.require("the lock", since: lock.since, at: asking.at)
    return .unlocked(CouponUnlocked(request: self, grantedTo: open.grantedTo))
  }
}

extension RevokeCoupon {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let open = try view.openCoupon(coupon, of: CampaignMember(campaign, member), asking)
    let (ending, exhausted) = try view.ending(open, of: campaign, givesBack: false, asking)
    return .revoked(CouponRevoked(request: self, ending: ending, exhausted: exhausted))
  }
}

extension ReturnCoupon {
  fileprivate func decide(_ asking: Asking, _ view: View) throws(Undecided) -> CouponEvent {
    let open = try view.openCoupon(coupon, of: CampaignMember(campaign, member), asking) { $0.lock == nil }
    try open.requireUnlocked()
    let (ending, exhausted) = try view.ending(open, of: campaign, givesBack: true, asking)
    return .returned(CouponReturned(request: self, ending: ending, exhausted: exhausted))
  }
}

extension Coupon {
  /// C4: one open lock.
  fileprivate func requireUnlocked() throws(Undecided) {
    if let lock { throw .refused(Refusal(.couponLocked, "order", lock.order.text)) }
  }
}

extension View {
  /// A coupon of a member, who may have left, that exists by then and of which something is left; after a merge there may
  /// be two with one id, which are alike but for what was done with them.
  func openCoupon(
    _ id: CommandID, of holding: CampaignMember, _ asking: Asking,
    wanted isWanted: (Coupon) -> Bool = { _ in true }
  ) throws(Undecided) -> Coupon {
    _ = try knownMember(holding.second)
    _ = try knownCampaign(holding.first)
    guard let coupon = try couponHolding(holding)?.openCoupon(id, wanted: isWanted) else {
      throw .refused(Refusal(.couponNotOpen, "campaign", holding.first.text))
    }
    try require("the coupon", since: coupon.since, at: asking.at)
    return coupon
  }

  /// The end of a coupon without a use. One that was never used counts no more; `givesBack` says whether also against
  /// what the member may have.
  fileprivate func ending(
    _ coupon: Coupon, of id: CampaignID, givesBack: Bool, _ asking: Asking
  ) throws(Undecided) -> (CouponEnding, exhausted: Bool?) {
    let campaign = try knownCampaign(id)
    var ending = CouponEnding(
      coupon: coupon.coupon, freed: coupon.reserved, grantedTo: coupon.grantedTo)
    ending.toFund = campaign.isClosed && !coupon.reserved.isEmpty ? true : nil
    ending.quota = coupon.uses == 0
    ending.memberQuota = givesBack && coupon.uses == 0
    ending.countedOn = ending.quota && coupon.countedOn == asking.day ? asking.day : nil
    var after = campaign
    after.take(ending)
    return (ending, after.exhaustedChange)
  }
}
