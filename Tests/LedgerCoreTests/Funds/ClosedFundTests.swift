// What comes back to a fund after it closed (F1, F3): it goes the way that the rest went, from whatever benefit it comes.

import Testing

@testable import LedgerCore

@Suite("Closed funds")
struct ClosedFundTests {
  /// A clerk who may handle the money of the tests of coupons too.
  private static func withMoney() -> Scene {
    var scene = Scene.withMoney()
    scene.when(
      "2022-06-01T00:00:00+08:00",
      .actor(.grantRole(GrantRole(actor: "clerk", role: .finance, from: "2022-01-01"))), by: "owner")
    return scene
  }

  @Test("what comes back after a carry-over is money of the receipt that the old one became")
  func carriedOver() {
    var scene = Scene.withFunds()
    scene.receive("city", 100, id: "in")
    scene.spendMoney("city", 60, id: "masks")
    scene.openFund("next")
    scene.closeFund("city", into: "next", id: "end")
    #expect(scene.returnSpend("city", "masks", 10) == .happened(["spend-returned", "passed-on"]))
    #expect(scene.returnSpend("city", "masks", 5) == .happened(["spend-returned", "passed-on"]))
    #expect(scene.receipts("city") == ["in: 45 = 0 + 0 + 0 + 45"])
    #expect(scene.receipts("next") == ["end#1: 55 = 55 + 0 + 0 + 0 for heat, visit"])
    #expect(
      scene.book.fund("next")?.receipts.map(\.carriedFrom) == [FundReceiptID(fund: "city", receipt: "in")])
    #expect(
      scene.records.last?.answers == [Answer("returnedFen", count: 0), Answer("carriedFen", count: 5)])
    #expect(scene.records.last?.subjects == [.fund("city"), .fund("next")])
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("a receipt that was empty at the end becomes one when the first comes back, with its source")
  func emptyAtTheEnd() {
    var scene = Scene.withTwoParents()
    scene.spendMoney("district", 60_000, id: "masks")
    scene.openFund("next", in: "gz-1")
    scene.closeFund("district", into: "next", id: "end")
    #expect(scene.receipts("next").count == 1)
    // What was taken last comes back first: 10,000 of the industry union's, then the city's.
    scene.returnSpend("district", "masks", 10_001)
    scene.returnSpend("district", "masks", 1)
    #expect(
      scene.receipts("next").map { $0.split(separator: ":").last.map(String.init) ?? "" } == [
        " 30000 = 30000 + 0 + 0 + 0 of industry in-industry for heat, visit",
        " 2 = 2 + 0 + 0 + 0 of city in-city for heat, visit",
      ])
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("what comes back after a return goes back to the parents' receipts")
  func givenBack() {
    var scene = Scene.withTwoParents()
    scene.spendMoney("district", 60_000, id: "masks")
    scene.closeFund("district")
    #expect(scene.returnSpend("district", "masks", 10_005) == .happened(["spend-returned", "passed-on"]))
    #expect(scene.receipts("city") == ["in-city: 100000 = 50005 + 49995 + 0 + 0"])
    #expect(scene.receipts("industry") == ["in-industry: 100000 = 100000 + 0 + 0 + 0"])
    #expect(scene.book.fund("district")?.available == .zero)
    #expect(scene.isBalanced)
  }

  @Test("a child's money goes through a parent that is closed to where that was carried over")
  func throughAClosedParent() {
    var scene = Scene.withTwoParents()
    scene.openFund("next")
    scene.closeFund("city", into: "next", id: "end")
    #expect(scene.recall("district", from: "city", 20_000) == .happened(["recalled", "passed-on"]))
    #expect(scene.closeFund("district") == .happened(["closed", "passed-on"]))
    #expect(scene.receipts("next") == ["end#1: 100000 = 100000 + 0 + 0 + 0 for heat, visit"])
    #expect(scene.receipts("industry") == ["in-industry: 100000 = 100000 + 0 + 0 + 0"])
    #expect(scene.isBalanced)
  }

  @Test("it goes on through every fund that is closed")
  func throughTwo() {
    var scene = Scene.withFunds()
    scene.receive("city", 100, id: "in")
    scene.spendMoney("city", 60, id: "masks")
    scene.openFund("next")
    scene.openFund("last")
    scene.closeFund("city", into: "next", id: "end")
    scene.closeFund("next", into: "last", id: "end-2")
    #expect(
      scene.returnSpend("city", "masks", 60) == .happened(["spend-returned", "passed-on", "passed-on"]))
    #expect(scene.receipts("last") == ["end-2#1: 100 = 100 + 0 + 0 + 0 for heat, visit"])
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("what finds no way waits in the closed fund until that is closed once more, naming another")
  func noWay() {
    var scene = Scene.withFunds()
    scene.receive("city", 100, id: "in")
    scene.spendMoney("city", 100, id: "masks")
    scene.closeFund("city")
    #expect(scene.returnSpend("city", "masks", 30) == .happened(["spend-returned"]))
    #expect(scene.receipts("city") == ["in: 100 = 30 + 0 + 0 + 70"])
    #expect(scene.spendMoney("city", 1).code == .fundClosed)
    scene.openFund("next")
    #expect(scene.closeFund("city", into: "next", id: "again") == .happened(["closed"]))
    #expect(scene.closeFund("city", into: "next").code == .fundClosed)
    scene.returnSpend("city", "masks", 70)
    #expect(scene.receipts("next") == ["again#1: 100 = 100 + 0 + 0 + 0 for heat, visit"])
    #expect(scene.isBalanced)
  }

  @Test("a coupon's use that is rolled back gives its money to the fund that took over")
  func coupons() {
    var scene = Self.withMoney()
    scene.run("cooling", Scene.cooling)
    scene.claim(id: "c")
    scene.redeem([("cooling", "c")], 350, id: "use")
    scene.when(Scene.july, .campaign(.close(CloseCampaign(campaign: "cooling"))))
    scene.openFund("next", in: "gz", purposes: ["heat-relief"])
    scene.when(
      Scene.july, .fund(.close(CloseFund(fund: "cool", carryOverTo: "next"))), by: "treasurer", id: "end")
    // It can be used again, so its money is set aside again; when it ends, the money goes on.
    #expect(scene.rollBack(Scene.july, "use") == .happened(["rolled-back"]))
    #expect(scene.fund() == [0, 199, 0])
    #expect(
      scene.when(
        Scene.july, .coupon(.giveBack(ReturnCoupon(member: "wang", campaign: "cooling", coupon: "c"))))
        == .happened(["returned", "passed-on"]))
    #expect(scene.fund() == [0, 0, 0])
    #expect(scene.receipts("next") == ["end#1: 1000000 = 1000000 + 0 + 0 + 0 for heat-relief"])
    scene.expectBalanced()
  }

  @Test("a settled use that is reversed, and a grant that ends, do likewise")
  func reversalsAndGrants() {
    var scene = Self.withMoney()
    scene.run("cooling", Scene.cooling)
    scene.claim(id: "c")
    scene.redeem([("cooling", "c")], 350, id: "use")
    scene.when(Scene.july, .campaign(.close(CloseCampaign(campaign: "cooling"))))
    scene.freeze("shop", through: "2022-07-01")
    let later = "2022-07-02T09:00:00+08:00"
    scene.openFund("next", in: "gz", at: later)
    scene.when(
      later, .fund(.close(CloseFund(fund: "cool", carryOverTo: "next"))), by: "treasurer", id: "end")
    #expect(
      scene.when(later, .coupon(.reverse(ReverseCoupons(member: "wang", redemption: "use", reason: "error"))))
        == .happened(["reversed", "passed-on"]))
    #expect(scene.receipts("next") == ["end#1: 1000000 = 1000000 + 0 + 0 + 0 for heat-relief"])
    scene.expectBalanced()

    var grants = Scene()
    grants.paid(600_000)
    grants.inspect(Scene.noon, passed: false)
    grants.closeProgramme(Scene.noon)
    grants.when(Scene.noon, .fund(.open(OpenFund(fund: "next", organisation: "gz", from: "2022-01-01"))))
    grants.when(Scene.noon, .fund(.close(CloseFund(fund: "f", carryOverTo: "next"))))
    #expect(grants.exit(Scene.noon) == .happened(["exited", "passed-on"]))
    #expect(grants.book.fund("next")?.available == 600_000)
    #expect(grants.fundTold == "0 0 0")
    #expect(grants.isBalanced)
  }
}
