// benefits show LEDGER campaign ID, and coupon MEMBER: what a campaign has left, and what a member holds. The moment and
// the ids are Show's; sums are yuan for people and fen for machines.

import BenefitsLedger

enum ShowCoupons {
  // MARK: campaign

  static func campaign(
    _ id: CampaignID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found =
      view.isNow
      ? try reader.campaign(id, at: view.instant) : try reader.campaignAsOf(id, position: view.position)
    guard let campaign = found else { throw view.absence(id) }
    if invocation.wantsJSON { return try invocation.output.json(json(id, campaign, view)) }
    let output = invocation.output
    try output.line("campaign \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(campaign, view))
    try output.line()
    var money = Table([.text("money"), .number("yuan")])
    for (title, sum) in [("free", campaign.free), ("reserved", campaign.reserved), ("spent", campaign.spent)]
    {
      money.add([title, sum.yuan])
    }
    try output.table(money)
    try output.line()
    var pieces = Table([.text("coupons"), .number("")])
    for (title, count) in campaign.pieces { pieces.add([title, count.grouped]) }
    try output.table(pieces)
    guard !campaign.payers.isEmpty else { return }
    try output.line()
    var payers = Table([.text("payer"), .text("organisation"), .number("weight"), .number("free")])
    for payer in campaign.payers {
      let free = payer.free.reduce(Fen.zero) { $0 + $1.amount }
      payers.add([payer.fund.text, payer.organisation.text, payer.weight.grouped, free.yuan])
    }
    try output.table(payers)
  }

  private static func about(_ campaign: Campaign, _ view: ShowView) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["organisation", campaign.organisation.text])
    table.add(["status", campaign.status.rawValue])
    if let terms = campaign.terms ?? campaign.versions.last?.terms {
      if let name = terms.name { table.add(["name", name.text]) }
      table.add(["kind", terms.kind.mode.rawValue])
      table.add(["window", "from \(view.zone.local(terms.from)) until \(view.zone.local(terms.until))"])
      table.add(["budget", terms.budgetFen.yuan])
    }
    table.add(["version", campaign.published.map { "\($0)" } ?? "none published"])
    table.add(["drafted", "\(campaign.versions.count)"])
    return table
  }

  private static func json(_ id: CampaignID, _ campaign: Campaign, _ view: ShowView) -> JSONAnswer {
    func figure(_ count: Int64) -> JSONAnswer { .integer(count) }
    let terms = campaign.terms ?? campaign.versions.last?.terms
    return [
      "kind": "campaign", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(campaign.organisation.text), "status": .string(campaign.status.rawValue),
      "name": .string(terms?.name?.text), "mode": .string(terms?.kind.mode.rawValue),
      "version": .integer(campaign.published), "versions": .integer(Int64(campaign.versions.count)),
      "from": .string(terms?.from.description), "until": .string(terms?.until.description),
      "budgetFen": .integer(terms?.budgetFen.count), "freeFen": figure(campaign.free.count),
      "reservedFen": figure(campaign.reserved.count), "spentFen": figure(campaign.spent.count),
      "total": .integer(terms?.quotas.total), "taken": figure(campaign.taken),
      "pieces": .object(campaign.pieces.map { (name: $0.0, value: figure($0.1)) }),
      "payers": .array(
        campaign.payers.map { payer in
          [
            "fund": .string(payer.fund.text), "organisation": .string(payer.organisation.text),
            "weight": .integer(payer.weight),
            "freeFen": figure(payer.free.reduce(0) { $0 + $1.amount.count }),
          ]
        }),
    ]
  }

  // MARK: coupon

  /// What has passed its time is marked, whether or not an event has recorded it yet.
  static func coupons(
    of member: MemberID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let known =
      view.isNow
      ? try reader.member(member) : try reader.memberAsOf(member, position: view.position).member
    guard known != nil else { throw view.absence(member) }
    let holdings =
      view.isNow
      ? try reader.couponHoldings(of: member)
      : try reader.couponHoldingsAsOf(member, position: view.position)
    if invocation.wantsJSON { return try invocation.output.json(json(member, holdings, view)) }
    let output = invocation.output
    try output.line("coupons of member \(member), \(view.phrase)".displayable)
    try output.line()
    var table = Table([
      .text("campaign"), .text("coupon"), .text("granted"), .text("until"), .number("left"), .text(""),
    ])
    for (campaign, holding) in holdings {
      for coupon in holding.coupons where !coupon.isUsedUp {
        table.add([
          campaign.text, coupon.coupon.text, view.zone.local(coupon.since), view.zone.local(coupon.expires),
          coupon.left?.yuan ?? "", coupon.state(view),
        ])
      }
    }
    try output.table(table)
  }

  private static func json(
    _ member: MemberID, _ holdings: [(campaign: CampaignID, holding: CouponHolding)], _ view: ShowView
  ) -> JSONAnswer {
    [
      "kind": "coupon", "id": .string(member.text), "asOf": view.json,
      "campaigns": .array(
        holdings.map { campaign, holding in
          [
            "campaign": .string(campaign.text), "taken": .integer(holding.taken),
            "uses": .integer(holding.uses),
            "coupons": .array(
              holding.coupons.filter { !$0.isUsedUp }.map { coupon in
                [
                  "coupon": .string(coupon.coupon.text), "version": .integer(coupon.version),
                  "since": .string(coupon.since.description), "expires": .string(coupon.expires.description),
                  "reservedFen": .integer(coupon.reserved.reduce(0) { $0 + $1.amount.count }),
                  "leftFen": .integer(coupon.left?.count), "uses": .integer(coupon.uses),
                  "lockedFor": .string(coupon.lock?.order.text),
                  "grantedTo": .string(coupon.grantedTo?.text),
                  "isOver": .boolean(coupon.expires <= view.instant),
                ]
              }),
          ]
        }),
    ]
  }
}

extension Coupon {
  fileprivate func state(_ view: ShowView) -> String {
    if expires <= view.instant { return "its time has passed; the next command about it records that" }
    guard let lock, lock.deadline > view.instant else { return "" }
    return "locked for order \(lock.order)"
  }
}

extension Campaign {
  /// Its pieces, by what became of them.
  fileprivate var pieces: [(String, Int64)] {
    [
      ("granted", granted), ("open", open), ("redeemed", redeemed), ("expired", expired),
      ("revoked", revoked), ("returned", returned),
    ]
  }
}
