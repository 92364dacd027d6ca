// benefits show LEDGER approval|job ID: what waits for a second actor, and long work. The moment and the ids are Show's.

import BenefitsLedger

enum ShowWaiting {
  static func approval(
    _ id: CommandID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.approval(id) : try reader.approvalAsOf(id, position: view.position)
    guard let approval = found else {
      throw Failure(.noInput, "no approval was opened by command `\(id)`; ids are compared byte by byte")
    }
    if invocation.wantsJSON {
      return try invocation.output.json([
        "kind": "approval", "id": .string(id.text), "asOf": view.json,
        "status": .string(approval.status.rawValue), "type": .string(approval.request.type.name),
        "opened": .string(approval.since.description), "opener": .string(approval.opener.text),
        "via": .string(approval.openedVia?.text), "decidedBy": .string(approval.decidedBy?.text),
        "request": .string(approval.request.text),
      ])
    }
    var table = Table([.text(""), .text("")])
    table.add(["status", approval.status.rawValue])
    table.add(["what waits", approval.request.type.name])
    table.add(["opened", view.zone.local(approval.since)])
    table.add(["by", approval.opener.text])
    if let via = approval.openedVia { table.add(["by way of", via.text]) }
    if let decider = approval.decidedBy { table.add([approval.status.rawValue + " by", decider.text]) }
    try invocation.output.line("approval \(id), \(view.phrase)".displayable)
    try invocation.output.line()
    try invocation.output.table(table)
    try invocation.output.line()
    try invocation.output.line(approval.request.text.displayable)
  }

  static func job(
    _ id: CommandID, _ reader: LedgerReader, _ view: ShowView, _ invocation: Invocation
  ) throws {
    let found = view.isNow ? try reader.job(id) : try reader.jobAsOf(id, position: view.position)
    guard let job = found else {
      throw Failure(.noInput, "no job was opened by command `\(id)`; ids are compared byte by byte")
    }
    if invocation.wantsJSON {
      return try invocation.output.json([
        "kind": "job", "id": .string(id.text), "asOf": view.json, "status": .string(job.status.rawValue),
        "type": .string(job.request.type.name), "opened": .string(job.since.description),
        "chunks": .integer(job.chunks), "members": .integer(job.members), "events": .integer(job.events),
        "request": .string(job.request.text),
      ])
    }
    var table = Table([.text(""), .text("")])
    table.add(["status", job.status.rawValue])
    table.add(["kind", job.request.type.name])
    if let day = job.request.dayToClose { table.add(["day", day.description]) }
    table.add(["opened", view.zone.local(job.since)])
    table.add(["chunks", job.chunks.grouped])
    table.add(["members in them", job.members.grouped])
    table.add(["what had fallen due", job.events.grouped])
    try invocation.output.line("job \(id), \(view.phrase)".displayable)
    try invocation.output.line()
    try invocation.output.table(table)
    if job.status == .open { try invocation.output.line("send the same command again to go on with it") }
  }
}
