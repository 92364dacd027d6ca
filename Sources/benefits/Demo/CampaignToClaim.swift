// A campaign whose coupons are claimed by a crowd, for benchmarks: what it takes to publish it, and one claim. What a
// benchmark measures with it is in Measurements.

import BenefitsLedger

/// A campaign of the province of `Year`, with money for so many coupons of one yuan and no other limit than one a member.
struct CampaignToClaim {
  private let coupons: Int64
  private let start: Instant
  private let campaign = CampaignID(literal: "claimed")
  private let fund = FundID(literal: "claimed")
  private let province = OrganisationID(literal: "province")

  /// - Parameter start: the first instant of the year.
  init(coupons: Int64, from start: Instant) {
    self.coupons = coupons
    self.start = start
  }

  /// An actor who spends, one who approves, a fund with money, and the campaign from draft to publication.
  var opening: [Command] {
    let day = Zone(offsetMinutes: 480).day(of: start)
    let (clerk, chief) = (ActorID(literal: "clerk"), ActorID(literal: "chief"))
    var bodies: [(ActorID, CommandBody)] = [
      (
        Year.owner,
        .actor(.grantRole(GrantRole(actor: clerk, role: .finance, organisation: province, from: day)))
      ),
      (Year.owner, .actor(.register(RegisterActor(actor: chief)))),
      (
        Year.owner,
        .actor(.grantRole(GrantRole(actor: chief, role: .approver, organisation: province, from: day)))
      ),
      (clerk, .fund(.open(OpenFund(fund: fund, organisation: province, from: day)))),
      (clerk, .fund(.receive(ReceiveFund(fund: fund, amount: budget)))),
    ]
    let steps: [(ActorID, CampaignCommand)] = [
      (clerk, .draft(DraftCampaign(campaign: campaign, terms: terms))),
      (clerk, .submit(SubmitCampaign(campaign: campaign))),
      (chief, .approve(ApproveCampaign(campaign: campaign))),
      (clerk, .publish(PublishCampaign(campaign: campaign))),
    ]
    bodies += steps.map { ($0, .campaign($1)) }
    return bodies.enumerated().map { number, step in
      Command(id: CommandID(literal: "claimed-\(number)"), at: start, actor: step.0, step.1)
    }
  }

  func claim(by member: MemberID, id: CommandID) -> Command {
    Command(
      id: id, at: start.adding(milliseconds: 3_600_000), actor: ActorID(literal: "app"),
      .coupon(.claim(ClaimCoupon(member: member, campaign: campaign))))
  }

  private var budget: Fen { Fen(count: coupons * 100) }

  private var terms: CampaignTerms {
    guard let purpose = Purpose("heat-relief") else { preconditionFailure("a purpose is a word") }
    return CampaignTerms(
      organisation: province, kind: .amount(offFen: Fen(count: 100)), purpose: purpose,
      payers: [CampaignPayer(fund: fund)], budgetFen: budget, from: start,
      until: start.adding(milliseconds: 365 * 86_400_000), validity: .days(365),
      quotas: CampaignQuotas(perMember: 1))
  }
}
