// benefits verify: everything about a ledger that can be checked, checked.

import BenefitsLedger
import Foundation

enum Verify {
  private static let checkpoint = Option(
    "checkpoint", "FILE", .file,
    "an earlier checkpoint from elsewhere, to prove that history was not rewritten")

  static let verb = Verb(
    name: "verify", summary: "check every record, hash, balance and row", positionals: [.ledger],
    options: [checkpoint, .json, .quiet],
    details: """
      Re-reads every record, re-hashes it, re-folds it from nothing and compares: bytes
      with the stored hashes, positions, clocks and chains with each other, double
      entries with zero, every column of every derived row with what the log gives,
      the index of command ids with the log. It writes nothing and needs no lock.

      Altered records are listed first, in the order of the log; the exit code is then 1.
      Somebody who can write the file can recompute all hashes in it: only a checkpoint
      kept elsewhere proves that this has not happened (`benefits checkpoint`).
      """,
    example: """
      $ benefits verify city.ledger
      verified: 1,006 events, 412 rows, root 5pKj…
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
    var progress = invocation.output.progress("verifying", unit: "events")
    let result = try Verifier.verify(path, checkpoint: outside) { progress.reached($0) }
    progress.finish()
    if invocation.wantsJSON {
      try invocation.output.json(json(result))
    } else {
      try report(result, path, invocation.output)
    }
    return result.findings.isEmpty ? .fine : .findings
  }

  private static func json(_ result: Verification) -> JSONAnswer {
    [
      "verified": .boolean(result.findings.isEmpty), "events": .integer(result.size),
      "rows": .integer(result.rows), "root": .string(result.root.base64),
      "reading": .string(result.reading.rawValue), "moreFindings": .boolean(result.isCut),
      "findings": .array(
        result.findings.map { finding in
          [
            "code": .string(finding.code.rawValue), "position": .integer(finding.position),
            "table": .string(finding.table), "key": .string(finding.key), "column": .string(finding.column),
            "message": .string(finding.message),
          ]
        }),
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
  }
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
