// benefits show of funds, merchants and parties, and what organisations owe each other, through the built tool.

import Foundation
import Testing

@Suite("Show of money")
struct ShowMoneyTests {
  private static let hash = String(repeating: "a1", count: 32)

  private static func clerk(_ id: String, _ type: String, _ data: String, on day: String = "2022-07-01")
    -> String
  {
    SmallLedger.command(id, "\(day)T09:00:00", type, data, by: "clerk")
  }

  /// A fund of the province with 500,000 yuan of a donor, 300,000 of which the city has; a merchant of the city.
  private static func make() throws -> SmallLedger {
    let ledger = try SmallLedger()
    try ledger.apply([
      SmallLedger.command(
        "a-5", "2022-01-01T00:00:00", "actor.grant-role",
        #""actor":"clerk","role":"finance","organisation":"gd","from":"2022-01-01""#, by: "owner"),
      clerk("p-1", "party.register", #""party":"donor","kind":"donor","name":"某公司","organisation":"gd""#),
      clerk(
        "p-2", "party.record-memo",
        #""party":"donor","day":"2022-06-30","amountFen":123456,"documentHash":"\#(hash)""#),
      clerk(
        "f-1", "fund.open",
        #""fund":"top","organisation":"gd","source":"provincial","purposes":["heat","visit"],"#
          + #""from":"2022-01-01","until":"2023-01-01","alarmBelowFen":10000000"#),
      clerk("f-2", "fund.open", #""fund":"city","organisation":"gz","source":"higher","from":"2022-01-01""#),
      clerk("f-3", "fund.receive", #""fund":"top","amountFen":50000000,"party":"donor""#),
      clerk("f-4", "fund.allot", #""fund":"top","to":"city","amountFen":30000000,"purposes":["heat"]"#),
      clerk("m-2", "merchant.register", #""merchant":"shop","organisation":"gz","name":"茶店""#),
      clerk(
        "f-5", "fund.spend",
        #""fund":"top","amountFen":123405,"purpose":"heat","reference":"i-1","merchant":"shop""#),
      clerk("f-6", "fund.return-spend", #""fund":"top","spending":"f-5","amountFen":5"#),
    ])
    return ledger
  }

  private func expect(_ lines: [String], in text: String) {
    for line in lines { #expect(text.contains("\n" + line + "\n"), "\(line)\n\(text)") }
  }

  @Test("a fund is shown with its window, its sums and its receipts, now and earlier")
  func fund() throws {
    let ledger = try Self.make()
    let top = try ledger.run("show", "fund", "top")
    #expect(top.status == 0)
    expect(
      [
        "organisation  gd", "source        provincial", "purposes      heat, visit",
        "window        from 2022-01-01 until 2023-01-01, that day not included",
        "alarm below   100,000.00", "received   500,000.00", "available  198,766.00",
        "allotted   300,000.00", "committed        0.00", "spent        1,234.00",
      ], in: top.stdout)
    let city = try ledger.json("show", "fund", "city")
    #expect(city["receivedFen"].number == 30_000_000)
    #expect(city["purposes"].isNull)
    #expect(city["receipts"][0]["receipt"].text == "f-4#1")
    #expect(city["receipts"][0]["parentFund"].text == "top")
    #expect(city["receipts"][0]["parentReceipt"].text == "f-3")
    #expect(city["receipts"][0]["purposes"].list.map(\.text) == ["heat"])
    #expect(try ledger.run("show", "fund", "city").stdout.contains("top f-3"))
    // 12 events are before the donor; 13 to 16 are donor, memo and the two funds, 17 receives, 18 allots.
    let earlier = try ledger.json("show", "fund", "top", "--as-of", "17")
    #expect(earlier["receipts"][0]["party"].text == "donor")
    #expect(earlier["availableFen"].number == 50_000_000)
    #expect(try ledger.json("show", "fund", "top", "--as-of", "20")["spentFen"].number == 123_405)
    #expect(try ledger.json("show", "fund", "top", "--as-of", "16")["receipts"].list.isEmpty)
    #expect(try ledger.run("show", "fund", "top", "--as-of", "14").status == 66)
  }

  @Test("a merchant is shown with what it is owed and the days that no settlement has taken")
  func merchant() throws {
    let ledger = try Self.make()
    let before = try ledger.run("show", "merchant", "shop")
    expect(
      [
        "organisation     gz", "settled through  never", "gross        1,234.05", "rolled back      0.05",
        "owed         1,234.00", "2022-07-01           1,234.05         0.05",
      ], in: before.stdout)
    try ledger.apply([
      Self.clerk(
        "s-1", "settlement.freeze", #""settlement":"july","merchant":"shop","through":"2022-07-31""#,
        on: "2022-08-01"),
      Self.clerk(
        "s-2", "settlement.pay", #""settlement":"july","amountFen":123400,"reference":"p-1""#,
        on: "2022-08-02"),
    ])
    let after = try ledger.json("show", "merchant", "shop")
    #expect(after["settledThrough"].text == "2022-07-31")
    #expect(after["paidFen"].number == 123_400)
    #expect(after["owedFen"].number == 0)
    #expect(after["days"].list.isEmpty)
    #expect(try ledger.json("show", "merchant", "shop", "--as-of", "19")["grossFen"].number == 0)
    #expect(try ledger.run("show", "merchant", "nobody").status == 66)
  }

  @Test("a party is shown with its memo, which is no cash, and an organisation with what it owes others")
  func partyAndOrganisation() throws {
    let ledger = try Self.make()
    expect(
      [
        "kind             donor", "name             某公司", "looked after by  gd",
        "contributed           1,234.56", "used                  1,234.56",
      ], in: try ledger.run("show", "party", "donor").stdout)
    #expect(try ledger.json("show", "party", "donor")["contributedFen"].number == 123_456)
    let province = try ledger.json("show", "organisation", "gd")
    #expect(province["payables"]["owesFen"].number == 123_400)
    #expect(province["payables"]["netFen"].number == -123_400)
    #expect(province["payables"]["others"][0]["organisation"].text == "gz")
    let city = try ledger.run("show", "organisation", "gz")
    expect(["gd                             0.00  1,234.00"], in: city.stdout)
    #expect(city.stdout.contains("all, net 1,234.00"))
  }

  @Test("replay prints the totals of money, which are out of balance by nothing")
  func replay() throws {
    let ledger = try Self.make()
    expect(
      [
        "received, less what parents allotted  500,000.00",
        "available                             498,766.00",
        "spent                                   1,234.00",
        "allotted from parent to child         300,000.00",
        "owed to merchants                       1,234.00",
        "owed between organisations              1,234.00",
        "paid by parties themselves, no cash     1,234.56",
        "out of balance                              0.00",
      ], in: try ledger.run("replay").stdout)
    let money = try ledger.json("replay")["money"]
    #expect(money["receivedFen"].number == 80_000_000)
    #expect(money["fromParentsFen"].number == 30_000_000)
    #expect(money["imbalanceFen"].number == 0)
  }

  @Test("in the effective view a fund that was overdrawn for a while is marked, and balances")
  func effective() throws {
    let ledger = try Self.make()
    // All 300,000 yuan are spent and come back on the 3rd; then it is learnt that a third was spent on the 2nd.
    try ledger.apply([
      Self.clerk(
        "g-1", "fund.spend", #""fund":"city","amountFen":30000000,"purpose":"heat","reference":"i-2""#),
      Self.clerk(
        "g-2", "fund.return-spend", #""fund":"city","spending":"g-1","amountFen":30000000"#, on: "2022-07-03"),
      Self.clerk(
        "g-3", "fund.spend", #""fund":"city","amountFen":10000000,"purpose":"heat","reference":"i-3""#,
        on: "2022-07-02"),
    ])
    let view = ["replay", "--until", "2022-07-03T00:00:00+08:00", "--effective"]
    let marked = try ledger.run(view[0], view[1], view[2], view[3])
    expect(
      ["below zero in this view: fund city: available of receipt f-4#1 is below zero"], in: marked.stdout)
    let answer = try ledger.json(view[0], view[1], view[2], view[3])
    #expect(answer["negativeAccounts"].list.map(\.text) == ["fund city"])
    #expect(answer["money"]["imbalanceFen"].number == 0)
    #expect(try ledger.json("replay")["negativeAccounts"].list.isEmpty)
  }
}
