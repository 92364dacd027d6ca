// Claims (C2-C4, C9): quotas, money, audience, window, codes, bundles, locks; what falls due on coupons.

import Testing

@testable import LedgerCore

@Suite("Claims")
struct ClaimTests {
  @Test("cooling: one a day for couriers on the day; midnight frees what was not used")
  func cooling() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    #expect(scene.claim(id: "c-1") == .happened(["claimed"]))
    #expect(scene.records.last?.answers == [Answer("reservedFen", count: 199)])
    #expect(
      scene.claim("2022-07-01T23:59:59+08:00").refusal
        == .quotaTaken("per-member-per-day", of: "cooling", limit: 1))
    #expect(scene.claim(member: scene.courier("li", "clerk")).code == .couponOutsideAudience)
    #expect(scene.claim(member: scene.courier("sun", in: "sz")).code == .couponOutsideAudience)
    #expect(scene.campaign().reserved == 199)
    #expect(scene.campaign().free == 9_801)
    // The claim of the next day finds the first coupon expired at midnight, and its money free.
    #expect(
      scene.claim("2022-07-02T08:00:00+08:00", id: "c-2")
        == .happened(["expired at 2022-07-01T16:00:00.000Z", "claimed"]))
    #expect(scene.campaign().reserved == 199)
    #expect(scene.campaign().expired == 1)
    #expect(scene.holding().open == 1)
    #expect(scene.redeem("2022-07-02T08:00:00+08:00", [("cooling", "c-1")], 350).code == .couponNotOpen)
    scene.expectBalanced()
  }

  @Test("a total of one goes to one; given back unused it goes to the next, expired it does not")
  func total() {
    var scene = Scene.withMoney()
    var terms = Scene.cooling
    terms.quotas = CampaignQuotas(total: 1)
    scene.run("cooling", terms)
    scene.courier("li")
    #expect(scene.claim(id: "c-1").isAccepted)
    #expect(
      scene.records.last?.answers == [Answer("reservedFen", count: 199), Answer("leftInAll", count: 0)])
    #expect(scene.campaign().status == .exhausted)
    #expect(scene.claim(member: "li").refusal == .quotaTaken("total", of: "cooling", limit: 1))
    let giveBack = CouponCommand.giveBack(ReturnCoupon(member: "wang", campaign: "cooling", coupon: "c-1"))
    #expect(scene.when(Scene.july, .coupon(giveBack)).isAccepted)
    #expect(scene.campaign().status == .published)
    #expect(scene.claim(member: "li", id: "c-2").isAccepted)
    #expect(scene.claim("2022-07-05T08:00:00+08:00", member: "li").code == .couponQuotaTaken)
    #expect(scene.campaign().status == .exhausted)
    scene.expectBalanced()
  }

  @Test("the budget is a quota too: what expires is there for another")
  func budget() {
    var scene = Scene.withMoney()
    var terms = Scene.cooling
    terms.budgetFen = 400
    scene.run("cooling", terms)
    for member in ["li", "sun", "zhao"] as [MemberID] { scene.courier(member) }
    scene.claim(id: "c-1")
    #expect(scene.claim(member: "li").isAccepted)
    #expect(scene.campaign().status == .exhausted)
    #expect(scene.claim(member: "sun").refusal == .budgetTaken(of: "cooling", short: 197))
    // wang's coupon of yesterday is found expired by wang's own next command, and frees money for one more.
    #expect(scene.claim("2022-07-02T08:00:00+08:00").isAccepted)
    #expect(scene.claim("2022-07-02T08:00:00+08:00", member: "zhao").code == .couponBudgetTaken)
    scene.expectBalanced()
  }

  @Test("a quota by day is for all members, and the answer tells what it leaves")
  func perDay() {
    var scene = Scene.withMoney()
    var terms = Scene.cooling
    terms.quotas = CampaignQuotas(total: 3, perDay: 1)
    scene.run("cooling", terms)
    scene.courier("li")
    scene.claim()
    #expect(
      scene.records.last?.answers == [
        Answer("reservedFen", count: 199), Answer("leftToday", count: 0), Answer("leftInAll", count: 2),
      ])
    #expect(scene.claim(member: "li").refusal == .quotaTaken("per-day", of: "cooling", limit: 1))
    #expect(scene.claim("2022-07-02T08:00:00+08:00", member: "li").isAccepted)
    scene.expectBalanced()
  }

  @Test("a code of an episode works in its window, for its audience, once")
  func code() {
    var scene = Scene.withMoney()
    let hash = ContentHash(of: Array("tonight".utf8))
    var terms = Scene.cooling
    terms.codeHash = hash
    terms.from = "2022-07-20T20:00:00+08:00"
    terms.until = "2022-07-20T20:30:00+08:00"
    terms.quotas = CampaignQuotas(perMember: 1)
    scene.run("cooling", terms)
    scene.courier("li", "clerk")
    let evening = "2022-07-20T20:01:00+08:00"
    #expect(scene.claim("2022-07-20T19:59:59+08:00", code: hash).code == .campaignNotInWindow)
    #expect(scene.claim(evening).code == .couponCodeNeeded)
    #expect(scene.claim(evening, code: ContentHash(of: [1])).code == .couponCodeWrong)
    #expect(scene.claim(evening, member: "li", code: hash).code == .couponOutsideAudience)
    #expect(scene.claim(evening, code: hash).isAccepted)
    #expect(scene.claim(evening, code: hash).refusal == .quotaTaken("per-member", of: "cooling", limit: 1))
    #expect(scene.claim("2022-07-20T20:30:00+08:00", member: "li", code: hash).code == .campaignNotInWindow)
  }

  @Test("a bundle grants a coupon of each part or none, and counts in every quota")
  func bundle() {
    var scene = Scene.withMoney()
    for (part, total) in [("car", 2), ("hotel", 2), ("air", 1)] as [(CampaignID, Int64)] {
      var terms = Scene.terms(.exchange("a ride", faceFen: 1_000)) { $0.isOnlyInBundle = true }
      terms.quotas = CampaignQuotas(total: total)
      scene.run(part, terms)
    }
    var terms = Scene.terms(.bundle(["car", "hotel", "air"]))
    terms.payers = nil
    terms.budgetFen = 0
    terms.quotas = CampaignQuotas(perMember: 1)
    #expect(scene.run("trip", terms).isAccepted)
    scene.courier("li")
    #expect(scene.claim(Scene.july, "car").code == .couponOnlyInBundle)
    #expect(scene.claim(Scene.july, "trip", id: "trip-1").isAccepted)
    for part in ["car", "hotel", "air"] as [CampaignID] { #expect(scene.holding(part).open == 1) }
    #expect(scene.campaign("trip").taken == 1)
    #expect(scene.campaign("trip").granted == 0)
    let before = scene.book.campaign("car")
    #expect(
      scene.claim(Scene.july, "trip", member: "li").refusal == .quotaTaken("total", of: "air", limit: 1))
    #expect(scene.book.campaign("car") == before)
    #expect(scene.claim(Scene.july, "trip").refusal == .quotaTaken("per-member", of: "trip", limit: 1))
    #expect(scene.redeem([("air", "trip-1")], 1_000).isAccepted)
    scene.expectBalanced()
  }

  @Test("a lock is for one order until its deadline, then it lapses")
  func lock() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    scene.claim(id: "c")
    func lock(_ at: String, _ order: Reference, _ deadline: Instant) -> Scene.Outcome {
      scene.when(
        at,
        .coupon(
          .lock(
            LockCoupon(member: "wang", campaign: "cooling", coupon: "c", order: order, deadline: deadline))))
    }
    #expect(lock(Scene.july, "a", "2022-07-01T12:10:00+08:00").isAccepted)
    #expect(
      lock(Scene.july, "b", "2022-07-01T12:10:00+08:00").refusal == Refusal(.couponLocked, "order", "a"))
    #expect(scene.redeem([("cooling", "c")], 350, order: "b").code == .couponLocked)
    #expect(
      lock("2022-07-01T12:10:00+08:00", "b", "2022-07-01T13:00:00+08:00")
        == .happened(["lock-lapsed", "locked"]))
    let unlock = CommandBody.coupon(.unlock(UnlockCoupon(member: "wang", campaign: "cooling", coupon: "c")))
    #expect(scene.when("2022-07-01T12:20:00+08:00", unlock).isAccepted)
    #expect(scene.when("2022-07-01T12:20:00+08:00", unlock).code == .couponNotLocked)
    #expect(lock("2022-07-01T12:20:00+08:00", "c", "2022-07-01T13:00:00+08:00").isAccepted)
    #expect(scene.redeem("2022-07-01T12:30:00+08:00", [("cooling", "c")], 350, order: "c").isAccepted)
    scene.expectBalanced()
  }

  @Test("what falls due in a closed period is recorded in the open one and says when it was")
  func closedPeriod() {
    var scene = Scene.withMoney()
    scene.run("cooling", Scene.cooling)
    let night = "2022-07-02T01:00:00+08:00"
    scene.when(night, .job(.closeDay(CloseDay(day: "2022-07-01"))), by: "owner", id: "close")
    scene.when(night, .job(.finish(FinishJob(job: "close"))), by: "owner")
    // What is recorded late of a day that is closed, in a period that is not.
    scene.claim("2022-07-01T22:00:00+08:00", id: "c")
    scene.when(
      "2022-07-01T22:00:00+08:00",
      .coupon(
        .lock(
          LockCoupon(
            member: "wang", campaign: "cooling", coupon: "c", order: "a",
            deadline: "2022-07-01T23:30:00+08:00"))))
    scene.when(night, .ledger(.closePeriod(ClosePeriod(through: "2022-07-01"))), by: "owner")
    #expect(scene.book.ledger?.closedThrough == "2022-07-01")
    #expect(
      scene.claim("2022-07-02T08:00:00+08:00", id: "c-2")
        == .happened([
          "lock-lapsed at 2022-07-01T16:00:00.000Z", "expired at 2022-07-01T16:00:00.000Z", "claimed",
        ]))
    let lapse = scene.records[scene.records.count - 3]
    guard case .coupon(.lockLapsed(let event)) = lapse.event else {
      Issue.record("\(lapse.type.name) is no lapse")
      return
    }
    #expect(event.occurredOn == "2022-07-01")
    // The days of a closed period are counted no longer: no command can be dated on them.
    #expect(scene.holding().days.map(\.day) == ["2022-07-02"])
    scene.expectBalanced()
  }
}
