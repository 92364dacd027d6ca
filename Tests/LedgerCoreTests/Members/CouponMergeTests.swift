// Merging a provisional member who has coupons (M4): they go on under the real id, and counters add.

import Testing

@testable import LedgerCore

@Suite("Merging members with coupons")
struct CouponMergeTests {
  private static let july = Scene.july
  private static let next = "2022-07-01T13:00:00+08:00"

  /// Wang and a guest, both couriers, and a campaign of 1.99 off.
  private static func scene(_ change: (inout CampaignTerms) -> Void = { _ in }) -> Scene {
    var scene = Scene.withMoney()
    scene.admit("2022-06-01T00:00:00+08:00")
    scene.occupation("guest", "courier")
    scene.run("cooling", Scene.terms(.amount(offFen: 199), change))
    return scene
  }

  @Test("a coupon keeps its terms, its money and its last day, and is used by the real member")
  func used() {
    var scene = Self.scene()
    scene.claim(member: "guest", id: "c")
    #expect(scene.merge(Self.next) == .happened(["merged", "merged"]))
    #expect(scene.records.last?.answers == [Answer("coupons", count: 1)])
    #expect(scene.holding("cooling", "guest").coupons == [])
    #expect(scene.holding("cooling", "guest").taken == 0)
    let coupon = scene.holding().openCoupon("c")
    #expect(coupon?.grantedTo == "guest" && coupon?.reserved.total == 199)
    #expect(coupon?.expires == "2022-07-02T00:00:00+08:00")
    #expect(scene.campaign().open == 1 && scene.campaign().reserved == 199)
    #expect(
      scene.redeem(Self.next, [("cooling", "c")], 350, member: "guest").refusal
        == Refusal(.memberMerged, "into", "wang"))
    // Not before it was wang's.
    #expect(scene.redeem([("cooling", "c")], 350).code == .timeBeforeCause)
    #expect(scene.redeem(Self.next, [("cooling", "c")], 350, id: "use").isAccepted)
    #expect(scene.rollBack(Self.next, "use").isAccepted)
    #expect(
      scene.when(
        Self.next, .coupon(.giveBack(ReturnCoupon(member: "wang", campaign: "cooling", coupon: "c")))
      ).isAccepted)
    #expect(scene.holding().taken == 0)
    scene.expectBalanced()
  }

  @Test("a lock goes on with its order and deadline; quotas of a member and of a day count both")
  func counters() {
    var scene = Self.scene {
      $0.quotas = CampaignQuotas(perMember: 3, perMemberPerDay: 2)
    }
    scene.claim(member: "guest", id: "g")
    scene.claim(id: "w")
    scene.when(
      Self.july,
      .coupon(
        .lock(
          LockCoupon(
            member: "guest", campaign: "cooling", coupon: "g", order: "order-9",
            deadline: "2022-07-01T18:00:00+08:00"))))
    scene.merge(Self.next)
    #expect(scene.holding().taken == 2)
    #expect(
      scene.claim(Self.next).refusal == .quotaTaken("per-member-per-day", of: "cooling", limit: 2))
    #expect(
      scene.redeem(Self.next, [("cooling", "g")], 350).refusal == Refusal(.couponLocked, "order", "order-9"))
    #expect(scene.redeem(Self.next, [("cooling", "g")], 350, order: "order-9").isAccepted)
    #expect(scene.claim("2022-07-03T12:00:00+08:00").isAccepted)
    #expect(
      scene.claim("2022-07-04T12:00:00+08:00").refusal == .quotaTaken("per-member", of: "cooling", limit: 3))
    scene.expectBalanced()
  }

  @Test("a lock lapses and a coupon expires under the real id")
  func due() {
    var scene = Self.scene()
    scene.claim(member: "guest", id: "g")
    scene.when(
      Self.july,
      .coupon(
        .lock(
          LockCoupon(
            member: "guest", campaign: "cooling", coupon: "g", order: "order-9",
            deadline: "2022-07-01T18:00:00+08:00"))))
    scene.merge(Self.next)
    #expect(
      scene.claim("2022-07-05T12:00:00+08:00")
        == .happened([
          "lock-lapsed at 2022-07-01T10:00:00.000Z", "expired at 2022-07-01T16:00:00.000Z", "claimed",
        ]))
    #expect(scene.campaign().reserved == 199)
    scene.expectBalanced()
  }

  @Test("coupons that one command granted to both stay two, and each use is taken back to its own")
  func sameCommand() {
    var scene = Self.scene { $0.validity = .days(10) }
    scene.grant("cooling", 2, id: "push")
    scene.advance(Self.july, "push", 1, ["guest", "wang"])
    let both = scene.lastCommand
    scene.finish("push")
    scene.redeem(Self.july, [("cooling", both)], 350, member: "guest", id: "by-guest")
    scene.redeem(Self.july, [("cooling", both)], 450, id: "by-wang")
    scene.merge(Self.next)
    #expect(scene.rollBack(Self.next, "by-guest").isAccepted)
    #expect(scene.rollBack(Self.next, "by-wang").isAccepted)
    #expect(scene.holding().coupons.map(\.grantedTo) == [nil, "guest"])
    #expect(scene.rollBack(Self.next, "by-guest").code == .couponRolledBack)
    #expect(scene.campaign().open == 2 && scene.campaign().reserved == 398)
    // One may be locked while the other is used.
    scene.when(
      Self.next,
      .coupon(
        .lock(
          LockCoupon(
            member: "wang", campaign: "cooling", coupon: both, order: "order-9",
            deadline: "2022-07-01T18:00:00+08:00"))))
    #expect(scene.redeem(Self.next, [("cooling", both)], 350, order: "order-1").isAccepted)
    #expect(scene.redeem(Self.next, [("cooling", both)], 350, order: "order-9").isAccepted)
    #expect(scene.holding().open == 0)
    scene.expectBalanced()
  }

  @Test("a stored sum and a standing entitlement go on where they were")
  func usedOften() {
    var scene = Self.scene()
    scene.run("card", Scene.terms(.stored(faceFen: 2_000)))
    scene.run(
      "canteen", Scene.terms(.percent(20, capFen: 1_000)) { $0.uses = StandingUses(perDay: 1) })
    scene.claim(Self.july, "card", member: "guest", id: "s")
    scene.claim(Self.july, "canteen", member: "guest", id: "e")
    scene.redeem(Self.july, [("card", "s")], 500, member: "guest", order: "order-1", id: "part")
    scene.redeem(Self.july, [("canteen", "e")], 1_000, member: "guest", order: "order-2")
    #expect(scene.merge(Self.next) == .happened(["merged", "merged", "merged"]))
    #expect(
      scene.redeem(Self.next, [("canteen", "e")], 1_000, order: "order-3").refusal
        == .quotaTaken("uses-per-day", of: "canteen", limit: 1))
    #expect(scene.holding("card").openCoupon("s")?.left == 1_500)
    #expect(scene.rollBack(Self.next, "part").isAccepted)
    #expect(scene.holding("card").openCoupon("s")?.left == 2_000)
    #expect(scene.holding("card").uses == 0)
    scene.expectBalanced()
  }

  @Test("a coupon that is younger than the merge does not move; the merge is refused")
  func beforeIt() {
    var scene = Self.scene()
    scene.claim(Self.next, member: "guest", id: "c")
    #expect(scene.merge(Self.july).code == .timeBeforeCause)
  }
}
