// benefits checkpoint: the size and root of the log, in the three lines that anyone can keep or sign.

import BenefitsLedger

enum CheckpointVerb {
  static let verb = Verb(
    name: "checkpoint", summary: "print the log's size and root", positionals: [.ledger],
    options: [.json, .quiet],
    details: """
      Prints the origin, the number of events and the Merkle root (RFC 6962, base64) in
      the form of C2SP tlog-checkpoint. Keep it elsewhere, or sign it with a tool that
      people trust, such as `ssh-keygen -Y sign`: `benefits verify --checkpoint FILE`
      then proves that nothing up to it was changed.
      """,
    example: """
      $ benefits checkpoint city.ledger
      ledger.example.org/city
      1006
      5pKjFq5W8aXhnGBNQ2j2kqv0Yw3P5vQ9l3mJ1oVYVxE=
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let reader = try LedgerReader(path: invocation.arguments.required(.ledger))
    let tree = try reader.head().tree
    if invocation.wantsJSON {
      try invocation.output.json([
        "origin": .string(reader.ledger.origin.text), "size": .integer(tree.size),
        "root": .string(tree.root.base64),
      ])
    } else {
      try invocation.output.write(try reader.checkpoint())
    }
    return .fine
  }
}
