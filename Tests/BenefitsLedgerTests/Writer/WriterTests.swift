// What a batch and a group answer, and many callers at once, through a real ledger on a real file. Random batches are
// in Histories.

import Testing

@testable import BenefitsLedger
@testable import LedgerCore

@Suite("The writer")
struct WriterTests {
  private let folder: DatabaseFolder
  private let ledger: Ledger
  private let clock = HistoryClock(Instant(milliseconds: 1_664_600_000_000))
  private let member = HistoryGenerator.id("wang", MemberID.init)

  /// A ledger whose member `wang` has ten points.
  init() throws {
    folder = try DatabaseFolder()
    let owner = HistoryGenerator.owner
    let text = HistoryGenerator.id("test", FreeText.init)
    ledger = try Ledger.create(
      at: folder.file("test.ledger"),
      OpenLedger(name: text, origin: text, zone: HistoryGenerator.zone, owner: owner), clock: clock)
    let city = HistoryGenerator.id("city", OrganisationID.init)
    let rule = HistoryGenerator.id("read", RuleID.init)
    let day = HistoryGenerator.zone.day(of: clock.now())
    let bodies: [CommandBody] = [
      .actor(.grantRole(GrantRole(actor: owner, role: .operator, from: day))),
      .organisation(.register(RegisterOrganisation(organisation: city))),
      .member(.enrol(EnrolMember(member: member, organisation: city))),
      .points(
        .defineRule(
          DefineRule(
            rule: rule, organisation: city, pointsPerUnit: Points(count: 10), validity: .unlimited, from: day)
        )),
      .points(.earn(EarnPoints(member: member, rule: rule))),
    ]
    let commands = bodies.enumerated().map { command("open-\($0)", $1) }
    let receipts = try ledger.performAndWait(Request(commands: commands))
    #expect(receipts.filter(\.isAccepted).count == bodies.count)
  }

  private func command(_ id: String, _ body: CommandBody, group: String? = nil) -> Command {
    Command(
      id: HistoryGenerator.id(id, CommandID.init), at: clock.now(), actor: HistoryGenerator.owner, body,
      group: group.map { HistoryGenerator.id($0, FreeText.init) })
  }

  private func spend(_ id: String, _ points: Int64, group: String? = nil) -> Command {
    command(id, .points(.spend(SpendPoints(member: member, points: Points(count: points)))), group: group)
  }

  private func refund(_ id: String, of spending: String, _ points: Int64, group: String? = nil) -> Command {
    let data = RefundPoints(
      member: member, spending: HistoryGenerator.id(spending, CommandID.init), points: Points(count: points))
    return command(id, .points(.refund(data)), group: group)
  }

  private func perform(_ commands: [Command]) throws -> [Receipt] {
    try ledger.performAndWait(Request(commands: commands))
  }

  private func code(_ receipt: Receipt) -> Refusal.Code? {
    if case .refused(let refusal) = receipt.outcome { refusal.code } else { nil }
  }

  @Test("refunds a spending of the same batch although an earlier refund in it came too soon")
  func refundAfterRefusedRefund() throws {
    let receipts = try perform([refund("r1", of: "s", 2), spend("s", 5), refund("r2", of: "s", 2)])
    #expect(code(receipts[0]) == .notASpend)
    #expect(receipts[1].isAccepted)
    #expect(receipts[2].isAccepted)
  }

  @Test("does not refund a spending that was rolled back with its group in the same batch")
  func refundOfRolledBackSpending() throws {
    let receipts = try perform([
      spend("s", 5, group: "g"), refund("r1", of: "s", 2, group: "g"), spend("bad", 99, group: "g"),
      refund("r2", of: "s", 2),
    ])
    #expect(code(receipts[2]) == .balanceTooLow)
    #expect(code(receipts[3]) == .notASpend)
    let wallet = try LedgerReader(path: ledger.path).wallet(of: member, at: clock.now())
    #expect(wallet?.available.count == 10)
  }

  @Test("answers a command of a rolled-back group as before when it was recorded before")
  func repeatInsideRolledBackGroup() throws {
    let first = try perform([spend("s", 5, group: "g")])
    let receipts = try perform([
      spend("s", 5, group: "g"), spend("new", 1, group: "g"), spend("bad", 99, group: "g"),
      spend("bad", 99, group: "g"),
    ])
    #expect(receipts[0].outcome == first[0].outcome)
    #expect(receipts[0].repeated)
    #expect(receipts[1].outcome == .rolledBack(by: HistoryGenerator.id("bad", CommandID.init)))
    #expect(code(receipts[2]) == .balanceTooLow)
    #expect(!receipts[2].repeated)
    #expect(code(receipts[3]) == .balanceTooLow)
    #expect(receipts[3].repeated)
  }

  @Test("lets exactly one of 64 tasks spend the last points of a member")
  func lastPoints() async throws {
    let accepted = try await withThrowingTaskGroup(of: Bool.self) { tasks in
      for number in 0..<64 {
        let command = spend("last-\(number)", 10)
        tasks.addTask { try await ledger.perform(command).isAccepted }
      }
      return try await tasks.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(accepted == 1)
    ledger.close()
    let verification = try Verifier.verify(ledger.path)
    #expect(verification.findings.isEmpty)
    #expect(verification.totals.points.spent == 10)
    #expect(verification.totals.points.available == 0)
  }
}
