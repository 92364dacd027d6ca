// Coupons as rewards and prizes of activities: granted in the same commit by the campaign's own rules, or nothing
// happens at all.

import Testing

@testable import LedgerCore

@Suite("Activities and coupons")
struct ActivityCouponTests {
  /// Opens activity `spring` of gz, all July.
  private static func open(_ scene: inout Scene, _ change: (inout OpenActivity) -> Void) -> Scene.Outcome {
    scene.openActivity(at: "2022-06-20T10:00:00+08:00") {
      $0.organisation = "gz"
      $0.from = "2022-07-01T00:00:00+08:00"
      $0.until = "2022-08-01T00:00:00+08:00"
      change(&$0)
    }
  }

  @Test("A join grants a coupon; when the campaign refuses it, nobody has joined")
  func joining() {
    var scene = Scene.withMoney()
    scene.addMember("li")
    scene.occupation("li", "courier")
    var terms = Scene.cooling
    terms.quotas = CampaignQuotas(total: 1)
    scene.run("cooling", terms)
    #expect(Self.open(&scene) { $0.reward = .coupon("cooling") }.isAccepted)
    #expect(scene.join(Scene.july, id: "join") == .happened(["joined", "claimed"]))
    #expect(scene.holding().coupons.map(\.coupon) == ["join"])
    #expect(scene.campaign().taken == 1)
    #expect(scene.records.first { $0.command == "join" }?.eventsWithInputs == 2)
    #expect(scene.join(Scene.july, "li").refusal == .quotaTaken("total", of: "cooling", limit: 1))
    #expect(scene.spring.joins == 1)
    #expect(scene.redeem([("cooling", "join")], 350).isAccepted)
    scene.expectBalanced()
  }

  @Test("Drawn coupons are granted to the winners, to each member one by one draw")
  func drawn() {
    var scene = Scene.withMoney()
    scene.addMember("li")
    scene.occupation("li", "courier")
    var terms = Scene.cooling
    terms.quotas = CampaignQuotas(total: 9)
    terms.until = "2022-09-01T00:00:00+08:00"
    scene.run("cooling", terms)
    let chain = Chain()
    _ = Self.open(&scene) {
      $0.joinsPerDay = 9
      $0.draw = .closing(
        chain.commitment, holder: "keeper", publicValue: Scene.index("2022-08-01"), winnersPerDraw: 3,
        [Prize("coupon", pieces: 3, reward: .coupon("cooling"))])
    }
    for member in ["wang", "li", "wang"] as [MemberID] { scene.join(Scene.july, member) }
    #expect(scene.publish(at: "2022-08-01T00:00:00+08:00").isAccepted)
    #expect(scene.draw("2022-08-01T00:00:00+08:00").isAccepted)
    let winners = scene.drawn.flatMap(\.winners)
    #expect(winners.count == 3)
    #expect(winners.count { $0.award.reward != nil } == 2)
    #expect(scene.holding("cooling", "wang").coupons.count == 1)
    #expect(scene.holding("cooling", "li").coupons.count == 1)
    #expect(scene.spring.awarded == 3)
    scene.expectBalanced()
  }

  @Test(
    "A drawn coupon that its campaign refuses is withheld; the draw stands, and the other prizes are given")
  func withheld() {
    var scene = Scene.withMoney()
    scene.addMember("li")
    for member in ["li"] as [MemberID] { scene.occupation(member, "courier") }
    var terms = Scene.cooling
    terms.quotas = CampaignQuotas(total: 1)
    terms.until = "2022-09-01T00:00:00+08:00"
    scene.run("cooling", terms)
    scene.rule()
    _ = Self.open(&scene) {
      $0.draw = .closing(
        Chain().commitment, holder: "keeper", publicValue: Scene.index("2022-08-01"), winnersPerDraw: 2,
        [Prize("coupon", pieces: 2, reward: .coupon("cooling"))])
    }
    for member in ["wang", "li"] as [MemberID] { #expect(scene.join(Scene.july, member).isAccepted) }
    scene.publish(at: "2022-08-01T00:00:00+08:00")
    #expect(scene.draw("2022-08-01T00:00:00+08:00") == .happened(["drawn", "claimed"]))
    let winners = scene.drawn.flatMap(\.winners)
    #expect(winners.map(\.award.withheld) == [nil, .couponQuotaTaken])
    #expect(winners.allSatisfy { $0.award.reward == .coupon("cooling") }, "what each won is still told")
    #expect(scene.campaign().taken == 1)
    #expect(scene.spring.awarded == 2)
    #expect(scene.spring.draws == 1)
    scene.expectBalanced()
  }

  @Test("A join earns a coupon, and its draw another: they are two commands")
  func oneEach() {
    var scene = Scene.withMoney()
    var terms = Scene.cooling
    terms.quotas = CampaignQuotas(total: 9)
    scene.run("cooling", terms)
    let chain = Chain()
    #expect(
      Self.open(&scene) {
        $0.reward = .coupon("cooling")
        $0.draw = .instant(
          chain.commitment, holder: "keeper", [Prize("coupon", pieces: 1, reward: .coupon("cooling"))])
      }.isAccepted)
    #expect(scene.join(Scene.july, id: "join").isAccepted)
    #expect(scene.draw(Scene.july, 1, chain.secret(1), id: "draw").isAccepted)
    #expect(scene.holding().coupons.map(\.coupon) == ["join", "draw"])
    scene.expectBalanced()
  }
}
