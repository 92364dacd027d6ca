// Activities (A1): the five modes, who may join, when and how often, and what a join earns. Draws are in DrawTests.

import Testing

@testable import LedgerCore

@Suite("Activities")
struct ActivityTests {
  static let refusals = [
    RefusalCase(.activityUnknown, "joining one that is not there") { scene in scene.join() },
    RefusalCase(.activityUnknown, "closing one that is not there") { scene in scene.closeActivity() },
    RefusalCase(.activityExists, "an id that is taken") { scene in
      scene.openActivity()
      return scene.openActivity(.vote) { $0.choices = ["a", "b"] }
    },
    RefusalCase(.activityEmptyWindow, "ending when it begins") { scene in
      scene.openActivity { $0.until = $0.from }
    },
    RefusalCase(.organisationClosed, "opening in a closed organisation") { scene in
      scene.when(Scene.spring, .organisation(.close(CloseOrganisation(organisation: "sz"))))
      return scene.openActivity { $0.organisation = "sz" }
    },
    RefusalCase(.partyUnknown, "a prize from nobody") { scene in
      scene.openActivity(.lottery) {
        $0.draw = .instant(
          Chain().commitment, holder: "keeper",
          [Prize("kettle", pieces: 1, worth: Fen(count: 9_900), from: "nobody")])
      }
    },
    RefusalCase(.organisationUnknown, "an audience of nowhere") { scene in
      scene.openActivity { $0.audience = ActivityAudience(organisation: "bj") }
    },
    RefusalCase(.timeBeforeCause, "joining before it was opened") { scene in
      scene.openActivity(at: "2022-03-02T00:00:00+08:00")
      return scene.join("2022-03-01T23:59:59+08:00")
    },
    RefusalCase(.timeBeforeCause, "closing before the last join") { scene in
      scene.openActivity()
      scene.join("2022-03-02T12:00:00+08:00")
      return scene.closeActivity("2022-03-02T11:59:59+08:00")
    },
    RefusalCase(.activityClosed, "joining once it is closed") { scene in
      scene.openActivity()
      scene.closeActivity()
      return scene.join()
    },
    RefusalCase(.activityClosed, "closing twice") { scene in
      scene.openActivity()
      scene.closeActivity()
      return scene.closeActivity()
    },
    RefusalCase(.activityOutsideWindow, "joining before the window") { scene in
      scene.openActivity(at: "2022-02-01T00:00:00+08:00")
      return scene.join("2022-02-28T23:59:59.999+08:00")
    },
    RefusalCase(.memberUnknown, "joining as nobody") { scene in
      scene.openActivity()
      return scene.join(Scene.inSpring, "nobody")
    },
    RefusalCase(.memberLeft, "joining after having left") { scene in
      scene.openActivity()
      scene.when(Scene.spring, .member(.leave(LeaveMember(member: "wang", points: .keep))))
      return scene.join()
    },
    RefusalCase(.activityOutsideAudience, "not verified") { scene in
      scene.openActivity { $0.audience = ActivityAudience(verifiedOnly: true) }
      return scene.join()
    },
    RefusalCase(.activityLimitReached, "joining twice") { scene in
      scene.openActivity()
      scene.join()
      return scene.join("2022-03-05T12:00:00+08:00")
    },
    RefusalCase(.activityChoiceUnknown, "voting for nothing") { scene in
      scene.openActivity(.vote) { $0.choices = ["a", "b"] }
      return scene.join()
    },
    RefusalCase(.activityChoiceUnknown, "voting for what is no choice") { scene in
      scene.openActivity(.vote) { $0.choices = ["a", "b"] }
      return scene.join(choice: "c")
    },
    RefusalCase(.activityChoiceUnknown, "choosing where there is no choice") { scene in
      scene.openActivity()
      return scene.join(choice: "a")
    },
    RefusalCase(.ruleUnknown, "a reward under a rule that is not there") { scene in
      scene.openActivity { $0.reward = .points("read") }
      return scene.join()
    },
    RefusalCase(.outsideAudience, "a reward under a rule for others") { scene in
      scene.rule { $0.occupations = ["courier"] }
      scene.openActivity { $0.reward = .points("read") }
      return scene.join()
    },
  ]

  @Test(
    "Members join in each of the five modes; votes and quizzes count what is chosen",
    arguments: ActivityMode.allCases)
  func modes(mode: ActivityMode) {
    var scene = Scene()
    for member in ["li", "zhao"] { scene.addMember(Scene.text(member, MemberID.init)) }
    let chain = Chain()
    scene.openActivity(mode) {
      if mode.hasChoices { $0.choices = ["a", "b"] }
      if mode == .lottery {
        $0.draw = .instant(chain.commitment, holder: "keeper", [Prize("pen", pieces: 3)])
      }
    }
    for (index, member) in ["wang", "li", "zhao"].enumerated() {
      let outcome = scene.join(
        Scene.inSpring, Scene.text(member, MemberID.init),
        choice: mode.hasChoices ? (index == 1 ? "b" : "a") : nil)
      #expect(outcome == .happened(["joined"]))
      if mode == .lottery {
        #expect(scene.draw(Scene.inSpring, Int64(index + 1), chain.secret(index + 1)).isAccepted)
      }
    }
    #expect(scene.spring.terms.mode == mode)
    #expect(scene.spring.joins == 3)
    #expect(scene.spring.persons == 3)
    #expect(scene.spring.choices.map(\.joins) == (mode.hasChoices ? [2, 1] : []))
    #expect(scene.spring.awarded == (mode == .lottery ? 3 : 0))
    scene.expectSameInParts()
  }

  @Test("A member joins once, or so many times a day; each join counts, each person once")
  func limits() {
    var scene = Scene()
    scene.addMember("li")
    scene.openActivity { $0.joinsPerDay = 2 }
    #expect(scene.join("2022-03-02T00:00:00+08:00").isAccepted)
    #expect(scene.join("2022-03-02T23:59:59+08:00").isAccepted)
    #expect(
      scene.join("2022-03-02T12:00:00+08:00").refusal
        == Refusal(
          .activityLimitReached,
          [
            Refusal.Detail(name: "limit", value: .number(2)),
            Refusal.Detail(name: "period", value: .word("a day")),
          ]))
    #expect(scene.join("2022-03-03T00:00:00+08:00").isAccepted)
    #expect(scene.join("2022-03-01T12:00:00+08:00").isAccepted, "told late, it counts on its own day")
    #expect(scene.join(Scene.inSpring, "li").isAccepted)
    #expect(scene.spring.joins == 5)
    #expect(scene.spring.persons == 2)
    #expect(scene.part(of: "wang")?.days.map(\.joins) == [1, 2, 1])
    #expect(scene.records.last?.answers == [Answer("joins", count: 5), Answer("persons", count: 2)])

    var once = Scene()
    once.openActivity()
    #expect(once.join().isAccepted)
    #expect(
      once.join("2022-03-30T12:00:00+08:00").refusal?.message == "A member may join 1 times in all, and has.")
  }

  @Test("The window is half-open: from its first instant, not at its end")
  func window() {
    var scene = Scene()
    scene.openActivity(at: "2022-02-01T00:00:00+08:00") { $0.joinsPerDay = 9 }
    #expect(scene.join("2022-02-28T23:59:59.999+08:00").code == .activityOutsideWindow)
    #expect(scene.join("2022-03-01T00:00:00+08:00").isAccepted)
    #expect(scene.join("2022-03-31T23:59:59.999+08:00").isAccepted)
    #expect(scene.join("2022-04-01T00:00:00+08:00").code == .activityOutsideWindow)
    #expect(scene.spring.joins == 2)
  }

  @Test("The audience is judged by the facts of the day, and the event says which let the member in")
  func audience() {
    var scene = Scene()
    scene.openActivity {
      $0.joinsPerDay = 9
      $0.audience = ActivityAudience(
        organisation: "gz", occupations: ["courier", "driver"], verifiedOnly: true)
    }
    func needs(_ outcome: Scene.Outcome) -> Refusal.Detail.Value? { outcome.refusal?.details.first?.value }
    #expect(needs(scene.join()) == .word("real-name verification"))
    scene.when(Scene.spring, .member(.verify(VerifyMember(member: "wang"))))
    #expect(needs(scene.join()) == .word("occupation courier, driver"))
    var fact = StartFact(member: "wang", fact: "job", kind: .occupation, value: "driver", from: "2022-03-10")
    fact.until = "2022-03-20"
    scene.when(Scene.spring, .member(.startFact(fact)))
    #expect(scene.join("2022-03-09T23:59:59+08:00").code == .activityOutsideAudience)
    #expect(scene.join("2022-03-10T00:00:00+08:00").isAccepted)
    #expect(scene.joined.last?.occupation == "driver")
    #expect(scene.join("2022-03-20T00:00:00+08:00").code == .activityOutsideAudience)
    scene.when(
      "2022-03-11T00:00:00+08:00", .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
    #expect(needs(scene.join("2022-03-12T00:00:00+08:00")) == .word("organisation gz"))
  }

  @Test(
    "Joins by union sum to the activity's; a transfer does not move what was counted, and persons are never more"
  )
  func byOrganisation() {
    var scene = Scene()
    scene.addMember("li", "sz")
    scene.openActivity { $0.joinsPerDay = 9 }
    scene.join("2022-03-02T12:00:00+08:00")
    scene.join("2022-03-02T12:00:00+08:00", "li")
    scene.when(
      "2022-03-03T00:00:00+08:00", .member(.transfer(TransferMember(member: "wang", organisation: "sz"))))
    scene.join("2022-03-04T12:00:00+08:00")
    #expect(scene.part(of: "wang")?.organisation == "gz")
    #expect(scene.joined.map(\.organisation) == ["gz", "sz", "sz"])
    let parts = [scene.part(of: "wang"), scene.part(of: "li")].compactMap { $0 }
    #expect(parts.reduce(0) { $0 + $1.joins } == scene.spring.joins)
    #expect(Int64(parts.count(where: \.isPerson)) == scene.spring.persons)
  }

  @Test("Who was merged into a member joined for that member: once is once, and one person")
  func merged() {
    var scene = Scene()
    let guest = EnrolMember(
      member: "guest", organisation: "gz", credential: Credential(kind: "work permit", seenBy: "clerk"))
    scene.when("2022-02-01T00:00:00+08:00", .member(.enrol(guest)))
    scene.openActivity(.registration, "once")
    scene.openActivity { $0.joinsPerDay = 2 }
    #expect(scene.join(Scene.inSpring, "guest").isAccepted)
    #expect(scene.join(Scene.inSpring, "guest", "once").isAccepted)
    scene.when(Scene.inSpring, .member(.merge(MergeMember(member: "guest", into: "wang"))))
    #expect(scene.join(Scene.inSpring, "guest").code == .memberMerged)
    #expect(scene.join(Scene.inSpring, "wang", "once").code == .activityLimitReached)
    #expect(scene.join(Scene.inSpring, "wang").isAccepted)
    #expect(scene.join(Scene.inSpring, "wang").code == .activityLimitReached)
    #expect(scene.spring.joins == 2)
    #expect(scene.spring.persons == 1)
    #expect(scene.part(of: "wang")?.isPerson == false)
  }

  @Test("A join earns points in the same commit, after what was due; without the points there is no join")
  func reward() {
    var scene = Scene()
    scene.rule("read", 2, .months(1))
    scene.openActivity {
      $0.joinsPerDay = 9
      $0.reward = .points("read", 3)
    }
    scene.earn("2022-02-01T12:00:00+08:00")
    #expect(
      scene.join(Scene.inSpring, id: "join")
        == .happened([
          "joined", "expired lots 2 of read@1 until 2022-03-01 at 2022-03-01T16:00:00.000Z",
          "earned 6 under read@1 until 2022-04-02",
        ]))
    #expect(scene.wallet.available == 6)
    #expect(scene.records.filter { $0.command == "join" }.count == 3)
    #expect(scene.records.first { $0.command == "join" }?.eventsWithInputs == 2)
    let before = scene.records.count
    scene.rule("read", 2, .months(1), at: "2022-03-03T00:00:00+08:00") {
      $0.ruleVersion = 2
      $0.until = "2022-03-10"
    }
    #expect(scene.join("2022-03-12T12:00:00+08:00").code == .ruleNotInWindow)
    #expect(scene.records.count == before + 2)
    #expect(scene.spring.joins == 1)
    scene.expectSameInParts()
  }

  @Test("A join does not wait for a second actor; of one that earns all inputs are expected")
  func inputs() {
    var scene = Scene()
    scene.rule()
    scene.openActivity { $0.reward = .points("read") }
    let join = CommandBody.activity(.join(JoinActivity(activity: "spring", member: "wang")))
    let asked = scene.when(Scene.inSpring, .approval(.open(OpenApproval(join))), id: "asked")
    #expect(asked.code == .approvalNotPossible)
    #expect(scene.join(id: "joined") == .happened(["joined", "earned 2 under read@1 until 2022-12-31"]))
    let records = scene.records.filter { $0.command == "joined" }
    #expect(records.count(where: \.isFirst) == 1 + records.reduce(0) { $0 + $1.eventsWithInputs - 1 })
  }

  @Test("A service counts members in, and an operator of the organisation opens and closes")
  func authority() {
    var scene = Scene()
    for (actor, role) in [("app", Role.service), ("local", .operator)] {
      let id = Scene.text(actor, ActorID.init)
      scene.when(Scene.spring, .actor(.register(RegisterActor(actor: id))), by: "owner")
      scene.when(
        Scene.spring,
        .actor(.grantRole(GrantRole(actor: id, role: role, organisation: "sz", from: "2022-01-01"))),
        by: "owner")
    }
    #expect(scene.openActivity(by: "app").code == .actorRoleMissing)
    #expect(scene.openActivity(by: "local").code == .actorOutsideOrganisation)
    #expect(scene.openActivity(by: "local") { $0.organisation = "sz" }.isAccepted)
    scene.addMember("li", "sz")
    #expect(scene.join(Scene.inSpring, "li", by: "app").isAccepted)
    scene.openActivity(.registration, "all")
    #expect(scene.join(Scene.inSpring, "li", "all", by: "app").code == .actorOutsideOrganisation)
  }
}
