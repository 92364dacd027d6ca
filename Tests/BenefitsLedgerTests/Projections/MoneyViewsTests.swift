// The tables and views of money as an auditor reads them, with the queries that stand in the migration's comments.

import Foundation
import LedgerCore
import Testing

@testable import BenefitsLedger

@Suite("The views of money")
struct MoneyViewsTests {
  private struct StandingClock: LedgerClock {
    func now() -> Instant { Instant("2022-09-01T12:00:00+08:00") ?? .earliest }
  }

  /// Two cities and a district below the first, their funds, and a purchase of the district's at a shop of the other city.
  private static let story: [(type: String, actor: String, data: String)] = [
    ("organisation.register", "owner", #""organisation":"a""#),
    ("organisation.register", "owner", #""organisation":"b""#),
    ("actor.register", "owner", #""actor":"clerk""#),
    ("actor.grant-role", "owner", #""actor":"clerk","role":"finance","from":"2022-01-01""#),
    ("actor.grant-role", "owner", #""actor":"clerk","role":"operator","from":"2022-01-01""#),
    ("party.register", "clerk", #""party":"donor","kind":"donor""#),
    ("fund.open", "clerk", #""fund":"city","organisation":"a","source":"own","from":"2022-01-01""#),
    ("fund.open", "clerk", #""fund":"union","organisation":"b","source":"own","from":"2022-01-01""#),
    ("fund.open", "clerk", #""fund":"district","organisation":"a","source":"higher","from":"2022-01-01""#),
    ("fund.open", "clerk", #""fund":"street","organisation":"a","source":"higher","from":"2022-01-01""#),
    ("fund.receive", "clerk", #""fund":"city","amountFen":1000,"party":"donor","purposes":["heat","meal"]"#),
    ("fund.receive", "clerk", #""fund":"union","amountFen":500"#),
    ("fund.allot", "clerk", #""fund":"city","to":"district","amountFen":600"#),
    ("fund.allot", "clerk", #""fund":"union","to":"district","amountFen":200"#),
    ("fund.allot", "clerk", #""fund":"district","to":"street","amountFen":700,"purposes":["meal"]"#),
    ("merchant.register", "clerk", #""merchant":"shop","organisation":"b""#),
    (
      "fund.spend", "clerk",
      #""fund":"street","amountFen":650,"purpose":"meal","reference":"1","merchant":"shop""#
    ),
    ("fund.return-spend", "clerk", #""fund":"street","spending":"c-17","amountFen":30"#),
  ]

  /// The street's fund ends, and so does the city's; each is carried over.
  private static let ending: [(type: String, actor: String, data: String)] = [
    ("fund.open", "clerk", #""fund":"lane","organisation":"a","source":"higher","from":"2022-01-01""#),
    ("fund.open", "clerk", #""fund":"next","organisation":"a","source":"own","from":"2022-01-01""#),
    ("fund.close", "clerk", #""fund":"street","carryOverTo":"lane""#),
    ("fund.close", "clerk", #""fund":"city","carryOverTo":"next""#),
  ]

  private static func make(_ ending: [(type: String, actor: String, data: String)] = []) async throws
    -> Connection
  {
    let folder = try DatabaseFolder()
    let path = folder.file("money.ledger")
    let opening = OpenLedger(
      name: try #require(FreeText("money")), origin: try #require(FreeText("money")),
      zone: Zone(offsetMinutes: 480), owner: try #require(ActorID("owner")))
    let ledger = try Ledger.create(at: path, opening, clock: StandingClock())
    for (index, command) in (story + ending).enumerated() {
      let line =
        #"{"id":"c-\#(index + 1)","type":"\#(command.type)","at":"2022-09-01T12:00:00+08:00","#
        + #""actor":"\#(command.actor)","data":{\#(command.data)}}"#
      let receipt = try await ledger.perform(try SmallLedger.command(line))
      #expect(receipt.isAccepted, "\(receipt.line)")
    }
    ledger.close()
    let connection = try Connection(path: path, mode: .readOnly)
    // As in the shell that auditors use; our own connections distrust functions in views.
    try connection.execute("PRAGMA trusted_schema = ON")
    return connection
  }

  /// The rows of a query, cells separated by a bar.
  private static func rows(_ query: String, _ connection: Connection) throws -> [String] {
    let statement = try connection.prepare(query)
    var rows: [String] = []
    while try statement.step() {
      rows.append(
        (0..<statement.columnCount).map { statement.isNull($0) ? "-" : statement.text($0) }
          .joined(separator: "|"))
    }
    return rows
  }

  /// The queries in the comments of the migration, each from its WITH through its semicolon.
  private static func documented() throws -> [String] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Migrations/V0007_funds.sql")
    let comments = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .filter { $0.hasPrefix("--   ") }.map { String($0.dropFirst(5)) }.joined(separator: "\n")
    return comments.components(separatedBy: ";").filter { $0.contains("WITH RECURSIVE") }
  }

  @Test("a receipt is traced up to its roots by the query in the migration")
  func up() async throws {
    let connection = try await Self.make()
    let query = try #require(try Self.documented().first).replacing("district-heat", with: "street")
      .replacing("fund_receipt.*", with: "fund, receipt, parent_fund, parent_receipt, party, received")
    #expect(
      try Self.rows(query, connection) == [
        "0|street|c-15#1|district|c-13#1|-|600", "0|street|c-15#2|district|c-14#1|-|100",
        "1|district|c-13#1|city|c-11|-|600", "1|district|c-14#1|union|c-12|-|200",
        "2|city|c-11|-|-|donor|1000", "2|union|c-12|-|-|-|500",
      ])
  }

  @Test("a receipt is traced down to its leaves by the query in the migration")
  func down() async throws {
    let connection = try await Self.make()
    let query = try #require(try Self.documented().last).replacing("city-heat", with: "city")
      .replacing("receive-1", with: "c-11")
      .replacing("fund_receipt.*", with: "fund, receipt, purposes, available, allotted, committed, spent")
    #expect(
      try Self.rows(query, connection) == [
        #"0|city|c-11|["heat","meal"]|400|600|0|0"#, #"1|district|c-13#1|["heat","meal"]|0|600|0|0"#,
        #"2|street|c-15#1|["meal"]|0|0|0|600"#,
      ])
  }

  @Test("money that was carried over is traced through the closed fund, up and down")
  func carriedOver() async throws {
    let connection = try await Self.make(Self.ending)
    let queries = try Self.documented()
    let up = try #require(queries.first).replacing("district-heat", with: "lane")
      .replacing("fund_receipt.*", with: "fund, receipt, carried_from_fund, received")
    #expect(
      try Self.rows(up, connection) == [
        "0|lane|c-21#1|street|80", "1|street|c-15#2|-|20", "2|district|c-14#1|-|200", "3|union|c-12|-|500",
      ])
    let down = try #require(queries.last).replacing("city-heat", with: "city")
      .replacing("receive-1", with: "c-11")
      .replacing("fund_receipt.*", with: "fund, receipt, carried_from_fund, available, spent")
    #expect(
      try Self.rows(down, connection) == [
        "0|city|c-11|-|0|0", "1|district|c-13#1|-|0|0", "1|next|c-22#1|city|400|0", "2|street|c-15#1|-|0|600",
      ])
  }

  @Test("merchants' days, payables and receipts are read with their views")
  func views() async throws {
    let connection = try await Self.make()
    #expect(try Self.rows("SELECT * FROM merchant_day", connection) == ["shop|b|2022-09-01|650|30"])
    #expect(try Self.rows("SELECT * FROM payable", connection) == ["a|b|620"])
    #expect(
      try Self.rows("SELECT organisation, owes, owed, net FROM organisation_payables ORDER BY 1", connection)
        == ["a|620|0|-620", "b|0|620|620"])
    #expect(
      try Self.rows("SELECT sum(received) FROM fund_receipt WHERE party = 'donor'", connection) == ["1000"])
    #expect(
      try Self.rows(
        "SELECT fund, received, available, spent, returns FROM fund WHERE fund = 'street'", connection)
        == [#"street|700|80|620|[["c-17",30]]"#])
    // Every fund's figures are the sums of its receipts.
    #expect(
      try Self.rows(
        "SELECT fund FROM fund JOIN fund_receipt AS r USING (fund) GROUP BY fund HAVING fund.received <> sum(r.received) "
          + "OR fund.available <> sum(r.available) OR fund.allotted <> sum(r.allotted) "
          + "OR fund.committed <> sum(r.committed) OR fund.spent <> sum(r.spent)", connection) == [])
  }
}
