// The ledger as a whole: its opening, its clocks, its limits and its closed periods (L3, L4, L6).

import Testing

@testable import LedgerCore

@Suite("The ledger as a whole")
struct LedgerTests {
  static let refusals = [
    RefusalCase(.ledgerOpened, "a ledger is opened once") { scene in
      scene.when(
        "2022-02-01T09:00:00+08:00",
        .ledger(.open(OpenLedger(name: "again", origin: "again", zone: .utc, owner: "owner"))), by: "owner")
    },
    RefusalCase(.timeInFuture, "more than five minutes ahead of the ledger's clock") { scene in
      scene.when(
        "2022-02-01T09:05:00.001+08:00", .actor(.register(RegisterActor(actor: "app"))), by: "owner",
        recorded: "2022-02-01T09:00:00+08:00")
    },
    RefusalCase(.periodClosed, "an earning dated on the last closed day") { scene in
      scene.rule()
      scene.closePeriod("2022-02-01T09:00:00+08:00", through: "2022-01-31")
      return scene.earn("2022-01-31T23:59:59.999+08:00", recorded: "2022-02-01T10:00:00+08:00")
    },
    RefusalCase(.periodClosed, "a period that is closed is closed again") { scene in
      scene.closePeriod("2022-02-01T09:00:00+08:00", through: "2022-01-31")
      return scene.when(
        "2022-02-01T10:00:00+08:00", .ledger(.closePeriod(ClosePeriod(through: "2022-01-31"))), by: "owner")
    },
    RefusalCase(.periodDayOpen, "no day.close has come to its last day") { scene in
      scene.closeDay("2022-01-31T00:00:00+08:00", "2022-01-30")
      return scene.when(
        "2022-02-02T09:00:00+08:00", .ledger(.closePeriod(ClosePeriod(through: "2022-01-31"))), by: "owner")
    },
    RefusalCase(.periodNotOver, "the day itself is not over") { scene in
      scene.when(
        "2022-02-01T09:00:00+08:00", .ledger(.closePeriod(ClosePeriod(through: "2022-02-01"))), by: "owner")
    },
  ]

  @Test("The first instant after a closed period is open")
  func firstInstant() {
    var scene = Scene()
    scene.rule()
    scene.closePeriod("2022-02-01T09:00:00+08:00", through: "2022-01-31")
    #expect(scene.earn("2022-02-01T00:00:00+08:00").isAccepted)
    #expect(scene.book.ledger?.closedThrough == "2022-01-31")
  }

  @Test("What falls due in a closed period is dated in the open one, and says when it was due")
  func dueInAClosedPeriod() {
    var scene = Scene()
    scene.rule("read", 2, .endOfMonth(later: 0))
    scene.closeDay("2022-03-05T09:00:00+08:00", "2022-02-28")
    // Late: it is due again at once, and nobody touches it before the period closes.
    #expect(scene.earn("2022-01-10T09:00:00+08:00", recorded: "2022-03-05T10:00:00+08:00").isAccepted)
    scene.when(
      "2022-03-05T11:00:00+08:00", .ledger(.closePeriod(ClosePeriod(through: "2022-02-28"))), by: "owner")
    let outcome = scene.earn("2022-03-06T09:00:00+08:00")
    #expect(
      outcome
        == .happened([
          "expired lots 2 of read@1 until 2022-01-31 at 2022-02-28T16:00:00.000Z",
          "earned 2 under read@1 until 2022-03-31",
        ]))
    guard case .points(.expired(let event)) = scene.records.dropLast().last?.event else {
      Issue.record("the expiry is not there")
      return
    }
    #expect(event.occurredOn == "2022-02-01")
  }

  @Test("Limits hold from the `at` of the command that sets them")
  func limits() {
    var scene = Scene()
    #expect(scene.book.ledger?.limits(at: "2022-02-01T09:00:00+08:00").adjustment == .zero)
    scene.when(
      "2022-02-01T09:00:00+08:00",
      .ledger(.setLimits(SetLimits(adjustment: Points(count: 5), reversal: .zero))),
      by: "owner")
    scene.when(
      "2022-03-01T09:00:00+08:00",
      .ledger(.setLimits(SetLimits(adjustment: Points(count: 7), reversal: .zero))), by: "owner")
    let limits = ["2022-02-01T08:59:59+08:00", "2022-02-01T09:00:00+08:00", "2022-03-01T09:00:00+08:00"].map {
      scene.book.ledger?.limits(at: Scene.text($0, { Instant($0) })).adjustment.count
    }
    #expect(limits == [0, 5, 7])
  }
}

extension Scene {
  /// Closes all days through one, as the owner, without looking at any member.
  @discardableResult
  mutating func closePeriod(_ at: String, through day: CivilDay) -> Outcome {
    closeDay(at, day)
    return when(at, .ledger(.closePeriod(ClosePeriod(through: day))), by: "owner")
  }
}
