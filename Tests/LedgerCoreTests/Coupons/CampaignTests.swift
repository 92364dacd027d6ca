// Campaigns (C1, C4, C12, F4-F6): from draft to closing, versions, money and codes.

import Testing

@testable import LedgerCore

@Suite("Campaigns")
struct CampaignTests {
  private static let june = "2022-06-20T09:00:00+08:00"

  @Test("a campaign runs when another than its author has approved it, and its budget is committed then")
  func life() {
    var scene = Scene.withMoney()
    func status() -> CampaignStatus { scene.campaign().status }
    scene.when(Self.june, .campaign(.draft(DraftCampaign(campaign: "cooling", terms: Scene.cooling))))
    #expect(status() == .draft)
    scene.when(Self.june, .campaign(.submit(SubmitCampaign(campaign: "cooling"))))
    #expect(status() == .submitted)
    #expect(scene.fund() == [1_000_000, 0, 0])
    #expect(
      scene.when(Self.june, .campaign(.publish(PublishCampaign(campaign: "cooling")))).refusal
        == Refusal(.campaignWrongStage, "stage", "submitted"))
    scene.when(Self.june, .campaign(.approve(ApproveCampaign(campaign: "cooling"))), by: "chief")
    #expect(status() == .approved)
    scene.when(Self.june, .campaign(.publish(PublishCampaign(campaign: "cooling"))))
    #expect(status() == .published)
    #expect(scene.fund() == [990_000, 10_000, 0])
    scene.when(Self.june, .campaign(.pause(PauseCampaign(campaign: "cooling", reason: "the shop is shut"))))
    #expect(status() == .paused)
    #expect(scene.claim().code == .campaignNotPublished)
    scene.when(Scene.july, .campaign(.resume(ResumeCampaign(campaign: "cooling"))))
    #expect(scene.claim(id: "c").isAccepted)
    scene.when(Scene.july, .campaign(.close(CloseCampaign(campaign: "cooling"))))
    #expect(status() == .closed)
    #expect(scene.fund() == [999_801, 199, 0])
    #expect(
      scene.records.last?.answers == [Answer("releasedFen", count: 9_801), Answer("reservedFen", count: 199)])
    #expect(scene.claim(member: scene.courier("li")).code == .campaignNotPublished)
    // An open coupon keeps its money; what it does not need goes back to the fund at once.
    #expect(scene.redeem([("cooling", "c")], 350).isAccepted)
    #expect(scene.fund() == [999_801, 0, 199])
    scene.expectBalanced()
  }

  @Test("the author of a version does not approve it, even as an approver")
  func ownApproval() {
    var scene = Scene.withMoney()
    scene.when(
      Self.june, .actor(.grantRole(GrantRole(actor: "clerk", role: .approver, from: "2022-01-01"))),
      by: "owner")
    scene.when(Self.june, .campaign(.draft(DraftCampaign(campaign: "cooling", terms: Scene.cooling))))
    scene.when(Self.june, .campaign(.submit(SubmitCampaign(campaign: "cooling"))))
    let approve = CommandBody.campaign(.approve(ApproveCampaign(campaign: "cooling")))
    #expect(scene.when(Self.june, approve).refusal == Refusal(.campaignOwnApproval, "author", "clerk"))
    #expect(scene.when(Self.june, approve, by: "treasurer").code == .actorRoleMissing)
    #expect(scene.when(Self.june, approve, by: "chief").isAccepted)
  }

  @Test(
    "a budget is split over the payers by weight, and neither beyond a fund's money nor beyond its purpose")
  func funds() {
    var scene = Scene.withMoney()
    var terms = Scene.cooling
    terms.organisation = "gd"
    terms.payers = [CampaignPayer(fund: "cool", weight: 2), CampaignPayer(fund: "cool-sz")]
    terms.budgetFen = 100
    #expect(scene.run("two", terms).isAccepted)
    #expect(scene.fund() == [999_933, 67, 0])
    #expect(scene.fund("cool-sz") == [999_967, 33, 0])
    terms.budgetFen = 1_499_903
    #expect(scene.run("large", terms).refusal == Refusal(.fundBalanceTooLow, "short", 2))
    terms.budgetFen = 100
    terms.purpose = "study"
    #expect(scene.run("other", terms).refusal == Refusal(.fundPurposeNotCovered, "purpose", "study"))
    #expect(scene.fund() == [999_933, 67, 0])
    scene.expectBalanced()
  }

  @Test(
    "a version with a larger budget commits the difference, one with a smaller releases it, but not what is used"
  )
  func versions() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    scene.claim(id: "c-1")
    var terms = Scene.cooling
    terms.budgetFen = 20_000
    terms.kind = .amount(offFen: 300, thresholdFen: 500)
    terms.quotas = CampaignQuotas(perMemberPerDay: 2)
    #expect(scene.run("cooling", terms, version: 2, at: Scene.july).isAccepted)
    #expect(scene.fund() == [980_000, 20_000, 0])
    #expect(scene.campaign().published == 2)
    scene.claim(id: "c-2")
    #expect(scene.campaign().reserved == 499)
    // A coupon keeps the version it was granted under.
    #expect(scene.redeem([("cooling", "c-1")], 350).isAccepted)
    #expect(scene.lastSplit == [151, 199])
    #expect(scene.redeem([("cooling", "c-2")], 350, order: "2").code == .couponBelowThreshold)
    terms.budgetFen = 498
    #expect(
      scene.run("cooling", terms, version: 3, at: Scene.july).refusal
        == Refusal(.campaignBudgetBelowUsed, "used", 499))
    terms.budgetFen = 499
    #expect(scene.run("cooling", terms, version: 4, at: Scene.july).isAccepted)
    #expect(scene.fund() == [999_501, 300, 199])
    #expect(scene.campaign().status == .exhausted)
    scene.expectBalanced()
  }

  @Test("a version waits for its predecessor's approval in vain: a later draft replaces it")
  func replaced() {
    var scene = Scene.withMoney()
    scene.when(Self.june, .campaign(.draft(DraftCampaign(campaign: "cooling", terms: Scene.cooling))))
    scene.when(Self.june, .campaign(.submit(SubmitCampaign(campaign: "cooling"))))
    scene.when(
      Self.june, .campaign(.draft(DraftCampaign(campaign: "cooling", version: 2, terms: Scene.cooling))))
    #expect(
      scene.when(Self.june, .campaign(.approve(ApproveCampaign(campaign: "cooling"))), by: "chief").refusal
        == Refusal(.campaignVersionOutOfOrder, "expected", 2))
  }

  @Test("what is published fixes who pays and for what; window, audience, budget and worth may change")
  func fixed() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    for (field, change) in [
      ("organisation", { $0.organisation = "gd" }), ("kind.mode", { $0.kind = .stored(faceFen: 100) }),
      ("purpose", { $0.purpose = "study" }), ("uses", { $0.uses = StandingUses() }),
      ("payers", { $0.payers = [CampaignPayer(fund: "cool-sz")] }),
    ] as [(String, (inout CampaignTerms) -> Void)] {
      var terms = Scene.cooling
      change(&terms)
      #expect(
        scene.run("cooling", terms, version: 2).refusal == Refusal(.campaignVersionDiffers, "field", field))
    }
  }

  @Test("the codes of a pool are imported all or none, and each claims one coupon")
  func pool() {
    var scene = Scene.withMoney()
    var terms = Scene.cooling
    terms.usesCodePool = true
    terms.quotas = CampaignQuotas()
    scene.run("cooling", terms)
    func imported(_ codes: [String]) -> CommandBody {
      .campaign(
        .importCodes(
          ImportCodes(
            campaign: "cooling", fileHash: ContentHash(of: [0]),
            codeHashes: codes.map { ContentHash(of: Array($0.utf8)) })))
    }
    func hash(_ code: String) -> ContentHash { ContentHash(of: Array(code.utf8)) }
    #expect(
      scene.when(Self.june, imported(["a", "b", "a", "a"])).refusal?.details.first?.value == .number(2))
    #expect(scene.when(Self.june, imported(["a", "b"])).isAccepted)
    #expect(scene.when(Self.june, imported(["c", "b"])).code == .couponCodesKnown)
    #expect(scene.claim().code == .couponCodeNeeded)
    #expect(scene.claim(code: hash("c")).code == .couponCodeWrong)
    #expect(scene.claim(code: hash("a")).isAccepted)
    #expect(scene.claim(code: hash("a")).code == .couponCodeUsed)
    #expect(scene.claim(code: hash("b")).isAccepted)
    #expect(scene.book.couponCode(hash("b"))?.member == "wang")
    #expect(scene.claim("2022-06-19T00:00:00+08:00", code: hash("b")).code == .timeBeforeCause)
    scene.expectBalanced()
  }
}
