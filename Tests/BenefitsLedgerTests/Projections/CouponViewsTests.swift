// The views of campaigns and coupons as an auditor reads them, on two stories of Fixtures/rules.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("The views of coupons")
struct CouponViewsTests {
  private struct StandingClock: LedgerClock {
    func now() -> Instant { Instant("2022-09-01T12:00:00+08:00") ?? .earliest }
  }

  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// The rows of a query on a ledger after a story, cells separated by a bar.
  private static func rows(_ query: String, after story: String) async throws -> [String] {
    let folder = try DatabaseFolder()
    let path = folder.file("coupons.ledger")
    let opening = OpenLedger(
      name: try #require(FreeText("coupons")), origin: try #require(FreeText("coupons")),
      zone: Zone(offsetMinutes: 480), owner: try #require(ActorID("owner")))
    let ledger = try Ledger.create(at: path, opening, clock: StandingClock())
    for file in ["refusals/setup.jsonl", "rules/\(story).jsonl"] {
      let lines = try String(contentsOf: fixtures.appending(path: file), encoding: .utf8)
      for line in lines.split(separator: "\n") {
        _ = try await ledger.perform(try SmallLedger.command(String(line)))
      }
    }
    ledger.close()
    let connection = try Connection(path: path, mode: .readOnly)
    // As in the shell that auditors use; our own connections distrust functions in views.
    try connection.execute("PRAGMA trusted_schema = ON")
    let statement = try connection.prepare(query)
    var rows: [String] = []
    while try statement.step() {
      rows.append(
        (0..<statement.columnCount).map { statement.isNull($0) ? "-" : statement.text($0) }
          .joined(separator: "|"))
    }
    return rows
  }

  @Test("every fen that coupons spent is traced to its receipt and to the person")
  func redemptions() async throws {
    let query = "SELECT redemption, member, coupon, organisation, fund, receipt, amount, taken_back"
    #expect(
      try await Self.rows(query + " FROM coupon_redemption ORDER BY position, fund", after: "C5") == [
        "odd|m-1|c-1|guangzhou|cool|money|134|0", "odd|m-1|c-1|shenzhen|sz|money-2|133|0",
        "even|m-1|c-2|guangzhou|cool|money|250|0", "even|m-1|c-2|shenzhen|sz|money-2|250|0",
      ])
    #expect(
      try await Self.rows(query + " FROM coupon_redemption ORDER BY position", after: "C6") == [
        "use|m-1|c-1|guangzhou|cool|money|199|1", "use-2|m-1|c-1|guangzhou|cool|money|199|1",
      ])
  }

  @Test("the board tells what is left in all and of each day, and the coupons who holds them")
  func board() async throws {
    #expect(
      try await Self.rows("SELECT status, taken, left, free, reserved FROM campaign_board", after: "C2")
        == ["exhausted|2|0|602|398"])
    #expect(
      try await Self.rows(
        "SELECT board.status, campaign.status FROM campaign_board AS board JOIN campaign USING (campaign)",
        after: "C6")
        == ["over|published"], "its window has ended years ago")
    #expect(
      try await Self.rows("SELECT day, taken, left FROM campaign_day ORDER BY day", after: "C2")
        == ["2022-02-01|1|0", "2022-02-02|1|0"])
    #expect(
      try await Self.rows(
        "SELECT member, coupon, reserved, left, locked_for FROM coupon ORDER BY member", after: "C2")
        == ["m-1|c-1|199|-|-", "m-2|c-2|199|-|-"])
  }
}
