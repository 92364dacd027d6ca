// Spending, holds, expiry and refunds (P2, P3, P8), and what moves and leaves with a member. Refusals are in
// PointsRefusalTests.

import Testing

@testable import LedgerCore

@Suite("Spending")
struct SpendingTests {
  private let noon = "2022-02-01T12:00:00+08:00"

  /// 3 until 28 February, 4 until 31 March, 5 for ever; of the first two days.
  private func threeLots() -> Scene {
    var scene = Scene()
    scene.rule("never", 5, .unlimited)
    scene.rule("march", 4, .until("2022-03-31"))
    scene.rule("february", 3, .until("2022-02-28"))
    for rule in ["never", "march", "february"] as [RuleID] { scene.earn(noon, rule) }
    return scene
  }

  @Test("The nearest expiry is spent first, points without expiry last")
  func order() {
    var scene = threeLots()
    #expect(
      scene.spend(noon, 8)
        == .happened([
          "spent lots 3 of february@1 until 2022-02-28, 4 of march@1 until 2022-03-31, 1 of never@1 until ever"
        ]))
  }

  @Test("Among equal expiries the oldest day is spent first")
  func ties() {
    var scene = Scene()
    scene.rule("b", 2)
    scene.rule("a", 3)
    scene.earn(noon, "b")
    scene.earn("2022-02-02T12:00:00+08:00", "a")
    #expect(
      scene.spend("2022-02-03T12:00:00+08:00", 3)
        == .happened(["spent lots 2 of b@1 until 2022-12-31, 1 of a@1 until 2022-12-31"]))
  }

  @Test("Points can be spent to the end of their last day; expiry is an event at that midnight")
  func expiry() {
    var scene = threeLots()
    #expect(scene.spend("2022-02-28T23:59:59.999+08:00", 1).isAccepted)
    #expect(
      scene.spend("2022-03-05T12:00:00+08:00", 1)
        == .happened([
          "expired lots 2 of february@1 until 2022-02-28 at 2022-02-28T16:00:00.000Z",
          "spent lots 1 of march@1 until 2022-03-31",
        ]))
  }

  @Test("A part of a hold is captured, the rest goes back to its lots")
  func capture() {
    var scene = threeLots()
    scene.hold(noon, 8, id: "order", until: "2022-02-02T12:00:00+08:00")
    #expect(scene.wallet.available == 4)
    #expect(scene.wallet.held == 8)
    #expect(
      scene.capture(noon, "order", 5)
        == .happened([
          "captured lots 3 of february@1 until 2022-02-28, 2 of march@1 until 2022-03-31"
            + " released 2 of march@1 until 2022-03-31, 1 of never@1 until ever"
        ]))
    #expect(scene.wallet.available == 7)
    #expect(scene.wallet.held == 0)
  }

  @Test("A released hold gives back the same lots with the same expiries")
  func release() {
    var scene = threeLots()
    let before = scene.wallet.lots
    scene.hold(noon, 8, id: "order", until: "2022-02-02T12:00:00+08:00")
    scene.release(noon, "order")
    #expect(scene.wallet.lots == before)
    #expect(scene.wallet.holds.isEmpty)
  }

  @Test("A hold lapses at its deadline, never earlier, as an event of that instant")
  func lapse() {
    var scene = threeLots()
    scene.hold(noon, 7, id: "order", until: "2022-02-02T12:00:00+08:00")
    #expect(scene.spend("2022-02-02T11:59:59.999+08:00", 6).code == .balanceTooLow)
    #expect(
      scene.spend("2022-02-02T12:00:00+08:00", 6)
        == .happened(
          [
            "lapsed released 3 of february@1 until 2022-02-28, 4 of march@1 until 2022-03-31"
              + " at 2022-02-02T04:00:00.000Z",
            "spent lots 3 of february@1 until 2022-02-28, 3 of march@1 until 2022-03-31",
          ].map { $0.replacing(" at 2022-02-02T04:00:00.000Z", with: "") }))
    #expect(scene.records.last(where: { $0.type.name == "points.lapsed" })?.at == "2022-02-02T12:00:00+08:00")
  }

  @Test("A lapse found late still carries its deadline")
  func lateLapse() {
    var scene = threeLots()
    scene.hold(noon, 3, id: "order", until: "2022-02-02T12:00:00+08:00")
    #expect(
      scene.spend("2022-02-10T12:00:00+08:00", 1)
        == .happened([
          "lapsed released 3 of february@1 until 2022-02-28 at 2022-02-02T04:00:00.000Z",
          "spent lots 1 of february@1 until 2022-02-28",
        ]))
  }

  @Test("What expired while it was held can be captured; given back it is expired")
  func expiredWhileHeld() {
    var scene = threeLots()
    for (id, points) in [("a", 3), ("b", 4)] as [(String, Int64)] {
      scene.hold(noon, points, id: id, until: "2022-06-01T12:00:00+08:00")
    }
    #expect(
      scene.capture("2022-03-01T00:00:00+08:00", "a", 1)
        == .happened([
          "captured lots 1 of february@1 until 2022-02-28 expired 2 of february@1 until 2022-02-28"
        ]))
    #expect(
      scene.release("2022-04-01T00:00:00+08:00", "b")
        == .happened(["released expired 4 of march@1 until 2022-03-31"]))
    #expect(scene.wallet.available == 5)
    #expect(scene.book.pointsAccount("gz")?.expired == 6)
  }

  @Test("A refund goes back to the lots it came from, what was spent last first")
  func refund() {
    var scene = threeLots()
    scene.spend(noon, 8, id: "sale")
    #expect(
      scene.refund(noon, "sale", 2)
        == .happened(["refunded restored 1 of march@1 until 2022-03-31, 1 of never@1 until ever"]))
    #expect(
      scene.refund(noon, "sale", 6)
        == .happened(["refunded restored 3 of february@1 until 2022-02-28, 3 of march@1 until 2022-03-31"]))
    #expect(scene.wallet.available == 12)
  }

  @Test("A capture is refunded as a spending is")
  func refundOfCapture() {
    var scene = threeLots()
    scene.hold(noon, 8, id: "order", until: "2022-02-02T12:00:00+08:00")
    scene.capture(noon, "order", 4, id: "sale")
    #expect(
      scene.refund(noon, "sale", 4)
        == .happened(["refunded restored 3 of february@1 until 2022-02-28, 1 of march@1 until 2022-03-31"]))
  }

  @Test("A refund after expiry is forfeited or graced as the rule's version says, and says so")
  func refundAfterExpiry() {
    for (policy, words) in [
      (AfterExpiry.forfeit, "refunded forfeit forfeited 2 of read@1 until 2022-02-28"),
      (.grace, "refunded grace graced 2 of read@1 until 2022-03-11"),
    ] {
      var scene = Scene()
      scene.rule("read", 2, .until("2022-02-28")) {
        $0.afterExpiry = policy
        $0.graceDays = policy == .grace ? 10 : nil
      }
      scene.earn(noon)
      scene.spend(noon, 2, id: "sale")
      #expect(scene.refund("2022-03-01T00:00:00+08:00", "sale", 2) == .happened([words]))
      #expect(scene.wallet.available == (policy == .grace ? 2 : 0))
      #expect(scene.spend("2022-03-11T23:59:59.999+08:00", 1).isAccepted == (policy == .grace))
      #expect(scene.spend("2022-03-12T00:00:00+08:00", 1).code == .balanceTooLow)
    }
  }

  @Test("A transfer moves the liability, available and held, and keeps the expiries")
  func transfer() {
    var scene = threeLots()
    scene.hold(noon, 5, id: "order", until: "2022-02-02T12:00:00+08:00")
    let lots = scene.wallet.lots
    #expect(
      scene.when(noon, .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
        == .happened(["transferred", "moved from gz to sz, 2022-03 2+2, never 5+0, 2022-02 0+3"]))
    #expect(scene.wallet.lots == lots)
    #expect(scene.liability("gz").isEmpty)
    #expect(scene.liability("sz") == ["2022-02: 0+3", "2022-03: 2+2", "never: 5+0"])
    #expect(scene.capture(noon, "order", 3).isAccepted)
    #expect(scene.book.pointsAccount("sz")?.spent == 3)
  }

  @Test("Who leaves and keeps the points may spend them and earns nothing")
  func leaveKeeping() {
    var scene = threeLots()
    scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
    #expect(scene.earn(noon, "never").code == .memberLeft)
    #expect(scene.spend(noon, 2).isAccepted)
    #expect(
      scene.when(noon, .member(.rejoin(RejoinMember(member: "wang", organisation: "sz"))))
        == .happened(["rejoined", "moved from gz to sz, 2022-02 1+0, 2022-03 4+0, never 5+0"]))
    #expect(scene.earn(noon, "never").isAccepted)
  }

  @Test("Who leaves and forfeits has nothing left, also after rejoining")
  func leaveForfeiting() {
    var scene = threeLots()
    #expect(
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
        == .happened([
          "left",
          "forfeited lots 3 of february@1 until 2022-02-28, 4 of march@1 until 2022-03-31, 5 of never@1 until ever",
        ]))
    #expect(scene.book.pointsAccount("gz")?.forfeited == 12)
    scene.when(noon, .member(.rejoin(RejoinMember(member: "wang", organisation: "gz"))))
    #expect(scene.wallet.available == 0)
    #expect(scene.spend(noon, 1).code == .balanceTooLow)
  }
}
