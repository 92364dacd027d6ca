// benefits show gift and what show station tells of gifts and grants, as people read it, and the two views of V0010. The
// answers of --json are in Fixtures/rules, stories O4 and M6-grants.

import BenefitsLedger
import Foundation
import Testing

@Suite("benefits show gift")
struct ShowGiftTests {
  /// 100 towels at 12.00 on two receipts, 20 given ones; 90 at the booth, where m-1 got 84; one wet. A programme of
  /// 300.01 over the booth and the kiosk, of which the booth was paid.
  private static func ledger() throws -> SmallLedger {
    let ledger = try SmallLedger()
    func line(_ id: String, _ day: Int, _ type: String, _ data: String, by actor: String = "clerk") -> String
    {
      SmallLedger.command(id, "2022-03-0\(day)T12:00:00", type, data, by: actor)
    }
    func role(_ actor: String, _ role: String) -> String {
      line(
        "\(actor)-\(role)", 1, "actor.grant-role",
        #""actor":"\#(actor)","role":"\#(role)","organisation":"gd","from":"2022-01-01""#, by: "owner")
    }
    let heat = #""fund":"heat","purpose":"any""#
    try ledger.apply([
      role("clerk", "finance"), line("chief", 1, "actor.register", #""actor":"chief""#, by: "owner"),
      role("chief", "approver"),
      line("fund", 1, "fund.open", #""fund":"heat","organisation":"gz","source":"own","from":"2022-01-01""#),
      line("city", 1, "fund.receive", #""fund":"heat","amountFen":100000"#),
      line("own", 1, "fund.receive", #""fund":"heat","amountFen":500000"#),
      line("maker", 1, "party.register", #""party":"maker","kind":"donor","organisation":"gz""#),
      line("booth", 1, "station.open", #""station":"booth","organisation":"gz","number":"7""#),
      line("kiosk", 1, "station.open", #""station":"kiosk","organisation":"gz","number":"8""#),
      line(
        "towels", 2, "gift.buy",
        #""gift":"towel","organisation":"gz",\#(heat),"pieces":100,"unitCostFen":1200,"reference":"I-1","name":"毛巾""#
      ),
      line(
        "given", 2, "gift.donate",
        #""gift":"towel","organisation":"gz","party":"maker","pieces":20,"memoUnitFen":1000"#),
      line("move", 3, "gift.move", #""gift":"towel","to":"booth","pieces":90"#),
      line(
        "hand", 4, "gift.hand-over",
        #""gift":"towel","station":"booth","member":"m-1","campaign":"heat-2022","pieces":84"#, by: "app"),
      line("wet", 5, "gift.write-off", #""gift":"towel","pieces":1,"reason":"wet""#),
      line(
        "programme", 2, "grant.open-programme",
        #""programme":"p","organisation":"gz",\#(heat),"totalFen":30001,"months":12"#),
      line("apply-1", 2, "grant.apply", #""programme":"p","station":"booth""#),
      line("apply-2", 2, "grant.apply", #""programme":"p","station":"kiosk""#),
      line("split", 3, "grant.close-applications", #""programme":"p""#),
      line("approve", 4, "grant.approve", #""programme":"p","station":"booth""#, by: "chief"),
      line("pay", 5, "grant.pay", #""programme":"p","station":"booth","reference":"P-1""#),
    ])
    return ledger
  }

  @Test("a gift is shown with where its pieces are, what they cost and whose money that was")
  func gift() throws {
    let ending = try Self.ledger().run("show", "gift", "towel")
    #expect(ending.status == 0)
    let lines = ending.stdout.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2)
    #expect(
      lines.joined(separator: "\n") == """
        organisation    gz
        name            毛巾
        since           2022-03-02 12:00:00
        batches so far  2

        pieces
        bought, donated or found  120
        in the store               29
        at stations                 6
        handed over                84
        written off                 1

        cost                             yuan
        bought for                   1,200.00
        handed over                  1,008.00
        written off                     12.00
        donated, a memo and no cash    200.00

        at         batch   pieces  yuan each  donated by  on
        the store  towels       9      12.00              heat own: 108.00
        the store  given       20      10.00  maker
        booth      towels       6      12.00              heat own: 72.00

        """)
  }

  @Test("a station is shown with its gifts and grants, and without them as it was")
  func station() throws {
    let ledger = try Self.ledger()
    let now = try ledger.run("show", "station", "booth").stdout
    #expect(now.contains("\n\ngift   pieces\ntowel       6\n\n"), "\(now)")
    #expect(now.contains("\np         paid            1  150.01       0.00\n"), "\(now)")
    let kiosk = try ledger.run("show", "station", "kiosk").stdout
    #expect(!kiosk.contains("gift"))
    #expect(kiosk.contains("applied"))
    let before = try ledger.run("show", "station", "booth", "--as-of", "99").stdout
    #expect(!before.contains("towel") && !before.contains("paid"))
  }

  @Test("a programme is shown with how far its grants have come, and as it was")
  func programme() throws {
    let ledger = try Self.ledger()
    let now = try ledger.run("show", "programme", "p").stdout
    #expect(
      now.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).joined(separator: "\n") == """
        organisation         gz
        is                   split
        opened               2022-03-02 12:00:00
        of fund              heat
        for                  any
        months of a grant    12
        applications closed  2022-03-03 12:00:00
        still set aside      heat own: 150.00

        grants             stations    yuan
        applied                   2  300.01
        approved                  1  150.01
        paid                      1  150.01
        inspected                 0
        exited, recovered         0    0.00
        still set aside              150.00
        released unpaid                0.00

        """)
    let size = try ledger.json("show", "programme", "p")["asOf"]["position"].number
    let before = try ledger.json("show", "programme", "p", "--as-of", "\(try #require(size) - 1)")
    #expect(before["paid"].number == 0)
    #expect(before["approved"].number == 1)
    #expect(before["committed"][0]["amountFen"].number == 30_001)
  }

  @Test("sqlite3 tells every place of a gift, and every programme on one line")
  func views() throws {
    let ledger = try Self.ledger()
    #expect(
      try ledger.rows("SELECT * FROM gift_position ORDER BY place") == [
        ["towel", "", "29", "10800", "20000"], ["towel", "booth", "6", "7200", "0"],
      ])
    #expect(
      try ledger.rows(
        "SELECT programme, status, applied, approved, approved_fen, paid, paid_fen, exited, committed_fen FROM grant_board"
      ) == [["p", "split", "2", "1", "15001", "1", "15001", "0", "15000"]])
  }
}

extension SmallLedger {
  /// What a query answers, as texts; NULL is empty.
  fileprivate func rows(_ query: String) throws -> [[String]] {
    let connection = try Connection(path: path, mode: .readOnly)
    defer { try? connection.close() }
    let statement = try connection.prepare(query)
    var rows: [[String]] = []
    while try statement.step() { rows.append((0..<statement.columnCount).map { statement.text($0) }) }
    return rows
  }
}
