// benefits show LEDGER station ID: where it is, how often it was visited, and which gifts and grants it has. The moment and the ids are Show's.

import BenefitsLedger

enum ShowStation {
  static func run(
    _ id: StationID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.station(id) : try reader.stationAsOf(id, position: view.position)
    guard let station = found else { throw view.absence(id) }
    // Other things' events tell of these, so an earlier view leaves them out.
    let gifts = view.isNow ? try reader.gifts(at: id)?.gifts ?? [] : nil
    let grants = view.isNow ? try reader.grants(of: id) : nil
    if invocation.wantsJSON {
      return try invocation.output.json(json(id, station, gifts, grants, view))
    }
    let output = invocation.output
    try output.line("station \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(station, view))
    if !station.months.isEmpty {
      try output.line()
      try output.table(visits(station))
      try output.line("how often somebody came, not how many persons")
    }
    if let gifts, !gifts.isEmpty {
      try output.line()
      try output.table(stock(gifts))
    }
    if let grants, !grants.isEmpty {
      try output.line()
      try output.table(given(grants))
    }
  }

  private static func visits(_ station: Station) -> Table {
    var table = Table([.text("visits in"), .number("")])
    for month in station.months { table.add([month.month.description, month.visits.grouped]) }
    table.add(["all months", station.visits.grouped])
    return table
  }

  private static func stock(_ gifts: [GiftCount]) -> Table {
    var table = Table([.text("gift"), .number("pieces")])
    for gift in gifts { table.add([gift.gift.text, gift.pieces.grouped]) }
    return table
  }

  private static func given(_ grants: [(programme: ProgrammeID, grant: StationGrant)]) -> Table {
    var table = Table([
      .text("grant of"), .text("is"), .number("application"), .number("yuan"), .number("recovered"),
    ])
    for (programme, grant) in grants {
      table.add([
        programme.text, grant.status.rawValue, grant.ordinal.grouped, grant.amount.yuan,
        grant.recovered.yuan,
      ])
    }
    return table
  }

  private static func about(_ station: Station, _ view: ShowView) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["organisation", station.organisation.text])
    table.add(["number", station.number.text])
    if let name = station.name { table.add(["name", name.text]) }
    table.add(["opened", view.zone.local(station.since)])
    table.add(["closed", station.isClosed ? "yes" : "no"])
    table.add(["counts corrected", Int64(station.corrected.count).grouped])
    return table
  }

  private static func json(
    _ id: StationID, _ station: Station, _ gifts: [GiftCount]?,
    _ grants: [(programme: ProgrammeID, grant: StationGrant)]?, _ view: ShowView
  ) -> JSONAnswer {
    [
      "kind": "station", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(station.organisation.text), "number": .string(station.number.text),
      "name": .string(station.name?.text), "opened": .string(station.since.description),
      "closed": .boolean(station.isClosed), "visits": .integer(station.visits),
      "months": .array(
        station.months.map { ["month": .string($0.month.description), "visits": .integer($0.visits)] }),
      "corrected": .array(station.corrected.map { .string($0.text) }),
      "gifts": gifts.map { gifts in
        .array(gifts.map { ["gift": .string($0.gift.text), "pieces": .integer($0.pieces)] })
      } ?? .null,
      "grants": grants.map { grants in .array(grants.map { json($0.programme, $0.grant) }) } ?? .null,
    ]
  }

  private static func json(_ programme: ProgrammeID, _ grant: StationGrant) -> JSONAnswer {
    [
      "programme": .string(programme.text), "status": .string(grant.status.rawValue),
      "since": .string(grant.since.description), "statusSince": .string(grant.statusSince.description),
      "ordinal": .integer(grant.ordinal), "amountFen": .integer(grant.amount.count),
      "applicant": .string(grant.applicant.text), "approver": .string(grant.approver?.text),
      "failedInspections": .integer(grant.failedInspections),
      "recoveredFen": .integer(grant.recovered.count), "shares": .array(grant.shares.map(\.json)),
    ]
  }
}
