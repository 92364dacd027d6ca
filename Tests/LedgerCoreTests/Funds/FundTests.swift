// Money that is allotted, spent, recalled and carried over, and keeps its source (F1-F5, F11).

import Testing

@testable import LedgerCore

@Suite("Funds")
struct FundTests {
  @Test("yulin: 60,000 of 50,000 + 30,000 from two parents are the first's 50,000 and 10,000 of the other")
  func twoParents() {
    var scene = Scene.withFunds()
    scene.receive("city", 5_000_000, id: "in-city")
    scene.receive("industry", 3_000_000, id: "in-industry")
    #expect(scene.allot("city", "district", 5_000_000, id: "first") == .happened(["allotted"]))
    #expect(scene.allot("industry", "district", 3_000_000, id: "second") == .happened(["allotted"]))
    #expect(scene.spendMoney("district", 6_000_000) == .happened(["spent"]))
    #expect(scene.lastShares == ["first#1 5000000", "second#1 1000000"])
    #expect(
      scene.receipts("district") == [
        "first#1: 5000000 = 0 + 0 + 0 + 5000000 of city in-city for heat, visit",
        "second#1: 3000000 = 2000000 + 0 + 0 + 1000000 of industry in-industry for heat, visit",
      ])
    #expect(scene.recall("district", from: "city", 1).refusal == Refusal(.fundRecallAboveUnused, "unused", 0))
    #expect(
      scene.recall("district", from: "industry", 2_000_001).refusal
        == Refusal(.fundRecallAboveUnused, "unused", 2_000_000))
    #expect(scene.recall("district", from: "industry", 2_000_000).isAccepted)
    #expect(scene.receipts("industry") == ["in-industry: 3000000 = 2000000 + 1000000 + 0 + 0"])
    #expect(
      scene.records.last?.answers == [
        Answer("availableFen", count: 0), Answer("parentAvailableFen", count: 2_000_000),
      ])
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("an allotment names the oldest receipts, and each is a receipt of the child")
  func sources() {
    var scene = Scene.withFunds()
    scene.receive("city", 100, id: "a")
    scene.receive("city", 50, id: "b")
    scene.allot("city", "district", 30, id: "one")
    scene.allot("city", "district", 90, id: "two")
    #expect(
      scene.receipts("district") == [
        "one#1: 30 = 30 + 0 + 0 + 0 of city a for heat, visit",
        "two#1: 70 = 70 + 0 + 0 + 0 of city a for heat, visit",
        "two#2: 20 = 20 + 0 + 0 + 0 of city b for heat, visit",
      ])
    // What is recalled goes back to exactly the receipts it came from, oldest first.
    #expect(scene.recall("district", from: "city", 110).isAccepted)
    #expect(scene.receipts("city") == ["a: 100 = 100 + 0 + 0 + 0", "b: 50 = 40 + 10 + 0 + 0"])
    #expect(scene.isBalanced)
  }

  @Test("a spending takes the oldest receipts that cover its purpose, a narrower top-up only for its own")
  func narrowerTopUp() {
    var scene = Scene.withFunds()
    scene.receive("city", 100, purposes: ["visit"], id: "top-up")
    scene.receive("city", 100, id: "any")
    #expect(scene.spendMoney("city", 60, for: "heat").isAccepted)
    #expect(scene.lastShares == ["any 60"])
    #expect(scene.spendMoney("city", 120, for: "visit").isAccepted)
    #expect(scene.lastShares == ["top-up 100", "any 20"])
    #expect(scene.spendMoney("city", 21, for: "heat").refusal == Refusal(.fundBalanceTooLow, "short", 1))
    #expect(
      scene.spendMoney("city", 1, for: "knee-pads").refusal
        == Refusal(.fundPurposeNotCovered, "purpose", "knee-pads"))
    #expect(
      scene.receive("city", 100, purposes: ["knee-pads"]).refusal
        == Refusal(.fundPurposeNotCovered, "purpose", "knee-pads"))
  }

  @Test("purposes are narrowed on the way down, and do not widen when money comes back up another way")
  func narrowing() {
    var scene = Scene.withFunds()
    scene.openFund("wide", in: "gd")
    scene.openFund("heat-only", in: "gz", purposes: ["heat"])
    scene.receive("wide", 1_000, id: "in")
    scene.allot("wide", "district", 400, purposes: ["visit"], id: "visits")
    scene.allot("wide", "city", 300, id: "down")
    scene.allot("city", "heat-only", 200, id: "further")
    scene.allot("heat-only", "wide", 50, id: "up")
    #expect(scene.receipts("district") == ["visits#1: 400 = 400 + 0 + 0 + 0 of wide in for visit"])
    #expect(
      scene.receipts("heat-only") == ["further#1: 200 = 150 + 50 + 0 + 0 of city down#1 for heat"])
    #expect(
      scene.receipts("wide") == [
        "in: 1000 = 300 + 700 + 0 + 0", "up#1: 50 = 50 + 0 + 0 + 0 of heat-only further#1 for heat",
      ])
    // 300 of the wide fund are for anything, 50 for heat only.
    #expect(
      scene.spendMoney("wide", 301, for: "visit").refusal == Refusal(.fundBalanceTooLow, "short", 1))
    #expect(scene.spendMoney("wide", 350, for: "heat").isAccepted)
    // Visits may go down, but not into a fund for heat; nor may what is asked for be wider than the child.
    #expect(
      scene.allot("district", "heat-only", 1).refusal == Refusal(.fundPurposeNotCovered, "purpose", "heat"))
    #expect(
      scene.allot("city", "heat-only", 1, purposes: ["visit"]).refusal
        == Refusal(.fundPurposeNotCovered, "purpose", "visit"))
    #expect(scene.isBalanced)
  }

  @Test("closing gives what is left back to the parents' receipts")
  func returning() {
    var scene = Scene.withTwoParents()
    scene.spendMoney("district", 60_000)
    #expect(scene.closeFund("district") == .happened(["closed"]))
    #expect(scene.book.fund("district")?.isClosed == true)
    #expect(scene.receipts("city") == ["in-city: 100000 = 50000 + 50000 + 0 + 0"])
    #expect(scene.receipts("industry") == ["in-industry: 100000 = 90000 + 10000 + 0 + 0"])
    #expect(scene.book.fund("district")?.available == .zero)
    #expect(
      scene.records.last?.answers == [Answer("returnedFen", count: 20_000), Answer("carriedFen", count: 0)])
    // The close stands in the history of the parents it gave something back to.
    #expect(scene.book.fund("industry")?.position == Int64(scene.records.count))
    #expect(scene.book.fund("city")?.position != Int64(scene.records.count))
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("closing carries what is left over, with its parents, its givers and its purposes")
  func carryingOver() {
    var scene = Scene.withTwoParents()
    scene.when(
      Scene.morning, .party(.register(RegisterParty(party: "donor", kind: .donor))))
    scene.receive("district", 700, party: "donor", purposes: ["visit"], id: "gift")
    scene.spendMoney("district", 60_000)
    scene.openFund("district-23", in: "gz-1", from: "2023-01-01")
    #expect(scene.closeFund("district", into: "district-23", id: "end").isAccepted)
    #expect(
      scene.receipts("district-23") == [
        "end#1: 20000 = 20000 + 0 + 0 + 0 of industry in-industry for heat, visit",
        "end#2: 700 = 700 + 0 + 0 + 0 by donor for visit",
      ])
    #expect(
      scene.receipts("district").suffix(2) == [
        "second#1: 10000 = 0 + 0 + 0 + 10000 of industry in-industry for heat, visit",
        "gift: 0 = 0 + 0 + 0 + 0 by donor for visit",
      ])
    // The parent can still recall it.
    #expect(scene.recall("district-23", from: "industry", 20_000).isAccepted)
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("what is carried over to the fund that allotted it comes home to its receipt")
  func comingHome() {
    var scene = Scene.withFunds()
    scene.openFund("reserve", in: "gz")
    scene.receive("city", 100, id: "in")
    scene.allot("city", "reserve", 60, id: "out")
    scene.receive("reserve", 5, purposes: ["heat"], id: "own")
    #expect(scene.closeFund("reserve", into: "city", id: "end").isAccepted)
    #expect(
      scene.receipts("city") == [
        "in: 100 = 100 + 0 + 0 + 0", "end#1: 5 = 5 + 0 + 0 + 0 for heat",
      ])
    #expect(
      scene.records.last?.answers == [
        Answer("returnedFen", count: 60), Answer("carriedFen", count: 5),
      ])
    #expect(scene.records.last?.subjects == [.fund("reserve"), .fund("city")])
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("an actor allots and recalls over the parent's organisation, whatever the child's")
  func authority() {
    var scene = Scene.withTwoParents()
    for (actor, organisation) in [("gz-money", "gz"), ("sz-money", "sz")] {
      let id = Scene.text(actor, ActorID.init)
      scene.when(Scene.morning, .actor(.register(RegisterActor(actor: id))), by: "owner")
      scene.when(
        Scene.morning,
        .actor(
          .grantRole(
            GrantRole(
              actor: id, role: .finance, organisation: Scene.text(organisation, OrganisationID.init),
              from: "2022-01-01"))),
        by: "owner")
    }
    let across = FundCommand.allot(AllotFund(fund: "industry", to: "city", amount: 1))
    #expect(scene.when(Scene.morning, .fund(across), by: "sz-money").isAccepted)
    #expect(scene.when(Scene.morning, .fund(across), by: "gz-money").code == .actorOutsideOrganisation)
    let back = FundCommand.recall(RecallFund(fund: "district", from: "industry", amount: 1))
    #expect(scene.when(Scene.morning, .fund(back), by: "gz-money").code == .actorOutsideOrganisation)
    #expect(scene.when(Scene.morning, .fund(back), by: "sz-money").isAccepted)
    let open = FundCommand.open(OpenFund(fund: "new", organisation: "gz-1", from: "2022-01-01"))
    #expect(scene.when(Scene.morning, .fund(open), by: "gz-money").isAccepted)
    #expect(scene.when(Scene.morning, .fund(open), by: "owner").code == .actorRoleMissing)
  }
}
