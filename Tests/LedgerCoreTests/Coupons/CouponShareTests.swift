// Who pays what (C5, F5), by seed: the parts add up, nobody gives more than it has, and nobody strays far from its weight.

import Testing

@testable import LedgerCore

@Suite("Shares of payers")
struct CouponShareTests {
  @Test("a refusal for too many receipts names the limit that was met")
  func limitOfReceipts() throws {
    let shares = try (1...61).map {
      FundShare(fund: "city", receipt: try #require(ReceiptID("r-\($0)")), amount: Fen(count: 2))
    }
    for limit in [60, 20] {
      let undecided = #expect(throws: Undecided.self) { try shares.requireFew(limit) }
      #expect(undecided == .refused(Refusal.tooManyReceipts(Fen(count: Int64(2 * limit)), limit: limit)))
    }
  }

  @Test("add up exactly, and to no more than each has", arguments: [1, 20_221_121, 7_777_777] as [UInt64])
  func add(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let payers = (0..<Int.random(in: 1...10, using: &random)).map { payer in
        PayerMoney(
          weight: Int64.random(in: 1...1_000, using: &random),
          shares: (0..<Int.random(in: 1...3, using: &random)).map { receipt in
            FundShare(
              fund: Scene.text("f-\(payer)", FundID.init),
              receipt: Scene.text("r-\(receipt)", ReceiptID.init),
              amount: Fen(count: Int64.random(in: 0...5_000, using: &random)))
          })
      }
      let amount = Fen(count: Int64.random(in: 0...payers.total.count, using: &random))
      let parts = payers.parts(of: amount)
      #expect(parts.reduce(.zero, +) == amount, "seed \(seed)")
      for (payer, part) in zip(payers, parts) {
        #expect(part >= .zero && part <= payer.shares.total, "seed \(seed)")
      }
      let (taken, rest) = payers.taking(amount)
      #expect(taken.total == amount && rest.total == payers.total - amount, "seed \(seed)")
      #expect(taken.allSatisfy { $0.amount > .zero }, "seed \(seed)")
      if zip(parts, amount.split(by: payers.map(\.weight))).allSatisfy({ $0 == $1 }) == false {
        #expect(
          zip(payers, parts).contains { $0.shares.total == $1 }, "seed \(seed): a payer has nothing left")
      }
    }
  }

  @Test("a payer that has nothing left is helped by the others, in their order")
  func help() {
    func money(_ amount: Int64) -> PayerMoney {
      PayerMoney(weight: 1, shares: [FundShare(fund: "f", receipt: "r", amount: Fen(count: amount))])
    }
    #expect([money(0), money(100), money(100)].parts(of: 199) == [0, 100, 99])
    #expect([money(66), money(67), money(66)].parts(of: 199) == [66, 67, 66])
  }

  @Test(
    "a campaign of three payers is used up to the last fen of its budget", arguments: [3, 11, 42] as [UInt64])
  func usedUp(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var scene = Scene.withMoney()
    scene.when(
      "2022-06-01T00:00:00+08:00",
      .fund(.open(OpenFund(fund: "third", organisation: "gz-1", from: "2022-01-01"))), by: "treasurer")
    scene.when(
      "2022-06-01T00:00:00+08:00", .fund(.receive(ReceiveFund(fund: "third", amount: 1_000_000))),
      by: "treasurer")
    var terms = Scene.terms(.stored(faceFen: 100)) { $0.budgetFen = 3_000 }
    terms.organisation = "gd"
    terms.payers = ["cool", "cool-sz", "third"].map { fund in
      CampaignPayer(fund: fund, weight: Int64.random(in: 1...9, using: &random))
    }
    scene.run("cards", terms)
    for number in 0..<30 {
      scene.claim(Scene.july, "cards", id: "card-\(number)")
      let coupon = Scene.text("card-\(number)", CommandID.init)
      let first = Fen(count: Int64.random(in: 1...99, using: &random))
      #expect(
        scene.redeem([("cards", coupon)], 1_000, of: first, id: "use-\(number)").isAccepted, "seed \(seed)")
      if Bool.random(using: &random) {
        scene.rollBack(Scene.july, Scene.text("use-\(number)", CommandID.init))
      }
      #expect(scene.redeem([("cards", coupon)], 1_000).isAccepted, "seed \(seed)")
      #expect(scene.campaign("cards").problem == nil, "seed \(seed)")
    }
    let spent = (["cool", "cool-sz", "third"] as [FundID]).reduce(0) { $0 + scene.fund($1)[2] }
    #expect(scene.campaign("cards").spent.count == spent)
    #expect(scene.campaign("cards").free == .zero)
    scene.expectBalanced()
  }
}
