// Coupons granted to a whole audience (C2, L11): what a job sets aside, what chunks grant, what goes back. How the job is
// driven on a real file is tested in BenefitsLedgerTests/Jobs.

import Testing

@testable import LedgerCore

@Suite("Coupons for a whole audience")
struct CouponBatchTests {
  static let refusals = [
    RefusalCase(.couponNotPushed, "it needs a code") { scene in
      scene = .withMoney()
      var terms = Scene.cooling
      terms.codeHash = ContentHash(of: [1])
      scene.run("cooling", terms)
      return scene.grant("cooling", 1)
    },
    RefusalCase(.jobGrantsLeft, "ended while somebody was not looked at") { scene in
      scene = Self.scene()
      scene.grant("cooling", 3, id: "push")
      scene.advance(Scene.july, "push", 1, ["a", "b"])
      return scene.finish("push")
    },
  ]

  private static let members = ["a", "b", "c", "d"] as [MemberID]

  /// Three couriers and a clerk, and a campaign with money for ten coupons of 1.99.
  private static func scene(_ change: (inout CampaignTerms) -> Void = { _ in }) -> Scene {
    var scene = Scene.withMoney()
    for member in members { scene.courier(member, member == "b" ? "clerk" : "courier") }
    var terms = Scene.cooling
    terms.budgetFen = 1_990
    change(&terms)
    scene.run("cooling", terms)
    return scene
  }

  @Test("what a job may grant is set aside at once; chunks grant by name; the rest goes back at the end")
  func job() {
    var scene = Self.scene { $0.quotas.total = 6 }
    #expect(scene.grant("cooling", 4, id: "push") == .happened(["opened", "grant-opened"]))
    #expect(scene.campaign().pieces(heldFor: "push") == 4)
    #expect(scene.campaign().free == Fen(count: 1_990 - 4 * 199))
    #expect(scene.campaign().taken == 4)
    // Others have what is left beside it, and no more.
    #expect(scene.claim(id: "own-1").isAccepted)
    #expect(scene.claim(member: scene.courier("e")).isAccepted)
    #expect(scene.claim(member: scene.courier("f")).refusal == .quotaTaken("total", of: "cooling", limit: 6))
    // The clerk is no courier.
    #expect(scene.advance(Scene.july, "push", 1, ["a", "b"]) == .happened(["advanced", "granted"]))
    #expect(scene.records.last?.answers == [Answer("granted", count: 1), Answer("skipped", count: 1)])
    #expect(scene.holding("cooling", "a").openCoupon(scene.lastCommand)?.reserved.total == 199)
    #expect(scene.campaign().pieces(heldFor: "push") == 3)
    #expect(scene.campaign().reserved == Fen(count: 3 * 199))
    // Nobody is not a member, and wang has one of that day already.
    #expect(scene.advance(Scene.july, "push", 2, ["c", "d", "nobody", "wang"]).isAccepted)
    #expect(scene.records.last?.answers == [Answer("granted", count: 2), Answer("skipped", count: 2)])
    #expect(scene.finish("push") == .happened(["finished", "grant-closed"]))
    #expect(scene.records.last?.answers == [Answer("granted", count: 3), Answer("released", count: 1)])
    #expect(scene.campaign().holds == [])
    #expect(scene.campaign().taken == 5)
    #expect(scene.campaign().open == 5)
    #expect(scene.campaign().free == Fen(count: 1_990 - 5 * 199))
    #expect(scene.claim(member: "f").isAccepted)
    scene.expectBalanced()
  }

  @Test("more than the total, the day or the money leaves is refused, with the number")
  func tooMany() {
    var scene = Self.scene { $0.quotas = CampaignQuotas(total: 20, perDay: 5) }
    #expect(scene.grant("cooling", 21).refusal == .quotaTaken("total", of: "cooling", limit: 20))
    #expect(scene.grant("cooling", 6).refusal == .quotaTaken("per-day", of: "cooling", limit: 5))
    scene = Self.scene()
    #expect(scene.grant("cooling", 11).refusal == .budgetTaken(of: "cooling", short: 199))
    #expect(scene.grant("cooling", 100_000_000).code == .couponBudgetTaken)
    #expect(scene.campaign().free == 1_990)
  }

  @Test("a job grants no more than was set aside, also when its chunks name more")
  func exact() {
    var scene = Self.scene()
    scene.grant("cooling", 2, id: "push")
    scene.advance(Scene.july, "push", 1, Self.members)
    #expect(scene.records.last?.answers == [Answer("granted", count: 2), Answer("skipped", count: 2)])
    #expect(scene.campaign().open == 2)
    scene.expectBalanced()
  }

  @Test(
    "a campaign that closes meanwhile keeps what was set aside, and gives the rest to its fund at the end")
  func closed() {
    var scene = Self.scene()
    scene.grant("cooling", 3, id: "push")
    scene.when(Scene.july, .campaign(.close(CloseCampaign(campaign: "cooling"))))
    #expect(scene.campaign().free == 0)
    scene.advance(Scene.july, "push", 1, ["a"])
    #expect(scene.campaign().open == 1)
    #expect(scene.finish("push").refusal == Refusal(.jobGrantsLeft, "pieces", 2))
    // Nobody comes after who comes last, member or not.
    scene.advance(Scene.july, "push", 2, ["zoe"])
    #expect(scene.finish("push").isAccepted)
    #expect(scene.fund() == [1_000_000 - 199, 199, 0])
    scene.expectBalanced()
  }

  @Test("the money of two payers is set aside and granted to the fen")
  func twoPayers() {
    var scene = Self.scene {
      $0.payers = [CampaignPayer(fund: "cool"), CampaignPayer(fund: "cool-sz")]
    }
    scene.grant("cooling", 3, id: "push")
    scene.advance(Scene.july, "push", 1, ["a", "c", "d"])
    #expect(scene.campaign().reserved == Fen(count: 3 * 199))
    scene.finish("push")
    #expect(scene.campaign().free == Fen(count: 1_990 - 3 * 199))
    scene.expectBalanced()
  }

  @Test("the budget adds up while a job holds some of it, also when the campaign is paused meanwhile")
  func paused() {
    var scene = Self.scene()
    scene.grant("cooling", 3, id: "push")
    scene.expectBalanced()
    #expect(scene.when(Scene.july, .campaign(.pause(PauseCampaign(campaign: "cooling")))).isAccepted)
    scene.expectBalanced()
  }

  @Test("a day that closes frees what was granted on it and not used")
  func expiry() {
    var scene = Self.scene()
    scene.grant("cooling", 1, id: "push")
    scene.advance(Scene.july, "push", 1, ["a"])
    scene.finish("push")
    let morning = "2022-07-02T03:00:00+08:00"
    scene.openJob(morning, "2022-07-01", id: "night")
    #expect(
      scene.when(morning, .job(.finish(FinishJob(job: "night"))), by: "owner").code == .jobWorkLeft)
    let chunk = AdvanceJob(
      job: "night", chunk: 1, members: [], holdings: [NamedHolding(CampaignMember("cooling", "a"))])
    #expect(
      scene.when(morning, .job(.advance(chunk)), by: "owner")
        == .happened(["expired at 2022-07-01T16:00:00.000Z", "advanced"]))
    #expect(scene.when(morning, .job(.finish(FinishJob(job: "night"))), by: "owner").isAccepted)
    #expect(scene.campaign().free == 1_990)
    #expect(scene.campaign().expired == 1)
    scene.expectBalanced()
  }
}
