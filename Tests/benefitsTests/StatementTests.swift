// benefits statement, through the built tool. The sums themselves are tested in LedgerCoreTests.

import Foundation
import Testing

@Suite("Statement")
struct StatementTests {
  /// Earns 10 that expire after 1 March, spends 6, refunds 4 of them on 5 March: too late for rule `read`.
  private func refundAfterExpiry() throws -> SmallLedger {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"read","quantity":5"#),
      SmallLedger.points("s", "2022-02-02T09:00:00", "spend", #""points":6,"reference":"a mug""#),
      SmallLedger.points("r", "2022-03-05T09:00:00", "refund", #""spending":"s","points":4"#),
    ])
    return ledger
  }

  @Test("a statement goes from the opening balance line by line to the closing one, and adds up")
  func whole() throws {
    let ending = try refundAfterExpiry().run("statement", "member", "m-1")
    #expect(ending.status == 0)
    let forfeited = "4 refunded of s, 4 of them forfeited: their expiry had passed"
    let expected = """
      member m-1, points all days (days and times in +08:00)

      event  happened             what                                                           points  available  held
                                  opening balance                                                                0     0
         12  2022-02-01 09:00:00  earned under read@1, 5 units                                      +10         10     0
         13  2022-02-02 09:00:00  spent, a mug                                                       -6          4     0
         14  2022-03-02 00:00:00  expired                                                            -4          0     0
         15  2022-03-05 09:00:00  \(forfeited)       0          0     0
                                  closing balance                                                                0     0

      adds up: available 0 + 0 = 0, held 0 + 0 = 0

      """
    #expect(ending.stdout == expected)
  }

  @Test("a statement of some days opens with what was there before them and closes with what was there after")
  func days() throws {
    let ledger = try refundAfterExpiry()
    let answer = try ledger.json("statement", "member", "m-1", "--from", "2022-02-02", "--to", "2022-03-01")
    #expect(answer["opening"]["available"].number == 10)
    #expect(answer["lines"].list.map { $0["kind"].text } == ["spent"])
    #expect(answer["closing"]["available"].number == 4)
    #expect(answer["expiries"][0]["expires"].text == "2022-03-01")
    #expect(answer["addsUp"].truth == true)
    // Midnight belongs to the day it begins.
    let next = try ledger.json("statement", "member", "m-1", "--from", "2022-03-02", "--to", "2022-03-02")
    #expect(next["opening"]["available"].number == 4)
    #expect(next["lines"].list.map { $0["at"].text } == ["2022-03-01T16:00:00.000Z"])
    let quiet = try ledger.run("statement", "member", "m-1", "--to", "2022-01-01").stdout
    #expect(quiet.contains("member m-1, points to 2022-01-01 "))
    #expect(quiet.hasSuffix("adds up: available 0 + 0 = 0, held 0 + 0 = 0\n"))
  }

  @Test("a refund after expiry gives days of grace where the rule grants them")
  func grace() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"kind","quantity":5"#),
      SmallLedger.points("s", "2022-02-02T09:00:00", "spend", #""points":5"#),
      SmallLedger.points("r", "2022-03-05T09:00:00", "refund", #""spending":"s","points":4"#),
    ])
    let answer = try ledger.json("statement", "member", "m-1", "--to", "2022-03-05")
    #expect(answer["lines"][2]["words"].text == "4 refunded of s, 4 of them for days of grace")
    #expect(answer["closing"]["available"].number == 4)
    #expect(answer["expiries"][0]["expires"].text == "2022-03-12")
  }

  @Test("a late command stands where it was recorded, is marked, and counts on its own day")
  func late() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e-1", "2022-02-10T09:00:00", "earn", #""rule":"stay","quantity":10"#),
      SmallLedger.points("e-2", "2022-02-05T09:00:00", "earn", #""rule":"stay","quantity":3"#),
      SmallLedger.points("s", "2022-02-11T09:00:00", "spend", #""points":5"#),
    ])
    let ending = try ledger.run("statement", "member", "m-1")
    #expect(
      ending.stdout.contains("2022-02-05 09:00:00  earned under stay@1, 3 units (late)"), "\(ending.stdout)")
    let answer = try ledger.json("statement", "member", "m-1")
    #expect(answer["lines"].list.map { $0["late"].truth } == [false, true, false])
    #expect(answer["lines"].list.map { $0["balance"]["available"].number } == [10, 13, 8])
    let before = try ledger.json("statement", "member", "m-1", "--to", "2022-02-09")
    #expect(before["lines"].list.map { $0["command"].text } == ["e-2"])
    #expect(before["closing"]["available"].number == 3)
    let after = try ledger.json("statement", "member", "m-1", "--from", "2022-02-10")
    #expect(after["opening"]["available"].number == 3)
    #expect(after["closing"]["available"].number == 8)
  }

  @Test("seen by days, what was used before the day on which it came is below zero, and said to be")
  func belowZero() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e-1", "2022-02-01T09:00:00", "earn", #""rule":"read","quantity":2"#),
      SmallLedger.points(
        "h", "2022-02-01T10:00:00", "hold", #""points":4,"deadline":"2022-02-20T00:00:00+08:00""#),
      SmallLedger.points("r", "2022-02-10T10:00:00", "release", #""hold":"h""#),
      // The lot was there on the 2nd, though its points came back only on the 10th.
      SmallLedger.points("e-2", "2022-02-01T11:00:00", "earn", #""rule":"read","quantity":1"#),
      SmallLedger.points("s", "2022-02-02T10:00:00", "spend", #""points":6"#),
    ])
    let ending = try ledger.run("statement", "member", "m-1", "--to", "2022-02-05")
    #expect(ending.status == 0)
    #expect(ending.stdout.contains("below zero: seen by days,"), "\(ending.stdout)")
    #expect(ending.stdout.hasSuffix("adds up: available 0 - 4 = -4, held 0 + 4 = 4\n"), "\(ending.stdout)")
  }

  @Test("a transfer is a line that moves nothing")
  func transfer() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"stay","quantity":7"#),
      SmallLedger.command(
        "t", "2022-02-02T09:00:00", "member.transfer", #""member":"m-1","organisation":"gd""#, by: "clerk"),
    ])
    let answer = try ledger.json("statement", "member", "m-1")
    #expect(answer["lines"][1]["words"].text == "moved from gz to gd with the member")
    #expect(answer["lines"][1]["available"].number == 0)
    #expect(answer["closing"]["available"].number == 7)
  }

  @Test("what is due but not recorded stands by itself after the closing balance")
  func due() throws {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.points("e", "2022-02-01T09:00:00", "earn", #""rule":"read","quantity":4"#),
      SmallLedger.points(
        "h", "2022-02-02T09:00:00", "hold", #""points":3,"deadline":"2022-02-03T09:00:00+08:00""#),
    ])
    let lines = try ledger.run("statement", "member", "m-1").stdout.split(separator: "\n").map(String.init)
    let closing = try #require(lines.firstIndex { $0.contains("closing balance") })
    #expect(lines[closing].hasSuffix("        5     3"))
    #expect(lines[closing + 1].contains("2022-02-03 09:00:00  due: hold h lapsed"))
    #expect(lines[closing + 2].contains("2022-03-02 00:00:00  due: expired"))
    #expect(lines[closing + 3].contains("with what is due"))
    #expect(lines[closing + 3].hasSuffix("        0     0"))
    let answer = try ledger.json("statement", "member", "m-1")
    #expect(answer["due"].list.map { $0["available"].number } == [3, -8])
    #expect(answer["afterDue"]["available"].number == 0)
    #expect(answer["addsUp"].truth == true)
    // By the end of the 2nd nothing was due.
    let earlier = try ledger.json("statement", "member", "m-1", "--to", "2022-02-02")
    #expect(earlier["due"].list.isEmpty)
    #expect(earlier["holds"][0]["deadline"].text == "2022-02-03T01:00:00.000Z")
  }

  @Test("a member without points has an empty statement, and an unknown one ends with 66")
  func absence() throws {
    let ledger = try SmallLedger()
    let answer = try ledger.json("statement", "member", "m-1")
    #expect(answer["lines"].list.isEmpty)
    #expect(answer["closing"]["available"].number == 0)
    let unknown = try ledger.run("statement", "member", "m-2")
    #expect(unknown.status == 66)
    #expect(unknown.stdout == "")
    #expect(unknown.stderr == "benefits statement: there is no member `m-2`; ids are compared byte by byte\n")
  }

  @Test(
    "days that are none, or the wrong way round, are a wrong command line",
    arguments: [
      (["--from", "2022-02-30"], "--from: expected a day such as 2022-10-01"),
      (["--to", "20221001"], "--to: expected a day such as 2022-10-01"),
      (["--from", "2022-10-02", "--to", "2022-10-01"], "--to 2022-10-01 lies before --from 2022-10-02"),
    ])
  func badDays(words: [String], mistake: String) throws {
    let ledger = try SmallLedger()
    let ending = try Tool.run(["statement", ledger.path, "member", "m-1"] + words)
    #expect(ending.status == 64)
    #expect(ending.stderr.hasPrefix("benefits statement: \(mistake)\n"))
  }

  @Test("a stored row that was changed behind the ledger's back does not add up, and ends with 1")
  func disagreement() throws {
    let ledger = try refundAfterExpiry()
    try ledger.apply([
      SmallLedger.points("e-2", "2022-03-06T09:00:00", "earn", #""rule":"stay","quantity":7"#)
    ])
    try ledger.edit("UPDATE points_wallet SET lots = replace(lots, ',7]', ',9]')")
    let answer = try ledger.json("statement", "member", "m-1", status: 1)
    #expect(answer["addsUp"].truth == false)
    let ending = try ledger.run("statement", "member", "m-1")
    #expect(ending.status == 1)
    #expect(
      ending.stdout.hasSuffix(
        "does NOT add up: the closing balance is not that of the stored row; run `benefits verify`\n"))
  }
}
