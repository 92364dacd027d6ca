// Expiries that are extended (P12). Refusals are in PointsCorrectionRefusalTests.

import Testing

@testable import LedgerCore

@Suite("Extensions of expiry")
struct ExtensionTests {
  private let noon = "2022-02-01T12:00:00+08:00"
  private let until = CivilDay("2022-06-30")

  private func extend(_ scene: inout Scene, rule: RuleID? = nil, at: String? = nil) -> Scene.Outcome {
    scene.granted(
      at ?? noon,
      .extend(
        ExtendPoints(member: "wang", expires: "2022-03-31", until: until, rule: rule, reason: "shops-closed"))
    )
  }

  /// 10 under `read` of which 4 are held, 5 pending under `slow`, all until 31 March; 3 under `never`.
  private func scene() -> Scene {
    var scene = Scene()
    scene.rule("read", 10, .until("2022-03-31")) { $0.noticeDays = 10 }
    scene.rule("slow", 5, .until("2022-03-31")) { $0.pendingDays = 20 }
    scene.rule("never", 3, .unlimited)
    for rule in ["read", "slow", "never"] as [RuleID] { scene.earn(noon, rule) }
    scene.hold(noon, 4, id: "order", until: "2022-05-01T12:00:00+08:00")
    return scene
  }

  @Test("reach what is available, held and pending, and move the liability to the new month")
  func everything() {
    var scene = scene()
    #expect(scene.liability("gz") == ["2022-03: 6+4+5", "never: 3+0"])
    #expect(
      extend(&scene)
        == .happened([
          "extension-granted 15 until 2022-06-30",
          "extended lots 6 of read@1 until 2022-06-30 held 4 of read@1 until 2022-06-30"
            + " pending 5 of slow@1 until 2022-06-30",
        ]))
    #expect(scene.liability("gz") == ["2022-06: 6+4+5", "never: 3+0"])
    #expect(scene.release(noon, "order") == .happened(["released lots 4 of read@1 until 2022-06-30"]))
    #expect(
      scene.spend("2022-06-30T12:00:00+08:00", 15).isAccepted, "what was pending and held has it too")
  }

  @Test("of one rule leave the points of others")
  func ofRule() {
    var scene = scene()
    #expect(extend(&scene, rule: "slow").isAccepted)
    #expect(scene.liability("gz") == ["2022-03: 6+4", "2022-06: 0+0+5", "never: 3+0"])
  }

  @Test("keep since when the points are there, and are told of anew")
  func sinceAndNotice() {
    var scene = scene()
    let since = scene.wallet.lots.map(\.since)
    #expect(extend(&scene, at: "2022-02-10T12:00:00+08:00").isAccepted)
    #expect(scene.wallet.lots.map(\.since) == since)
    #expect(scene.wallet.lots.map(\.noticeOn) == ["2022-06-20", nil])
  }

  @Test("cannot bring back what has expired, not even what a hold still keeps")
  func expired() {
    var scene = scene()
    #expect(
      scene.hold("2022-04-02T12:00:00+08:00", 1, id: "later", until: "2022-05-01T12:00:00+08:00").isAccepted)
    #expect(extend(&scene, at: "2022-04-02T12:00:00+08:00").code == .nothingToExtend)
  }

  @Test("of more lots than one record can hold are told in several")
  func many() {
    var scene = Scene()
    for number in 1...150 {
      let rule = Scene.text("rule-\(number)", RuleID.init)
      scene.rule(rule, 1, .until("2022-03-31"))
      scene.earn(noon, rule)
    }
    #expect(extend(&scene).isAccepted)
    let parts = scene.records.filter { $0.type.name == "points.extended" }
    #expect(parts.count == 2)
    #expect(scene.liability("gz") == ["2022-06: 150+0"])
  }

  @Test("always need a second actor")
  func secondActor() {
    var scene = scene()
    scene.limits(1_000)
    let body = ExtendPoints(member: "wang", expires: "2022-03-31", until: until, reason: "shops-closed")
    #expect(scene.when(noon, .points(.extend(body))).refusal == Refusal(.approvalNeeded, "limit", 0))
  }
}
