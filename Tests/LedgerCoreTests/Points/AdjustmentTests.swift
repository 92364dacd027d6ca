// Points given or taken outside of any earning or spending (P10). Refusals are in PointsCorrectionRefusalTests.

import Testing

@testable import LedgerCore

@Suite("Adjustments")
struct AdjustmentTests {
  private let noon = "2022-02-01T12:00:00+08:00"

  private func scene() -> Scene {
    var scene = Scene()
    scene.limits(100)
    scene.rule("read", 10) {
      $0.capPerDay = 10
      $0.budget = 10
    }
    return scene
  }

  @Test("give a lot of the rule's version with its validity, and count towards no cap or budget")
  func giving() {
    var scene = scene()
    #expect(scene.adjust(noon, 25) == .happened(["adjusted 25 lots 25 of read@1 until 2022-12-31"]))
    #expect(scene.earn(noon) == .happened(["earned 10 under read@1 until 2022-12-31"]))
    #expect(scene.wallet.available == 35)
    #expect(scene.book.pointsAccount("gz")?.issued == 35)
  }

  @Test("take lots in spending order, and never more than there is")
  func taking() {
    var scene = scene()
    scene.rule("march", 4, .until("2022-03-31"))
    scene.earn(noon)
    scene.earn(noon, "march")
    #expect(
      scene.adjust(noon, -6)
        == .happened([
          "adjusted -6 lots 4 of march@1 until 2022-03-31, 2 of read@1 until 2022-12-31"
        ]))
    #expect(scene.adjust(noon, -9).refusal == Refusal(.balanceTooLow, "short", 1))
    #expect(scene.book.pointsAccount("gz")?.clawedBack == 6)
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("pay debts first")
  func repaying() {
    var scene = scene()
    scene.earn(noon, id: "visit")
    scene.spend(noon, 10)
    scene.clawBack(noon, "visit", id: "back")
    #expect(
      scene.adjust(noon, 12) == .happened(["adjusted 12 lots 12 of read@1 until 2022-12-31 paid 10 of back"]))
    #expect(scene.wallet.available == 2)
    #expect(scene.wallet.debts.isEmpty)
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("above the limit of their time need a second actor, in either direction")
  func limit() {
    var scene = scene()
    #expect(scene.adjust(noon, 100).isAccepted)
    #expect(scene.adjust(noon, 101).refusal == Refusal(.approvalNeeded, "limit", 100))
    #expect(scene.adjust(noon, -101).refusal == Refusal(.approvalNeeded, "limit", 100))
    let large = AdjustPoints(member: "wang", points: 101, rule: "read", reason: "counted-wrong")
    #expect(scene.granted(noon, .adjust(large)).isAccepted)
  }

  @Test("name the event that they correct by its position")
  func correcting() {
    var scene = scene()
    scene.earn(noon, id: "visit")
    let position = scene.records.last?.position
    scene.adjust(noon, -3, corrects: "visit")
    #expect(scene.records.last?.corrects == position)
    #expect(scene.records.last?.reverses == nil)
    scene.adjust(noon, 3)
    #expect(scene.records.last?.corrects == nil)
  }
}
