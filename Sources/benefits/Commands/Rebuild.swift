// benefits rebuild: the derived rows made anew from the log, swapped in one transaction.

import BenefitsLedger

enum Rebuild {
  private static let wait = Option(
    "wait", "SECONDS", .integer(0...3600), "wait this long while a writer holds the ledger; 0 when not given")

  static let verb = Verb(
    name: "rebuild", summary: "make every derived row anew from the log", positionals: [.ledger],
    options: [wait, .json, .quiet],
    details: """
      Replays the log from its first event and replaces the rows of every derived table
      with what it gives, in one transaction: interrupted at any moment, the file has the
      old rows or the new ones. The log is not touched.

      Needed when a new program folds differently from the one that made the rows (it
      says so), or when `benefits verify` found rows that somebody had changed.
      """,
    example: """
      $ benefits rebuild city.ledger
      rebuilt 412 rows from 1,006 events
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    var progress = invocation.output.progress("rebuilding", unit: "events")
    let (events, rows) = try Rebuilder.rebuild(
      invocation.arguments.required(.ledger), waitSeconds: Int(invocation.arguments.integer(wait) ?? 0)
    ) { progress.reached($0) }
    progress.finish()
    if invocation.wantsJSON {
      try invocation.output.json(["events": .integer(events), "rows": .integer(rows)])
    } else {
      try invocation.output.line("rebuilt \(rows.grouped) rows from \(events.grouped) events")
    }
    return .fine
  }
}
