// Random quizzes and registrations by printed seed: every join is foreseen by a reference that counts by hand, and the
// book's joins, persons, choices and days are the reference's. Random draws are in DrawPropertyTests.

import Testing

@testable import LedgerCore

@Suite("Random activities")
struct ActivityPropertyTests {
  /// What a person with pencil and paper would note down.
  fileprivate struct Tally {
    var joins: [(member: String, day: Int, choice: String?, city: String)] = []
    var cities: [String: String] = [:]
    var isClosed = false

    func count(_ member: String) -> Int { joins.count { $0.member == member } }
    func count(_ member: String, _ day: Int) -> Int { joins.count { $0.member == member && $0.day == day } }
    var members: [String] { Array(Set(joins.map(\.member))).sorted() }
  }

  private static let members = ["li", "wang", "zhao", "zhou"]
  /// March has 31 days; the window is from the 3rd until the 24th, that day not included.
  private static let window = 3..<24

  @Test(
    "of a quiz and of a registration are as counted by hand", arguments: [ActivityMode.quiz, .registration],
    1...30)
  func joins(mode: ActivityMode, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let perDay = Bool.random(using: &random) ? Int64.random(in: 1...3, using: &random) : nil
    let city = Bool.random(using: &random) ? "gz" : nil
    let choices = mode == .quiz && Bool.random(using: &random) ? ["a", "b", "c"] : nil
    var scene = Scene()
    var tally = Tally(cities: ["wang": "gz"])
    for member in Self.members where member != "wang" {
      tally.cities[member] = Bool.random(using: &random) ? "gz" : "sz"
      scene.addMember(Scene.text(member, MemberID.init), tally.city(of: member))
    }
    let opened = scene.openActivity(mode, at: "2022-02-01T00:00:00+08:00") {
      $0.joinsPerDay = perDay
      $0.choices = choices?.map { Scene.text($0, ChoiceID.init) }
      $0.audience = city.map { ActivityAudience(organisation: Scene.text($0, OrganisationID.init)) }
      $0.from = "2022-03-03T00:00:00+08:00"
      $0.until = "2022-03-24T00:00:00+08:00"
    }
    #expect(opened.isAccepted, "seed \(seed)")
    for _ in 0..<60 {
      let member = Self.members.randomElement(using: &random) ?? "wang"
      let day = Int.random(in: 1...28, using: &random)
      let at = "2022-03-\(day < 10 ? "0" : "")\(day)T12:00:00+08:00"
      let choice = Int.random(in: 0...9, using: &random) == 0 ? nil : choices?.randomElement(using: &random)
      if Int.random(in: 0...79, using: &random) == 0 {
        #expect(
          scene.closeActivity("2022-03-31T00:00:00+08:00").isAccepted == !tally.isClosed, "seed \(seed)")
        tally.isClosed = true
      }
      let outcome = scene.join(
        at, Scene.text(member, MemberID.init), choice: choice.map { Scene.text($0, ChoiceID.init) })
      let foreseen: Refusal.Code? =
        if tally.isClosed { .activityClosed } else if !Self.window.contains(day) {
          .activityOutsideWindow
        } else if let city, tally.cities[member] != city {
          .activityOutsideAudience
        } else if perDay.map({ tally.count(member, day) >= Int($0) }) ?? (tally.count(member) > 0) {
          .activityLimitReached
        } else if (choices == nil) != (choice == nil) { .activityChoiceUnknown } else { nil }
      #expect(outcome.code == foreseen, "seed \(seed), \(member) on the \(day)")
      if foreseen == nil { tally.joins.append((member, day, choice, tally.cities[member] ?? "")) }
    }
    expect(scene, tally, choices, seed)
  }

  private func expect(_ scene: Scene, _ tally: Tally, _ choices: [String]?, _ seed: UInt64) {
    #expect(scene.spring.joins == Int64(tally.joins.count), "seed \(seed)")
    #expect(scene.spring.persons == Int64(tally.members.count), "seed \(seed)")
    #expect(scene.spring.isClosed == tally.isClosed, "seed \(seed)")
    #expect(
      scene.spring.choices.map(\.joins)
        == (choices ?? []).map { choice in Int64(tally.joins.count { $0.choice == choice }) }, "seed \(seed)")
    for member in Self.members {
      let days = (1...28).map { tally.count(member, $0) }.filter { $0 > 0 }
      let part = scene.part(of: Scene.text(member, MemberID.init))
      #expect(part?.days.map { Int($0.joins) } ?? [] == days, "seed \(seed), \(member)")
      #expect(part.map { Int($0.joins) } ?? 0 == tally.count(member), "seed \(seed), \(member)")
    }
    for city in ["gz", "sz"] {
      let joined = scene.joined.count { $0.organisation.text == city }
      #expect(joined == tally.joins.count { $0.city == city }, "seed \(seed), \(city)")
    }
    scene.expectSameInParts()
  }
}

extension ActivityPropertyTests.Tally {
  fileprivate func city(of member: String) -> OrganisationID {
    Scene.text(cities[member] ?? "gz", OrganisationID.init)
  }
}
