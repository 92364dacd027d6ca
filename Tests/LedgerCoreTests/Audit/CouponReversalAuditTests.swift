// What an auditor asks of a use of coupons that is taken back after a settlement froze it (L6, C6). The same of points is in
// ReversalAuditTests.

import Testing

@testable import LedgerCore

@Suite("An audit of reversals of coupons")
struct CouponReversalAuditTests {
  /// Two members use a coupon each, a settlement freezes both, and one use is reversed, last of all.
  private func scene() -> Scene {
    var scene = Scene.withMoney()
    scene.courier("li")
    scene.run("cooling", Scene.terms(.amount(offFen: 199)))
    scene.claim(id: "a")
    scene.redeem([("cooling", "a")], 350, id: "use-a")
    scene.claim(member: "li", id: "b")
    scene.redeem(Scene.july, [("cooling", "b")], 350, member: "li", id: "use-b")
    scene.freeze("shop", through: "2022-07-05")
    scene.when(
      "2022-07-09T08:00:00+08:00",
      .coupon(.reverse(ReverseCoupons(member: "wang", redemption: "use-a", reason: "meal-not-served"))))
    return scene
  }

  @Test("a campaign whose sums are not one another's is named at the end, though no event is about it alone")
  func campaignSums() {
    var book = scene().book
    #expect(book.negativeAccounts.isEmpty)
    book.campaigns.update("cooling") { state in
      if let spent = state?.spent { state?.spent = spent + Fen(count: 1) }
    }
    #expect(book.negativeAccounts.map(\.key) == [.campaign("cooling")])
  }

  private func problem(_ scene: Scene, _ change: (inout EventRecord) -> Void = { _ in }) throws -> String? {
    var record = try #require(scene.records.last)
    change(&record)
    return scene.book.wrongReversal(record) { position in
      scene.records.first { $0.position == position }
    } answer: { _ in
      nil
    }
  }

  @Test("finds nothing where an earlier use of the same member is named, or nothing is taken back")
  func sound() throws {
    let scene = scene()
    #expect(scene.records.last?.reversesCommand == "use-a")
    #expect(try problem(scene) == nil)
    var before = scene
    before.claim("2022-07-10T08:00:00+08:00", id: "c")
    #expect(try problem(before) == nil)
  }

  @Test("finds what names another member's use, something else, a later event or none")
  func wrongPositions() throws {
    let scene = scene()
    let last = try #require(scene.records.last).position
    for command in ["use-b", "a"] as [CommandID] {
      let other = try #require(scene.records.first { $0.command == command }).position
      #expect(try problem(scene) { $0.reverses = other }?.contains("names no earlier use") == true)
    }
    for position in [last, last + 1, nil] {
      #expect(try problem(scene) { $0.reverses = position }?.contains("names no earlier use") == true)
    }
    #expect(try problem(scene) { $0.corrects = 1 } != nil)
    var claimed = scene
    claimed.claim("2022-07-10T08:00:00+08:00", id: "c")
    #expect(try problem(claimed) { $0.reverses = 1 } != nil)
  }
}
