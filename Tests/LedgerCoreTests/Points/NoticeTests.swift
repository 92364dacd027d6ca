// Notices of expiry (P11): when they are due, and that each lot is told of once.

import Testing

@testable import LedgerCore

@Suite("Notices of expiry")
struct NoticeTests {
  private let noon = "2022-02-01T12:00:00+08:00"

  /// A rule worth 10 points, valid until 31 March, with notice ten days before: on 21 March.
  private func scene() -> Scene {
    var scene = Scene()
    scene.rule("read", 10, .until("2022-03-31")) { $0.noticeDays = 10 }
    scene.earn(noon)
    return scene
  }

  private func notices(_ scene: Scene) -> [EventRecord] {
    scene.records.filter { $0.type.name == "points.expiry-noticed" }
  }

  @Test("are due at the midnight that begins the day of notice, once a lot")
  func once() {
    var scene = scene()
    scene.spend("2022-03-20T23:59:59.999+08:00", 1)
    #expect(notices(scene).isEmpty)
    #expect(
      scene.spend("2022-03-25T12:00:00+08:00", 1)
        == .happened([
          "expiry-noticed lots 9 of read@1 until 2022-03-31 at 2022-03-20T16:00:00.000Z",
          "spent lots 1 of read@1 until 2022-03-31",
        ]))
    #expect(
      scene.spend("2022-03-26T12:00:00+08:00", 1) == .happened(["spent lots 1 of read@1 until 2022-03-31"]))
  }

  @Test("do not come back with points that were told of, and do with points spent before")
  func refunds() {
    var scene = scene()
    scene.spend("2022-03-01T12:00:00+08:00", 4, id: "before")
    scene.spend("2022-03-25T12:00:00+08:00", 6, id: "after")
    #expect(notices(scene).count == 1)
    scene.refund("2022-03-25T13:00:00+08:00", "after", 6)
    #expect(scene.wallet.lots.map(\.noticeOn) == [nil])
    scene.refund("2022-03-25T13:00:00+08:00", "before", 4)
    // The day of notice has passed while they were away: the member is told at the next midnight.
    #expect(scene.wallet.lots.map(\.noticeOn) == ["2022-03-26"])
    scene.spend("2022-03-27T12:00:00+08:00", 1)
    #expect(notices(scene).last?.at == "2022-03-26T00:00:00+08:00")
  }

  @Test("wait for points that a hold sets aside, until it gives them back")
  func holds() {
    var scene = scene()
    scene.hold(noon, 10, id: "order", until: "2022-03-25T12:00:00+08:00")
    #expect(
      scene.spend("2022-03-27T12:00:00+08:00", 1)
        == .happened([
          "lapsed released 10 of read@1 until 2022-03-31 at 2022-03-25T04:00:00.000Z",
          "expiry-noticed lots 10 of read@1 until 2022-03-31 at 2022-03-25T16:00:00.000Z",
          "spent lots 1 of read@1 until 2022-03-31",
        ]))
  }

  @Test("of points that are pending wait for their activation, and come after it at the same midnight")
  func pending() {
    var scene = Scene()
    scene.rule("read", 10, .until("2022-02-10")) {
      $0.noticeDays = 30
      $0.pendingDays = 3
    }
    scene.earn(noon, id: "visit")
    #expect(
      scene.spend("2022-02-05T12:00:00+08:00", 1)
        == .happened([
          "activated visit lots 10 of read@1 until 2022-02-10 at 2022-02-03T16:00:00.000Z",
          "expiry-noticed lots 10 of read@1 until 2022-02-10 at 2022-02-03T16:00:00.000Z",
          "spent lots 1 of read@1 until 2022-02-10",
        ]))
  }

  @Test("within the days of notice are due at the next midnight, and never after the last valid day")
  func shortValidity() {
    for (validity, words) in [
      (Validity.until("2022-02-01"), "earned 10 under read@1 until 2022-02-01"),
      (.until("2022-02-02"), "earned 10 under read@1 until 2022-02-02 notice on 2022-02-02"),
      (.unlimited, "earned 10 under read@1 until ever"),
    ] {
      var scene = Scene()
      scene.rule("read", 10, validity) { $0.noticeDays = 30 }
      #expect(scene.earn(noon) == .happened([words]))
    }
  }

  @Test("stand after what expires at the same midnight, which they do not list")
  func afterExpiry() {
    var scene = Scene()
    scene.rule("short", 5, .until("2022-03-20"))
    scene.rule("read", 10, .until("2022-03-31")) { $0.noticeDays = 10 }
    scene.earn(noon, "short")
    scene.earn(noon)
    #expect(
      scene.spend("2022-03-21T12:00:00+08:00", 1)
        == .happened([
          "expired lots 5 of short@1 until 2022-03-20 at 2022-03-20T16:00:00.000Z",
          "expiry-noticed lots 10 of read@1 until 2022-03-31 at 2022-03-20T16:00:00.000Z",
          "spent lots 1 of read@1 until 2022-03-31",
        ]))
  }
}
