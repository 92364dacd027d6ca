// Wallets that grew long: many days, many months, many lots of rules with long ids. What is accepted must be readable
// again, from its row and from its records.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("A wallet that grew long")
struct LongWalletTests {
  private struct StandingClock: LedgerClock {
    func now() -> Instant { Instant(milliseconds: 1_893_456_000_000) }
  }

  private static func command(_ id: String, _ at: String, _ type: String, _ data: String) throws -> Command {
    var line = #"{"id":"\#(id)","type":"\#(type)","at":"\#(at)","actor":"owner","data":{\#(data)}}"#
    var parser = CommandParser()
    switch line.withUTF8({ parser.parse($0) }) {
    case .command(let command): return command
    case .invalid(_, _, let error): throw error
    }
  }

  /// A ledger with organisations a and b and the member m in a; the owner is also operator.
  private static func make(_ path: String) throws -> Ledger {
    let opening = OpenLedger(
      name: try #require(FreeText("long")), origin: try #require(FreeText("long")),
      zone: Zone(offsetMinutes: 480), owner: try #require(ActorID("owner")))
    let ledger = try Ledger.create(at: path, opening, clock: StandingClock())
    let start = "2020-01-01T00:00:00+08:00"
    let setUp = try [
      command("s1", start, "actor.grant-role", #""actor":"owner","role":"operator","from":"2020-01-01""#),
      command("s2", start, "organisation.register", #""organisation":"a""#),
      command("s3", start, "organisation.register", #""organisation":"b""#),
      command("s4", start, "member.enrol", #""member":"m","organisation":"a""#),
    ]
    for receipt in try ledger.performAndWait(Request(commands: setUp)) { #expect(receipt.isAccepted) }
    return ledger
  }

  private static func rule(_ id: String, _ number: Int, _ validity: String) throws -> Command {
    try command(
      "rule-\(number)", "2020-01-01T00:00:00+08:00", "points.define-rule",
      """
      "rule":"\(id)","ruleVersion":1,"organisation":"a","pointsPerUnit":1,"validity":\(validity),"from":"2020-01-01",
      "verifiedOnly":false,"afterExpiry":"forfeit"
      """)
  }

  @Test("is read back after 600 days of earning, and its points move with the member over 600 months")
  func daysAndMonths() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("long.ledger")
    let ledger = try Self.make(path)
    var commands = [try Self.rule("daily", 0, #"{"mode":"none"}"#)]
    let first = try #require(CivilDay("2020-01-02"))
    for number in 1...600 {
      let expires = try #require(CivilDay("2040-01-15")).adding(months: number)
      commands.append(try Self.rule("r\(number)", number, #"{"mode":"day","day":"\#(expires)"}"#))
      for rule in ["daily", "r\(number)"] {
        commands.append(
          try Self.command(
            "\(rule)-\(number)", "\(first.adding(days: number))T12:00:00+08:00", "points.earn",
            #""member":"m","rule":"\#(rule)","quantity":1"#))
      }
    }
    for receipt in try ledger.performAndWait(Request(commands: commands)) { #expect(receipt.isAccepted) }
    ledger.close()

    let again = try Ledger.open(at: path, clock: StandingClock())
    let moved = try again.performAndWait(
      Request(commands: [
        try Self.command(
          "t", "2025-01-01T00:00:00+08:00", "member.transfer", #""member":"m","organisation":"b""#)
      ]))
    #expect(moved[0].isAccepted)
    again.close()
    #expect(try Verifier.verify(path).findings == [])
    let reader = try LedgerReader(path: path)
    #expect(try reader.pointsAccount(of: #require(OrganisationID("b")))?.available == 1_200)
    #expect(try reader.pointsAccount(of: #require(OrganisationID("a")))?.available == 0)
  }

  @Test(
    "of 250 rules with the longest ids spends what one record can hold, and expires in as many as it needs")
  func longIDs() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("ids.ledger")
    let ledger = try Self.make(path)
    var commands: [Command] = []
    for number in 0..<250 {
      let id = String(repeating: "读", count: 61) + String(number + 100)
      commands.append(try Self.rule(id, number, #"{"mode":"day","day":"2020-12-31"}"#))
      commands.append(
        try Self.command(
          "e-\(number)", "2020-02-01T00:00:00+08:00", "points.earn",
          #""member":"m","rule":"\#(id)","quantity":1"#))
    }
    for receipt in try ledger.performAndWait(Request(commands: commands)) { #expect(receipt.isAccepted) }
    let answers = try ledger.performAndWait(
      Request(commands: [
        try Self.command("all", "2020-03-01T00:00:00+08:00", "points.spend", #""member":"m","points":250"#),
        try Self.command("part", "2020-03-01T00:00:00+08:00", "points.spend", #""member":"m","points":50"#),
        try Self.command("late", "2021-03-01T00:00:00+08:00", "points.spend", #""member":"m","points":1"#),
      ]))
    guard case .refused(let tooMany) = answers[0].outcome, case .refused(let tooLow) = answers[2].outcome
    else {
      Issue.record("expected refusals")
      return
    }
    #expect(tooMany.code == .tooManyLots)
    #expect(answers[1].isAccepted)
    #expect(tooLow.code == .balanceTooLow)
    let rule = try Self.command(
      "due", "2021-03-01T00:00:00+08:00", "member.transfer", #""member":"m","organisation":"b""#)
    #expect(try ledger.performAndWait(Request(commands: [rule]))[0].isAccepted)
    ledger.close()
    #expect(try Verifier.verify(path).findings == [])
    #expect(
      try LedgerReader(path: path).pointsAccount(of: #require(OrganisationID("a")))?.expired == 200)
  }

  @Test("is let go of by close, so that the same process opens it again")
  func closeReleases() throws {
    let folder = try DatabaseFolder()
    let path = folder.file("closed.ledger")
    let ledger = try Self.make(path)
    ledger.close()
    let again = try Ledger.open(at: path, clock: StandingClock())
    #expect(throws: LedgerError.self) { try ledger.performAndWait(Request(commands: [])) }
    again.close()
  }
}
