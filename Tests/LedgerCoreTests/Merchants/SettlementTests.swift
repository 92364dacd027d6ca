// Merchants and what is settled with them (C10): days, rollbacks, frozen sums, one payment.

import Testing

@testable import LedgerCore

@Suite("Settlements")
struct SettlementTests {
  private static let morning = Scene.morning
  private static let august = "2022-08-02T09:00:00+08:00"

  static let refusals = [
    RefusalCase(.merchantExists, "an id that is taken") { scene in
      scene.registerMerchant()
      return scene.registerMerchant()
    },
    RefusalCase(.merchantUnknown, "closing one that is not there") { scene in scene.closeMerchant() },
    RefusalCase(.merchantClosed, "closing twice") { scene in
      scene.registerMerchant()
      scene.closeMerchant()
      return scene.closeMerchant()
    },
    RefusalCase(.merchantClosed, "a purchase from a closed one") { scene in
      scene = .withHotel()
      scene.closeMerchant()
      return scene.spendMoney("city", 1, merchant: "hotel")
    },
    RefusalCase(.merchantUnknown, "settling with nobody known") { scene in
      scene = .withFunds()
      return scene.freeze("s", through: "2022-02-28")
    },
    RefusalCase(.timeBeforeCause, "settling before the merchant was known") { scene in
      scene = .withHotel()
      return scene.freeze("s", through: "2022-02-01", at: "2022-02-28T09:00:00+08:00")
    },
    RefusalCase(.settlementExists, "an id that is taken") { scene in
      scene = .withJuly()
      return scene.freeze("july", through: "2022-07-31", at: august)
    },
    RefusalCase(.settlementDayNotOver, "a settlement through today") { scene in
      scene = .withHotel()
      scene.spendMoney("city", 1, merchant: "hotel")
      return scene.freeze("s", through: "2022-03-01")
    },
    RefusalCase(.settlementThroughTooEarly, "a settlement that ends before the last one") { scene in
      scene = .withJuly()
      return scene.freeze("s", through: "2022-07-30", at: august)
    },
    RefusalCase(.settlementEmpty, "nothing to settle") { scene in
      scene = .withJuly()
      return scene.freeze("s", through: "2022-08-01", at: august)
    },
    RefusalCase(.settlementUnknown, "paying a settlement that is not there") { scene in
      scene = .withHotel()
      return scene.pay("s", 1)
    },
    RefusalCase(.timeBeforeCause, "paying before it was frozen") { scene in
      scene = .withJuly()
      return scene.pay("july", 60_000, at: "2022-08-01T08:00:00+08:00")
    },
    RefusalCase(.timeBeforeCause, "paying before the dispute was resolved") { scene in
      scene = .withJuly()
      scene.dispute("july")
      scene.resolve("july")
      return scene.pay("july", 60_000, at: "2022-08-01T12:00:00+08:00")
    },
    RefusalCase(.settlementAmountDiffers, "paying in two parts") { scene in
      scene = .withJuly()
      return scene.pay("july", 30_000)
    },
    RefusalCase(.settlementPaid, "paying twice") { scene in
      scene = .withJuly()
      scene.pay("july", 60_000)
      return scene.pay("july", 60_000)
    },
    RefusalCase(.settlementPaid, "disputing what is paid") { scene in
      scene = .withJuly()
      scene.pay("july", 60_000)
      return scene.dispute("july")
    },
    RefusalCase(.settlementDisputed, "paying what is disputed") { scene in
      scene = .withJuly()
      scene.dispute("july")
      return scene.pay("july", 60_000)
    },
    RefusalCase(.settlementDisputed, "disputing twice") { scene in
      scene = .withJuly()
      scene.dispute("july")
      return scene.dispute("july")
    },
    RefusalCase(.settlementFrozen, "resolving what nobody disputes") { scene in
      scene = .withJuly()
      return scene.resolve("july")
    },
    RefusalCase(.settlementNothingDue, "paying what is carried on") { scene in
      scene = .withJuly()
      scene.returnSpend("city", "room-1", 60_000, at: august)
      scene.freeze("august", through: "2022-08-02", at: "2022-09-01T09:00:00+08:00")
      return scene.pay("august", 1, at: "2022-09-01T09:00:00+08:00")
    },
  ]

  @Test("two rooms, one rolled back: 1,200 gross, 600 rolled back, 600 to be paid, once")
  func retreat() {
    var scene = Scene.withHotel()
    scene.spendMoney("city", 60_000, merchant: "hotel", at: "2022-07-03T09:00:00+08:00", id: "room-1")
    scene.spendMoney("city", 60_000, merchant: "hotel", at: "2022-07-03T10:00:00+08:00", id: "room-2")
    // Rolled back on another day, before any settlement: it counts on the day of the redemption.
    scene.returnSpend("city", "room-2", 60_000, at: "2022-07-05T09:00:00+08:00")
    #expect(scene.hotel.days == [MerchantDay(day: "2022-07-03", gross: 120_000, rolledBack: 60_000)])
    #expect(scene.hotel.owed == 60_000)
    #expect(
      scene.freeze("july", through: "2022-07-31", at: "2022-08-01T09:00:00+08:00")
        == .happened(["frozen"]))
    #expect(
      scene.records.last?.answers == [
        Answer("grossFen", count: 120_000), Answer("rolledBackFen", count: 60_000),
        Answer("carriedBeforeFen", count: 0),
        Answer("netFen", count: 60_000), Answer("carriedOnFen", count: 0),
      ])
    #expect(scene.hotel.days.isEmpty)
    #expect(scene.hotel.owed == 60_000)
    #expect(scene.pay("july", 60_000) == .happened(["paid"]))
    #expect(scene.hotel.owed == .zero)
    #expect(scene.hotel.paid == 60_000)
    #expect(scene.hotel.gross == 120_000)
    #expect(scene.hotel.rolledBack == 60_000)
    #expect(scene.book.settlement("july")?.status == .paid)
    #expect(scene.book.settlement("july")?.reference == "payment-1")
    #expect(scene.pay("july", 60_000).refusal == Refusal(.settlementPaid, "reference", "payment-1"))
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("what is rolled back after it was frozen counts on a later day, and the next settlements set it off")
  func negative() {
    var scene = Scene.withJuly()
    scene.returnSpend("city", "room-1", 60_000, at: Self.august)
    #expect(scene.hotel.days == [MerchantDay(day: "2022-08-02", gross: 0, rolledBack: 60_000)])
    // July stays as it was frozen.
    #expect(scene.book.settlement("july")?.net == 60_000)
    #expect(scene.pay("july", 60_000, at: Self.august).isAccepted)
    #expect(scene.hotel.owed == Fen(count: -60_000))
    #expect(scene.records.last?.answers == [Answer("owedFen", count: -60_000)])
    let september = "2022-09-01T09:00:00+08:00"
    #expect(scene.freeze("august", through: "2022-08-31", at: september).isAccepted)
    #expect(scene.book.settlement("august")?.status == .carried)
    #expect(scene.book.settlement("august")?.carriedOn == 60_000)
    #expect(
      scene.pay("august", 1, at: september).refusal == Refusal(.settlementNothingDue, "carriedOn", 60_000))
    scene.spendMoney("city", 100_000, merchant: "hotel", at: september)
    #expect(scene.freeze("september", through: "2022-09-30", at: "2022-10-01T09:00:00+08:00").isAccepted)
    let last = scene.book.settlement("september") ?? Settlement()
    #expect(last.gross == 100_000)
    #expect(last.carriedBefore == 60_000)
    #expect(last.net == 40_000)
    #expect(scene.hotel.carried == .zero)
    #expect(scene.pay("september", 40_000, at: "2022-10-01T09:00:00+08:00").isAccepted)
    #expect(scene.hotel.owed == .zero)
    #expect(scene.isBalanced)
    scene.expectSameInParts()
  }

  @Test("what is recorded late of a day that is settled is open, and the next settlement takes it")
  func late() {
    var scene = Scene.withJuly()
    let position = Int64(scene.records.count) + 1
    scene.spendMoney("city", 500, merchant: "hotel", at: "2022-07-30T09:00:00+08:00", id: "late")
    #expect(scene.hotel.days == [MerchantDay(day: "2022-07-30", gross: 500, rolledBack: 0)])
    #expect(scene.hotel.isFrozen("2022-07-30", position - 2))
    #expect(!scene.hotel.isFrozen("2022-07-30", position))
    #expect(!scene.hotel.isFrozen("2022-08-01", 1))
    // It is not frozen, so it is rolled back on its own day.
    scene.returnSpend("city", "late", 200, at: Self.august)
    #expect(scene.hotel.days == [MerchantDay(day: "2022-07-30", gross: 500, rolledBack: 200)])
    #expect(scene.freeze("rest", through: "2022-07-31", at: Self.august).isAccepted)
    #expect(scene.book.settlement("rest")?.net == 300)
  }

  @Test("a dispute stops the payment, and a resolved one is paid as it was frozen")
  func disputes() {
    var scene = Scene.withJuly()
    #expect(scene.dispute("july") == .happened(["disputed"]))
    #expect(scene.book.settlement("july")?.reason == "one night too many")
    #expect(scene.pay("july", 60_000).code == .settlementDisputed)
    #expect(scene.resolve("july") == .happened(["resolved"]))
    #expect(scene.pay("july", 60_000).isAccepted)
    #expect(scene.resolve("july").code == .settlementPaid)
  }

  @Test("one settlement takes 500 days, and the next the rest")
  func manyDays() {
    var scene = Scene.withHotel()
    for number in 0..<502 {
      let day = CivilDay(number: CivilDay("2022-03-02").number + Int32(number))
      scene.spendMoney("city", 1, merchant: "hotel", at: "\(day)T09:00:00+08:00")
    }
    let end = "2023-08-01T09:00:00+08:00"
    #expect(scene.freeze("first", through: "2023-07-31", at: end).isAccepted)
    #expect(scene.book.settlement("first")?.days == 500)
    #expect(scene.book.settlement("first")?.through == "2023-07-14")
    #expect(scene.hotel.frozenThrough == "2023-07-14")
    #expect(scene.hotel.days.map(\.day) == ["2023-07-15", "2023-07-16"])
    #expect((scene.records.last?.bytes.count ?? .max) < EventRecord.longest)
    #expect(scene.freeze("second", through: "2023-07-31", at: end).isAccepted)
    #expect(scene.book.settlement("second")?.net == 2)
  }

  @Test("a closed merchant is still settled and paid")
  func closed() {
    var scene = Scene.withHotel()
    scene.spendMoney("city", 100, merchant: "hotel", id: "room")
    #expect(scene.closeMerchant().isAccepted)
    #expect(scene.returnSpend("city", "room", 40).isAccepted)
    #expect(scene.freeze("last", through: "2022-03-01", at: Self.august).isAccepted)
    #expect(scene.pay("last", 60, at: Self.august).isAccepted)
  }
}

extension Scene {
  /// The scene with money, and a hotel of the city's.
  static func withHotel() -> Scene {
    var scene = Scene.withFunds()
    scene.receive("city", 1_000_000, id: "in")
    scene.registerMerchant()
    return scene
  }

  /// The same with one room of 600 yuan in July, which is frozen on 1 August.
  static func withJuly() -> Scene {
    var scene = Scene.withHotel()
    scene.spendMoney("city", 60_000, merchant: "hotel", at: "2022-07-03T09:00:00+08:00", id: "room-1")
    scene.freeze("july", through: "2022-07-31", at: "2022-08-01T09:00:00+08:00")
    return scene
  }

  var hotel: Merchant { book.merchant("hotel") ?? Merchant() }

  @discardableResult
  mutating func registerMerchant(_ merchant: MerchantID = "hotel", of organisation: OrganisationID = "gz")
    -> Outcome
  {
    when(
      Scene.morning,
      .merchant(.register(RegisterMerchant(merchant: merchant, organisation: organisation))))
  }

  @discardableResult
  fileprivate mutating func closeMerchant() -> Outcome {
    when(Scene.morning, .merchant(.close(CloseMerchant(merchant: "hotel"))))
  }

  @discardableResult
  mutating func freeze(
    _ settlement: SettlementID, through day: CivilDay, at: String = morning, merchant: MerchantID = "hotel"
  ) -> Outcome {
    when(
      at,
      .merchant(
        .freezeSettlement(FreezeSettlement(settlement: settlement, merchant: merchant, through: day))))
  }

  @discardableResult
  mutating func pay(
    _ settlement: SettlementID, _ amount: Fen, at: String = "2022-08-02T09:00:00+08:00"
  ) -> Outcome {
    when(
      at,
      .merchant(
        .paySettlement(PaySettlement(settlement: settlement, amount: amount, reference: "payment-1"))))
  }

  @discardableResult
  fileprivate mutating func dispute(_ settlement: SettlementID) -> Outcome {
    when(
      "2022-08-02T09:00:00+08:00",
      .merchant(
        .disputeSettlement(DisputeSettlement(settlement: settlement, reason: "one night too many"))))
  }

  @discardableResult
  fileprivate mutating func resolve(_ settlement: SettlementID) -> Outcome {
    when(
      "2022-08-02T09:00:00+08:00",
      .merchant(.resolveSettlement(ResolveSettlement(settlement: settlement))))
  }
}
