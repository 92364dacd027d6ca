// One draw of an activity that gives a person points more than once: by two prizes, or to two members who are one by now.
// Rewards one by one are in ActivityTests and DrawTests.

import Testing

@testable import LedgerCore

@Suite("Points given more than once by one draw")
struct RewardedTwiceTests {
  private static let noon = "2022-04-01T12:00:00+08:00"

  /// wang wins both prizes on 1 April: 10 of read are pending until the 3rd, 5 of quiz until the 7th.
  private static func won() throws -> (scene: Scene, draw: CommandID) {
    var scene = Scene()
    scene.rule("read", 10) { $0.pendingDays = 2 }
    scene.rule("quiz", 5) { $0.pendingDays = 6 }
    scene.openActivity {
      $0.joinsPerDay = 2
      $0.draw = .closing(
        Chain().commitment, holder: "keeper", publicValue: Scene.index(), winnersPerDraw: 2,
        [
          Prize("reader", pieces: 1, reward: .points("read")),
          Prize("quizzer", pieces: 1, reward: .points("quiz")),
        ])
    }
    scene.join()
    scene.join()
    scene.publish()
    #expect(scene.draw(id: "draw").isAccepted)
    #expect(scene.wallet.pendingPoints == 15)
    return (scene, "draw")
  }

  @Test("become active each on its own day")
  func activation() throws {
    var (scene, _) = try Self.won()
    scene.spend("2022-04-04T12:00:00+08:00", 1)
    #expect(scene.wallet.available == 9)
    #expect(scene.wallet.pendingPoints == 5)
    scene.expectWalletsAccountedFor()
    scene.spend("2022-04-08T12:00:00+08:00", 1)
    #expect(scene.wallet.available == 13)
    #expect(scene.wallet.pending.isEmpty)
    scene.expectWalletsAccountedFor()
  }

  @Test(
    "are cancelled and clawed back as far as the first of them goes, which is what the command's id names")
  func takenBack() throws {
    var (scene, draw) = try Self.won()
    let points = scene.wallet.pending.map(\.share.points)
    #expect(scene.cancel(Self.noon, draw).isAccepted)
    try scene.expectSoundReversal()
    #expect(scene.cancel(Self.noon, draw).code == .nothingPending)
    #expect(scene.wallet.pending.map(\.share.points) == Array(points.dropFirst()))
    (scene, draw) = try Self.won()
    #expect(scene.clawBack(Self.noon, draw).isAccepted)
    #expect(scene.wallet.pending.map(\.share.points) == Array(points.dropFirst()))
    try scene.expectSoundReversal()
    #expect(scene.clawBack(Self.noon, draw).refusal == Refusal(.takenBackAboveEarning, "left", 0))
    scene.expectWalletsAccountedFor()
  }

  @Test("are extended each by itself")
  func extended() throws {
    for rule in ["read", "quiz"] as [RuleID] {
      var (scene, _) = try Self.won()
      scene.granted(
        Self.noon,
        .extend(
          ExtendPoints(
            member: "wang", expires: "2022-12-31", until: "2023-06-30", rule: rule, reason: "shops-closed")))
      let extended = scene.wallet.pending.filter { $0.share.expires == "2023-06-30" }
      #expect(extended.map(\.share.rule) == [rule])
      #expect(scene.wallet.pendingPoints == 15)
      scene.expectWalletsAccountedFor()
    }
  }

  /// A guest and wang win in one draw, what they win is pending for six days, and the guest is wang.
  private static func merged(_ before: (inout Scene) -> Void = { _ in }) -> Scene {
    var scene = Scene()
    scene.rule("quiz", 5) { $0.pendingDays = 6 }
    let guest = EnrolMember(
      member: "guest", organisation: "gz", credential: Credential(kind: "work permit", seenBy: "clerk"))
    scene.when("2022-02-01T00:00:00+08:00", .member(.enrol(guest)))
    scene.openActivity {
      $0.draw = .closing(
        Chain().commitment, holder: "keeper", publicValue: Scene.index(), winnersPerDraw: 9,
        [Prize("points", pieces: 9, reward: .points("quiz"))])
    }
    for member in ["guest", "wang"] as [MemberID] { scene.join(Scene.inSpring, member) }
    scene.publish()
    scene.draw()
    before(&scene)
    scene.when("2022-04-02T12:00:00+08:00", .member(.merge(MergeMember(member: "guest", into: "wang"))))
    return scene
  }

  @Test("to two members who are one by now become active together")
  func mergedWinners() throws {
    var scene = Self.merged()
    #expect(scene.wallet.pending.map(\.share.points) == [5, 5])
    let draw = try #require(scene.wallet.pending.first?.earning)
    #expect(scene.cancel("2022-04-02T13:00:00+08:00", draw).isAccepted)
    try scene.expectSoundReversal()
    #expect(scene.cancel("2022-04-02T13:00:00+08:00", draw).code == .nothingPending)
    scene.spend("2022-04-09T12:00:00+08:00", 1)
    #expect(scene.wallet.available == 4)
    scene.expectWalletsAccountedFor()
  }

  @Test("and were taken back before, are not taken back again after the two are one")
  func takenBackBefore() throws {
    let noon = "2022-04-01T12:00:00+08:00"
    var scene = Self.merged { scene in
      let draw = scene.wallet.pending.first?.earning ?? "none"
      scene.cancel(noon, draw)
      scene.when(noon, .points(.cancel(CancelPoints(member: "guest", earning: draw))))
    }
    #expect(scene.wallet.takenBack.map(\.points) == [10])
    let draw = try #require(scene.wallet.takenBack.first?.earning)
    #expect(scene.clawBack("2022-04-02T13:00:00+08:00", draw).code == .takenBackAboveEarning)
    scene.expectWalletsAccountedFor()
  }
}

extension Scene {
  /// What wallets hold is what organisations account for, also in parts.
  fileprivate func expectWalletsAccountedFor() {
    let (totals, wallets) = (book.totals.points, book.walletTotals)
    #expect(totals.pending == wallets.pending)
    #expect(totals.available == wallets.available)
    #expect(totals.imbalance == 0)
    expectSameInParts()
  }

  /// An auditor finds nothing wrong with the last event, which takes something back.
  fileprivate func expectSoundReversal() throws {
    let last = try #require(records.last)
    #expect(last.reverses != nil)
    #expect(
      book.wrongReversal(last) { position in
        records.first { $0.position == position }
      } answer: { command in
        records.first { $0.command == command && $0.isFirst }
      } == nil)
  }
}
