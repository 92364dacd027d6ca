// Uses taken back (C6, L6), and coupons that end without a use.

import Testing

@testable import LedgerCore

@Suite("Rollbacks")
struct RollbackTests {
  @Test("in its time a coupon comes back with its money, once")
  func inTime() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    scene.claim(id: "c")
    scene.redeem([("cooling", "c")], 350, id: "use")
    #expect(scene.rollBack(Scene.july, "use").isAccepted)
    #expect(
      scene.records.last?.answers == [Answer("paidBackFen", count: 199), Answer("coupons", count: 1)])
    #expect(scene.fund() == [990_000, 10_000, 0])
    #expect(scene.campaign().reserved == 199)
    #expect(scene.campaign().open == 1)
    #expect(scene.holding().openCoupon("c")?.expires == "2022-07-02T00:00:00+08:00")
    #expect(scene.rollBack(Scene.july, "use").code == .couponRolledBack)
    #expect(scene.redeem([("cooling", "c")], 350).isAccepted)
    scene.expectBalanced()
  }

  @Test("after its time it is forfeited and its quota free, or comes back for the days of grace")
  func afterTime() {
    for grace in [nil, 3] as [Int64?] {
      var scene = Scene.withMoney()
      let terms = Scene.terms(.amount(offFen: 199)) { terms in
        terms.quotas = CampaignQuotas(perMember: 1)
        terms.afterValidity = grace == nil ? .forfeit : .grace
        terms.graceDays = grace
      }
      scene.run("cooling", terms)
      scene.claim(id: "c")
      scene.redeem([("cooling", "c")], 350, id: "use")
      let later = "2022-07-10T12:00:00+08:00"
      #expect(scene.rollBack(later, "use").isAccepted)
      #expect(scene.fund() == [990_000, 10_000, 0])
      if grace == nil {
        #expect(scene.campaign().expired == 1)
        #expect(scene.campaign().free == 10_000)
        #expect(scene.claim(later).isAccepted)
      } else {
        #expect(scene.holding().openCoupon("c")?.expires == "2022-07-14T00:00:00+08:00")
        #expect(scene.claim(later).code == .couponQuotaTaken)
      }
      scene.expectBalanced()
    }
  }

  @Test(
    "a stored sum gets its part back, while it is open and when it was used up, but not when it was revoked")
  func stored() {
    var scene = Scene.withMoney()
    scene.run("card", Scene.terms(.stored(faceFen: 5_000)) { $0.validity = .days(9) })
    scene.claim(Scene.july, "card", id: "s")
    scene.redeem([("card", "s")], 2_000, id: "one")
    scene.redeem([("card", "s")], 3_000, id: "two")
    #expect(scene.campaign("card").redeemed == 1)
    #expect(scene.holding("card").open == 0)
    scene.rollBack(Scene.july, "one")
    #expect(scene.holding("card").openCoupon("s")?.left == 2_000)
    #expect(scene.campaign("card").open == 1)
    scene.when(
      Scene.july,
      .coupon(.revoke(RevokeCoupon(member: "wang", campaign: "card", coupon: "s", reason: "sold-it"))))
    #expect(scene.campaign("card").revoked == 1)
    scene.rollBack(Scene.july, "two")
    #expect(scene.holding("card").open == 0)
    #expect(scene.campaign("card").free == 10_000)
    scene.expectBalanced()
  }

  @Test("a day's use of a standing entitlement comes back on that day only")
  func dayQuota() {
    var scene = Scene.withMoney()
    let terms = Scene.terms(.amount(offFen: 560)) { terms in
      terms.uses = StandingUses(perDay: 1)
      terms.validity = .until("2022-07-31")
    }
    scene.run("breakfast", terms)
    scene.claim(Scene.july, "breakfast", id: "b")
    scene.redeem([("breakfast", "b")], 1_400, id: "one")
    scene.rollBack(Scene.july, "one")
    #expect(scene.redeem([("breakfast", "b")], 1_400, id: "two").isAccepted)
    scene.rollBack("2022-07-02T08:00:00+08:00", "two")
    #expect(scene.holding("breakfast").coupons.first?.days.count(on: "2022-07-01") == 1)
    #expect(scene.holding("breakfast").coupons.first?.uses == 0)
    #expect(scene.fund() == [990_000, 10_000, 0])
    scene.expectBalanced()
  }

  @Test("a coupon that took less than its cap is worth its cap again")
  func cap() {
    var scene = Scene.withMoney()
    scene.run("canteen", Scene.terms(.percent(20, capFen: 800)))
    scene.claim(Scene.july, "canteen", id: "c")
    scene.redeem([("canteen", "c")], 1_337, id: "use")
    #expect(scene.campaign("canteen").free == 9_733)
    scene.rollBack(Scene.july, "use")
    #expect(scene.campaign("canteen").reserved == 800)
    #expect(scene.campaign("canteen").free == 9_200)
    #expect(scene.redeem([("canteen", "c")], 5_000).isAccepted)
    #expect(scene.lastSplit == [4_200, 800])
    scene.expectBalanced()
  }

  @Test("when the campaign is closed meanwhile, what a use gives back and no coupon keeps is its fund's")
  func closed() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    scene.claim(id: "c")
    scene.redeem([("cooling", "c")], 350, id: "use")
    scene.when(Scene.july, .campaign(.close(CloseCampaign(campaign: "cooling"))))
    #expect(scene.fund() == [999_801, 0, 199])
    scene.rollBack("2022-07-05T08:00:00+08:00", "use")
    #expect(scene.fund() == [1_000_000, 0, 0])
    scene.expectBalanced()
  }

  @Test("what a settlement has frozen is reversed on the day of the reversal, anything else is rolled back")
  func settled() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.terms(.amount(offFen: 199)))
    for (coupon, use) in [("a", "use-a"), ("b", "use-b")] {
      scene.claim(id: coupon)
      scene.redeem([("cooling", Scene.text(coupon, CommandID.init))], 350, id: use)
    }
    func reverse(_ redemption: CommandID) -> Scene.Outcome {
      scene.when(
        "2022-07-09T08:00:00+08:00",
        .coupon(
          .reverse(ReverseCoupons(member: "wang", redemption: redemption, reason: "meal-not-served"))))
    }
    #expect(reverse("use-a").code == .couponNotSettled)
    scene.freeze("shop", through: "2022-07-05")
    #expect(
      scene.rollBack("2022-07-09T08:00:00+08:00", "use-a").refusal
        == Refusal(.couponSettled, "through", "2022-07-05"))
    #expect(reverse("use-a").isAccepted)
    let position = scene.records.first { $0.command == "use-a" }?.position
    #expect(scene.records.last?.reverses == position)
    #expect(
      scene.records.last?.legs.contains(Leg(.merchant(.rolledBack("2022-07-09"), "shop"), 199)) == true)
    #expect(reverse("use-a").code == .couponRolledBack)
    scene.expectBalanced()
  }
}
