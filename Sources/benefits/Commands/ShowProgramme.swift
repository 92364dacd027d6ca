// benefits show LEDGER programme ID: a sum for stations, and how far its grants have come. The moment and the ids are
// Show's; the grant of one station is in ShowStation.

import BenefitsLedger

enum ShowProgramme {
  static func run(
    _ id: ProgrammeID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.programme(id) : try reader.programmeAsOf(id, position: view.position)
    guard let programme = found else { throw view.absence(id) }
    if invocation.wantsJSON { return try invocation.output.json(json(id, programme, view)) }
    let output = invocation.output
    try output.line("programme \(id), \(view.phrase)".displayable)
    try output.line()
    try output.table(about(programme, view))
    try output.line()
    try output.table(grants(programme))
  }

  private static func about(_ programme: Programme, _ view: ShowView) -> Table {
    var table = Table([.text(""), .text("")])
    table.add(["organisation", programme.organisation.text])
    table.add(["is", programme.status.rawValue])
    table.add(["opened", view.zone.local(programme.since)])
    table.add(["of fund", programme.fund.text])
    table.add(["for", programme.purpose.text])
    table.add(["months of a grant", programme.months.grouped])
    if let splitAt = programme.splitAt { table.add(["applications closed", view.zone.local(splitAt)]) }
    for share in programme.committed {
      table.add(["still set aside", "\(share.fund) \(share.receipt): \(share.amount.yuan)"])
    }
    return table
  }

  private static func grants(_ programme: Programme) -> Table {
    var table = Table([.text("grants"), .number("stations"), .number("yuan")])
    table.add(["applied", programme.applied.grouped, programme.total.yuan])
    table.add(["approved", programme.approved.grouped, programme.approvedSum.yuan])
    table.add(["paid", programme.paid.grouped, programme.paidSum.yuan])
    table.add(["inspected", programme.inspected.grouped, ""])
    table.add(["exited, recovered", programme.exited.grouped, programme.recovered.yuan])
    table.add(["still set aside", "", programme.committed.total.yuan])
    table.add(["released unpaid", "", programme.released.yuan])
    return table
  }

  private static func json(_ id: ProgrammeID, _ programme: Programme, _ view: ShowView) -> JSONAnswer {
    [
      "kind": "programme", "id": .string(id.text), "asOf": view.json,
      "organisation": .string(programme.organisation.text), "fund": .string(programme.fund.text),
      "purpose": .string(programme.purpose.text), "status": .string(programme.status.rawValue),
      "opened": .string(programme.since.description), "splitAt": .string(programme.splitAt?.description),
      "months": .integer(programme.months), "totalFen": .integer(programme.total.count),
      "applied": .integer(programme.applied), "approved": .integer(programme.approved),
      "approvedFen": .integer(programme.approvedSum.count), "paid": .integer(programme.paid),
      "paidFen": .integer(programme.paidSum.count), "inspected": .integer(programme.inspected),
      "exited": .integer(programme.exited), "recoveredFen": .integer(programme.recovered.count),
      "releasedFen": .integer(programme.released.count),
      "committed": .array(programme.committed.map(\.json)),
    ]
  }
}
