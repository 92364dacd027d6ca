// How one coupon is granted to one member (C2, C3, C11): audience, quotas and money, checked and taken together. Claims and
// jobs that push coupons both come here; what else a claim needs is in CouponDecide.

extension View {
  /// The facts by which a member is in a campaign's audience that day (C3); refused when one is missing.
  func audienceFacts(
    of member: Member, for terms: CampaignTerms, _ asking: Asking
  ) throws(Undecided) -> AudienceFacts {
    func missing(_ needs: String) -> Undecided { .refused(Refusal(.couponOutsideAudience, "needs", needs)) }
    var facts = AudienceFacts(organisation: member.organisation, isVerified: member.isVerified)
    if terms.audience.verifiedOnly, !member.isVerified { throw missing("real-name verification") }
    if let occupations = terms.audience.occupations {
      facts.occupation = occupations.first { member.hasOccupation(in: [$0], on: asking.day) }
      if facts.occupation == nil {
        throw missing("occupation " + occupations.map(\.text).joined(separator: ", "))
      }
    }
    let reach = terms.audience.organisation ?? terms.organisation
    guard try lineage(of: member.organisation).contains(reach) else {
      throw missing("organisation " + reach.text)
    }
    return facts
  }

  /// A running campaign in whose window the instant lies.
  func grantingCampaign(
    _ id: CampaignID, _ asking: Asking
  ) throws(Undecided) -> (campaign: Campaign, terms: CampaignTerms) {
    let campaign = try runningCampaign(id, asking)
    guard let terms = campaign.terms else { throw .refused(campaign.notPublished(id)) }
    let lastDay = terms.validity.lastDay(grantedOn: asking.day)
    guard terms.from <= asking.at, asking.at < terms.until, asking.at < zone.end(of: lastDay) else {
      throw .refused(
        Refusal(
          .campaignNotInWindow,
          [
            Refusal.Detail(name: "from", value: .word(terms.from.description)),
            Refusal.Detail(name: "until", value: .word(min(terms.until, zone.end(of: lastDay)).description)),
          ]))
    }
    return (campaign, terms)
  }
}

extension Campaign {
  /// One coupon of this campaign for the member who has `holding`: all quotas and the money are there, or it is refused.
  ///
  /// The campaign must be running and the member in its audience. To grant another one of it in the same commit, `take`
  /// this one first.
  ///
  /// - Parameter id: this campaign's.
  func grant(
    _ id: CampaignID, to holding: CouponHolding?, _ asking: Asking, _ zone: Zone
  ) throws(Undecided) -> CouponGrant {
    guard let published, let terms else { throw .refused(notPublished(id)) }
    let quotas = terms.quotas
    let today = asking.day
    for (quota, most, used) in [
      ("total", quotas.total, taken),
      ("per-day", quotas.perDay, days.count(on: today)),
      ("per-member", quotas.perMember, holding?.taken ?? 0),
      ("per-member-per-day", quotas.perMemberPerDay, holding?.days.count(on: today) ?? 0),
    ] {
      guard let most, used >= most else { continue }
      throw .refused(.quotaTaken(quota, of: id, limit: most))
    }
    var grant = CouponGrant(campaign: id, version: published)
    if quotas.perDay != nil || quotas.perMemberPerDay != nil { grant.countedOn = today }
    if terms.kind.mode != .bundle {
      grant.expires = zone.end(of: terms.validity.lastDay(grantedOn: today))
      if terms.kind.mode == .stored { grant.left = terms.kind.mostFen }
      let worth = terms.reservation
      guard worth <= free else { throw .refused(.budgetTaken(of: id, short: worth - free)) }
      if terms.isTooLittle(free) { throw .refused(.budgetTaken(of: id, short: terms.priceFen - free)) }
      grant.reserved = freeMoney.taking(worth).taken
    }
    var after = self
    after.take(grant)
    grant.exhausted = after.exhaustedChange
    return grant
  }

  /// What the quotas leave after a grant.
  func left(on day: CivilDay) -> (today: Int64?, inAll: Int64?) {
    (terms?.quotas.perDay.map { $0 - days.count(on: day) }, terms?.quotas.total.map { $0 - taken })
  }
}

extension Refusal {
  static func quotaTaken(_ quota: String, of campaign: CampaignID, limit: Int64) -> Refusal {
    Refusal(
      .couponQuotaTaken,
      [
        Detail(name: "campaign", value: .word(campaign.text)),
        Detail(name: "limit", value: .number(limit)),
        Detail(name: "quota", value: .word(quota)),
      ])
  }

  static func budgetTaken(of campaign: CampaignID, short: Fen) -> Refusal {
    Refusal(
      .couponBudgetTaken,
      [
        Detail(name: "campaign", value: .word(campaign.text)),
        Detail(name: "short", value: .number(short.count)),
      ])
  }
}
