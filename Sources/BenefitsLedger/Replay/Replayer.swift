// Replay: the whole log through the one fold, on several cores, from nothing. Verify is this plus checks of every
// record (Verifier); neither writes.

import Foundation
import LedgerCore

/// How far a replay goes, and whether it looks as known then or as known now (L3).
package struct ReplayBound: Sendable {
  package enum End: Sendable {
    /// The end of the log.
    case head
    /// This position, included.
    case position(Int64)
    /// This instant, not included.
    case instant(Instant)
  }
  package var end = End.head
  /// With an instant: false takes what was recorded before it, true what happened before it as known now.
  package var isEffective = false

  package init(end: End = .head, isEffective: Bool = false) {
    self.end = end
    self.isEffective = isEffective
  }
}

/// One core's share of a replay: its connection, the records it decoded, the entities it keeps.
///
/// Owned by one thread at a time: a stage of the replay runs each lane on one thread and ends before the next begins.
final class Lane {
  /// Its number among the lanes, and how many there are.
  let index: Int
  let count: Int
  let connection: Connection
  private let select: Statement
  private(set) var records: [EventRecord] = []
  /// For each record the lanes that fold it.
  private(set) var owners: [ReplayParts] = []
  /// Leaf hashes of the records, when they are checked.
  private(set) var leaves: [Digest] = []
  /// Whether the last reading went through to its end.
  private(set) var isReadThrough = true
  var findings: [Finding] = []
  var book = Book.complete()
  /// Records folded so far that no other lane counts.
  private(set) var folded: Int64 = 0

  init(_ connection: Connection, index: Int, of count: Int) throws {
    self.connection = connection
    self.index = index
    self.count = count
    select = try connection.prepare(
      "SELECT position, record FROM event WHERE position BETWEEN ? AND ? ORDER BY position")
  }

  /// Reads and decodes the records of a range of positions, which may be empty; with `isChecked`, hashes each too.
  /// That a record is in its canonical form need not be checked: no other is read.
  func read(_ first: Int64, through last: Int64, isChecked: Bool) throws {
    records.removeAll(keepingCapacity: true)
    owners.removeAll(keepingCapacity: true)
    leaves.removeAll(keepingCapacity: true)
    isReadThrough = true
    guard first <= last else { return }
    isReadThrough = false
    try select.bind(1, first)
    try select.bind(2, last)
    defer { select.reset() }
    var expected = first
    while try select.step() {
      let position = select.integer(0)
      guard position == expected else { throw missing(expected) }
      expected += 1
      guard select.storageClass(1) == .text else {
        throw Stop(Finding(.recordMalformed, position: position, "The record is not stored as text."))
      }
      let bytes = select.bytes(1)
      if isChecked { leaves.append(MerkleTree.leafHash(bytes)) }
      do throws(WireError) {
        let record = try EventRecord(bytes.bindMemory(to: UInt8.self))
        if isChecked { check(record, at: position) }
        owners.append(record.parts(of: count))
        records.append(consume record)
      } catch {
        throw Stop(Finding(.recordMalformed, position: position, "The record cannot be read: \(error)."))
      }
    }
    guard expected > last else { throw missing(expected) }
    isReadThrough = true
  }

  /// Gives back the memory of what it read and folded.
  func forget() {
    records = []
    owners = []
    leaves = []
    book = .complete()
  }

  private func missing(_ position: Int64) -> Stop {
    Stop(Finding(.recordMissing, position: position, "There is no record at this position."))
  }

  private func check(_ record: EventRecord, at position: Int64) {
    if record.position != position {
      findings.append(
        Finding(.recordMisplaced, position: position, "The record says it stands at \(record.position)."))
    }
    if let (unit, sum) = record.legs.imbalance {
      findings.append(
        Finding(
          .entryUnbalanced, position: position, "The double entry in \(unit) sums to \(sum), not to zero."))
    }
    if let via = record.viaOfBothActors {
      findings.append(
        Finding(
          .approvalSameVia, position: position, "Two actors opened and granted it, both by way of \(via)."))
    }
    let latest = record.recordedAt.milliseconds + Book.futureToleranceMilliseconds
    if record.at.milliseconds > latest, record.refusal == nil {
      findings.append(
        Finding(.clockWrong, position: position, "`at` lies more than 5 minutes after `recordedAt`."))
    }
  }

  /// Whether this lane's book has the row of an entity: members and wallets are spread, the first lane has the rest.
  func keeps(_ key: EntityKey) -> Bool { (key.part(of: count) ?? 0) == index }

  /// Folds those records of a lane that are this lane's.
  func apply(_ source: Lane, isChecked: Bool, happenedBefore: Instant?) throws {
    try source.records.withUnsafeBufferPointer { records in
      for place in records.indices {
        let owners = source.owners[place]
        guard owners.include(index) else { continue }
        if let happenedBefore, records[place].at >= happenedBefore { continue }
        let isMine = owners.counting == index
        switch owners {
        case .every, .one:
          if isChecked, isMine {
            // Copied once; as an argument it would be copied for each call.
            let record = records[place]
            let subjects = record.subjects
            checkChain(record, subjects, subjects)
            book.apply(record)
            checkBalances(subjects, after: record.position)
            try checkReversal(record)
          } else {
            book.apply(source.records, at: place)
          }
        case .two:
          let record = records[place]
          let subjects = record.subjects
          let mine = subjects.filter(keeps)
          if isChecked { checkChain(record, subjects, mine) }
          book.apply(record, inPart: index, of: count)
          if isChecked { checkBalances(mine, after: record.position) }
        }
        if isMine { folded += 1 }
      }
    }
  }

  /// Whether the record points to the previous events of those of its subjects that this lane looks after.
  private func checkChain(_ record: EventRecord, _ subjects: [EntityKey], _ mine: [EntityKey]) {
    if record.previous.count != subjects.count {
      findings.append(
        Finding(
          .chainBroken, position: record.position, "`previous` does not name one position for each subject."))
    }
    for (key, stated) in zip(subjects, record.previous) where mine.contains(key) {
      let last = book.lastPosition(of: key)
      if stated != last {
        findings.append(
          Finding(
            .chainBroken, position: record.position,
            "`previous` says \(stated); the previous event of \(key.forPeople) stands at \(last)."))
      }
    }
  }

  private func checkBalances(_ subjects: [EntityKey], after position: Int64) {
    for key in subjects {
      if let problem = book.negative(key) {
        findings.append(Finding(.balanceNegative, position: position, "After this event \(problem)."))
      }
    }
  }
}

extension Lane {
  /// L6: what is taken back or set right stands earlier in the log, and is not taken back twice.
  fileprivate func checkReversal(_ record: EventRecord) throws {
    guard record.reverses != nil || record.corrects != nil || record.reversesCommand != nil else { return }
    let problem = try book.wrongReversal(record, find: found(at:)) { command in
      try position(of: command).flatMap { try answer(to: command, from: $0) }
    }
    if let problem {
      findings.append(Finding(.reversalWrong, position: record.position, "The event is wrong: \(problem)."))
    }
  }

  /// A record that was read before; nil when it cannot be read, which is a finding of its own.
  private func found(at position: Int64) throws -> EventRecord? {
    let statement = try connection.prepare("SELECT record FROM event WHERE position = ?")
    try statement.bind(1, position)
    guard try statement.step(), statement.storageClass(0) == .text else { return nil }
    return try? EventRecord(statement.bytes(0).bindMemory(to: UInt8.self))
  }

  /// Where a command's events begin.
  private func position(of command: CommandID) throws -> Int64? {
    let statement = try connection.prepare("SELECT position FROM request WHERE id = ?")
    try statement.bind(1, command.text)
    return try statement.step() ? statement.integer(0) : nil
  }

  /// What was due stands before the event that answers.
  private func answer(to command: CommandID, from first: Int64) throws -> EventRecord? {
    var position = first
    while let record = try found(at: position), record.command == command {
      if record.isFirst { return record }
      position += 1
    }
    return nil
  }
}

/// A finding after which the log cannot be read further.
struct Stop: Error {
  let finding: Finding
  init(_ finding: Finding) { self.finding = finding }
}

/// Reads the log of one file through the fold.
package final class Replayer {
  /// Records per lane and stage.
  private static let stageLength: Int64 = 4_096

  package let path: String
  /// How the file was opened, for people.
  package let reading: LedgerFile.Reading
  let lanes: [Lane]
  /// Where the log ended when the replay began.
  package let head: Head
  private let progress: (Int64) -> Void

  /// Opens the file once per core, all at the same commit.
  ///
  /// - Parameter progress: called now and then with the position reached.
  package init(
    path: String, cores: Int = ProcessInfo.processInfo.activeProcessorCount,
    progress: @escaping (Int64) -> Void = { _ in }
  ) throws {
    self.path = path
    self.progress = progress
    let count = max(1, min(cores, 16))
    let opened = try (0..<count).map { _ in try LedgerFile.openForReading(path) }
    reading = opened[0].1
    let connections = opened.map(\.0)
    head = try LedgerFile.translating(path) { try Self.sameCommit(connections, path) }
    lanes = try LedgerFile.translating(path) {
      try connections.enumerated().map { index, connection in
        try Lane(connection, index: index, of: count)
      }
    }
  }

  /// Begins a read transaction on each connection until all see the same head.
  private static func sameCommit(_ connections: [Connection], _ path: String) throws -> Head {
    while true {
      let heads = try connections.map { connection in
        try connection.execute("BEGIN")
        return try Head(connection, path: path)
      }
      if heads.allSatisfy({ $0.tree == heads[0].tree }) { return heads[0] }
      for connection in connections { try connection.execute("COMMIT") }
    }
  }

  /// The last position that `bound` takes in, and, in the effective view, the instant that filters.
  func limits(of bound: ReplayBound) throws -> (last: Int64, happenedBefore: Instant?) {
    switch bound.end {
    case .head: return (head.tree.size, nil)
    case .position(let position): return (min(max(position, 0), head.tree.size), nil)
    case .instant(let instant):
      if bound.isEffective { return (head.tree.size, instant) }
      let statement = try lanes[0].connection.prepare("SELECT record FROM event WHERE position = ?")
      return (
        try LedgerFile.translating(path) {
          try lastPosition(recordedBefore: instant, size: head.tree.size) { position in
            try statement.bind(1, position)
            defer { statement.reset() }
            guard try statement.step() else {
              throw LedgerError(.damaged, "Record \(position) of \(path) is missing. Run `benefits verify`.")
            }
            return try EventRecord(statement.bytes(0), position: position, path: path).recordedAt
          }
        }, nil
      )
    }
  }

  /// Folds the log as far as `bound`. Throws `damaged` when a record cannot be read; `verify` names it.
  package func replay(_ bound: ReplayBound) throws -> Replayed {
    let (last, happenedBefore) = try limits(of: bound)
    do {
      try LedgerFile.translating(path) {
        try stages(upTo: last, isChecked: false, happenedBefore: happenedBefore) {}
      }
    } catch let stop as Stop {
      let position = stop.finding.position.map { "Record \($0) of \(path): " } ?? "\(path): "
      throw LedgerError(.damaged, position + stop.finding.message + " Run `benefits verify`.")
    }
    mergeLanes()
    return Replayed(books: lanes.map(\.book), last: last, folded: lanes.reduce(0) { $0 + $1.folded })
  }

  /// Puts what the lanes counted together into the first; once, when all records are folded.
  func mergeLanes() {
    let others = lanes.dropFirst().map(\.book)
    lanes[0].book.merge(others)
  }

  /// After a replay of the whole log: stored rows that are not what it gives.
  package func differingRows() throws -> [Finding] {
    try LedgerFile.translating(path) {
      let comparisons = lanes.map { RowComparison($0) }
      try eachLane { index, _ in try comparisons[index].run() }
      return comparisons.flatMap(\.findings)
    }
  }

  /// Runs the log through the lanes, stage by stage; `between` sees each stage's records before they are folded.
  func stages(
    upTo last: Int64, isChecked: Bool, happenedBefore: Instant?, between: () throws -> Void
  ) throws {
    var start: Int64 = 1
    while start <= last {
      try eachLane { index, lane in
        let first = start + Int64(index) * Self.stageLength
        try lane.read(first, through: min(first + Self.stageLength - 1, last), isChecked: isChecked)
      }
      try between()
      try eachLane { _, lane in
        for source in self.lanes {
          try lane.apply(source, isChecked: isChecked, happenedBefore: happenedBefore)
        }
      }
      start += Int64(lanes.count) * Self.stageLength
      progress(min(start - 1, last))
    }
  }

  /// Runs `body` for every lane at once. The error of the first lane, in order, is thrown.
  func eachLane(_ body: (Int, Lane) throws -> Void) throws {
    var errors = [(any Error)?](repeating: nil, count: lanes.count)
    errors.withUnsafeMutableBufferPointer { errors in
      nonisolated(unsafe) let errors = errors
      nonisolated(unsafe) let body = body
      nonisolated(unsafe) let lanes = lanes
      DispatchQueue.concurrentPerform(iterations: lanes.count) { index in
        do { try body(index, lanes[index]) } catch { errors[index] = error }
      }
    }
    if let first = errors.lazy.compactMap({ $0 }).first { throw first }
  }
}

/// What a replay arrived at.
package struct Replayed: Sendable {
  /// The parts: members and wallets are spread over them, the first holds everything else.
  package let books: [Book]
  /// The last position read.
  package let last: Int64
  /// Events folded: all that were read, but in the effective view.
  package let folded: Int64

  package var totals: Totals {
    var totals = books[0].totals
    totals.members = books.reduce(0) { $0 + $1.activeMembers }
    return totals
  }

  /// Members whose wallets have a lot below zero: possible in the effective view only.
  package var negativeWallets: [MemberID] {
    books.flatMap(\.negativeWallets).sorted()
  }

  /// Funds, merchants and accounts with something below zero, in order of their tables and keys: likewise.
  package var negativeAccounts: [(account: String, problem: String)] {
    books[0].negativeAccounts.map { ($0.key.forPeople, $0.problem) }.sorted { $0.0 < $1.0 }
  }

  package var liability: [(organisation: OrganisationID, months: [LiabilityMonth])] {
    books[0].liability
  }
}

/// The last of `size` positions recorded before `instant`, by binary search: recorded time never runs backwards.
func lastPosition(
  recordedBefore instant: Instant, size: Int64, _ recordedAt: (Int64) throws -> Instant
) rethrows -> Int64 {
  var (low, high) = (Int64(0), size)
  while low < high {
    let middle = low + (high - low + 1) / 2
    if try recordedAt(middle) < instant { low = middle } else { high = middle - 1 }
  }
  return low
}
