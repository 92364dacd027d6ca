// What should never have been, taken back (L6): earnings, spendings, captures, adjustments. Refusals are in
// PointsCorrectionRefusalTests.

import Testing

@testable import LedgerCore

@Suite("Reversals")
struct ReversalTests {
  private let noon = "2022-02-01T12:00:00+08:00"

  /// Ten points that `visit` earned under a rule with every cap at ten.
  private func scene() -> Scene {
    var scene = Scene()
    scene.limits(100)
    scene.rule("read", 10) {
      $0.capPerDay = 10
      $0.capPerMonth = 10
      $0.capPerLifetime = 10
      $0.budget = 10
    }
    scene.earn(noon, id: "visit")
    return scene
  }

  @Test("of an earning take back as a claw-back does, and give caps and budget their room back")
  func earning() {
    var scene = scene()
    scene.spend(noon, 4)
    #expect(
      scene.reverse(noon, "visit", id: "back")
        == .happened(["grant-reversed earning lots 6 of read@1 until 2022-12-31 short 4"]))
    #expect(scene.wallet.debt == 4)
    #expect(scene.book.rule("read")?.versions.first?.granted == 0)
    #expect(scene.earn(noon) == .happened(["earned 10 under read@1 until 2022-12-31 paid 4 of back"]))
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("of an earning and claw-backs of it together never exceed what was credited")
  func limitOfEarning() {
    var scene = scene()
    scene.clawBack(noon, "visit", 3)
    scene.reverse(noon, "visit", 2)
    #expect(scene.reverse(noon, "visit", 6).refusal == Refusal(.takenBackAboveEarning, "left", 5))
    #expect(scene.clawBack(noon, "visit").isAccepted)
    #expect(scene.reverse(noon, "visit").refusal == Refusal(.takenBackAboveEarning, "left", 0))
    // Only what was reversed never came to be.
    #expect(scene.book.rule("read")?.versions.first?.granted == 8)
  }

  @Test("of a spending or a capture restore as a refund does, and share its limit")
  func spending() {
    var scene = scene()
    scene.spend(noon, 5, id: "sale")
    scene.hold(noon, 5, id: "order", until: "2022-02-02T12:00:00+08:00")
    scene.capture(noon, "order", id: "taken")
    scene.refund(noon, "sale", 2)
    #expect(scene.reverse(noon, "sale", 4).refusal == Refusal(.refundAboveSpend, "left", 3))
    #expect(
      scene.reverse(noon, "sale")
        == .happened(["spending-reversed spending restored 3 of read@1 until 2022-12-31"]))
    #expect(scene.refund(noon, "sale", 1).refusal == Refusal(.refundAboveSpend, "left", 0))
    #expect(scene.reverse(noon, "sale").refusal == Refusal(.refundAboveSpend, "left", 0))
    #expect(
      scene.reverse(noon, "taken", 4)
        == .happened(["spending-reversed capture restored 4 of read@1 until 2022-12-31"]))
    #expect(scene.wallet.available == 9)
  }

  @Test("of adjustments undo what they gave or took")
  func adjustments() {
    var scene = scene()
    scene.adjust(noon, 8, id: "more")
    scene.adjust(noon, -5, id: "less")
    #expect(
      scene.reverse(noon, "less")
        == .happened(["spending-reversed adjustment restored 5 of read@1 until 2022-12-31"]))
    #expect(scene.book.pointsAccount("gz")?.clawedBack == 0)
    #expect(
      scene.reverse(noon, "more", 7)
        == .happened(["grant-reversed adjustment lots 7 of read@1 until 2022-12-31"]))
    #expect(scene.reverse(noon, "more").isAccepted)
    #expect(scene.wallet.available == 10)
    // An adjustment never counted.
    #expect(scene.book.rule("read")?.versions.first?.granted == 10)
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("take back a spending in the organisation where it was made")
  func afterTransfer() {
    var scene = scene()
    scene.spend(noon, 5, id: "sale")
    scene.when(noon, .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
    scene.reverse(noon, "sale")
    #expect(scene.book.pointsAccount("gz")?.spent == 0)
    #expect(scene.liability("sz") == ["2022-12: 10+0"])
  }

  @Test("after the expiry follow the rule's policy, as refunds do")
  func afterExpiry() {
    var scene = Scene()
    scene.limits(100)
    scene.rule("read", 10, .until("2022-02-28"))
    scene.earn(noon)
    scene.spend(noon, 10, id: "sale")
    #expect(
      scene.reverse("2022-03-01T12:00:00+08:00", "sale")
        == .happened(["spending-reversed spending forfeit forfeited 10 of read@1 until 2022-02-28"]))
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("and claw-backs, cancellations and refunds name the event they take back by its position")
  func positions() throws {
    var scene = scene()
    scene.rule("slow", 5) { $0.pendingDays = 3 }
    scene.earn(noon, "slow", id: "slow")
    let visit = try #require(scene.records.first { $0.command == "visit" }).position
    let slow = try #require(scene.records.first { $0.command == "slow" }).position
    scene.spend(noon, 5, id: "sale")
    let sale = try #require(scene.records.last).position
    func named(_ outcome: Scene.Outcome) -> Int64? { outcome.isAccepted ? scene.records.last?.reverses : -1 }
    #expect(named(scene.clawBack(noon, "visit", 1)) == visit)
    #expect(named(scene.reverse(noon, "visit", 1)) == visit)
    #expect(named(scene.cancel(noon, "slow")) == slow)
    #expect(named(scene.refund(noon, "sale", 1)) == sale)
    #expect(named(scene.reverse(noon, "sale", 1)) == sale)
    #expect(named(scene.spend(noon, 1)) == nil)
  }

  @Test("above the limit of their time need a second actor")
  func limit() {
    var scene = Scene()
    scene.limits(9)
    scene.rule("read", 10)
    scene.earn(noon, id: "visit")
    #expect(scene.reverse(noon, "visit").refusal == Refusal(.approvalNeeded, "limit", 9))
    #expect(scene.reverse(noon, "visit", 9).isAccepted)
    scene.spend(noon, 1, id: "sale")
    #expect(scene.reverse(noon, "sale").isAccepted)
    let all = ReversePoints(member: "wang", event: "visit", reason: "entered-twice")
    #expect(scene.granted(noon, .reverse(all)).isAccepted)
  }
}
