// Uses of coupons (C3, C5, C7, C8, C11, F5, F9): what each takes off an order, and who pays.

import Testing

@testable import LedgerCore

@Suite("Redemptions")
struct RedemptionTests {
  @Test("cooling: 3.50 is 1.99 and 1.51; 1.50 is below the threshold")
  func cooling() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    scene.claim(id: "c")
    #expect(
      scene.redeem([("cooling", "c")], 150).refusal
        == Refusal(
          .couponBelowThreshold,
          [.init(name: "campaign", value: .word("cooling")), .init(name: "short", value: .number(50))]))
    #expect(scene.redeem([("cooling", "c")], 350).isAccepted)
    #expect(scene.lastSplit == [151, 199])
    #expect(scene.fund() == [990_000, 9_801, 199])
    #expect(
      scene.records.last?.answers == [
        Answer("memberFen", count: 151), Answer("faceFen", count: 199), Answer("paidFen", count: 199),
      ])
    #expect(scene.campaign().redeemed == 1)
    #expect(scene.redeem([("cooling", "c")], 350).code == .couponNotOpen)
    scene.expectBalanced()
  }

  @Test("20 % off: the member's share is rounded half up, the payers' is the rest, up to the cap")
  func percent() {
    for (amount, member, payers) in [
      (1_337, 1_070, 267), (2_500, 2_000, 500), (5, 4, 1), (10_000, 9_200, 800),
    ]
      as [(Int64, Int64, Int64)]
    {
      var scene = Scene.withMoney()
      scene.run("canteen", Scene.terms(.percent(20, capFen: 800)))
      scene.claim(Scene.july, "canteen", id: "c")
      #expect(scene.redeem([("canteen", "c")], Fen(count: amount)).isAccepted)
      #expect(scene.lastSplit == [member, payers])
      // What the coupon did not need of its cap is free again.
      #expect(scene.campaign("canteen").free == Fen(count: 10_000 - payers))
      scene.expectBalanced()
    }
  }

  @Test(
    "a breakfast of 14.00 less 5.60 each day: a standing entitlement takes its money at each use, until it is gone"
  )
  func standing() {
    var scene = Scene.withMoney()
    let terms = Scene.terms(.amount(offFen: 560)) { terms in
      terms.uses = StandingUses(perDay: 1)
      terms.validity = .until("2022-07-31")
      terms.budgetFen = 1_440
      terms.quotas = CampaignQuotas(perMember: 1)
    }
    scene.run("breakfast", terms)
    #expect(scene.claim(Scene.july, "breakfast", id: "b").isAccepted)
    #expect(scene.campaign("breakfast").reserved == 0)
    #expect(scene.redeem([("breakfast", "b")], 1_400).isAccepted)
    #expect(scene.lastSplit == [840, 560])
    #expect(
      scene.redeem([("breakfast", "b")], 1_400, order: "2").refusal
        == .quotaTaken("uses-per-day", of: "breakfast", limit: 1))
    #expect(scene.redeem("2022-07-02T08:00:00+08:00", [("breakfast", "b")], 1_400, order: "2").isAccepted)
    #expect(scene.campaign("breakfast").status == .exhausted)
    #expect(
      scene.redeem("2022-07-03T08:00:00+08:00", [("breakfast", "b")], 1_400, order: "3").refusal
        == .budgetTaken(of: "breakfast", short: 240))
    #expect(scene.campaign("breakfast").free == 320)
    #expect(scene.holding("breakfast").coupons.first?.uses == 2)
    #expect(scene.campaign("breakfast").open == 1)
    scene.expectBalanced()
  }

  @Test("a standing entitlement with a number of uses is used up by the last")
  func uses() {
    var scene = Scene.withMoney()
    scene.run("tea", Scene.terms(.percent(50, capFen: 500)) { $0.uses = StandingUses(most: 2) })
    scene.claim(Scene.july, "tea", id: "t")
    #expect(scene.redeem([("tea", "t")], 300).isAccepted)
    #expect(scene.redeem([("tea", "t")], 300, id: "last").isAccepted)
    #expect(scene.campaign("tea").redeemed == 1)
    #expect(scene.redeem([("tea", "t")], 300).code == .couponNotOpen)
    #expect(scene.rollBack(Scene.july, "last").isAccepted)
    #expect(scene.redeem([("tea", "t")], 300).isAccepted)
    scene.expectBalanced()
  }

  @Test("a stored sum is used in parts and gives no change; what is left expires")
  func stored() {
    var scene = Scene.withMoney()
    scene.run("card", Scene.terms(.stored(faceFen: 5_000)) { $0.validity = .days(1) })
    scene.claim(Scene.july, "card", id: "s")
    #expect(scene.redeem([("card", "s")], 1_200).isAccepted)
    #expect(scene.lastSplit == [0, 1_200])
    #expect(scene.redeem([("card", "s")], 900, of: 500).isAccepted)
    #expect(scene.lastSplit == [400, 500])
    #expect(scene.holding("card").coupons.first?.left == 3_300)
    #expect(
      scene.redeem([("card", "s")], 9_000, of: 3_301).refusal == Refusal(.couponLeftTooLow, "left", 3_300))
    #expect(scene.redeem([("card", "s")], 900, of: 901).refusal == Refusal(.couponAboveOrder, "left", 900))
    #expect(scene.campaign("card").reserved == 3_300)
    #expect(scene.claim("2022-07-03T00:00:00+08:00", "card").isAccepted)
    #expect(scene.campaign("card").expired == 1)
    #expect(scene.campaign("card").free == 3_300)
    scene.expectBalanced()
  }

  @Test(
    "a thing is exchanged up to its worth; funds move at the settlement price, which the member does not see")
  func exchange() {
    var scene = Scene.withMoney()
    scene.run("check", Scene.terms(.exchange("a medical check", faceFen: 6_000)) { $0.settleFen = 4_500 })
    scene.claim(Scene.july, "check", id: "x")
    #expect(scene.campaign("check").reserved == 4_500)
    #expect(scene.redeem([("check", "x")], 6_200).isAccepted)
    #expect(scene.lastSplit == [200, 6_000])
    #expect(scene.fund() == [990_000, 5_500, 4_500])
    scene.expectBalanced()
  }

  @Test("several coupons are applied as their campaigns declare; of one class only one")
  func stacking() {
    var scene = Scene.withMoney()
    scene.run("late", Scene.terms(.percent(50, capFen: 1_000)) { $0.stackOrder = 2 })
    scene.run(
      "early",
      Scene.terms(.amount(offFen: 100, thresholdFen: 300)) { terms in
        terms.stackOrder = 1
        terms.exclusiveClass = "shop"
      })
    scene.run("rival", Scene.terms(.amount(offFen: 100)) { $0.exclusiveClass = "shop" })
    for campaign in ["late", "early", "rival"] as [CampaignID] {
      scene.claim(Scene.july, campaign, id: campaign.text)
    }
    #expect(
      scene.redeem([("late", "late"), ("early", "early"), ("rival", "rival")], 301).refusal
        == Refusal(.couponNotStackable, "class", "shop"))
    // 3.01 - 1.00 = 2.01; half of it is 1.005, rounded up to 1.01 for the member.
    #expect(scene.redeem([("late", "late"), ("early", "early")], 301).isAccepted)
    #expect(scene.lastSplit == [101, 100, 100])
    scene.expectBalanced()
  }

  @Test("two coupons of one campaign for one order: the second finds what the first has left")
  func twice() {
    var scene = Scene.withMoney()
    let terms = Scene.terms(.amount(offFen: 200)) { terms in
      terms.uses = StandingUses()
      terms.budgetFen = 300
    }
    scene.run("tea", terms)
    scene.claim(Scene.july, "tea", id: "a")
    scene.claim(Scene.july, "tea", id: "b")
    #expect(
      scene.redeem([("tea", "a"), ("tea", "b")], 1_000).refusal == .budgetTaken(of: "tea", short: 100))
    #expect(scene.redeem([("tea", "a")], 1_000).isAccepted)
    scene.run("cup", Scene.terms(.amount(offFen: 200)))
    scene.claim(Scene.july, "cup", id: "a")
    scene.claim(Scene.july, "cup", id: "b")
    #expect(scene.redeem([("cup", "a"), ("cup", "b")], 1_000).isAccepted)
    #expect(scene.lastSplit == [600, 200, 200])
    scene.expectBalanced()
  }

  @Test("only merchants of the campaign take its coupons, so often as their quota says")
  func merchants() {
    var scene = Scene.withMoney()
    let terms = Scene.terms(.amount(offFen: 100)) { terms in
      terms.merchants = ["shop"]
      terms.quotas = CampaignQuotas(perMerchant: 1)
    }
    scene.run("cooling", terms)
    for coupon in ["a", "b"] { scene.claim(id: coupon) }
    #expect(scene.redeem([("cooling", "a")], 350, merchant: "shop-sz").code == .couponMerchantNotInCampaign)
    #expect(scene.redeem([("cooling", "a")], 350, merchant: "nowhere").code == .merchantUnknown)
    #expect(scene.redeem([("cooling", "a")], 350, id: "first").isAccepted)
    #expect(
      scene.redeem([("cooling", "b")], 350).refusal == .quotaTaken("per-merchant", of: "cooling", limit: 1))
    scene.rollBack(Scene.july, "first")
    #expect(scene.redeem([("cooling", "b")], 350).isAccepted)
    scene.expectBalanced()
  }

  @Test("the audience is checked again at the use, with the facts of that day")
  func audienceAgain() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.terms(.amount(offFen: 100)) { $0.validity = .days(10) })
    scene.claim(id: "c")
    scene.when(Scene.july, .member(.endFact(EndFact(member: "wang", fact: "work", until: "2022-07-02"))))
    #expect(scene.redeem("2022-07-02T08:00:00+08:00", [("cooling", "c")], 350).code == .couponOutsideAudience)
    #expect(scene.redeem("2022-07-01T13:00:00+08:00", [("cooling", "c")], 350).isAccepted)
  }

  @Test("a use in another organisation's shop leaves a payable; the payers' shares are of their own funds")
  func payables() {
    var scene = Scene.withMoney()
    var terms = Scene.terms(.amount(offFen: 199))
    terms.payers = [CampaignPayer(fund: "cool"), CampaignPayer(fund: "cool-sz")]
    terms.organisation = "gd"
    scene.run("both", terms)
    scene.claim(Scene.july, "both", id: "c")
    #expect(scene.redeem([("both", "c")], 350, merchant: "shop-sz").isAccepted)
    let payables = (scene.records.last?.legs ?? []).filter {
      if case .payable = $0.account { true } else { false }
    }
    #expect(
      payables == [
        Leg(.payable(.owes, of: "gz", with: "sz"), -100), Leg(.payable(.owed, of: "sz", with: "gz"), 100),
      ])
    #expect(scene.fund() == [995_000, 4_900, 100])
    #expect(scene.fund("cool-sz") == [995_000, 4_901, 99])
    scene.expectBalanced()
  }
}
