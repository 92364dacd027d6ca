// Whose money gifts were: cost by receipt from the purchase to the member, memo worth that is never cash, and by seed
// that nothing is lost and no stock is below zero (O4, F3, F7).

import Testing

@testable import LedgerCore

@Suite("What gifts cost")
struct GiftCostTests {
  private static let noon = Scene.noon

  @Test("a purchase spends the oldest receipts first")
  func purchase() {
    var scene = Scene()
    scene.towels()
    #expect(scene.towel.store.map(\.cost.told) == [["city 100000", "own 20000"]])
    #expect(scene.book.funds["f"]?.receipts.map(\.spent) == [100_000, 20_000])
    #expect(scene.book.funds["f"]?.available == 480_000)
    #expect(scene.towel.bought == 120_000)
  }

  @Test("the 84th towel costs 4.00 of the city's money and 8.00 of the union's own")
  func costToTheMember() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 90)
    scene.handOver(Self.noon, 83)
    scene.handOver(Self.noon, in: "autumn")
    #expect(scene.handedOver().map(\.cost.told) == [["city 99600"], ["city 400", "own 800"]])
    #expect(scene.towel.costHandedOver == 100_800)
    #expect(scene.stock("booth").map(\.cost.told) == [["own 7200"]])
    #expect(scene.towel.store.map(\.cost.told) == [["own 12000"]])
  }

  @Test("donated pieces are a memo: no leg of theirs is in fen, and no fund moves")
  func donation() {
    var scene = Scene()
    scene.fund()
    scene.openStation("2022-01-01T00:00:00+08:00")
    let before = scene.book.funds["f"]
    scene.donate(Self.noon, 50, worth: 300)
    scene.move(Self.noon, 20)
    scene.handOver(Self.noon, 2)
    scene.writeOff(Self.noon, 1, station: "booth")
    let legs = scene.records.filter { if case .gift = $0.event { true } else { false } }.flatMap(\.legs)
    #expect(!legs.isEmpty)
    #expect(!legs.contains { $0.account.unit == .fen })
    #expect(
      legs.filter { $0.account.unit == .memoFen } == [
        Leg(.memo(.contributed, "maker"), -15_000), Leg(.memo(.used, "maker"), 15_000),
      ])
    #expect(scene.book.funds["f"] == before)
    #expect(scene.towel.donated == 15_000)
    #expect(scene.towel.bought == 0)
    #expect(scene.towel.store.memo == 9_000)
    #expect(scene.stock("booth").memo == 5_100)
    #expect(scene.stock("booth").cost == 0)
    #expect(scene.handedOver().map(\.cost) == [[]])
  }

  @Test("bought and donated pieces of one gift go in the order in which they came")
  func mixed() {
    var scene = Scene()
    scene.fund()
    scene.openStation("2022-01-01T00:00:00+08:00")
    scene.donate("2022-06-01T12:00:00+08:00", 2, worth: 300)
    scene.buy(Self.noon, 3, at: 500)
    scene.move(Self.noon, 5)
    scene.handOver(Self.noon, 3)
    #expect(scene.handedOver().map(\.cost.told) == [["city 500"]])
    #expect(scene.stock("booth").cost == 1_000)
  }

  @Test("an audit finds a place that has other pieces, or other cost, than the gift's accounts")
  func disagreement() {
    var scene = Scene()
    scene.towels()
    scene.move(Self.noon, 90)
    #expect(scene.book.giftDisagreements.isEmpty)
    func problem(_ change: (inout [GiftPieces]) -> Void) -> String? {
      var book = scene.book
      book.giftStocks.update(GiftStation("towel", "booth")) { state in
        if var stock = state {
          change(&stock.batches)
          state = stock
        }
      }
      return book.giftDisagreements.first?.problem
    }
    #expect(problem { $0[0].pieces -= 1 } == "its places have 99 pieces, its accounts say 100")
    #expect(
      problem { $0[0].cost[0].amount = 1 } == "its places hold 20001 fen of cost, its accounts say 120000")
    var book = scene.book
    book.gifts.update("towel") { $0?.post(.handedOver, 1) }
    #expect(book.giftDisagreements.first?.problem == "its accounts do not add up")
  }

  @Test("an event that names as much as one may, with the longest ids, is no longer than a record may be")
  func longestRecord() {
    let wide = "\u{1F381}"
    func id<ID: Identifier>(_ noun: ID.Type) -> ID {
      Scene.text(String(repeating: wide, count: ID.longest), ID.init)
    }
    let text = Scene.text(String(repeating: wide, count: FreeText.longest), FreeText.init)
    let share = FundShare(fund: id(FundID.self), receipt: id(ReceiptID.self), amount: Fen(count: Fen.limit))
    var batch = GiftPieces(
      batch: id(CommandID.self), ordinal: Int64.max, pieces: BuyGift.most,
      unit: Fen(count: BuyGift.dearest))
    batch.cost = [share]
    let bought = [GiftPieces](repeating: batch, count: GiftPieces.mostAnEvent / 2)
    batch.cost = []
    batch.party = id(PartyID.self)
    let given = [GiftPieces](repeating: batch, count: GiftPieces.mostAnEvent)
    batch.party = nil
    batch.cost = [FundShare](repeating: share, count: Fund.mostReceipts)
    let one = [GiftPieces](repeating: batch, count: GiftPieces.mostAnEvent / (1 + Fund.mostReceipts))
    for batches in [bought, given, one] {
      var event = GiftHandedOver()
      event.request = HandOverGift(
        gift: id(GiftID.self), station: id(StationID.self), member: id(MemberID.self),
        campaign: id(CampaignID.self), pieces: 1_000)
      event.batches = batches
      event.left = Int64.max
      var record = EventRecord.example(.gift(.handedOver(event)))
      record.command = id(CommandID.self)
      record.actor = id(ActorID.self)
      (record.via, record.channel, record.group) = (text, text, text)
      record.previous = [Int64.max, Int64.max, Int64.max]
      #expect(record.bytes.count <= EventRecord.longest)
    }
  }

  @Test("whatever is done, pieces and fen by receipt add up and no stock is below zero", arguments: 1...20)
  func seeded(seed: Int) {
    var scene = Scene()
    scene.towels()
    var generator = SeededGenerator(seed: UInt64(seed))
    let places: [StationID?] = [nil, "booth", "kiosk"]
    var accepted = 0
    for step in 1...80 {
      let pieces = Int64.random(in: 1...25, using: &generator)
      let place = places.randomElement(using: &generator) ?? nil
      let hour = Int.random(in: 10...23, using: &generator)
      let at = "2022-07-\(10 + step / 5)T\(hour):00:00+08:00"
      let outcome =
        switch Int.random(in: 0...6, using: &generator) {
        case 0: scene.buy(at, pieces, at: Fen(count: Int64.random(in: 1...900, using: &generator)))
        case 1: scene.donate(at, pieces, worth: 70)
        case 2, 3:
          scene.move(at, pieces, from: place, to: place == nil ? "booth" : place == "booth" ? "kiosk" : nil)
        case 4:
          scene.handOver(
            at, 1 + pieces / 4, in: Scene.text("campaign-\(step / 2)", CampaignID.init),
            station: place ?? "kiosk")
        case 5: scene.count(at, pieces * 2, station: place)
        default: scene.writeOff(at, 1 + pieces / 5, station: place)
        }
      accepted += outcome.isAccepted ? 1 : 0
      expectSums(scene)
    }
    #expect(accepted > 20)
    #expect(scene.rowsDiffering(in: [.gift, .giftStock, .stationGifts, .giftHandover]) == [])
    scene.expectSameInParts()
  }

  private func expectSums(_ scene: Scene) {
    let gift = scene.towel
    let places = gift.store + scene.stock("booth") + scene.stock("kiosk")
    #expect(gift.acquired == gift.stored + gift.handedOver + gift.writtenOff)
    #expect(gift.stored == places.pieces)
    #expect(
      places.allSatisfy {
        $0.pieces > 0 && ($0.party != nil || $0.cost.total.count == $0.unit.count * $0.pieces)
      })
    for station in ["booth", "kiosk"] as [StationID] {
      #expect(scene.book.stationGifts[station]?.pieces ?? 0 == scene.stock(station).pieces)
    }
    #expect(gift.bought == places.cost + gift.costHandedOver + gift.costWrittenOff)
    // By receipt: what the fund spent is in the places, with the member, or was written off.
    let gone = scene.records.compactMap { record -> [FundShare]? in
      switch record.event {
      case .gift(.writtenOff(let event)): event.batches.flatMap(\.cost)
      case .gift(.counted(let event)): event.missing.flatMap(\.cost)
      case _: nil
      }
    }
    let all = places.flatMap(\.cost) + scene.handedOver().flatMap(\.cost) + gone.flatMap { $0 }
    for receipt in scene.book.funds["f"]?.receipts ?? [] {
      #expect(all.filter { $0.receipt == receipt.receipt }.total == receipt.spent)
    }
    #expect(scene.book.giftDisagreements.isEmpty)
    for key in [EntityKey.gift("towel")] + scene.book.entities(in: .giftStock) {
      #expect(scene.book.negative(key) == nil)
    }
  }
}
