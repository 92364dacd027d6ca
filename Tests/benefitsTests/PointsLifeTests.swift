// What is pending, owed and taken back, as the tool shows it. What is right is tested in LedgerCoreTests.

import Foundation
import Testing

@Suite("The tool on pending points, debts and reversals")
struct PointsLifeTests {
  /// Ten points pending since 1 February; three spent that another claw-back wanted.
  private func small() throws -> SmallLedger {
    let ledger = try SmallLedger()
    let slow = #""pointsPerUnit":10,"pendingDays":366"#
    try ledger.apply([
      SmallLedger.command(
        "rule-slow", "2022-01-01T00:00:00", "points.define-rule",
        #""rule":"slow","ruleVersion":1,"organisation":"gd","from":"2022-01-01","verifiedOnly":false,"# + slow
          + #","validity":{"mode":"none"},"afterExpiry":"forfeit""#, by: "clerk"),
      SmallLedger.command(
        "limits", "2022-01-01T00:00:00", "ledger.set-limits", #""adjustment":100,"reversal":100"#, by: "owner"
      ),
      SmallLedger.points("k", "2022-02-01T09:00:00", "earn", #""rule":"stay","quantity":3"#),
      SmallLedger.points("s", "2022-02-02T09:00:00", "spend", #""points":3"#),
      SmallLedger.points("b", "2022-02-03T09:00:00", "claw-back", #""earning":"k","reason":"revoked""#),
    ])
    return ledger
  }

  @Test("a statement has columns for what is pending and owed only where there is any, and adds up")
  func statement() throws {
    let ledger = try small()
    try ledger.apply([
      SmallLedger.points("p", "2022-02-04T09:00:00", "earn", #""rule":"slow","quantity":1"#)
    ])
    let ending = try ledger.run("statement", "member", "m-1", "--to", "2022-02-04")
    #expect(ending.status == 0)
    let expected = """
      member m-1, points to 2022-02-04 (days and times in +08:00)

      event  happened             what                                              points  available  held  pending  debt
                                  opening balance                                                   0     0        0     0
         14  2022-02-01 09:00:00  earned under stay@1, 3 units                          +3          3     0        0     0
         15  2022-02-02 09:00:00  spent                                                 -3          0     0        0     0
         16  2022-02-03 09:00:00  3 of k clawed back, 3 of them owed now                 0          0     0        0     3
         17  2022-02-04 09:00:00  earned under slow@1, 10 pending until 2023-02-05       0          0     0       10     3
                                  closing balance                                                   0     0       10     3

      expires after  available  held  pending
      never                  0     0       10

      adds up: available 0 + 0 = 0, held 0 + 0 = 0, pending 0 + 10 = 10, debt 0 + 3 = 3

      """
    #expect(ending.stdout == expected)
  }

  @Test("show tells of activation that is due, and of the debt it pays")
  func show() throws {
    let ledger = try small()
    try ledger.apply([
      SmallLedger.points("p", "2022-02-04T09:00:00", "earn", #""rule":"slow","quantity":1"#)
    ])
    let then = try ledger.json("show", "member", "m-1", "--as-of", "17")
    #expect(then["points"]["pending"].number == 10)
    #expect(then["points"]["debt"].number == 3)
    #expect(then["points"]["pendingEarnings"][0]["activeOn"].text == "2023-02-05")
    #expect(then["points"]["debts"][0]["clawback"].text == "b")
    let now = try ledger.json("show", "member", "m-1")
    #expect(now["points"]["available"].number == 7)
    #expect(now["points"]["debt"].number == 0)
    #expect(now["points"]["due"]["activated"].number == 10)
    let words = try ledger.run("show", "member", "m-1").stdout
    #expect(words.contains("10 points have become active since"), "\(words)")
    let organisation = try ledger.json("show", "organisation", "gz")
    #expect(organisation["points"]["debt"].number == 3)
    #expect(organisation["points"]["clawedBack"].number == 3)
    #expect(organisation["points"]["liability"][0]["pending"].number == 10)
  }

  @Test("what takes back and sets right is told with its reason, and verified")
  func corrections() throws {
    let ledger = try small()
    try ledger.apply([
      SmallLedger.command(
        "a", "2022-02-05T09:00:00", "points.adjust",
        #""member":"m-1","points":5,"rule":"stay","reason":"counted-wrong","corrects":"s""#, by: "clerk"),
      SmallLedger.command(
        "r", "2022-02-06T09:00:00", "points.reverse",
        #""member":"m-1","event":"s","points":2,"reason":"entered-twice""#, by: "clerk"),
    ])
    let lines = try ledger.json("statement", "member", "m-1")["lines"].list
    #expect(lines.suffix(2).map { $0["kind"].text } == ["adjusted", "spending-reversed"])
    #expect(
      lines.suffix(2).map { $0["words"].text } == [
        "adjusted, counted-wrong, correcting s, 3 of them paid a debt", "2 of s reversed",
      ])
    let verified = try ledger.run("verify")
    #expect(verified.status == 0, "\(verified.stdout)")
    let record = try ledger.run("export", "--format", "jsonl").stdout.split(separator: "\n").last ?? ""
    #expect(record.contains(#""reverses":15,"previous":[17]"#), "\(record)")
  }
}
