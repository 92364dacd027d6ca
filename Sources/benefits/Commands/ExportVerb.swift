// benefits export: the log for other people's tools, byte for byte as it was stored and hashed.

import BenefitsLedger

enum ExportVerb {
  enum Format: String, CaseIterable { case jsonl }

  private static let format = Option(
    "format", "FORMAT", .choice(of: Format.self), isRequired: true,
    "jsonl: the exact stored bytes, one record a line")

  static let verb = Verb(
    name: "export", summary: "write the log for other tools", positionals: [.ledger],
    options: [format, .quiet],
    details: """
      jsonl writes the bytes of every record as they were stored and hashed, one record
      a line, and nothing else: SHA-256 over a zero byte and each line without its
      newline gives the leaves of the tree whose root `benefits checkpoint` prints.
      """,
    example: """
      $ benefits export city.ledger --format jsonl | head -1 | cut -c1-70
      {"position":1,"recordedAt":"2026-01-05T01:00:00.000Z","at":"2026-01-05
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let reader = try LedgerReader(path: invocation.arguments.required(.ledger))
    let head = try reader.head().tree.size
    var progress = invocation.output.progress("exporting", unit: "events", total: head)
    var count: Int64 = 0
    try reader.eachRecord(from: 1) { bytes in
      try invocation.output.write(bytes)
      try invocation.output.write(CollectionOfOne(UInt8(ascii: "\n")))
      count += 1
      progress.reached(count)
    }
    progress.finish()
    return .fine
  }
}
