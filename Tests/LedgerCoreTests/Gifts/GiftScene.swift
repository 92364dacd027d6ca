// What the tests of gifts and grants share: a fund with two receipts, an approver, and commands in one line each. The
// tests themselves are in GiftTests, GiftCostTests and GrantTests.

@testable import LedgerCore

extension Scene {
  static let noon = "2022-07-01T12:00:00+08:00"

  /// Fund `f` of gz with 1,000.00 yuan on receipt `city` and then 5,000.00 on receipt `own`; the clerk is of finance
  /// too, and `chief` an approver and operator. `maker` is a party.
  mutating func fund() {
    let dawn = "2022-01-01T00:00:00+08:00"
    when(dawn, .actor(.grantRole(GrantRole(actor: "clerk", role: .finance, from: "2022-01-01"))), by: "owner")
    when(dawn, .actor(.register(RegisterActor(actor: "chief"))), by: "owner")
    for role in [Role.approver, .operator] {
      when(dawn, .actor(.grantRole(GrantRole(actor: "chief", role: role, from: "2022-01-01"))), by: "owner")
    }
    when(dawn, .party(.register(RegisterParty(party: "maker", kind: .employer))))
    when(dawn, .fund(.open(OpenFund(fund: "f", organisation: "gz", from: "2022-01-01"))))
    when(dawn, .fund(.receive(ReceiveFund(fund: "f", amount: 100_000))), id: "city")
    when(dawn, .fund(.receive(ReceiveFund(fund: "f", amount: 500_000))), id: "own")
  }

  /// The fund, stations booth and kiosk of gz, and 100 towels at 12.00 yuan, bought by the command `towels`.
  mutating func towels() {
    fund()
    let dawn = "2022-01-01T00:00:00+08:00"
    openStation(dawn)
    openStation(dawn, "kiosk", number: "8")
    buy(dawn, 100, at: 1_200, id: "towels")
  }

  @discardableResult
  mutating func buy(
    _ at: String, _ pieces: Int64, at unitCost: Fen, gift: GiftID = "towel",
    organisation: OrganisationID = "gz",
    id: String? = nil, by actor: ActorID = "clerk"
  ) -> Outcome {
    when(
      at,
      .gift(
        .buy(
          BuyGift(
            gift: gift, organisation: organisation, fund: "f", purpose: "heat-relief", pieces: pieces,
            unitCost: unitCost, reference: "invoice"))),
      by: actor, id: id)
  }

  @discardableResult
  mutating func donate(_ at: String, _ pieces: Int64, worth: Fen, by party: PartyID = "maker") -> Outcome {
    when(
      at,
      .gift(
        .donate(
          DonateGift(gift: "towel", organisation: "gz", party: party, pieces: pieces, unitWorth: worth))))
  }

  @discardableResult
  mutating func move(
    _ at: String, _ pieces: Int64, from: StationID? = nil, to: StationID? = "booth", gift: GiftID = "towel",
    by actor: ActorID = "clerk"
  ) -> Outcome {
    when(at, .gift(.move(MoveGift(gift: gift, from: from, to: to, pieces: pieces))), by: actor)
  }

  @discardableResult
  mutating func handOver(
    _ at: String, _ pieces: Int64? = nil, to member: MemberID = "wang", in campaign: CampaignID = "summer",
    station: StationID = "booth", gift: GiftID = "towel", by actor: ActorID = "clerk"
  ) -> Outcome {
    when(
      at,
      .gift(
        .handOver(
          HandOverGift(gift: gift, station: station, member: member, campaign: campaign, pieces: pieces))),
      by: actor)
  }

  @discardableResult
  mutating func count(
    _ at: String, _ counted: Int64, station: StationID? = nil, gift: GiftID = "towel",
    by actor: ActorID = "clerk", explained: Bool = true
  ) -> Outcome {
    when(
      at,
      .gift(
        .count(
          CountGift(
            gift: gift, station: station, counted: counted, reason: explained ? "found-behind" : nil,
            documentHash: explained ? ContentHash(of: [1]) : nil))),
      by: actor)
  }

  @discardableResult
  mutating func writeOff(_ at: String, _ pieces: Int64, station: StationID? = nil, gift: GiftID = "towel")
    -> Outcome
  {
    when(at, .gift(.writeOff(WriteOffGift(gift: gift, station: station, pieces: pieces, reason: "spoilt"))))
  }

  var towel: Gift { book.gifts["towel"] ?? Gift() }
  func stock(_ station: StationID, of gift: GiftID = "towel") -> [GiftPieces] {
    book.giftStocks[GiftStation(gift, station)]?.batches ?? []
  }
  func handedOver(_ gift: GiftID = "towel", to member: MemberID = "wang") -> [ReceivedGift] {
    book.giftHandovers[GiftMember(gift, member)]?.received ?? []
  }
}

extension [FundShare] {
  /// Fen by receipt, as `receipt fen`.
  var told: [String] { map { "\($0.receipt) \($0.amount.count)" } }
}

extension Scene {
  /// Every row is read back as the state that it was rendered from.
  func rowsDiffering(in projections: [Projection]) -> [EntityKey] {
    projections.flatMap { projection in
      book.entities(in: projection).filter { key in
        var store = Book.cache()
        store.ledger = book.ledger
        do throws(RowError) { try store.load(key, book.cells(of: key)) } catch { return true }
        return store.cells(of: key) != book.cells(of: key)
      }
    }
  }
}
