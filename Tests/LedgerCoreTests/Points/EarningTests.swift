// Earning under rules (P5, P6): caps, versions, windows, audiences, validity.

import Testing

@testable import LedgerCore

@Suite("Earning")
struct EarningTests {
  private let noon = "2022-02-01T12:00:00+08:00"

  @Test("Seven readings at +2 with ten a day credit ten and record four as capped")
  func dayCap() {
    var scene = Scene()
    scene.rule { $0.capPerDay = 10 }
    let outcomes = (1...7).map { _ in scene.earn(noon) }
    let full = Scene.Outcome.happened(["earned 2 under read@1 until 2022-12-31"])
    let capped = Scene.Outcome.happened(["earned 0 under read@1, 2 capped by day until 2022-12-31"])
    #expect(outcomes == [full, full, full, full, full, capped, capped])
    #expect(scene.wallet.available == 10)
    // The next day begins at the ledger's midnight.
    #expect(scene.earn("2022-02-01T23:59:59.999+08:00") == capped)
    #expect(scene.earn("2022-02-02T00:00:00+08:00") == full)
  }

  @Test("Caps of month, lifetime and budget reduce to what is left, and the tightest is named")
  func otherCaps() {
    var scene = Scene()
    scene.rule("month") { $0.capPerMonth = 5 }
    scene.rule("life") { $0.capPerLifetime = 5 }
    scene.rule("budget") { $0.budget = 5 }
    for rule in ["month", "life", "budget"] as [RuleID] { scene.earn(noon, rule, 2) }
    func earned(_ rule: RuleID, _ words: String) -> Scene.Outcome {
      .happened(["earned \(words.replacing("RULE", with: "\(rule)@1")) until 2022-12-31"])
    }
    #expect(
      scene.earn("2022-02-28T12:00:00+08:00", "month") == earned("month", "1 under RULE, 1 capped by month"))
    #expect(scene.earn("2022-03-01T00:00:00+08:00", "month") == earned("month", "2 under RULE"))
    #expect(
      scene.earn("2022-03-01T00:00:00+08:00", "life") == earned("life", "1 under RULE, 1 capped by lifetime"))
    scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "sz"))))
    #expect(
      scene.earn("2022-03-01T00:00:00+08:00", "budget", member: "li")
        == earned("budget", "1 under RULE, 1 capped by budget"))
    scene.rule("both") {
      $0.capPerDay = 3
      $0.capPerMonth = 1
    }
    #expect(
      scene.earn("2022-03-01T00:00:00+08:00", "both") == earned("both", "1 under RULE, 1 capped by month"))
  }

  @Test("A spent lot still counts towards the cap of its day")
  func capAfterSpending() {
    var scene = Scene()
    scene.rule { $0.capPerDay = 10 }
    scene.earn(noon, "read", 5)
    scene.spend(noon, 10)
    #expect(scene.earn(noon) == .happened(["earned 0 under read@1, 2 capped by day until 2022-12-31"]))
  }

  @Test("An expired lot still counts towards the cap of its day, for a command that comes minutes late")
  func capAfterExpiry() {
    var scene = Scene()
    scene.rule("read", 2, .until("2022-02-01")) { $0.capPerDay = 10 }
    scene.earn("2022-02-01T23:57:00+08:00", "read", 5)
    // The client's clock is three minutes ahead, past midnight; the ledger's is not.
    let outcome = scene.when(
      "2022-02-02T00:01:00+08:00", .member(.transfer(TransferMember(member: "wang", organisation: "sz"))),
      recorded: "2022-02-01T23:58:00+08:00")
    #expect(
      outcome
        == .happened([
          "expired lots 10 of read@1 until 2022-02-01 at 2022-02-01T16:00:00.000Z", "transferred",
        ]))
    #expect(
      scene.earn("2022-02-01T23:58:00+08:00", recorded: "2022-02-01T23:58:00+08:00")
        == .happened(["earned 0 under read@1, 2 capped by day until 2022-02-01"]))
  }

  @Test("Counters of days in a closed period leave with the next earning; months and lifetime keep counting")
  func closedDays() throws {
    var scene = Scene()
    scene.rule { $0.capPerMonth = 6 }
    scene.rule("walk")
    scene.earn("2022-01-10T12:00:00+08:00")
    scene.earn("2022-01-31T12:00:00+08:00", "walk")
    scene.earn(noon)
    #expect(scene.wallet.counters.map(\.days.count) == [2, 1])
    scene.closePeriod("2022-02-02T09:00:00+08:00", through: "2022-01-31")
    scene.earn("2022-02-02T12:00:00+08:00")
    #expect(scene.wallet.counters.map { $0.days.map(\.day) } == [["2022-02-01", "2022-02-02"], []])
    #expect(scene.wallet.counters.map(\.lifetime) == [6, 2])
    guard case .points(.earned(let event)) = scene.records.last?.event else {
      Issue.record("nothing was earned")
      return
    }
    #expect(event.countersClosedThrough == "2022-01-31")
    // Once is enough: the next earning carries nothing.
    #expect(scene.earn("2022-02-03T12:00:00+08:00").isAccepted)
    let last = try #require(scene.records.last)
    #expect(!String(decoding: last.bytes, as: UTF8.self).contains("countersClosedThrough"))
  }

  @Test("A version grants from its first day on, once it was published, also to late commands")
  func versions() {
    var scene = Scene()
    scene.rule()
    scene.rule("read", 3, at: noon) {
      $0.ruleVersion = 2
      $0.from = "2022-02-01"
    }
    scene.rule("read", 4, at: noon) {
      $0.ruleVersion = 3
      $0.from = "2022-02-10"
    }
    func points(_ at: String) -> Scene.Outcome { scene.earn(at, recorded: "2022-03-01T12:00:00+08:00") }
    #expect(points("2022-01-31T12:00:00+08:00") == .happened(["earned 2 under read@1 until 2022-12-31"]))
    #expect(points("2022-02-01T11:59:59.999+08:00") == .happened(["earned 2 under read@1 until 2022-12-31"]))
    #expect(points(noon) == .happened(["earned 3 under read@2 until 2022-12-31"]))
    #expect(points("2022-02-09T23:59:59.999+08:00") == .happened(["earned 3 under read@2 until 2022-12-31"]))
    #expect(points("2022-02-10T00:00:00+08:00") == .happened(["earned 4 under read@3 until 2022-12-31"]))
  }

  @Test("The last day of a window grants")
  func window() {
    var scene = Scene()
    scene.rule { $0.until = "2022-02-02" }
    #expect(scene.earn("2022-02-01T23:59:59.999+08:00").isAccepted)
  }

  @Test("An audience takes in the verified, those of the occupation on the day, and the subtree")
  func audience() {
    var scene = Scene()
    scene.rule {
      $0.verifiedOnly = true
      $0.occupations = ["courier", "driver"]
      $0.organisation = "gz"
    }
    scene.when(noon, .member(.verify(VerifyMember(member: "wang"))))
    let fact = StartFact(
      member: "wang", fact: "job", kind: .occupation, value: "driver", from: "2022-02-02", until: "2022-02-04"
    )
    scene.when(noon, .member(.startFact(fact)))
    func code(_ at: String) -> Refusal.Code? { scene.earn(at).code }
    #expect(code("2022-02-01T12:00:00+08:00") == .outsideAudience)
    #expect(code("2022-02-02T00:00:00+08:00") == nil)
    #expect(code("2022-02-03T23:59:59.999+08:00") == nil)
    #expect(code("2022-02-04T00:00:00+08:00") == .outsideAudience)
    scene.when(
      "2022-02-04T00:00:00+08:00", .member(.transfer(TransferMember(member: "wang", organisation: "gz-1"))))
    #expect(code("2022-02-03T12:00:00+08:00") == nil)
  }

  @Test(
    "Validity ends on the last day that the rule's mode gives",
    arguments: [
      (Validity.unlimited, "2024-02-29", "ever"), (.months(1), "2023-01-31", "2023-02-28"),
      (.months(1), "2024-01-31", "2024-02-29"), (.months(12), "2024-02-29", "2025-02-28"),
      (.months(3), "2022-11-30", "2023-02-28"), (.endOfMonth(later: 0), "2024-02-10", "2024-02-29"),
      (.endOfMonth(later: 2), "2022-12-31", "2023-02-28"), (.endOfYear(later: 0), "2022-12-31", "2022-12-31"),
      (.endOfYear(later: 1), "2022-01-01", "2023-12-31"), (.until("2024-02-29"), "2023-05-01", "2024-02-29"),
    ])
  func validity(_ validity: Validity, _ day: String, _ last: String) {
    var scene = Scene()
    scene.rule("read", 2, validity)
    #expect(scene.earn("\(day)T12:00:00+08:00") == .happened(["earned 2 under read@1 until \(last)"]))
  }
}
