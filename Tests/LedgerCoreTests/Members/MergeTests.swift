// Merging a provisional member into a real one (M4, P4): nothing is lost, and everything goes on under the real id.

import Testing

@testable import LedgerCore

@Suite("Merging members")
struct MergeTests {
  private static let noon = "2022-02-05T12:00:00+08:00"

  static let refusals = [
    RefusalCase(.memberUnknown, "into nobody") { scene in
      scene.admit(noon)
      return scene.merge(noon, into: "nobody")
    },
    RefusalCase(.mergeSelf, "into itself") { scene in
      scene.admit(noon)
      return scene.merge(noon, into: "guest")
    },
    RefusalCase(.notProvisional, "a registered member") { scene in
      scene.admit(noon)
      return scene.merge(noon, "wang", into: "guest")
    },
    RefusalCase(.notProvisional, "a provisional member who was verified since") { scene in
      scene.admit(noon)
      scene.when(noon, .member(.verify(VerifyMember(member: "guest"))))
      return scene.merge(noon)
    },
    RefusalCase(.intoProvisional, "into another provisional member") { scene in
      scene.admit(noon)
      scene.admit(noon, "other")
      return scene.merge(noon, into: "other")
    },
    RefusalCase(.memberLeft, "into one who left") { scene in
      scene.admit(noon)
      scene.when(noon, .member(.leave(LeaveMember(member: "wang", points: .keep))))
      return scene.merge(noon)
    },
    RefusalCase(.memberLeft, "one who left") { scene in
      scene.admit(noon)
      scene.when(noon, .member(.leave(LeaveMember(member: "guest", points: .keep))))
      return scene.merge(noon)
    },
    RefusalCase(.memberMerged, "twice") { scene in
      scene.admit(noon)
      scene.merge(noon)
      return scene.merge(noon)
    },
    RefusalCase(.memberMerged, "verifying one who was merged") { scene in
      scene.admit(noon)
      scene.merge(noon)
      return scene.when(noon, .member(.verify(VerifyMember(member: "guest"))))
    },
    RefusalCase(.memberMerged, "spending by one who was merged") { scene in
      scene.admit(noon)
      scene.merge(noon)
      return scene.spend(noon, 1, member: "guest")
    },
    RefusalCase(.relativesDeclared, "with a relative") { scene in
      scene.admit(noon)
      scene.when(
        noon,
        .member(
          .declareRelative(
            DeclareRelative(
              member: "wang", relative: "guest", kind: .sibling, dependant: false, from: "2022-02-05"))))
      return scene.merge(noon)
    },
    RefusalCase(.timeBeforeCause, "before the real member was enrolled") { scene in
      scene.admit("2022-02-01T12:00:00+08:00")
      scene.when(noon, .member(.enrol(EnrolMember(member: "li", organisation: "sz"))))
      return scene.merge("2022-02-05T11:59:59+08:00", into: "li")
    },
    RefusalCase(.timeBeforeCause, "before points that would move were earned") { scene in
      scene.rule()
      scene.admit("2022-02-01T12:00:00+08:00")
      scene.earn(noon, member: "guest")
      return scene.merge("2022-02-05T11:59:59+08:00")
    },
  ]

  /// The guest of sz has 4 available, 3 held, 4 pending and owes 5; wang of gz has 1 available of the same day.
  private func full() -> Scene {
    let day = "2022-02-01T12:00:00+08:00"
    var scene = Scene()
    scene.rule("read", 1, .unlimited) { $0.capPerDay = 10 }
    scene.rule("march", 3, .until("2022-03-31"))
    scene.rule("slow", 4, .endOfYear(later: 0)) { $0.pendingDays = 30 }
    scene.admit("2022-01-02T12:00:00+08:00", in: "sz")
    scene.earn(day, "read", 7, member: "guest", id: "visit")
    scene.earn(day, "march", 2, member: "guest", id: "walk")
    scene.earn(day, "slow", 1, member: "guest", id: "slow-visit")
    scene.when(
      day,
      .points(.hold(HoldPoints(member: "guest", points: 3, deadline: "2022-03-05T12:00:00+08:00"))),
      id: "order")
    scene.spend(day, 8, id: "bought", member: "guest")
    scene.when(
      day, .points(.clawBack(ClawBackPoints(member: "guest", earning: "visit", reason: "order-returned"))))
    scene.refund(day, "bought", 4, member: "guest")
    scene.earn(day, "read", 1)
    return scene
  }

  @Test("A wallet with everything in it moves whole: lots keep their expiry, counters add")
  func nothingIsLost() {
    var scene = full()
    let before = scene.book.wallet("guest") ?? Wallet()
    #expect([before.available, before.held, before.pendingPoints, before.debt] == [4, 3, 4, 5])
    let own = scene.wallet
    #expect(scene.merge(Self.noon) == .happened(["merged", "merged"]))

    let wallet = scene.wallet
    #expect(wallet.available == before.available + own.available)
    #expect(wallet.held == before.held)
    #expect(wallet.pendingPoints == before.pendingPoints)
    #expect(wallet.debt == before.debt)
    func told(_ wallet: Wallet) -> [String] {
      wallet.lots.map { "\($0.rule) \($0.day) \($0.expires?.description ?? "ever")" }
    }
    #expect(Set(told(wallet)) == Set(told(before) + told(own)))
    #expect(wallet.holds.map(\.hold) == before.holds.map(\.hold))
    #expect(wallet.holds.map(\.deadline) == before.holds.map(\.deadline))
    #expect(wallet.holds.map(\.shares) == before.holds.map(\.shares))
    #expect(wallet.pending.map(\.earning) == ["slow-visit"])
    #expect(wallet.pending.map(\.activeOn) == before.pending.map(\.activeOn))
    #expect(wallet.debts.map(\.clawback) == before.debts.map(\.clawback))
    #expect(wallet.refunds == before.refunds)
    #expect(wallet.takenBack == before.takenBack)
    let read = wallet.counters.first { $0.rule == "read" }
    #expect(read?.granted(on: "2022-02-01") == 8)
    #expect(read?.lifetime == 8)
    #expect(wallet.counters.first { $0.rule == "march" }?.lifetime == 6)

    var emptied = scene.book.wallet("guest") ?? before
    emptied.position = 0
    #expect(emptied == Wallet())
    #expect(scene.book.member("guest")?.merged == "wang")
    #expect(scene.book.organisation("sz")?.members == 0)
    #expect(scene.book.organisation("gz")?.members == 1)
    #expect(scene.book.totals.members == 1)
  }

  @Test("Between organisations the liability and the debt move, and what was issued and spent stays")
  func legs() {
    var scene = full()
    let (issued, spent) = (
      scene.book.pointsAccount("sz")?.issued, scene.book.pointsAccount("sz")?.spent
    )
    scene.merge(Self.noon)
    let left = scene.book.pointsAccount("sz") ?? .empty
    #expect(left.months.isEmpty)
    #expect(left.debt == 0)
    #expect(left.issued == issued)
    #expect(left.spent == spent)
    let joined = scene.book.pointsAccount("gz") ?? .empty
    #expect([joined.available, joined.held, joined.pending, joined.debt] == [5, 3, 4, 5])
    #expect(scene.book.totals.points.imbalance == 0)
    #expect(scene.records.allSatisfy { $0.legs.reduce(0) { $0 + $1.amount } == 0 })
  }

  @Test("Holds, refunds, claw-backs and cancellations of before go on under the real member's id")
  func goesOn() {
    var scene = full()
    scene.merge(Self.noon)
    #expect(scene.capture(Self.noon, "order", 2).isAccepted)
    #expect(scene.wallet.held == 0)
    #expect(scene.refund(Self.noon, "bought", 5).refusal == Refusal(.refundAboveSpend, "left", 4))
    #expect(scene.refund(Self.noon, "bought", 4).isAccepted)
    #expect(scene.clawBack(Self.noon, "visit").refusal == Refusal(.takenBackAboveEarning, "left", 0))
    #expect(scene.cancel(Self.noon, "slow-visit").isAccepted)
    #expect(scene.wallet.pendingPoints == 0)
    #expect(scene.spend(Self.noon, 1, member: "guest").refusal == Refusal(.memberMerged, "into", "wang"))
    // Another member has no part in it.
    scene.when(Self.noon, .member(.enrol(EnrolMember(member: "li", organisation: "sz"))))
    #expect(scene.refund(Self.noon, "bought", 1, member: "li").code == .notASpend)
  }

  @Test("An earning of before is reversed under the real id, and the record points to it")
  func reversed() {
    var scene = full()
    scene.merge(Self.noon)
    scene.when(Self.noon, .ledger(.setLimits(SetLimits(adjustment: 10, reversal: 10))), by: "owner")
    #expect(
      scene.when(
        Self.noon,
        .points(.reverse(ReversePoints(member: "wang", event: "walk", points: 2, reason: "entered-twice")))
      ).isAccepted)
    let walk = scene.records.first { $0.command == "walk" && $0.isFirst }
    #expect(scene.records.last?.reverses == walk?.position)
    #expect(walk != nil)
    #expect(scene.wallet.counters.first { $0.rule == "march" }?.lifetime == 4)
    #expect(scene.book.member("wang")?.mergedFrom == ["guest"])
  }

  @Test("A cap counts what both were granted, and an earning pays the debt from the merge on")
  func caps() {
    var scene = full()
    scene.merge(Self.noon)
    #expect(
      scene.earn("2022-02-01T13:00:00+08:00", "read", 5)
        == .happened(["earned 2 under read@1, 3 capped by day until ever"]))
    #expect(scene.wallet.debt == 5)
    scene.earn(Self.noon, "read", 4)
    #expect(scene.wallet.debt == 1)
  }

  @Test("What was due on both is applied first, and only what is left moves")
  func dueFirst() {
    var scene = full()
    scene.earn("2022-02-01T12:00:00+08:00", "march")
    // On 1 April the hold has lapsed, its points have expired, and what was pending is active.
    let outcome = scene.merge("2022-04-01T12:00:00+08:00")
    guard case .happened(let events) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    let kinds = events.map { String($0.prefix { $0 != " " }) }
    #expect(kinds.filter { $0 == "expired" }.count == 2)
    #expect(kinds.contains("lapsed"))
    #expect(kinds.contains("activated"))
    #expect(kinds.suffix(2) == ["merged", "merged"])
    #expect(scene.wallet.held == 0)
    #expect(scene.wallet.pendingPoints == 0)
    #expect(scene.book.totals.points.imbalance == 0)
  }

  @Test("A statement of either tells the merge, and adds up")
  func statements() {
    var scene = full()
    scene.merge(Self.noon)
    let zone = Zone(offsetMinutes: 480)
    for (member, available) in [("guest", -4), ("wang", 4)] as [(MemberID, Int64)] {
      let history = scene.records.filter { $0.subjects.contains(.wallet(member)) }
      let statement = PointsStatement(history, of: member, zone, from: nil, through: nil)
      let line = statement.lines.last { $0.movement.kind == "merged" }
      #expect(line?.movement.available.count == available)
      #expect(line?.movement.debt.count == (available < 0 ? -5 : 5))
      #expect(statement.firstDisagreement == nil)
      #expect(statement.closing.available == scene.book.wallet(member)?.available)
      #expect(statement.closing.held == scene.book.wallet(member)?.held)
    }
  }

  @Test("A member without points is merged by one event; one with years of them by records that fit")
  func sizes() {
    var scene = Scene()
    scene.admit("2022-01-02T12:00:00+08:00")
    #expect(scene.merge(Self.noon) == .happened(["merged"]))

    scene = Scene()
    let rules = (0..<6).map { Scene.text(String(repeating: "规", count: 63) + "\($0)", RuleID.init) }
    for rule in rules { scene.rule(rule, 1, .unlimited) }
    scene.admit("2022-01-02T12:00:00+08:00")
    for day in 0..<240 {
      let at = Instant(milliseconds: 1_643_700_000_000 + Int64(day) * 86_400_000).description
      for rule in rules { scene.earn(at, rule, member: "guest") }
    }
    let before = scene.book.wallet("guest") ?? Wallet()
    let start = scene.records.count
    scene.merge("2023-02-05T12:00:00+08:00")
    let records = scene.records[start...]
    #expect(records.count > 3)
    #expect(records.allSatisfy { $0.bytes.count <= EventRecord.longest })
    for record in records {
      #expect(record.bytes.withUnsafeBufferPointer { try? EventRecord($0) } == record)
    }
    #expect(
      scene.wallet.lots
        == before.lots.map { lot in
          var moved = lot
          moved.since = "2023-02-05T12:00:00+08:00"
          return moved
        })
    #expect(scene.wallet.counters == before.counters)
    var emptied = scene.book.wallet("guest") ?? before
    emptied.position = 0
    #expect(emptied == Wallet())
  }

  @Test("Parts of a replay that keep one of the two each fold together what one part folds alone")
  func parts() {
    var scene = full()
    scene.merge(Self.noon)
    scene.expectSameInParts()
  }
}

extension Scene {
  /// Merges `guest` into `wang`, unless said otherwise.
  @discardableResult
  mutating func merge(_ at: String, _ member: MemberID = "guest", into: MemberID = "wang")
    -> Outcome
  {
    when(at, .member(.merge(MergeMember(member: member, into: into))))
  }
}
