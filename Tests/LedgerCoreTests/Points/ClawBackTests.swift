// Points taken back because the cause of their earning was revoked (P9), and what is owed for them. Refusals are in
// PointsRefusalTests.

import Testing

@testable import LedgerCore

@Suite("Claw-back")
struct ClawBackTests {
  private let noon = "2022-02-01T12:00:00+08:00"
  private let later = "2022-02-02T12:00:00+08:00"

  /// 10 under `read`, which never expire, and 3 under `march`, which do so first.
  private func twoLots() -> Scene {
    var scene = Scene()
    scene.rule("read", 10, .unlimited)
    scene.rule("march", 3, .until("2022-03-31"))
    scene.earn(noon, id: "visit")
    scene.earn(noon, "march", id: "walk")
    return scene
  }

  @Test("takes what is left of the earning's own lot first, then other lots in spending order")
  func order() {
    var scene = twoLots()
    #expect(
      scene.clawBack(later, "visit", 4) == .happened(["clawed-back lots 4 of read@1 until ever"]))
    scene.spend(later, 5)
    #expect(
      scene.clawBack(later, "visit")
        == .happened(["clawed-back lots 4 of read@1 until ever short 2"]))
    #expect(scene.wallet.debt == 2)
  }

  @Test("takes other lots when its own is used up, and leaves a debt of what is missing")
  func shortfall() {
    var scene = twoLots()
    scene.rule("late", 5, .until("2022-12-31"))
    scene.earn(later, "late")
    scene.spend(later, 13)
    scene.earn(later, "march")
    #expect(
      scene.clawBack(later, "visit", id: "back")
        == .happened([
          "clawed-back lots 5 of read@1 until ever, 3 of march@1 until 2022-03-31 short 2"
        ]))
    #expect(scene.wallet.debts.map(\.clawback) == ["back"])
    #expect(scene.book.pointsAccount("gz")?.clawedBack == 10)
    #expect(scene.book.pointsAccount("gz")?.debt == 2)
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("does not touch what holds set aside, and takes what is pending of the earning first")
  func holdsAndPending() {
    var scene = Scene()
    scene.rule("read", 10, .unlimited) { $0.pendingDays = 3 }
    scene.rule("walk", 4, .unlimited)
    scene.earn(noon, id: "visit")
    scene.earn(noon, "walk", id: "walked")
    scene.hold(noon, 3, id: "order", until: "2022-03-01T12:00:00+08:00")
    #expect(
      scene.clawBack(later, "walked", id: "back")
        == .happened(["clawed-back lots 1 of walk@1 until ever short 3"]))
    #expect(scene.clawBack(later, "visit", 7) == .happened(["clawed-back pending 7 of read@1 until ever"]))
    #expect(scene.wallet.held == 3)
    #expect(
      scene.clawBack("2022-02-04T00:00:00+08:00", "visit")
        == .happened([
          "activated visit repaid 3 of read@1 until ever paid 3 of back", "clawed-back short 3",
        ]))
    #expect(scene.wallet.debt == 3)
  }

  @Test("never takes back more of an earning than it credited, cancelled points included")
  func limit() {
    var scene = twoLots()
    scene.clawBack(later, "visit", 6)
    #expect(scene.clawBack(later, "visit", 5).refusal == Refusal(.takenBackAboveEarning, "left", 4))
    #expect(scene.clawBack(later, "visit").isAccepted)
    #expect(scene.clawBack(later, "visit").refusal == Refusal(.takenBackAboveEarning, "left", 0))
    scene.rule("soon", 5, .unlimited) { $0.pendingDays = 9 }
    scene.earn(later, "soon", id: "soon")
    scene.cancel(later, "soon")
    #expect(scene.clawBack(later, "soon").refusal == Refusal(.takenBackAboveEarning, "left", 0))
  }

  @Test("gives no cap its room back")
  func caps() {
    var scene = Scene()
    scene.rule("read", 10, .unlimited) { $0.capPerDay = 10 }
    scene.earn(noon, id: "visit")
    scene.clawBack(noon, "visit")
    #expect(scene.earn(noon) == .happened(["earned 0 under read@1, 10 capped by day until ever"]))
  }

  @Test("leaves a debt that later earnings pay first, oldest debt first")
  func repayment() {
    var scene = twoLots()
    scene.spend(later, 13)
    scene.clawBack(later, "walk", id: "first")
    scene.clawBack("2022-02-03T12:00:00+08:00", "visit", id: "second")
    #expect(
      scene.earn("2022-02-04T12:00:00+08:00", "march", 2)
        == .happened(["earned 6 under march@1 until 2022-03-31 paid 3 of first paid 3 of second"]))
    #expect(scene.wallet.available == 0)
    #expect(
      scene.earn("2022-02-05T12:00:00+08:00")
        == .happened(["earned 10 under read@1 until ever paid 7 of second"]))
    #expect(scene.wallet.available == 3)
    #expect(scene.wallet.debts.isEmpty)
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("leaves a debt that an earning dated before it does not pay")
  func lateEarning() {
    var scene = twoLots()
    scene.spend(noon, 13)
    scene.clawBack(later, "visit")
    #expect(
      scene.earn(noon, recorded: "2022-02-03T12:00:00+08:00")
        == .happened(["earned 10 under read@1 until ever"]))
    #expect(scene.wallet.debt == 10)
  }

  @Test("leaves a debt that activated points pay before they join their lot")
  func activationPays() {
    var scene = Scene()
    scene.rule("walk", 4, .unlimited)
    scene.rule("read", 10, .endOfYear(later: 0)) { $0.pendingDays = 3 }
    scene.earn(noon, "walk", id: "walked")
    scene.earn(noon, id: "visit")
    scene.spend(noon, 4)
    scene.clawBack(later, "walked", id: "back")
    #expect(
      scene.spend("2022-02-04T12:00:00+08:00", 6)
        == .happened([
          "activated visit lots 6 of read@1 until 2022-12-31 repaid 4 of read@1 until 2022-12-31"
            + " paid 4 of back at 2022-02-03T16:00:00.000Z",
          "spent lots 6 of read@1 until 2022-12-31",
        ]))
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("leaves a debt that moves with the member and outlives leaving and rejoining")
  func movingAndLeaving() {
    var scene = twoLots()
    scene.spend(later, 13)
    scene.clawBack(later, "visit")
    #expect(
      scene.when(later, .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
        == .happened(["transferred", "moved from gz to sz, debt 10"]))
    #expect(scene.book.pointsAccount("gz")?.debt == 0)
    #expect(scene.book.pointsAccount("sz")?.debt == 10)
    scene.when(later, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
    scene.when(later, .member(.rejoin(RejoinMember(member: "wang", organisation: "gz"))))
    #expect(scene.wallet.debt == 10)
    #expect(scene.book.pointsAccount("gz")?.debt == 10)
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("dated before points that came later is refused, rather than owed while they are there")
  func late() {
    var scene = twoLots()
    scene.spend(noon, 13)
    scene.earn("2022-02-05T12:00:00+08:00")
    #expect(scene.clawBack(later, "visit").code == .timeBeforeCause)
    #expect(scene.clawBack("2022-02-05T12:00:00+08:00", "visit").isAccepted)
  }
}
