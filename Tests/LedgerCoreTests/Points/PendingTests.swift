// Points that cannot be spent yet (P7): activation, expiry while pending, cancelling. Refusals are in
// PointsRefusalTests.

import Testing

@testable import LedgerCore

@Suite("Pending points")
struct PendingTests {
  private let noon = "2022-02-01T12:00:00+08:00"

  /// 10 points earned on 1 February, pending for three days.
  private func pendingTen(
    _ validity: Validity = .endOfYear(later: 0), _ change: (inout DefineRule) -> Void = { _ in }
  )
    -> Scene
  {
    var scene = Scene()
    scene.rule("read", 10, validity) {
      $0.pendingDays = 3
      change(&$0)
    }
    scene.earn(noon, id: "visit")
    return scene
  }

  @Test("cannot be spent, are outstanding, and become active at the midnight that begins their day")
  func activation() {
    var scene = pendingTen()
    #expect(scene.wallet.available == 0)
    #expect(scene.wallet.pendingPoints == 10)
    #expect(scene.liability("gz") == ["2022-12: 0+0+10"])
    #expect(scene.spend("2022-02-03T23:59:59.999+08:00", 1).refusal == Refusal(.balanceTooLow, "short", 1))
    #expect(
      scene.spend("2022-02-04T09:00:00+08:00", 1)
        == .happened([
          "activated visit lots 10 of read@1 until 2022-12-31 at 2022-02-03T16:00:00.000Z",
          "spent lots 1 of read@1 until 2022-12-31",
        ]))
    #expect(scene.wallet.pending.isEmpty)
    #expect(scene.liability("gz") == ["2022-12: 9+0"])
  }

  @Test("expire by the earning day, and count towards the caps as soon as they are earned")
  func validityAndCaps() {
    var scene = pendingTen(.endOfMonth(later: 0)) { $0.capPerDay = 15 }
    #expect(
      scene.earn(noon)
        == .happened(["earned 5 under read@1, 5 capped by day until 2022-02-28 active on 2022-02-04"]))
  }

  @Test("of which the last day passes first expire while they are pending")
  func expiryWhilePending() {
    var scene = pendingTen(.until("2022-02-02"))
    #expect(
      scene.when("2022-02-10T12:00:00+08:00", .member(.verify(VerifyMember(member: "wang"))))
        == .happened(["verified"]))
    #expect(
      scene.release("2022-02-10T12:00:00+08:00", "nothing").code == .noOpenHold)
    #expect(
      scene.hold("2022-02-10T12:00:00+08:00", 1, id: "order", until: "2022-03-01T12:00:00+08:00").code
        == .balanceTooLow)
    #expect(
      scene.when(
        "2022-02-10T12:00:00+08:00", .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
        == .happened([
          "expired pending 10 of read@1 until 2022-02-02 at 2022-02-02T16:00:00.000Z", "transferred",
        ]))
    #expect(scene.book.pointsAccount("gz")?.expired == 10)
    #expect(scene.book.pointsAccount("gz")?.pending == 0)
  }

  @Test("activate before anything else at the same midnight: what ends then is activated and expires")
  func midnightOrder() {
    var scene = pendingTen(.until("2022-02-03"))
    #expect(
      scene.when(
        "2022-02-10T12:00:00+08:00", .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
        == .happened([
          "activated visit lots 10 of read@1 until 2022-02-03 at 2022-02-03T16:00:00.000Z",
          "expired lots 10 of read@1 until 2022-02-03 at 2022-02-03T16:00:00.000Z", "transferred",
        ]))
  }

  @Test("when cancelled never came to be: caps and budget have their room back")
  func cancelling() {
    var scene = pendingTen {
      $0.capPerDay = 10
      $0.capPerMonth = 10
      $0.capPerLifetime = 10
      $0.budget = 10
    }
    #expect(
      scene.cancel("2022-02-02T12:00:00+08:00", "visit")
        == .happened(["cancelled lot 10 of read@1 until 2022-12-31"]))
    #expect(scene.wallet.pending.isEmpty)
    #expect(scene.book.rule("read")?.versions.first?.granted == 0)
    #expect(scene.book.pointsAccount("gz")?.clawedBack == 10)
    #expect(scene.cancel("2022-02-02T12:00:00+08:00", "visit").code == .nothingPending)
    #expect(
      scene.earn("2022-02-01T13:00:00+08:00", recorded: "2022-02-02T12:00:00+08:00")
        == .happened(["earned 10 under read@1 until 2022-12-31 active on 2022-02-04"]))
  }

  @Test("that are active cannot be cancelled any more")
  func tooLateToCancel() {
    var scene = pendingTen()
    #expect(scene.cancel("2022-02-03T23:59:59.999+08:00", "visit").isAccepted)
    scene = pendingTen()
    #expect(scene.cancel("2022-02-04T00:00:00+08:00", "visit").code == .nothingPending)
  }

  @Test("move with the member, and are forfeited with the rest")
  func movingAndLeaving() {
    var scene = pendingTen()
    #expect(
      scene.when(noon, .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
        == .happened(["transferred", "moved from gz to sz, 2022-12 0+0+10"]))
    #expect(scene.liability("gz") == [])
    #expect(scene.liability("sz") == ["2022-12: 0+0+10"])
    #expect(
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .forfeit))))
        == .happened(["left", "forfeited pending 10 of read@1 until 2022-12-31"]))
    #expect(scene.book.totals.points.imbalance == 0)
  }
}
