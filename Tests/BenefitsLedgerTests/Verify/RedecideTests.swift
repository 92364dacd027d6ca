// Verify with every command decided anew: honest ledgers pass, and a forger who mends every hash and row is found by it
// alone. Every field of every type is in FieldForgeryTests.

import Foundation
import Testing

@testable import BenefitsLedger
@testable import LedgerCore

@Suite("Deciding anew")
struct RedecideTests {
  private static func redecided(_ path: String) throws -> Verification {
    try Verifier.verify(path, redeciding: { _ in })
  }

  @Test("an honest ledger has the events that are decided anew")
  func honest() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let result = try Self.redecided(small.path)
    #expect(result.findings == [])
    let decisions = try #require(result.decisions)
    let commands = try readRecords(small.path).byCommand
    let rolledBack = commands.filter { $0[0].rolledBack != nil }
    #expect(decisions.commands + decisions.unproven == Int64(commands.count))
    #expect(decisions.unproven == Int64(rolledBack.count))
    #expect(decisions.unproven > 0)
    #expect(decisions.unprovenAt == Array(rolledBack.map { $0[0].position }.prefix(20)))
    // Not asked, not done.
    #expect(try Verifier.verify(small.path).decisions == nil)
  }

  @Test("a ledger made anew from its own records is the same ledger")
  func forgedFromItsOwn() throws {
    let small = try SmallLedger()
    defer { small.remove() }
    let path = small.folder + "/same.ledger"
    try forge(try readRecords(small.path), at: path)
    let (first, second) = (try Verifier.verify(small.path), try Self.redecided(path))
    #expect(second.findings == [])
    #expect(second.root == first.root)
  }

  /// What plain verify cannot see, an event or two of each benefit whose events state more than their commands say;
  /// `BENEFITS_LONG_DRILLS` forges every field of every event type of the small ledger.
  private static let forgeries = [
    "station.visits-recorded data.total", "relative.ended data.from", "approval.granted data.approver",
    "ledger.limits-set data.adjustment", "party.memo-recorded data.contributedFen",
    "fund.spent data.availableFen", "settlement.frozen data.netFen", "gift.handed-over data.left",
    "grant.approved data.amountFen", "activity.drawn data.outcome", "campaign.approved data.approver",
    "coupon.redeemed data.memberFen", "job.finished data.members", "points.earned data.available",
    "command.refused data.code",
  ]

  @Test("what was forged and given new hashes and rows is found by deciding anew, and by nothing else")
  func forged() throws {
    let isLong = ProcessInfo.processInfo.environment["BENEFITS_LONG_DRILLS"] != nil
    let small = try SmallLedger(events: 230)
    defer { small.remove() }
    let records = try readRecords(small.path)
    var waiting = Set(Self.forgeries)
    var (seen, unseenByVerify): (Set<String>, Int) = ([], 0)
    for events in records.byCommand {
      for index in events.indices where events[index].rolledBack == nil {
        for forgery in EventRecord.forgeries(of: events, at: index)
        where forgery.field != "data.rolledBack" && seen.insert("\(forgery)").inserted {
          guard waiting.remove("\(forgery)") != nil || isLong else { continue }
          let position = events[index].position
          let path = "\(small.folder)/\(seen.count).ledger"
          let isListed = Self.forgeries.contains("\(forgery)")
          do {
            try forge(records.replacing(Int(position) - 1, with: forgery.record), at: path)
          } catch let error as LedgerError where error.code == .damaged && !isListed {
            // A value that no reader takes: there are no rows to be had of it.
            continue
          }
          guard try Verifier.verify(path).findings.isEmpty else {
            #expect(!isListed, "\(forgery) is found without deciding anew")
            continue
          }
          unseenByVerify += 1
          let result = try Self.redecided(path)
          #expect(result.findings.map(\.code) == [.decisionDiffers], "\(forgery)")
          #expect(result.findings.first?.position == position, "\(forgery)")
          let difference = result.findings.first?.difference
          #expect(difference?.field == forgery.field)
          #expect(difference?.command == events[0].command)
          #expect(difference?.type == events[index].type.name)
          // What stands before it was decided, and nothing after it.
          let before = records.byCommand.prefix { $0[0].position < events[0].position }.count
          #expect(result.decisions.map { $0.commands + $0.unproven } == Int64(before))
        }
      }
    }
    #expect(waiting == [], "no event of the small ledger has this field")
    if isLong { print("\(unseenByVerify) of \(seen.count) forgeries are seen by deciding anew only") }
  }

  @Test("a ledger that is damaged is not decided anew")
  func damaged() throws {
    let small = try SmallLedger(events: 230)
    defer { small.remove() }
    try tamper(small.path, ["UPDATE points_wallet SET available = available + 1 WHERE member = 'm-1'"])
    let result = try Self.redecided(small.path)
    #expect(result.findings.map(\.code) == [.rowDiffers])
    #expect(result.decisions == nil)
  }

  // MARK: what a record alone cannot prove

  /// The book before a command of the small ledger, and the command's events.
  private static func scene(_ command: String) throws -> (book: Book, events: [EventRecord]) {
    let small = try SmallLedger(events: 230)
    defer { small.remove() }
    var book = Book.complete()
    for events in try readRecords(small.path).byCommand {
      if events[0].command.text == command { return (book, events) }
      for event in events { book.apply(event) }
    }
    throw CocoaError(.coderValueNotFound)
  }

  private static func refusal(of answer: EventRecord, rolledBack: Int64?) throws -> EventRecord {
    var refused = answer
    let request = try #require(answer.event.request)
    refused.event = .commandRefused(
      CommandRefused(request: request, code: .ruleUnknown, rolledBack: rolledBack))
    refused.previous = []
    return refused
  }

  @Test("a refusal says how many commands of its group were rolled back with it, if any were")
  func rolledBack() throws {
    #expect(try Self.scene("c-1000-h").events.map(\.rolledBack) == [1])
    #expect(try Self.scene("c-1000-f").events.map(\.rolledBack) == [nil])
    #expect(try Self.scene("c-1000-f").events.map(\.refusal?.code) == [.balanceTooLow])
  }

  @Test("a refusal that no rule gives is found, and one in a group that may have been is counted")
  func refusalForged() throws {
    let (book, events) = try Self.scene("c-1000-a")
    let answer = try #require(events.first { $0.isFirst })
    var copy = book
    guard
      case .differs(let findings) = copy.redecide(
        [try Self.refusal(of: answer, rolledBack: nil)], recall: { _ in [] })
    else {
      Issue.record("not found")
      return
    }
    #expect(findings.map(\.difference?.field) == ["type"])
    #expect(findings.first?.difference?.recorded == "command.refused points.rule-unknown")
    #expect(findings.first?.difference?.decided == "points.earned")
    var another = book
    guard
      case .unproven = another.redecide(
        [try Self.refusal(of: answer, rolledBack: 1)], recall: { _ in [] })
    else {
      Issue.record("not counted")
      return
    }
    // Nothing has moved: the honest command is decided as before.
    guard case .same = another.redecide(events, recall: { _ in [] }) else {
      Issue.record("the book has moved")
      return
    }
  }

  @Test("events beside a refusal of a group are not excused by it")
  func eventsBesideRefusal() throws {
    let (book, events) = try Self.scene("c-1000-a")
    let answer = try #require(events.first { $0.isFirst })
    var second = try Self.refusal(of: answer, rolledBack: 1)
    second.position += 1
    for forged in [[answer, second], [second, answer]] {
      var copy = book
      guard case .differs = copy.redecide(forged, recall: { _ in [] }) else {
        Issue.record("not found")
        continue
      }
    }
  }

  @Test("events without a command, and a log that does not begin with its opening, are found")
  func noCommand() throws {
    let (book, events) = try Self.scene("c-1008-a")
    let lapse = try #require(events.first { !$0.isFirst })
    var copy = book
    guard case .differs(let findings) = copy.redecide([lapse], recall: { _ in [] }) else {
      Issue.record("not found")
      return
    }
    #expect(findings.map(\.position) == [lapse.position])
    var empty = Book.complete()
    guard case .differs = empty.redecide(events, recall: { _ in [] }) else {
      Issue.record("not found")
      return
    }
  }
}
