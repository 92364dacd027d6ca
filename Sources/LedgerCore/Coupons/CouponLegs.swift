// The double entry of coupon events (L5, F9, C10): pieces of the campaign, money of the payers' funds, what is owed to the
// merchant and between organisations; and what an event is about. No rule is here.

extension CouponEvent {
  /// The entry of this event: amounts that sum to zero in each unit.
  var legs: [Leg] {
    switch self {
    case .claimed(let event):
      event.grants.filter { $0.expires != nil }.flatMap { pieces($0.campaign, .granted, .open) }
    case .granted(let event): pieces(event.campaign, .granted, .open, event.pieces)
    case .grantClosed(let event):
      event.toFund == true ? event.freed.legs(from: .committed, to: .available) : []
    case .redeemed(let event): redeemed(event)
    case .rolledBack(let event): takenBack(event.back)
    case .reversed(let event): takenBack(event.back)
    case .expired(let event):
      event.endings.flatMap { pieces(event.campaign, .open, .expired) + $0.released }
    case .revoked(let event):
      pieces(event.request.campaign, .open, .revoked) + event.ending.released
    case .returned(let event):
      pieces(event.request.campaign, .open, .returned) + event.ending.released
    case .grantOpened, .locked, .unlocked, .lockLapsed, .merged: []
    }
  }

  private func pieces(
    _ campaign: CampaignID, _ from: CouponAccountName, _ to: CouponAccountName, _ count: Int64 = 1
  ) -> [Leg] {
    count == 0 ? [] : [Leg(.campaign(from, campaign), -count), Leg(.campaign(to, campaign), count)]
  }

  private func redeemed(_ event: CouponsRedeemed) -> [Leg] {
    let paid = event.uses.reduce(Fen.zero) { $0 + $1.payers.total }.count
    var legs = [
      Leg(.merchant(.gross(event.day), event.request.merchant), -paid),
      Leg(.merchant(.owed, event.request.merchant), paid),
    ]
    for use in event.uses {
      legs += use.payers.shares.legs(from: .committed, to: .spent)
      legs += between(use.payers, event.merchantOrganisation, sign: 1)
      if use.toFund == true, let freed = use.freed { legs += freed.legs(from: .committed, to: .available) }
      if use.isUsedUp { legs += pieces(use.campaign, .open, .redeemed) }
    }
    return legs
  }

  private func takenBack(_ event: RedemptionBack) -> [Leg] {
    let back = event.uses.reduce(Fen.zero) { $0 + $1.payers.total }.count
    var legs = [
      Leg(.merchant(.owed, event.merchant), -back),
      Leg(.merchant(.rolledBack(event.day), event.merchant), back),
    ]
    for use in event.uses {
      legs += use.payers.shares.legs(from: .spent, to: .committed)
      legs += between(use.payers, event.merchantOrganisation, sign: -1)
      if use.toFund == true, let freed = use.freed { legs += freed.legs(from: .committed, to: .available) }
      switch use.instance {
      case .reopened: legs += pieces(use.campaign, .redeemed, .open)
      case .forfeited: legs += pieces(use.campaign, .redeemed, .expired)
      case .kept, .gone: break
      }
    }
    return legs
  }

  /// What the payers' organisations owe that of the merchant (F9).
  private func between(_ payers: [PayerShares], _ merchant: OrganisationID, sign: Int64) -> [Leg] {
    payers.filter { $0.organisation != merchant }.flatMap { payer in
      let amount = sign * payer.shares.total.count
      return [
        Leg(.payable(.owes, of: payer.organisation, with: merchant), -amount),
        Leg(.payable(.owed, of: merchant, with: payer.organisation), amount),
      ]
    }
  }
}

extension CouponEnding {
  /// What goes back to its fund.
  fileprivate var released: [Leg] {
    toFund == true ? freed.legs(from: .committed, to: .available) : []
  }
}

extension CouponEvent {
  /// The holdings that it changes.
  var holdings: [CampaignMember] {
    switch self {
    case .claimed(let event): holdings(event.grants.map(\.campaign), event.request.member)
    case .granted(let event):
      event.groups.flatMap { group in group.members.map { CampaignMember(event.campaign, $0) } }
    case .grantOpened, .grantClosed: []
    case .locked(let event): [CampaignMember(event.request.campaign, event.request.member)]
    case .unlocked(let event): [CampaignMember(event.request.campaign, event.request.member)]
    case .lockLapsed(let event): [CampaignMember(event.campaign, event.member)]
    case .redeemed(let event): holdings(event.uses.map(\.campaign), event.request.member)
    case .rolledBack(let event): holdings(event.back.uses.map(\.campaign), event.request.member)
    case .reversed(let event): holdings(event.back.uses.map(\.campaign), event.request.member)
    case .expired(let event): [CampaignMember(event.campaign, event.member)]
    case .revoked(let event): [CampaignMember(event.request.campaign, event.request.member)]
    case .returned(let event): [CampaignMember(event.request.campaign, event.request.member)]
    case .merged(let event):
      [CampaignMember(event.campaign, event.member), CampaignMember(event.campaign, event.into)]
    }
  }

  private func holdings(_ campaigns: [CampaignID], _ member: MemberID) -> [CampaignMember] {
    campaigns.indices.filter { !campaigns[..<$0].contains(campaigns[$0]) }
      .map { CampaignMember(campaigns[$0], member) }
  }

  /// The entities of this benefit that it changes, each once, beside those that its legs change.
  var entities: [EntityKey] {
    var keys = subjects
    switch self {
    case .locked, .unlocked, .lockLapsed, .merged: break
    case .grantOpened(let event): keys.append(.campaign(event.campaign))
    case .granted(let event): keys.append(.campaign(event.campaign))
    case .grantClosed(let event): keys.append(.campaign(event.campaign))
    case .claimed(let event):
      keys += holdings.map { .campaign($0.first) }
      if event.usesOwnCode, let hash = event.request.codeHash { keys.append(.couponCode(hash)) }
    case .redeemed, .rolledBack, .reversed, .expired, .revoked, .returned:
      keys += holdings.map { .campaign($0.first) }
    }
    return keys
  }

  /// The entities whose history it belongs to.
  var subjects: [EntityKey] { holdings.map(EntityKey.couponHolding) }

  /// What a receipt tells of it.
  var answer: [Answer] {
    switch self {
    case .claimed(let event):
      [Answer("reservedFen", event.grants.reduce(Fen.zero) { $0 + $1.reserved.total })]
        + (event.leftToday.map { [Answer("leftToday", count: $0)] } ?? [])
        + (event.leftInAll.map { [Answer("leftInAll", count: $0)] } ?? [])
    case .redeemed(let event):
      [
        Answer("memberFen", event.memberFen),
        Answer("faceFen", event.uses.reduce(Fen.zero) { $0 + $1.face }),
        Answer("paidFen", event.uses.reduce(Fen.zero) { $0 + $1.payers.total }),
      ]
    case .rolledBack(let event): event.back.answer
    case .reversed(let event): event.back.answer
    case .revoked(let event): [Answer("freedFen", event.ending.freed.total)]
    case .returned(let event): [Answer("freedFen", event.ending.freed.total)]
    case .granted(let event):
      [Answer("granted", count: event.pieces), Answer("skipped", count: event.skipped)]
    case .grantClosed(let event):
      [Answer("granted", count: event.granted), Answer("released", count: event.released)]
    case .merged(let event): [Answer("coupons", count: event.open)]
    case .grantOpened, .locked, .unlocked, .lockLapsed, .expired: []
    }
  }
}

extension RedemptionBack {
  fileprivate var answer: [Answer] {
    [
      Answer("paidBackFen", uses.reduce(Fen.zero) { $0 + $1.payers.total }),
      Answer("coupons", count: Int64(uses.count { $0.instance == .kept || $0.instance == .reopened })),
    ]
  }
}

extension Event {
  /// Whether coupons are used by it.
  var isRedemption: Bool {
    if case .coupon(let event) = self, case .redeemed = event { true } else { false }
  }
}
