// benefits verify: everything about a ledger that can be checked, checked.

import BenefitsLedger
import Foundation

enum Verify {
  private static let checkpoint = Option(
    "checkpoint", "FILE", .file,
    "an earlier checkpoint from elsewhere, to prove that history was not rewritten")

  private static let redecide = Option.flag(
    "redecide", "decide every command anew too, and compare with what is recorded")

  static let verb = Verb(
    name: "verify", summary: "check every record, hash, balance and row", positionals: [.ledger],
    options: [checkpoint, redecide, .json, .quiet],
    details: """
      Re-reads every record, re-hashes it, re-folds it from nothing and compares: bytes
      with the stored hashes, positions, clocks and chains with each other, double
      entries with zero, every column of every derived row with what the log gives,
      the index of command ids with the log. It writes nothing and needs no lock.

      Altered records are listed first, in the order of the log; the exit code is then 1.

      --redecide also proves that the events are what the rules give: it rebuilds every
      command from its first event, decides it on what stands before it, and compares
      every field. The first command that differs is listed, field by field, and the
      rest is not looked at. It needs a log that is otherwise sound, one core, and the
      memory of a replay. It applies the rules of this program. What it cannot decide:
      commands that left no record, and refusals in a group whose other commands were
      rolled back; these are counted, with their positions.

      Somebody who can write the file can recompute all hashes in it, and write another
      history of other commands, rightly decided: only a checkpoint kept elsewhere
      proves that this has not happened (`benefits checkpoint`, --checkpoint).
      """,
    example: """
      $ benefits verify city.ledger --redecide
      verified: 1,006 events, 412 rows, root 5pKj…
      decided anew: 988 commands; all their events are what was decided
      """,
    run: run)

  private static func run(_ invocation: Invocation) throws -> ExitCode {
    let path = invocation.arguments.required(.ledger)
    var outside: Checkpoint?
    if let file = invocation.arguments.optional(checkpoint) {
      do {
        outside = try Checkpoint(parsing: try Data(contentsOf: URL(fileURLWithPath: file)))
      } catch let error as CheckpointError {
        throw Failure(.dataError, "\(file): \(error)")
      }
    }
    let isRedeciding = invocation.arguments.flag(redecide)
    let result = try verify(path, checkpoint: outside, isRedeciding: isRedeciding, invocation.output)
    if invocation.wantsJSON {
      try invocation.output.json(json(result))
    } else {
      try report(result, path, invocation.output)
      if isRedeciding, result.decisions == nil {
        try invocation.output.line("not decided anew: mend what was found, and verify again")
      }
    }
    return result.findings.isEmpty ? .fine : .findings
  }

  /// Verifies, and shows how far it has come.
  static func verify(
    _ path: String, checkpoint: Checkpoint? = nil, isRedeciding: Bool, _ output: Output
  ) throws -> Verification {
    var verifying = output.progress("verifying", unit: "events")
    var deciding: ProgressLine?
    defer { deciding?.finish() }
    defer { verifying.finish() }
    // Begun when there is something to show, because its rate counts from then.
    let redeciding: ((Int64) -> Void)? =
      isRedeciding
      ? { position in
        if deciding == nil { deciding = output.progress("deciding anew", unit: "events") }
        deciding?.reached(position)
      } : nil
    return try Verifier.verify(path, checkpoint: checkpoint, redeciding: redeciding) {
      verifying.reached($0)
    }
  }

  private static func json(_ result: Verification) -> JSONAnswer {
    [
      "verified": .boolean(result.findings.isEmpty), "events": .integer(result.size),
      "rows": .integer(result.rows), "root": .string(result.root.base64),
      "reading": .string(result.reading.rawValue), "moreFindings": .boolean(result.isCut),
      "decisions": result.decisions.map(json) ?? .null,
      "findings": .array(
        result.findings.map { finding in
          [
            "code": .string(finding.code.rawValue), "position": .integer(finding.position),
            "table": .string(finding.table), "key": .string(finding.key), "column": .string(finding.column),
            "difference": finding.difference.map(json) ?? .null, "message": .string(finding.message),
          ]
        }),
    ]
  }

  private static func json(_ decisions: Decisions) -> JSONAnswer {
    [
      "commands": .integer(decisions.commands), "unproven": .integer(decisions.unproven),
      "unprovenAt": .array(decisions.unprovenAt.map { .integer($0) }),
    ]
  }

  private static func json(_ difference: Finding.Difference) -> JSONAnswer {
    [
      "command": .string(difference.command.text), "type": .string(difference.type),
      "field": .string(difference.field), "recorded": .string(difference.recorded),
      "decided": .string(difference.decided),
    ]
  }

  /// The result for people.
  static func report(_ result: Verification, _ path: String, _ output: Output) throws {
    if result.reading == .immutable {
      output.talk("\(path) is read as an unchanging file: its folder is read-only")
    }
    for finding in result.findings { try output.line(finding.line.displayable) }
    if result.isCut { try output.line("… and more; mend the first and verify again") }
    if result.findings.isEmpty {
      try output.line(
        "verified: \(result.size.grouped) events, \(result.rows.grouped) rows, root \(result.root.base64)")
    } else if result.findings.allSatisfy(\.isOfDuties) {
      try output.line(
        "sound, but with duties not separated: \(result.size.grouped) events, \(result.rows.grouped) rows, "
          + "root \(result.root.base64)")
    } else {
      try output.line("NOT verified: \(path), \(result.size.grouped) events")
    }
    if let decisions = result.decisions { try report(decisions, isWhole: !result.isForged, output) }
  }

  private static func report(_ decisions: Decisions, isWhole: Bool, _ output: Output) throws {
    try output.line(
      "decided anew: \(decisions.commands.grouped) commands; "
        + (isWhole
          ? "all their events are what was decided" : "the next one differs, the rest was not looked at")
    )
    guard decisions.unproven > 0 else { return }
    let places = decisions.unprovenAt.map(\.grouped).joined(separator: ", ")
    let more = decisions.unproven > decisions.unprovenAt.count ? ", …" : ""
    try output.line(
      "not proven, for what was rolled back with them left no record: \(decisions.unproven.grouped) of the "
        + "refusals, events \(places)\(more)")
  }
}

extension Verification {
  /// Whether a command has other events than it is given anew.
  fileprivate var isForged: Bool { findings.contains { $0.code == .decisionDiffers } }
}

extension Finding {
  /// Where it is, then what it is.
  fileprivate var line: String {
    var place: [String] = []
    if let position { place.append("event \(position)") }
    if let table { place.append(code == .schemaDiffers ? "schema, \(table)" : "table \(table)") }
    if let key { place.append("row \(key)") }
    if let column { place.append("column \(column)") }
    return (place.isEmpty ? "ledger" : place.joined(separator: ", ")) + ": \(code.rawValue): \(message)"
  }
}
