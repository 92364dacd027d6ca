// What tests of campaigns and coupons share: funds with money, merchants, a campaign that runs, and the commands in short.

import Testing

@testable import LedgerCore

extension Scene {
  /// The day on which the tests of coupons play, and the time of most commands.
  static let july = "2022-07-01T12:00:00+08:00"

  /// A scene with a treasurer (finance), a chief (approver), the funds `cool` of gz and `cool-sz` of sz with 10,000.00
  /// yuan each for `heat-relief`, the merchants `shop` of gz and `shop-sz` of sz, and wang a courier.
  static func withMoney() -> Scene {
    var scene = Scene()
    let dawn = "2022-06-01T00:00:00+08:00"
    for (actor, role) in [("treasurer", Role.finance), ("chief", .approver)] {
      let actor = text(actor, ActorID.init)
      scene.when(dawn, .actor(.register(RegisterActor(actor: actor))), by: "owner")
      scene.when(
        dawn, .actor(.grantRole(GrantRole(actor: actor, role: role, from: "2022-01-01"))), by: "owner")
    }
    for (fund, organisation) in [("cool", "gz"), ("cool-sz", "sz")] as [(FundID, OrganisationID)] {
      scene.when(
        dawn,
        .fund(
          .open(
            OpenFund(fund: fund, organisation: organisation, purposes: ["heat-relief"], from: "2022-01-01"))),
        by: "treasurer")
      scene.when(
        dawn, .fund(.receive(ReceiveFund(fund: fund, amount: 1_000_000))), by: "treasurer",
        id: "money-\(fund)")
    }
    for (merchant, organisation) in [("shop", "gz"), ("shop-sz", "sz")] as [(MerchantID, OrganisationID)] {
      scene.merchant(merchant, of: organisation, at: dawn)
    }
    scene.occupation("wang", "courier")
    precondition(!scene.records.contains { $0.refusal != nil }, "the scene is set without a refusal")
    return scene
  }

  mutating func merchant(_ id: MerchantID, of organisation: OrganisationID, at: String) {
    when(at, .merchant(.register(RegisterMerchant(merchant: id, organisation: organisation))))
  }

  /// A settlement takes everything of a merchant through a day, on the morning after.
  mutating func freeze(_ merchant: MerchantID, through day: CivilDay) {
    when(
      "\(day.next)T08:00:00+08:00",
      .merchant(
        .freezeSettlement(FreezeSettlement(settlement: "july", merchant: merchant, through: day))),
      by: "treasurer")
  }

  mutating func occupation(_ member: MemberID, _ occupation: FreeText) {
    when(
      "2022-06-01T00:00:00+08:00",
      .member(
        .startFact(
          StartFact(
            member: member, fact: "work", kind: .occupation, value: occupation, from: "2022-01-01"))))
  }

  @discardableResult
  mutating func courier(
    _ member: MemberID, _ occupation: FreeText? = "courier", in organisation: OrganisationID = "gz"
  )
    -> MemberID
  {
    when(
      "2022-06-01T00:00:00+08:00",
      .member(.enrol(EnrolMember(member: member, organisation: organisation))))
    if let occupation { self.occupation(member, occupation) }
    return member
  }

  /// 1.99 off 2.00 for couriers of gz all July, one a day and on the day, on 100.00 yuan of `cool`.
  static var cooling: CampaignTerms {
    var terms = CampaignTerms(
      organisation: "gz", kind: .amount(offFen: 199, thresholdFen: 200), purpose: "heat-relief",
      payers: [CampaignPayer(fund: "cool")], budgetFen: 10_000, from: "2022-07-01T00:00:00+08:00",
      until: "2022-08-01T00:00:00+08:00", quotas: CampaignQuotas(perMemberPerDay: 1))
    terms.audience = CouponAudience(occupations: ["courier", "food-delivery"])
    return terms
  }

  /// Cooling with another worth and no other quota.
  static func terms(_ kind: CouponKind, _ change: (inout CampaignTerms) -> Void = { _ in }) -> CampaignTerms {
    var terms = cooling
    terms.kind = kind
    terms.quotas = CampaignQuotas()
    change(&terms)
    return terms
  }

  /// Drafts, submits, approves and publishes a version; what came of the last step.
  @discardableResult
  mutating func run(
    _ campaign: CampaignID, _ terms: CampaignTerms, version: Int64 = 1,
    at: String = "2022-06-20T09:00:00+08:00"
  ) -> Outcome {
    for step in [
      .draft(DraftCampaign(campaign: campaign, version: version, terms: terms)),
      .submit(SubmitCampaign(campaign: campaign, version: version)),
    ] as [CampaignCommand] {
      let outcome = when(at, .campaign(step))
      if !outcome.isAccepted { return outcome }
    }
    let approved = when(
      at, .campaign(.approve(ApproveCampaign(campaign: campaign, version: version))), by: "chief")
    if !approved.isAccepted { return approved }
    return when(at, .campaign(.publish(PublishCampaign(campaign: campaign, version: version))))
  }

  @discardableResult
  mutating func claim(
    _ at: String = july, _ campaign: CampaignID = "cooling", member: MemberID = "wang",
    code: ContentHash? = nil, id: String? = nil
  ) -> Outcome {
    when(at, .coupon(.claim(ClaimCoupon(member: member, campaign: campaign, codeHash: code))), id: id)
  }

  @discardableResult
  mutating func redeem(
    _ at: String, _ coupons: [(CampaignID, CommandID)], _ amount: Fen, of part: Fen? = nil,
    member: MemberID = "wang", merchant: MerchantID = "shop", order: Reference = "order-1", id: String? = nil
  ) -> Outcome {
    when(
      at,
      .coupon(
        .redeem(
          RedeemCoupons(
            member: member, merchant: merchant, order: order, amountFen: amount,
            coupons: coupons.map { CouponForOrder(campaign: $0.0, coupon: $0.1, amountFen: part) }))),
      id: id)
  }

  /// The same at noon of 1 July.
  @discardableResult
  mutating func redeem(
    _ coupons: [(CampaignID, CommandID)], _ amount: Fen, of part: Fen? = nil, merchant: MerchantID = "shop",
    order: Reference = "order-1", id: String? = nil
  ) -> Outcome {
    redeem(Self.july, coupons, amount, of: part, merchant: merchant, order: order, id: id)
  }

  @discardableResult
  mutating func rollBack(_ at: String = july, _ redemption: CommandID, member: MemberID = "wang") -> Outcome {
    when(at, .coupon(.rollBack(RollBackCoupons(member: member, redemption: redemption))))
  }

  /// Opens a job that grants coupons at noon of 1 July; its chunks are `advance`.
  @discardableResult
  mutating func grant(_ campaign: CampaignID, _ pieces: Int64, id: String? = nil) -> Outcome {
    when(Self.july, .coupon(.grant(GrantCoupons(campaign: campaign, pieces: pieces))), id: id)
  }

  @discardableResult
  mutating func finish(_ job: CommandID) -> Outcome {
    when(Self.july, .job(.finish(FinishJob(job: job))), by: "owner")
  }

  /// The id of the last command.
  var lastCommand: CommandID { records.last?.command ?? "none" }

  func campaign(_ id: CampaignID = "cooling") -> Campaign { book.campaign(id) ?? Campaign() }

  func holding(_ campaign: CampaignID = "cooling", _ member: MemberID = "wang") -> CouponHolding {
    book.couponHolding(CampaignMember(campaign, member)) ?? CouponHolding()
  }

  /// The fund's available, committed and spent money.
  func fund(_ id: FundID = "cool") -> [Int64] {
    let fund = book.funds[id] ?? Fund()
    return [fund.available.count, fund.committed.count, fund.spent.count]
  }

  /// What the last redemption says: the member's share, then what each coupon takes off.
  var lastSplit: [Int64] {
    for record in records.reversed() {
      guard case .coupon(.redeemed(let event)) = record.event else { continue }
      return [event.memberFen.count] + event.uses.map(\.face.count)
    }
    return []
  }

  /// Every event's legs sum to zero, nothing is below zero and the campaigns' numbers add up; and the same in parts.
  func expectBalanced() {
    for record in records { #expect(record.legs.imbalance == nil, "\(record.type.name)") }
    for projection in [Projection.campaign, .couponHolding] {
      for key in book.entities(in: projection) { #expect(book.negative(key) == nil) }
    }
    expectSameInParts()
  }
}
