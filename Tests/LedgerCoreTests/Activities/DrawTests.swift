// Draws (A2): the chain of secrets, who may do what, the public value, the pool. Winners are recomputed by NaiveDraw in
// DrawPropertyTests.

import Testing

@testable import LedgerCore

@Suite("Draws of activities")
struct DrawTests {
  static let refusals = [
    RefusalCase(.activitySecretWrong, "the second secret for the first draw") { scene in
      scene.openLottery()
      scene.join()
      return scene.draw(Scene.inSpring, 1, Chain().secret(2))
    },
    RefusalCase(.activitySecretWrong, "a secret of another chain at the end") { scene in
      scene.openClosingDraw()
      scene.join()
      scene.publish()
      return scene.draw(Scene.afterSpring, 1, Chain("other").secret(1))
    },
    RefusalCase(.activityPoolEmpty, "joining when all is won") { scene in
      scene.openLottery()
      for number in 1...3 { scene.joinAndDraw(number) }
      return scene.join()
    },
    RefusalCase(.activityPoolEmpty, "joining when each piece may be somebody's") { scene in
      scene.openLottery()
      for _ in 1...3 { scene.join() }
      return scene.join()
    },
    RefusalCase(.activityPoolEmpty, "one draw more than prizes") { scene in
      scene.openClosingDraw(winnersPerDraw: 3)
      for _ in 1...5 { scene.join() }
      scene.publish()
      scene.draw()
      return scene.draw(Scene.afterSpring, 2, Chain().secret(2))
    },
    RefusalCase(.activityTooFewEntries, "one draw more than entries") { scene in
      scene.openClosingDraw()
      scene.join()
      scene.publish()
      scene.draw()
      return scene.draw(Scene.afterSpring, 2, Chain().secret(2))
    },
    RefusalCase(.activityTooFewEntries, "nobody joined") { scene in
      scene.openLottery()
      return scene.draw(Scene.inSpring)
    },
    RefusalCase(.activityChainEnded, "more joins than secrets") { scene in
      scene.openLottery(Chain("last", draws: 1), draws: 1)
      scene.join()
      return scene.join()
    },
    RefusalCase(.activityNothingToDraw, "a draw where nothing is drawn") { scene in
      scene.openActivity()
      return scene.draw()
    },
    RefusalCase(.activityNothingToDraw, "a public value where each entry is drawn by itself") { scene in
      scene.openLottery()
      return scene.publish()
    },
    RefusalCase(.activityValueMissing, "a draw before the public value") { scene in
      scene.openClosingDraw()
      scene.join()
      return scene.draw()
    },
    RefusalCase(.activityValueTooEarly, "the public value before its day") { scene in
      scene.openClosingDraw()
      return scene.publish(at: "2022-03-31T23:59:59.999+08:00")
    },
    RefusalCase(.activityValueTooEarly, "the public value of an activity that was closed early") { scene in
      scene.openClosingDraw()
      scene.closeActivity("2022-03-10T00:00:00+08:00")
      return scene.publish(at: "2022-03-11T00:00:00+08:00")
    },
    RefusalCase(.activityValueNotOfForm, "a public value spelled in another way") { scene in
      scene.openClosingDraw()
      return scene.publish("3252.20")
    },
    RefusalCase(.activityValuePublished, "another public value") { scene in
      scene.openClosingDraw()
      scene.publish()
      return scene.publish("3,252.21")
    },
    RefusalCase(.activityValueDayTooEarly, "a public value that is known while members join") { scene in
      scene.openClosingDraw(day: "2022-03-31")
    },
    RefusalCase(.activityByHolder, "the holder joins somebody") { scene in
      scene.openLottery()
      return scene.join(by: "keeper")
    },
    RefusalCase(.activityByHolder, "the holder publishes the public value") { scene in
      scene.openClosingDraw()
      scene.when(
        Scene.spring, .actor(.grantRole(GrantRole(actor: "keeper", role: .operator, from: "2022-01-01"))),
        by: "owner")
      return scene.publish(by: "keeper")
    },
    RefusalCase(.activityNotHolder, "another than the holder draws") { scene in
      scene.openLottery()
      scene.join()
      return scene.draw(Scene.inSpring, by: "clerk")
    },
    RefusalCase(.activityCommitmentUsed, "one chain for two activities") { scene in
      scene.openLottery()
      return scene.openClosingDraw(Chain(), "summer")
    },
    RefusalCase(.activityCommitmentUsed, "a chain that begins with a secret which a draw has told") { scene in
      scene.openLottery()
      scene.join()
      scene.draw(Scene.inSpring)
      return scene.openActivity(.lottery, "summer") {
        $0.draw = .instant(Chain().secret(1), holder: "keeper", [Prize("pen", pieces: 1)])
      }
    },
    RefusalCase(.activityCommitmentUsed, "a draw by a secret with which another chain begins") { scene in
      scene.openLottery()
      scene.openActivity(.lottery, "summer") {
        $0.draw = .instant(Chain().secret(1), holder: "keeper", [Prize("pen", pieces: 1)])
      }
      scene.join()
      return scene.draw(Scene.inSpring)
    },
    RefusalCase(.approvalNotPossible, "the holder's value in another's name") { scene in
      scene.openClosingDraw()
      let value = PublishValue(activity: "spring", value: "1,111.11")
      return scene.when(
        Scene.afterSpring, .approval(.open(OpenApproval(.activity(.publishValue(value))))), by: "clerk")
    },
    RefusalCase(.actorUnknown, "secrets that nobody holds") { scene in
      scene.openActivity(.lottery) {
        $0.draw = .instant(Chain().commitment, holder: "nobody", [Prize("pen", pieces: 1)])
      }
    },
    RefusalCase(.activityDrawOutOfOrder, "the second draw first") { scene in
      scene.openClosingDraw()
      scene.join()
      scene.publish()
      return scene.draw(Scene.afterSpring, 2, Chain().secret(2))
    },
    RefusalCase(.activityDrawOutOfOrder, "an entry left out") { scene in
      scene.openLottery()
      for _ in 1...2 { scene.join() }
      return scene.draw(Scene.inSpring, 2, Chain().secret(2))
    },
    RefusalCase(.activityEntriesFinal, "joining when the public value is known") { scene in
      scene.openClosingDraw()
      scene.publish()
      return scene.join("2022-03-31T12:00:00+08:00")
    },
    RefusalCase(.approvalNotPossible, "a draw that waits for a second actor") { scene in
      scene.openLottery()
      scene.join()
      let draw = DrawActivity(activity: "spring", draw: 1, secret: DrawSecret(Chain().secret(1)))
      return scene.when(
        Scene.inSpring, .approval(.open(OpenApproval(.activity(.draw(draw))))), by: "keeper")
    },
    RefusalCase(.timeBeforeCause, "a draw dated before its entry") { scene in
      scene.openLottery()
      scene.join("2022-03-02T12:00:00+08:00")
      return scene.draw("2022-03-02T11:59:59+08:00")
    },
    RefusalCase(.timeBeforeCause, "a draw dated before the one before it") { scene in
      scene.openClosingDraw()
      scene.join()
      scene.join()
      scene.publish()
      scene.draw("2022-04-02T00:00:00+08:00")
      return scene.draw(Scene.afterSpring, 2, Chain().secret(2))
    },
    RefusalCase(.timeBeforeCause, "a draw dated before the public value") { scene in
      scene.openClosingDraw()
      scene.join()
      scene.publish(at: "2022-04-01T16:00:00+08:00")
      return scene.draw("2022-04-01T15:59:59+08:00")
    },
  ]

  @Test("Each entry is drawn by itself, first recorded, first drawn, until each piece is somebody's")
  func untilEmpty() {
    var scene = Scene()
    let chain = Chain()
    scene.openLottery(chain)
    #expect(scene.spring.prizes.map(\.stocked) == [1, 2])
    for number in 1...3 {
      #expect(scene.join().isAccepted)
      #expect(scene.records.last?.answers.last == Answer("entry", count: Int64(number)))
      #expect(scene.spring.waiting == 1)
      #expect(scene.draw(Scene.inSpring, Int64(number), chain.secret(number)).isAccepted)
      #expect(scene.spring.left == 3 - Int64(number))
      #expect(scene.spring.waiting == 0)
      #expect(scene.spring.secret == chain.secret(number))
      #expect(
        scene.records.last?.answers == [
          Answer("draw", count: Int64(number)), Answer("won", count: 1),
          Answer("left", count: 3 - Int64(number)),
        ])
    }
    #expect(scene.spring.prizes.map(\.awarded) == [1, 2])
    #expect(scene.part(of: "wang")?.won.map(\.draw) == [1, 2, 3])
    #expect(scene.join().refusal == Refusal(.activityPoolEmpty, "left", 0))
    #expect(scene.spring.joins == 3)
    scene.expectSameInParts()
  }

  @Test("An entry of before may be drawn when the activity is closed, and is drawn as it would have been")
  func afterClosing() {
    func won(closingFirst: Bool) -> [PrizeID?] {
      var scene = Scene()
      scene.openLottery()
      for number in 1...2 { scene.join(id: "join-\(number)") }
      if closingFirst { scene.closeActivity() }
      for number in 1...2 {
        #expect(scene.draw(Scene.inSpring, Int64(number), Chain().secret(number)).isAccepted)
      }
      return scene.drawn.map { $0.winners.first?.award.prize }
    }
    #expect(won(closingFirst: true) == won(closingFirst: false))
  }

  @Test(
    "A refused draw uses no secret and tells none: its record keeps a seal, and the same command is known by it"
  )
  func refusedDraw() {
    var scene = Scene()
    let chain = Chain()
    scene.openLottery(chain)
    scene.join()
    // Too early, too far on the chain, by another, waiting for an approval: the secrets are right or will be.
    #expect(scene.draw(Scene.inSpring, 2, chain.secret(2)).code == .activityDrawOutOfOrder)
    #expect(scene.draw(Scene.inSpring, 1, chain.secret(2)).code == .activitySecretWrong)
    #expect(scene.draw(Scene.inSpring, 1, chain.secret(1), by: "clerk").code == .activityNotHolder)
    #expect(scene.draw("2022-03-02T11:59:59+08:00", 1, chain.secret(1)).code == .timeBeforeCause)
    let waiting = DrawActivity(activity: "spring", draw: 1, secret: DrawSecret(chain.secret(1)))
    scene.when(Scene.inSpring, .approval(.open(OpenApproval(.activity(.draw(waiting))))), by: "keeper")
    let refused = scene.records.filter { $0.refusal != nil }.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(refused.count == 5)
    for number in 1...3 {
      // A plain hash would tell the secret before it.
      #expect(!refused.contains { $0.contains(chain.secret(number).text) })
    }
    #expect(refused.allSatisfy { $0.contains(#""secret":"sealed:"#) })
    let command = CommandBody.activity(.draw(waiting))
    #expect(command.withSealedSecret != command)
    #expect(command.withSealedSecret.withSealedSecret == command.withSealedSecret, "a seal is its own")
    #expect(scene.draw(Scene.inSpring, 1, chain.secret(1)).isAccepted)
  }

  @Test("A seal opens nothing, not even when it is sent as the secret")
  func seal() {
    var scene = Scene()
    let chain = Chain()
    scene.openLottery(chain)
    scene.join()
    let draw = DrawActivity(activity: "spring", draw: 1, secret: DrawSecret(chain.secret(1)).sealed)
    #expect(scene.when(Scene.inSpring, .activity(.draw(draw)), by: "keeper").code == .activitySecretWrong)
  }

  @Test("A refused reward does not refuse the draw: what was won is told, and that it was withheld")
  func withheld() {
    var scene = Scene()
    scene.openActivity(.lottery) {
      $0.draw = .instant(
        Chain().commitment, holder: "keeper", [Prize("points", pieces: 1, reward: .points("read"))])
    }
    scene.join()
    #expect(scene.draw(Scene.inSpring) == .happened(["drawn"]))
    let award = scene.drawn.first?.winners.first?.award
    #expect(award?.reward == .points("read"))
    #expect(award?.withheld == .ruleUnknown)
    #expect(scene.spring.draws == 1)
    #expect(scene.spring.awarded == 1)
    scene.expectSameInParts()
  }

  @Test("With a chance, who wins nothing has joined and leaves the pool as it was")
  func chance() {
    var scene = Scene()
    let chain = Chain("last", draws: 200)
    scene.openActivity(.lottery) {
      $0.joinsPerDay = 1_000
      $0.draw = .instant(
        chain.commitment, holder: "keeper", chancePerMillion: 250_000, [Prize("pen", pieces: 100)])
    }
    for number in 1...200 { #expect(scene.joinAndDraw(number, chain).isAccepted) }
    let won = scene.drawn.flatMap(\.winners).count
    #expect((30...70).contains(won), "a quarter of 200 is 50")
    #expect(scene.spring.joins == 200)
    #expect(scene.spring.left == 100 - Int64(won))
  }

  @Test("At the end winners are drawn among all, in several draws, no entry twice")
  func closing() {
    var scene = Scene()
    let chain = Chain()
    for member in ["li", "zhao"] { scene.addMember(Scene.text(member, MemberID.init)) }
    scene.openClosingDraw(chain, winnersPerDraw: 2)
    for member in ["wang", "li", "zhao", "li"] {
      #expect(scene.join(Scene.inSpring, Scene.text(member, MemberID.init)).isAccepted)
    }
    #expect(scene.spring.entries == 4)
    #expect(scene.publish().isAccepted)
    #expect(scene.draw().isAccepted)
    #expect(scene.draw(Scene.afterSpring, 2, chain.secret(2)).isAccepted)
    let winners = scene.drawn.flatMap(\.winners)
    #expect(scene.drawn.map(\.winners.count) == [2, 1], "two each, while there are prizes")
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

  @Test("The public value decides among the same entries, and only it")
  func publicValue() {
    func winner(_ value: PublicValue) -> Int64? {
      var scene = Scene()
      scene.openClosingDraw()
      for _ in 1...90 { scene.join() }
      scene.closeActivity("2022-03-10T00:00:00+08:00")
      #expect(scene.publish(value).isAccepted)
      #expect(scene.spring.publicValue == value)
      #expect(scene.draw().isAccepted)
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
        Chain().commitment, holder: "keeper", publicValue: Scene.index(), winnersPerDraw: 9,
        [Prize("points", pieces: 9, reward: .points("read", 5))])
    }
    for member in ["guest", "li", "wang"] { scene.join(Scene.inSpring, Scene.text(member, MemberID.init)) }
    scene.when(Scene.inSpring, .member(.merge(MergeMember(member: "guest", into: "wang"))))
    scene.when(Scene.inSpring, .member(.leave(LeaveMember(member: "li", points: .keep))))
    #expect(scene.publish().isAccepted)
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
        Chain().commitment, holder: "keeper",
        [Prize("kettle", pieces: 2, worth: Fen(count: 9_900), from: "donor")])
    }
    scene.joinAndDraw(1)
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
