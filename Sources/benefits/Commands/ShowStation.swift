// benefits show LEDGER station ID: where it is, and how often it was visited. The moment and the ids are Show's.

import BenefitsLedger

enum ShowStation {
  static func run(
    _ id: StationID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.station(id) : try reader.stationAsOf(id, position: view.position)
    guard let station = found else { throw view.absence(id) }
    if invocation.wantsJSON { return try invocation.output.json(json(id, station, view)) }
    let output = invocation.output
    try output.line("station \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(station, view))
    guard !station.months.isEmpty else { return }
    try output.line()
    var table = Table([.text("visits in"), .number("")])
    for month in station.months { table.add([month.month.description, month.visits.grouped]) }
    table.add(["all months", station.visits.grouped])
    try output.table(table)
    try output.line("how often somebody came, not how many persons")
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

  private static func json(_ id: StationID, _ station: Station, _ view: ShowView) -> JSONAnswer {
    [
      "kind": "station", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(station.organisation.text), "number": .string(station.number.text),
      "name": .string(station.name?.text), "opened": .string(station.since.description),
      "closed": .boolean(station.isClosed), "visits": .integer(station.visits),
      "months": .array(
        station.months.map { ["month": .string($0.month.description), "visits": .integer($0.visits)] }),
      "corrected": .array(station.corrected.map { .string($0.text) }),
    ]
  }
}
