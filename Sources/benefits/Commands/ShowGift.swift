// benefits show LEDGER gift ID: where its pieces are, what they cost and whose money that was. The moment and the ids are
// Show's; the gifts and grants of a station are in ShowStation.

import BenefitsLedger

enum ShowGift {
  private typealias Place = (station: StationID?, pieces: [GiftPieces])

  static func run(
    _ id: GiftID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found =
      view.isNow
      ? try reader.gift(id).map { (gift: $0, stocks: try reader.stocks(of: id)) }
      : try reader.giftAsOf(id, position: view.position)
    guard let (gift, stocks) = found else { throw view.absence(id) }
    let places: [Place] =
      [(nil, gift.store)] + stocks.map { ($0.station, $0.stock.batches) }.filter { !$0.1.isEmpty }
    if invocation.wantsJSON { return try invocation.output.json(json(id, gift, places, view)) }
    let output = invocation.output
    try output.line("gift \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(gift, view))
    try output.line()
    try output.table(pieces(gift))
    try output.line()
    try output.table(money(gift))
    try output.line()
    try output.table(batches(places))
  }

  private static func about(_ gift: Gift, _ view: ShowView) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["organisation", gift.organisation.text])
    if let name = gift.name { table.add(["name", name.text]) }
    table.add(["since", view.zone.local(gift.since)])
    table.add(["batches so far", gift.batches.grouped])
    return table
  }

  private static func pieces(_ gift: Gift) -> Table {
    var table = Table([.text("pieces"), .number("")])
    table.add(["bought, donated or found", gift.acquired.grouped])
    table.add(["in the store", gift.store.pieces.grouped])
    table.add(["at stations", (gift.stored - gift.store.pieces).grouped])
    table.add(["handed over", gift.handedOver.grouped])
    table.add(["written off", gift.writtenOff.grouped])
    return table
  }

  private static func money(_ gift: Gift) -> Table {
    var table = Table([.text("cost"), .number("yuan")])
    table.add(["bought for", gift.bought.yuan])
    table.add(["handed over", gift.costHandedOver.yuan])
    table.add(["written off", gift.costWrittenOff.yuan])
    table.add(["donated, a memo and no cash", gift.donated.yuan])
    return table
  }

  private static func batches(_ places: [Place]) -> Table {
    var table = Table([
      .text("at"), .text("batch"), .number("pieces"), .number("yuan each"), .text("donated by"),
      .text("on"),
    ])
    for (station, pieces) in places {
      for batch in pieces {
        table.add([
          station?.text ?? "the store", batch.batch.text, batch.pieces.grouped, batch.unit.yuan,
          batch.party?.text ?? "",
          batch.cost.map { "\($0.fund) \($0.receipt): \($0.amount.yuan)" }.joined(separator: ", "),
        ])
      }
    }
    return table
  }

  private static func json(_ id: GiftID, _ gift: Gift, _ places: [Place], _ view: ShowView) -> JSONAnswer {
    [
      "kind": "gift", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(gift.organisation.text), "name": .string(gift.name?.text),
      "since": .string(gift.since.description), "batches": .integer(gift.batches),
      "acquired": .integer(gift.acquired), "stored": .integer(gift.stored),
      "handedOver": .integer(gift.handedOver), "writtenOff": .integer(gift.writtenOff),
      "boughtFen": .integer(gift.bought.count), "handedOverFen": .integer(gift.costHandedOver.count),
      "writtenOffFen": .integer(gift.costWrittenOff.count), "donatedMemoFen": .integer(gift.donated.count),
      "places": .array(
        places.map { place in
          [
            "station": .string(place.station?.text), "pieces": .integer(place.pieces.pieces),
            "costFen": .integer(place.pieces.cost.count), "memoFen": .integer(place.pieces.memo.count),
            "batches": .array(place.pieces.map(\.json)),
          ]
        }),
    ]
  }
}

extension GiftPieces {
  fileprivate var json: JSONAnswer {
    [
      "batch": .string(batch.text), "ordinal": .integer(ordinal), "since": .string(since.description),
      "pieces": .integer(pieces), "unitFen": .integer(unit.count), "party": .string(party?.text),
      "cost": .array(cost.map(\.json)),
    ]
  }
}

extension FundShare {
  /// Part of a sum, by its receipt.
  var json: JSONAnswer {
    [
      "fund": .string(fund.text), "receipt": .string(receipt.text), "amountFen": .integer(amount.count),
    ]
  }
}
