// day.close on a real file (L10, L11): everybody's due events in chunks, the gap before it, and jobs cut short at every
// chunk. Kills of the real executable are in benefitsTests.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("Closing a day")
struct DayCloseTests {
  private static let midnight = HistoryGenerator.id("2022-12-31T16:00:00Z", { Instant($0) })
  private static let owner = HistoryGenerator.owner
  private static let city = HistoryGenerator.id("city", OrganisationID.init)

  /// A clock that stands on the first day of the year after.
  private struct StandingClock: LedgerClock {
    func now() -> Instant { DayCloseTests.midnight.adding(milliseconds: 3_600_000) }
  }

  private static func command(_ id: String, _ at: Instant, _ body: CommandBody) -> Command {
    Command(id: HistoryGenerator.id(id, CommandID.init), at: at, actor: owner, body)
  }

  private static func member(_ number: Int) -> MemberID {
    HistoryGenerator.id("m-\(number)", MemberID.init)
  }

  /// A ledger with members whose points, but those of every third, end with the year.
  private static func make(_ path: String, members: Int) throws -> Ledger {
    let text = HistoryGenerator.id("days", FreeText.init)
    let ledger = try Ledger.create(
      at: path, OpenLedger(name: text, origin: text, zone: Zone(offsetMinutes: 480), owner: owner),
      clock: StandingClock())
    let dawn = HistoryGenerator.id("2022-01-01T00:00:00Z", { Instant($0) })
    let rules = [("year", Validity.endOfYear(later: 0)), ("long", .endOfYear(later: 1))].map { id, validity in
      PointsCommand.defineRule(
        DefineRule(
          rule: HistoryGenerator.id(id, RuleID.init), organisation: city, pointsPerUnit: Points(count: 5),
          validity: validity, from: HistoryGenerator.id("2022-01-01", CivilDay.init)))
    }
    var bodies: [CommandBody] =
      [Role.operator, .service].map {
        .actor(
          .grantRole(
            GrantRole(actor: owner, role: $0, from: HistoryGenerator.id("2022-01-01", CivilDay.init))))
      } + [.organisation(.register(RegisterOrganisation(organisation: city)))] + rules.map(CommandBody.points)
    for number in 0..<members {
      bodies.append(.member(.enrol(EnrolMember(member: member(number), organisation: city))))
      let rule = HistoryGenerator.id(number % 3 == 0 ? "long" : "year", RuleID.init)
      bodies.append(.points(.earn(EarnPoints(member: member(number), rule: rule))))
    }
    let commands = bodies.enumerated().map { command("c-\($0)", dawn, $1) }
    for receipt in try ledger.performAndWait(Request(commands: commands)) { #expect(receipt.isAccepted) }
    return ledger
  }

  private static func closing(_ id: String = "close") -> Command {
    command(
      id, midnight,
      .job(.closeDay(CloseDay(day: HistoryGenerator.id("2022-12-31", CivilDay.init)))))
  }

  private static func rows(_ path: String) throws -> [String] {
    let connection = try Connection(path: path, mode: .readOnly)
    let statement = try connection.prepare(
      "SELECT member, available, next_due, lots FROM points_wallet ORDER BY member")
    var rows: [String] = []
    while try statement.step() {
      rows.append((0..<4).map { statement.isNull($0) ? "-" : statement.text($0) }.joined(separator: " "))
    }
    return rows
  }

  @Test("applies what is due on everybody in chunks of 500, and says so; a second time does nothing")
  func closesInChunks() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("days.ledger")
    let ledger = try Self.make(path, members: 1_800)
    defer { ledger.close() }
    let receipt = try ledger.runAndWait(job: Self.closing(), via: nil)
    guard case .accepted(_, let answers) = receipt.outcome else {
      Issue.record("\(receipt.line)")
      return
    }
    #expect(answers.map(\.name) == ["chunks", "members", "dueEvents"])
    #expect(answers.map(\.value) == [3, 1_200, 1_200])
    let reader = try LedgerReader(path: path)
    #expect(try reader.due(by: Self.midnight, atMost: 10) == [])
    #expect(try reader.currentLedger().daysClosedThrough?.description == "2022-12-31")
    #expect(try reader.pointsAccount(of: Self.city)?.expired == 6_000)
    let size = try reader.head().tree.size
    let again = try ledger.runAndWait(job: Self.closing(), via: nil)
    #expect(again.repeated)
    #expect(again.outcome == receipt.outcome)
    #expect(try reader.head().tree.size == size)
    // Another job for the same day finds nothing: it opens and finishes.
    let other = try ledger.runAndWait(job: Self.closing("again"), via: nil)
    #expect(other.isAccepted)
    #expect(try reader.head().tree.size == size + 2)
    #expect(try Verifier.verify(path, redeciding: { _ in }).findings == [])
  }

  @Test("cut short after any chunk, it goes on with the same command and comes to the same rows")
  func resumes() throws {
    let folder = try DatabaseFolder()
    let whole = folder.file("whole.ledger")
    let ledger = try Self.make(whole, members: 1_800)
    _ = try ledger.runAndWait(job: Self.closing(), via: nil)
    ledger.close()
    for chunk in 0...3 {
      let path = folder.file("cut-\(chunk).ledger")
      var ledger = try Self.make(path, members: 1_800)
      // The opening and so many chunks, and then nobody drives it any more.
      let job = Self.closing()
      #expect(try ledger.performAndWait(Request(commands: [job])).allSatisfy(\.isAccepted))
      let reader = try LedgerReader(path: path)
      for number in 1..<chunk + 1 {
        let due = try reader.due(by: Self.midnight, atMost: Job.mostMembersAChunk).compactMap { key in
          if case .wallet(let member) = key { member } else { nil }
        }
        let advance = AdvanceJob(job: job.id, chunk: Int64(number), members: due)
        let command = Self.command("close/\(number)", Self.midnight, .job(.advance(advance)))
        #expect(try ledger.performAndWait(Request(commands: [command])).allSatisfy(\.isAccepted))
      }
      ledger.close()
      ledger = try Ledger.open(at: path, clock: StandingClock())
      let receipt = try ledger.runAndWait(job: Self.closing(), via: nil)
      ledger.close()
      guard case .accepted(_, let answers) = receipt.outcome else {
        Issue.record("\(receipt.line)")
        return
      }
      #expect(answers.map(\.value) == [3, 1_200, 1_200])
      #expect(try Self.rows(path) == Self.rows(whole))
      #expect(try LedgerReader(path: path).checkpoint() == LedgerReader(path: whole).checkpoint())
    }
  }

  @Test("in the gap between midnight and day.close, queries, decisions and later rows agree")
  func gap() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("gap.ledger")
    let ledger = try Self.make(path, members: 4)
    defer { ledger.close() }
    let reader = try LedgerReader(path: path)
    let before = Self.midnight.adding(milliseconds: -1)
    for number in 0..<4 {
      let stays = number % 3 == 0
      #expect(try reader.wallet(of: Self.member(number), at: before)?.available.count == 5)
      #expect(
        try reader.wallet(of: Self.member(number), at: Self.midnight)?.available.count == (stays ? 5 : 0))
      #expect(try reader.recordedWallet(of: Self.member(number))?.available.count == 5)
    }
    func spend(_ id: String, _ number: Int, at instant: Instant) throws -> Bool {
      let data = SpendPoints(member: Self.member(number), points: Points(count: 1))
      return try ledger.performAndWait(
        Request(commands: [Self.command(id, instant, .points(.spend(data)))]))[0].isAccepted
    }
    // A late command from the old year still finds the points; one of the new year does not.
    #expect(try spend("late", 1, at: before))
    #expect(try !spend("new", 1, at: Self.midnight))
    #expect(try !spend("new-2", 2, at: Self.midnight))
    #expect(try spend("new-3", 3, at: Self.midnight))
    _ = try ledger.runAndWait(job: Self.closing(), via: nil)
    for number in 0..<4 {
      let asked = try reader.wallet(of: Self.member(number), at: Self.midnight)
      #expect(try reader.recordedWallet(of: Self.member(number)) == asked)
    }
    #expect(try reader.pointsAccount(of: Self.city)?.expired == 9)
    #expect(try Verifier.verify(path, redeciding: { _ in }).findings == [])
  }

  @Test("in a batch it comes between what stands before it and what comes after, and never in a group")
  func inABatch() async throws {
    let folder = try DatabaseFolder()
    let ledger = try Self.make(folder.file("batch.ledger"), members: 2)
    defer { ledger.close() }
    let close = ClosePeriod(through: HistoryGenerator.id("2022-12-31", CivilDay.init))
    let batch = [
      Self.command("early", Self.midnight, .ledger(.closePeriod(close))), Self.closing(),
      Self.command("period", Self.midnight, .ledger(.closePeriod(close))),
    ]
    let receipts = try await ledger.perform(batch: batch)
    #expect(receipts.map(\.isAccepted) == [false, true, true])
    var grouped = Self.closing("grouped")
    grouped.group = FreeText("g")
    await #expect(throws: LedgerError.self) { try await ledger.perform(batch: [grouped]) }
    await #expect(throws: LedgerError.self) {
      try await ledger.perform(batch: [Self.closing("atomic")], isAtomic: true)
    }
  }
}
