// Money that is spent directly and comes back, and the alarm of a fund (F2, F8).

import Testing

@testable import LedgerCore

@Suite("Spending money")
struct FundSpendTests {
  @Test(
    "what comes back goes to the receipts it was taken from, the last taken first, at most what was spent")
  func comingBack() {
    var scene = Scene.withTwoParents()
    scene.spendMoney("district", 60_000, id: "masks")
    #expect(scene.records.last?.answers == [Answer("availableFen", count: 20_000)])
    #expect(scene.returnSpend("district", "masks", 4_000) == .happened(["spend-returned"]))
    #expect(scene.lastShares == ["second#1 4000"])
    #expect(scene.returnSpend("district", "masks", 16_000).isAccepted)
    #expect(scene.lastShares == ["second#1 6000", "first#1 10000"])
    #expect(
      scene.returnSpend("district", "masks", 40_001).refusal
        == Refusal(.fundReturnAboveSpend, "left", 40_000))
    #expect(scene.returnSpend("district", "masks", 40_000).isAccepted)
    #expect(
      scene.records.filter { $0.refusal == nil }.last?.answers == [Answer("availableFen", count: 80_000)])
    #expect(scene.book.fund("district")?.spent == .zero)
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("the alarm rings once when less than its limit is available, and again only after it was above")
  func alarm() {
    var scene = Scene.withFunds()
    scene.openFund("watched", alarmBelow: 100)
    #expect(scene.receive("watched", 40) == .happened(["received"]))
    #expect(scene.receive("watched", 160, id: "in") == .happened(["received"]))
    #expect(scene.spendMoney("watched", 100) == .happened(["spent"]))
    #expect(scene.spendMoney("watched", 1) == .happened(["spent", "balance-low"]))
    #expect(scene.book.fund("watched")?.position == Int64(scene.records.count))
    #expect(scene.spendMoney("watched", 9, id: "nine") == .happened(["spent"]))
    #expect(scene.returnSpend("watched", "nine", 9) == .happened(["spend-returned"]))
    #expect(scene.receive("watched", 1) == .happened(["received"]))
    #expect(scene.allot("watched", "district", 100) == .happened(["allotted", "balance-low"]))
    #expect(scene.recall("district", from: "watched", 100) == .happened(["recalled"]))
    guard
      case .fund(.balanceLow(let event))? = scene.records.last(where: {
        $0.type.name == FundBalanceLow.type.name
      })?.event
    else {
      Issue.record("no alarm was recorded")
      return
    }
    #expect(event == FundBalanceLow(fund: "watched", available: 0, alarmBelow: 100))
  }

  @Test("the alarm follows a command of any benefit that draws on the fund")
  func alarmOfOthers() {
    var scene = Scene.withFunds()
    scene.openFund("watched", alarmBelow: 100)
    scene.receive("watched", 120)
    let opening = GrantCommand.openProgramme(
      OpenProgramme(
        programme: "p", organisation: "gz", fund: "watched", purpose: "stations", total: 21, months: 12))
    #expect(
      scene.when(Scene.morning, .grant(opening)) == .happened(["programme-opened", "balance-low"]))
    let further = FundCommand.spend(
      SpendFund(fund: "watched", amount: 9, purpose: "heat", reference: "i-1"))
    #expect(scene.when(Scene.morning, .fund(further)) == .happened(["spent"]))
  }

  @Test("an alarm rings for the fund that is drawn on, not for the one that closes or gets something")
  func whoseAlarm() {
    var scene = Scene.withFunds()
    scene.openFund("low", alarmBelow: 1_000)
    scene.receive("low", 2_000)
    scene.openFund("lower", alarmBelow: 5_000)
    #expect(scene.allot("low", "lower", 10) == .happened(["allotted"]))
    #expect(scene.allot("low", "lower", 1_500) == .happened(["allotted", "balance-low"]))
    scene.openFund("next", alarmBelow: 10)
    scene.receive("next", 50)
    scene.openFund("after")
    #expect(scene.closeFund("next", into: "after") == .happened(["closed"]))
  }
}
