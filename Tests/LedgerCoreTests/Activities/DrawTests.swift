// Draws (A2): the chain of secrets, draws at once and at the end, the pool. Winners are recomputed by NaiveDraw.

import Testing

@testable import LedgerCore

@Suite("Draws of activities")
struct DrawTests {
  static let refusals = [
    RefusalCase(.activitySecretWrong, "a draw at once without a secret") { scene in
      scene.openLottery()
      return scene.join()
    },
    RefusalCase(.activitySecretWrong, "the second secret for the first draw") { scene in
      scene.openLottery()
      return scene.join(secret: Chain().secret(2))
    },
    RefusalCase(.activitySecretWrong, "a secret of another chain at the end") { scene in
      scene.openClosingDraw()
      scene.join()
      return scene.draw(Scene.afterSpring, 1, Chain("other").secret(1))
    },
    RefusalCase(.activityPoolEmpty, "joining when all is won") { scene in
      scene.openLottery()
      for number in 1...3 { scene.join(secret: Chain().secret(number)) }
      return scene.join(secret: Chain().secret(4))
    },
    RefusalCase(.activityPoolEmpty, "more winners than prizes") { scene in
      scene.openClosingDraw()
      for _ in 1...5 { scene.join() }
      return scene.draw(winners: 4)
    },
    RefusalCase(.activityTooFewEntries, "more winners than entries") { scene in
      scene.openClosingDraw()
      scene.join()
      return scene.draw(winners: 2)
    },
    RefusalCase(.activityTooFewEntries, "nobody joined") { scene in
      scene.openClosingDraw()
      return scene.draw()
    },
    RefusalCase(.activityChainEnded, "more joins than secrets") { scene in
      scene.openLottery(Chain("last", draws: 1), draws: 1)
      scene.join(secret: Chain("last", draws: 1).secret(1))
      return scene.join(secret: Chain().secret(1))
    },
    RefusalCase(.activityNothingToDraw, "an end draw where each join draws") { scene in
      scene.openLottery()
      return scene.draw()
    },
    RefusalCase(.activityNothingToDraw, "a secret in a join whose draw comes later") { scene in
      scene.openClosingDraw()
      return scene.join(secret: Chain().secret(1))
    },
    RefusalCase(.activityNotOver, "a draw within the window") { scene in
      scene.openClosingDraw()
      scene.join()
      return scene.draw("2022-03-31T23:59:59.999+08:00")
    },
    RefusalCase(.activityDrawOutOfOrder, "the second draw first") { scene in
      scene.openClosingDraw()
      scene.join()
      return scene.draw(Scene.afterSpring, 2, Chain().secret(2))
    },
    RefusalCase(.activityDrawn, "joining when winners are drawn") { scene in
      scene.openClosingDraw()
      scene.join()
      scene.draw(winners: 1)
      return scene.join("2022-03-31T12:00:00+08:00")
    },
    RefusalCase(.timeBeforeCause, "a draw dated before the one before it") { scene in
      scene.openClosingDraw()
      scene.join()
      scene.join()
      scene.draw("2022-04-02T00:00:00+08:00", winners: 1)
      return scene.draw(Scene.afterSpring, 2, Chain().secret(2), winners: 1)
    },
    RefusalCase(.timeBeforeCause, "a draw dated before the early end") { scene in
      scene.openClosingDraw()
      scene.join("2022-03-02T12:00:00+08:00")
      scene.closeActivity("2022-03-03T12:00:00+08:00")
      return scene.draw("2022-03-03T11:59:59+08:00")
    },
    RefusalCase(.ruleUnknown, "a prize of points under a rule that is not there") { scene in
      scene.openActivity(.lottery) {
        $0.draw = .instant(Chain().commitment, [Prize("points", pieces: 1, reward: .points("read"))])
      }
      return scene.join(secret: Chain().secret(1))
    },
  ]

  @Test("Each join draws at once until the pool is empty, and the next is refused")
  func untilEmpty() {
    var scene = Scene()
    let chain = Chain()
    scene.openLottery(chain)
    #expect(scene.spring.prizes.map(\.stocked) == [1, 2])
    for number in 1...3 {
      #expect(scene.join(secret: chain.secret(number)).isAccepted)
      #expect(scene.spring.left == 3 - Int64(number))
      #expect(scene.spring.secret == chain.secret(number))
      #expect(
        scene.records.last?.answers.suffix(3) == [
          Answer("draw", count: Int64(number)), Answer("won", count: 1),
          Answer("left", count: 3 - Int64(number)),
        ])
    }
    #expect(scene.spring.prizes.map(\.awarded) == [1, 2])
    #expect(scene.part(of: "wang")?.won.map(\.draw) == [1, 2, 3])
    let refused = scene.join(secret: chain.secret(4))
    #expect(refused.refusal == Refusal(.activityPoolEmpty, "left", 0))
    #expect(scene.spring.joins == 3)
    scene.expectSameInParts()
  }

  @Test("A refused join uses no secret: the next draw has the same")
  func refusedJoin() {
    var scene = Scene()
    let chain = Chain()
    scene.openLottery(chain)
    #expect(scene.join(Scene.inSpring, "nobody", secret: chain.secret(1)).code == .memberUnknown)
    #expect(scene.join(secret: chain.secret(2)).code == .activitySecretWrong)
    #expect(scene.join(secret: chain.secret(1)).isAccepted)
    #expect(
      scene.join(secret: chain.secret(1)).refusal
        == Refusal(
          .activitySecretWrong,
          [
            Refusal.Detail(name: "draw", value: .number(2)),
            Refusal.Detail(name: "hash", value: .word(chain.secret(1).text)),
          ]))
  }

  @Test("With a chance, who wins nothing has joined and leaves the pool as it was")
  func chance() {
    var scene = Scene()
    let chain = Chain("last", draws: 200)
    scene.openActivity(.lottery) {
      $0.joinsPerDay = 1_000
      $0.draw = .instant(chain.commitment, chancePerMillion: 250_000, [Prize("pen", pieces: 100)])
    }
    for number in 1...200 { #expect(scene.join(secret: chain.secret(number)).isAccepted) }
    let won = scene.joined.compactMap(\.draw?.award).count
    #expect((30...70).contains(won), "a quarter of 200 is 50")
    #expect(scene.spring.joins == 200)
    #expect(scene.spring.left == 100 - Int64(won))
  }

  @Test("At the end winners are drawn among all, in several draws, no entry twice")
  func closing() {
    var scene = Scene()
    let chain = Chain()
    for member in ["li", "zhao"] { scene.addMember(Scene.text(member, MemberID.init)) }
    scene.openClosingDraw(chain)
    for member in ["wang", "li", "zhao", "li"] {
      #expect(scene.join(Scene.inSpring, Scene.text(member, MemberID.init)).isAccepted)
    }
    #expect(scene.spring.entries == 4)
    #expect(scene.draw(winners: 1).isAccepted)
    #expect(scene.draw(Scene.afterSpring, 2, chain.secret(2)).isAccepted)
    let winners = scene.drawn.flatMap(\.winners)
    #expect(scene.drawn.map(\.winners.count) == [1, 2])
    #expect(Set(winners.map(\.entry)).count == 3)
    #expect(winners.map(\.award.prize).sorted() == ["cup", "pen", "pen"])
    for winner in winners {
      let entry = scene.book.activityEntry(ActivityEntryID("spring", winner.entry))
      #expect(entry?.member == winner.member)
      #expect(entry?.won?.prize == winner.award.prize)
      #expect(scene.part(of: winner.member)?.won.contains { $0.prize == winner.award.prize } == true)
    }
    #expect(
      scene.draw(Scene.afterSpring, 3, chain.secret(3)).refusal == Refusal(.activityPoolEmpty, "left", 0))
    scene.expectSameInParts()
  }

  @Test("An activity that is closed early draws at once, and its public value decides")
  func earlyEnd() {
    func winner(_ value: PublicValue) -> Int64? {
      var scene = Scene()
      scene.openClosingDraw()
      for _ in 1...90 { scene.join() }
      scene.closeActivity("2022-03-10T00:00:00+08:00")
      #expect(scene.draw("2022-03-10T00:00:00+08:00", value: value, winners: 1).isAccepted)
      return scene.drawn.first?.winners.first?.entry
    }
    #expect(
      Set(["3,252.20", "3,252.21", "3,252.22", "3,252.23"].map { winner(Scene.text($0, PublicValue.init)) })
        .count > 1)
    #expect(winner("3,252.20") == winner("3,252.20"))
  }

  @Test(
    "Prizes of points are earned by the winner, by whom the winner was merged into, and by nobody who has left"
  )
  func rewards() {
    var scene = Scene()
    scene.rule()
    let guest = EnrolMember(
      member: "guest", organisation: "gz", credential: Credential(kind: "work permit", seenBy: "clerk"))
    scene.when("2022-02-01T00:00:00+08:00", .member(.enrol(guest)))
    scene.addMember("li")
    scene.openActivity {
      $0.draw = .closing(
        Chain().commitment, publicValueNamed: "index",
        [Prize("points", pieces: 9, reward: .points("read", 5))])
    }
    for member in ["guest", "li", "wang"] { scene.join(Scene.inSpring, Scene.text(member, MemberID.init)) }
    scene.when(Scene.inSpring, .member(.merge(MergeMember(member: "guest", into: "wang"))))
    scene.when(Scene.inSpring, .member(.leave(LeaveMember(member: "li", points: .keep))))
    #expect(
      scene.draw()
        == .happened([
          "drawn", "earned 10 under read@1 until 2022-12-31", "earned 10 under read@1 until 2022-12-31",
        ]))
    #expect(scene.wallet.available == 20)
    let winners = scene.drawn.flatMap(\.winners)
    #expect(winners.count == 3)
    #expect(winners.first { $0.member == "guest" }?.mergedInto == "wang")
    #expect(winners.first { $0.member == "li" }?.award.reward == nil)
    #expect(scene.spring.awarded == 3)
    scene.expectSameInParts()
  }

  @Test("A donated prize is a memo by contributor, and no money moves")
  func donated() {
    var scene = Scene()
    scene.when(Scene.spring, .party(.register(RegisterParty(party: "donor", kind: .donor))))
    scene.openActivity(.lottery) {
      $0.joinsPerDay = 9
      $0.draw = .instant(
        Chain().commitment, [Prize("kettle", pieces: 2, worth: Fen(count: 9_900), from: "donor")])
    }
    scene.join(secret: Chain().secret(1))
    let legs = scene.records.last?.legs ?? []
    #expect(
      legs == [
        Leg(.prize(.left("kettle"), "spring"), -1), Leg(.prize(.awarded("kettle"), "spring"), 1),
        Leg(.memo(.contributed, "donor"), -9_900), Leg(.memo(.used, "donor"), 9_900),
      ])
    #expect(legs.allSatisfy { $0.account.unit != .fen })
    #expect(legs.imbalance == nil)
    #expect(scene.book.party("donor")?.contributed == Fen(count: 9_900))
    scene.expectSameInParts()
  }
}
