// The third proof of verify: every command of the log decided anew, in its order. How one is decided and compared is in
// LedgerCore/Audit/DecisionAudit; that the records are what was hashed is the rest of verify.

import LedgerCore

/// How far deciding anew came.
package struct Decisions: Sendable {
  /// Commands that have the events they are given anew.
  package fileprivate(set) var commands: Int64 = 0
  /// Refusals in groups that rest on commands which were rolled back with them and left no record.
  package fileprivate(set) var unproven: Int64 = 0
  /// The first positions of these, at most `Verifier.mostFindings`.
  package fileprivate(set) var unprovenAt: [Int64] = []
}

/// Reads a log once and decides its commands on one core, against a book of what stands before each.
///
/// In memory are one book, which is what a replay holds, and the events of one command; those of an earlier command
/// that a decision asks for are read again. It ends at the first command that differs: what was decided after it
/// rests on events that no rule gives, and a decision may rely on a book that decisions have made.
struct Redecider {
  /// Events between two reports of progress.
  private static let stride: Int64 = 1_000

  private let selectEvents: Statement
  private let selectRequest: Statement
  private let selectEarlier: Statement
  private let progress: (Int64) -> Void
  private var book = Book.complete()
  private(set) var decisions = Decisions()

  /// - Parameters:
  ///   - connection: inside a read transaction, at a commit whose log is `size` long and sound.
  ///   - progress: called now and then with the position reached.
  init(_ connection: Connection, size: Int64, progress: @escaping (Int64) -> Void) throws {
    self.progress = progress
    let records = "SELECT position, record FROM event WHERE position BETWEEN ? AND ? ORDER BY position"
    selectEvents = try connection.prepare(records)
    selectEarlier = try connection.prepare(records)
    selectRequest = try connection.prepare("SELECT position FROM request WHERE id = ?")
    try selectEvents.bind(1, 1)
    try selectEvents.bind(2, size)
  }

  /// The differences of the first command that has any.
  mutating func run() throws -> [Finding] {
    defer { selectEvents.reset() }
    var recorded: [EventRecord] = []
    while try selectEvents.step() {
      let record = try Self.record(selectEvents)
      if let last = recorded.last, last.command != record.command {
        let findings = try redecide(recorded)
        guard findings.isEmpty else { return findings }
        recorded.removeAll(keepingCapacity: true)
      }
      if record.position % Self.stride == 0 { progress(record.position) }
      recorded.append(record)
    }
    return recorded.isEmpty ? [] : try redecide(recorded)
  }

  private mutating func redecide(_ recorded: [EventRecord]) throws -> [Finding] {
    let first = recorded[0].position
    let (request, earlier) = (selectRequest, selectEarlier)
    let redecision = try book.redecide(recorded) { command in
      try Self.records(of: command, before: first, request, earlier)
    }
    switch redecision {
    case .same: decisions.commands += 1
    case .unproven:
      decisions.unproven += 1
      if decisions.unprovenAt.count < Verifier.mostFindings { decisions.unprovenAt.append(first) }
    case .differs(let findings): return findings
    }
    return []
  }

  /// The events of a command that stands earlier in the log.
  private static func records(
    of command: CommandID, before position: Int64, _ selectRequest: Statement, _ selectEvents: Statement
  ) throws -> [EventRecord] {
    try selectRequest.bind(1, command.text)
    defer { selectRequest.reset() }
    guard try selectRequest.step() else { return [] }
    try selectEvents.bind(1, selectRequest.integer(0))
    try selectEvents.bind(2, position - 1)
    defer { selectEvents.reset() }
    var records: [EventRecord] = []
    while try selectEvents.step() {
      let record = try Self.record(selectEvents)
      guard record.command == command else { break }
      records.append(record)
    }
    return records
  }

  private static func record(_ statement: Statement) throws -> EventRecord {
    let position = statement.integer(0)
    do throws(WireError) { return try EventRecord(statement.bytes(1).bindMemory(to: UInt8.self)) } catch {
      throw Stop(Finding(.recordMalformed, position: position, "The record cannot be read: \(error)."))
    }
  }
}
